"""The queue of partners: in sight at the desk, with a way on for each thing that can't go on by itself."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from oppidum.cases.declaration.checks import check_service
from oppidum.cases.declaration.outside import Partner, Third
from oppidum.core import clock
from oppidum.interfaces.partners.models import Endpoint, Message, ThirdLink
from oppidum.interfaces.partners.receiving import take_in
from oppidum.people.models import Officer, Role
from tests.interfaces.outside_service import Leak
from tests.interfaces.partner_fixtures import deliver, leak, machine, operator  # noqa: F401 -- fixtures
from tests.people_of_town import PASSWORD

Fate = Message.Fate


@pytest.fixture
def desk(people):
    role = Role.objects.create(code="setup", name="Setup", reach="all", rights=["setup"])
    Officer.objects.create_user("sam", "sam@castelmer.example", PASSWORD, role=role)
    found = Client()
    found.login(username="sam", password=PASSWORD)
    return found


def test_the_queue_is_for_who_sets_the_house_up(desk, people):
    ana = Client()
    ana.login(username="ana", password=PASSWORD)
    assert ana.get("/desk/partners/").status_code == 403 and desk.get("/desk/partners/").status_code == 200
    assert desk.get("/desk/partners/?view=nonsense").status_code == 404


def test_what_is_held_is_released_and_leaves(desk, leak, operator):  # noqa: F811
    leak.file(meter="M-1")
    deliver()
    Message.objects.update(fate=Fate.HELD, error="HTTP 422")
    assert "HTTP 422" in desk.get("/desk/partners/").content.decode()
    desk.post(f"/desk/partners/{Message.objects.get().pk}/release/")
    assert Message.objects.get().fate == Fate.WAITING


def test_what_is_parked_is_tried_again_or_dismissed(desk, leak, operator):  # noqa: F811
    case_id = leak.file()
    message = take_in(operator, {"id": "1", "case": leak.code(case_id), "event": "repaired", "words": "Fait"})
    desk.post(f"/desk/partners/{message.pk}/retry/")
    assert Message.objects.get().fate == Fate.PARKED
    leak.take(case_id, "begin")
    desk.post(f"/desk/partners/{message.pk}/retry/")
    assert Message.objects.get().fate == Fate.TAKEN
    other = take_in(operator, {"id": "2", "event": "nonsense"})
    desk.post(f"/desk/partners/{other.pk}/dismiss/")
    other.refresh_from_db()
    assert (other.fate, other.settled_by.username) == (Fate.DISMISSED, "sam")


def test_a_link_is_revoked_there(desk, leak):  # noqa: F811
    leak.take(leak.file(), "ask_notary", notary_email={"email": "etude@notaires.example"})
    assert "etude@notaires.example" in desk.get("/desk/partners/").content.decode()
    desk.post(f"/desk/partners/links/{ThirdLink.objects.get().pk}/revoke/")
    assert ThirdLink.objects.get().revoked_at


def test_readiness_tells_of_what_waits_for_too_long(leak, client):  # noqa: F811
    leak.file(meter="M-1")
    deliver()
    with clock.at(clock.now() + timedelta(days=2)):
        assert "/desk/partners/" in client.get("/health/ready").json()["checks"]["partners"]


def test_operators_alone_set_addresses_and_not_inwards(leak, capsys):  # noqa: F811
    call_command("partner", "operator", "--url", "https://93.184.216.34/hook")
    assert Endpoint.objects.get().secret in capsys.readouterr().out
    with pytest.raises(CommandError, match="not an address"):
        call_command("partner", "operator", "--url", "https://10.0.0.1/")
    with pytest.raises(CommandError, match="no service declares"):
        call_command("partner", "nobody", "--url", "https://93.184.216.34/")
    call_command("partner", "operator", "--off")
    call_command("partner", "--list")
    assert "OFF" in capsys.readouterr().out and not Endpoint.objects.get().is_active


@pytest.mark.parametrize(
    ("partners", "fault"),
    [
        ((Partner("x", "X", on="jump"),), "on='jump' is no action"),
        ((Partner("x", "X", on="file", sends="shoe"),), "'shoe' is no question"),
        ((Partner("x", "X", accepts={"ok": "begin"}),), "isn't open to partners"),
        ((Partner("x", "X", by="fax"),), "by='fax'"),
        ((Partner("x", "X", by="open311"),), "service_code"),
        ((Third("notary", "N", to="nowhere", on="begin"),), "to='nowhere'"),
        ((), "third party 'notary' acts"),
    ],
)
def test_a_wrong_declaration_does_not_run(partners, fault):
    found = check_service(type("Wrong", (Leak,), {"__doc__": "Wrong.", "partners": partners}))
    assert any(fault in each for each in found), found


def test_the_small_service_has_no_fault():
    assert check_service(Leak) == []


@pytest.mark.browser
def test_the_queue_and_the_third_partys_page_can_be_read_by_everybody(open_page, desk, leak, operator):  # noqa: F811
    from oppidum.cases.models import Mail
    from tests.browser import check_page

    case_id = leak.file(meter="M-1", price="200000")
    leak.take(case_id, "ask_notary", notary_email={"email": "etude@notaires.example"})
    Message.objects.update(fate=Fate.HELD, error="HTTP 422: no such meter")
    link = "/third/" + Mail.objects.get().body.partition("/third/")[2].split()[0]
    for address, officer in (("/desk/partners/", Officer.objects.get(username="sam")), (link, None)):
        page = open_page(address, officer=officer, width=1440)
        check_page(page, widths=(360, 1440), schemes=("light",))
