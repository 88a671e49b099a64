"""The desk of data protection: look up, read, hand out, correct, erase; and the register that everybody may read."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from oppidum.cases.models import Case, Party
from oppidum.privacy.models import Access, Lookup
from tests.people_of_town import PASSWORD


@pytest.fixture
def desk(dpo):
    found = Client()
    assert found.login(username="odile", password=PASSWORD)
    return found


def ask(desk, **typed):
    data = {"reason": "mistake", "words": "Wrong number", "identity": "mailbox", "email": "Zoe@Example.org"}
    return desk.post(reverse("privacy:persons"), data | typed)


@pytest.fixture
def looked(file_permit, desk):
    """Zoé's case, and where her look-up leads."""
    case_id = file_permit()
    answer = ask(desk)
    return case_id, int(answer["Location"].rstrip("/").rpartition("/")[2])


def test_only_the_right_opens_the_desk_of_data_protection(people):
    ana = Client()
    ana.login(username="ana", password=PASSWORD)
    for name in ("persons", "archives", "register-pdf", "register-csv"):
        assert ana.get(reverse(f"privacy:{name}")).status_code == 403


def test_a_look_up_without_reason_comes_back_with_every_fault(desk):
    answer = ask(desk, reason="", words="", email="nonsense")
    assert answer.status_code == 422
    assert ask(desk, reason="", words="", identity="").status_code == 422 and not Lookup.objects.exists()


def test_where_a_person_was_found_is_one_table(looked, desk):
    case_id, pk = looked
    page = desk.get(reverse("privacy:found", args=[pk])).content.decode()
    assert Case.objects.get().code in page and "checked" in page and "Permit to let" in page


def test_the_dossier_is_a_page_a_paper_and_data_and_each_opening_is_logged(looked, desk):
    case_id, pk = looked
    query = f"?case={case_id}"
    assert "Zoé Martin" in desk.get(reverse("privacy:dossier", args=[pk]) + query).content.decode()
    assert desk.get(reverse("privacy:dossier-pdf", args=[pk]) + query).content.startswith(b"%PDF")
    data = desk.get(reverse("privacy:dossier-json", args=[pk]) + query)
    assert json.loads(data.content)["cases"][0]["role"] == "author" and "attachment" in data["Content-Disposition"]
    assert [a.did for a in Access.objects.order_by("pk")] == ["search", "dossier", "pdf", "json"]


def test_a_dossier_opens_no_case_that_was_not_found(looked, desk):
    _case_id, pk = looked
    assert desk.get(reverse("privacy:dossier", args=[pk]) + "?case=999999&case=x").status_code == 404


def test_without_identity_nothing_but_the_list_is_shown(file_permit, desk):
    case_id = file_permit()
    pk = int(ask(desk, identity="none")["Location"].rstrip("/").rpartition("/")[2])
    page = desk.get(reverse("privacy:found", args=[pk])).content.decode()
    assert "dossier.pdf" not in page
    assert desk.get(reverse("privacy:dossier-json", args=[pk]) + f"?case={case_id}").status_code == 403
    assert desk.post(reverse("privacy:erase", args=[pk]), {"case": case_id}).status_code == 403


def test_a_correction_is_typed_checked_and_kept(looked, desk):
    case_id, pk = looked
    address, party = reverse("privacy:rectify", args=[pk, case_id]), Party.objects.get()
    assert "21000" in desk.get(address).content.decode()
    wrong = desk.post(address, {f"email-{party.pk}": "nowhere"})
    assert wrong.status_code == 422
    right = desk.post(address, {f"email-{party.pk}": "zoe@example.org", f"phone-{party.pk}": "0612345678", "income": "22000"})
    assert right.status_code == 302
    assert Party.objects.get().phone == "+33612345678" and Case.objects.get().answers["income"] == 22000


def test_erasing_asks_first_and_tells_what_stays_and_why(looked, desk):
    case_id, pk = looked
    address = reverse("privacy:erase", args=[pk])
    assert desk.get(address + f"?case={case_id}").status_code == 200 and Party.objects.exists()
    told = desk.post(address, {"case": case_id}).content.decode()
    assert "art. 17(3)(b)" in told and Party.objects.exists()
    assert desk.get(address).status_code == 302


def test_the_register_is_open_to_everybody(permit, people):
    page = Client().get("/personal-data/register/").content.decode()
    assert "Let no unworthy dwelling" in page and "5 ans à compter de la clôture du dossier" in page


def test_officers_take_the_full_register_away(permit, desk):
    assert desk.get(reverse("privacy:register-pdf")).content.startswith(b"%PDF")
    assert "Permit to let" in desk.get(reverse("privacy:register-csv")).content.decode()


def test_a_list_goes_its_way_on_the_page(file_permit, desk, take, settled, moved, monkeypatch):
    import dataclasses

    from oppidum.cases.declaration import Kept
    from tests.privacy.permit import Permit

    retention = Permit.privacy.retention | {"refused": Kept("P1Y", then="destroy")}
    monkeypatch.setattr(Permit, "privacy", dataclasses.replace(Permit.privacy, retention=retention))
    case_id = file_permit()
    take(case_id, "refuse")
    settled()
    assert desk.post(reverse("privacy:archives-propose"), {"kind": "permit refused"})["Location"] == reverse("privacy:archives")
    with moved(2099, 1, 1, 9):
        desk.login(username="odile", password=PASSWORD)
        address = desk.post(reverse("privacy:archives-propose"), {"kind": "permit refused"})["Location"]
        assert "E-2099-001" in desk.get(address).content.decode()
        desk.post(address, {"by": "Archives départementales", "reference": "V-7", "keep": ""})
        assert (
            "V-7" in desk.get(address).content.decode() and "E-2099-001" in desk.get(reverse("privacy:archives")).content.decode()
        )
        assert (
            Case.objects.get().code
            in desk.get(reverse("privacy:archives-csv", args=[address.rstrip("/").rpartition("/")[2]])).content.decode()
        )


BREACH = {
    "known_at": "05/03/2027 18:00",
    "kinds": ["confidentiality"],
    "story": "Une clé perdue",
    "persons": ["residents"],
    "data": ["identity"],
    "protected": "no",
}


def test_any_officer_declares_a_breach_and_data_protection_has_the_register(desk, people, moved):
    ana = Client()
    with moved(2027, 3, 6, 9):
        ana.login(username="ana", password=PASSWORD)
        desk.login(username="odile", password=PASSWORD)
        address = reverse("privacy:declare-breach")
        assert ana.get(address).status_code == 200
        assert ana.post(address, BREACH | {"story": ""}).status_code == 422
        assert ana.post(address, BREACH).status_code == 302
        assert ana.get(reverse("privacy:breaches")).status_code == 403
        page = desk.get(reverse("privacy:breaches")).content.decode()
        table = desk.get(reverse("privacy:breaches-csv")).content.decode()
    assert "Une clé perdue" in page and Case.objects.get().code in page
    assert "2027-03-05 18:00" in table and "Une clé perdue" in table


def test_the_request_leads_to_the_look_up_with_what_the_person_said(desk, dpo, people):
    from oppidum.cases.declaration import get_service
    from oppidum.cases.filing import file_case
    from oppidum.cases.intake import prepare_case
    from oppidum.people.models import Team

    team = Team.objects.create(code="data-protection", name="Protection des données")
    dpo.teams.add(team)
    raw = {"right": "access", "contact": {"name": "Zoé Martin", "email": "zoe@example.org"}, "for_whom": "me"}
    filed = file_case(prepare_case(get_service("rights-request"), raw, channel="portal"))
    page = desk.get(reverse("desk:case", args=[filed.code])).content.decode()
    assert f"request={filed.code}" in page and "email=zoe%40example.org" in page
    form = desk.get(reverse("privacy:persons") + f"?request={filed.code}&reason=request&email=zoe@example.org").content.decode()
    assert filed.code in form and "zoe@example.org" in form


def test_everybody_with_the_right_reads_who_looked_whom_up(looked, desk):
    page = desk.get(reverse("privacy:log")).content.decode()
    assert "Odile" in page and "Wrong number" in page and "zoe@example.org" not in page


@pytest.mark.browser
def test_the_pages_can_be_read_by_everybody(open_page, file_permit, dpo, people):
    from oppidum.cases.models import Case
    from oppidum.cases.persons.rooms import Sought
    from oppidum.privacy.looking import look_up
    from tests.browser import check_pages

    case_id = file_permit()
    sought = Sought(emails=("zoe@example.org",))
    code = Case.objects.get().code
    pk = look_up(dpo, sought, reason="request", words="Her request", identity="mailbox", request=code).pk
    addresses = ["/desk/persons/", f"/desk/persons/{pk}/", f"/desk/persons/{pk}/dossier/?case={case_id}"]
    addresses += [f"/desk/persons/{pk}/case/{case_id}/", f"/desk/persons/{pk}/erase/?case={case_id}", "/desk/persons/log/"]
    addresses += ["/desk/archives/", "/desk/breaches/", "/desk/breaches/new/", "/personal-data/register/"]
    check_pages(open_page(None, officer=dpo, width=1440), addresses, widths=(360, 1440), schemes=("light",))
