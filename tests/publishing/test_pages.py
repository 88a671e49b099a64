"""Letters on pages: with the case, for who holds its code, on the way to the printer, and who signs."""

import pytest
from django.test import Client

from oppidum.people.models import Officer, Role
from oppidum.publishing import printing
from oppidum.publishing.models import Letterhead, Paper, SignatureDelegation, TownHall
from tests.browser import check_page
from tests.people_of_town import PASSWORD
from tests.publishing.conftest import paper_data, text_of
from tests.publishing.test_printing import case_id as _case_id
from tests.publishing.test_printing import put_waiting
from tests.services import test_rental_permit as permit
from tests.services.test_rental_permit import FEBRUARY, file, papers, take

case_id, area = _case_id, permit.area


def signed_in(name):
    client = Client()
    assert client.login(username=name, password=PASSWORD)
    return client


@pytest.fixture
def zoe(people):
    """Who sets the house up and prints."""
    role = Role.objects.create(code="office", name="office", reach="all", rights=["setup", "print", "persons"])
    return Officer.objects.create_user("zoe", "zoe@castelmer.example", PASSWORD, role=role)


def test_a_run_is_ordered_followed_and_handed_to_the_post(case_id, zoe):
    put_waiting(case_id, range(1, 4))
    client = signed_in("zoe")
    assert "3 courriers" in client.get("/desk/letters/").content.decode()
    page = client.post("/desk/letters/print/", {"service": "report", "letter": "bill"}, follow=True).content.decode()
    assert "0 courriers imprimés sur 3" in page and "every 2s" in page
    printing.work()
    run = printing.PrintRun.objects.get()
    fragment = client.get(f"/desk/letters/runs/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "3 courriers imprimés sur 3" in fragment and "every 2s" not in fragment and "<html" not in fragment
    whole = b"".join(client.get(f"/desk/letters/runs/{run.pk}.pdf").streaming_content)
    assert text_of(whole).count("Habitant") == 3
    assert "3 courriers sont postés" in client.post(f"/desk/letters/runs/{run.pk}/posted/", follow=True).content.decode()


@pytest.mark.parametrize("address", ["/desk/letters/", "/desk/letters/signing/", "/desk/letters/letterhead/"])
def test_case_officers_neither_print_nor_say_who_signs(people, address):
    assert signed_in("ana").get(address).status_code == 403


def test_a_letter_is_read_by_who_sees_the_case_and_its_persons(case_id, people):
    put_waiting(case_id, [1])
    address = f"/desk/letters/paper/{Paper.objects.get().pk}.pdf"
    assert "Habitant 1" in text_of(signed_in("ana").get(address).content)
    assert signed_in("bob").get(address).status_code == 404
    assert signed_in("max").get(address).status_code == 403


def test_the_case_page_lists_its_letters(area, letterhead, moved):
    with moved(*FEBRUARY):
        case_id = file()
        (paper,) = papers(case_id, "acknowledgement")
        page = signed_in("ana").get(f"/desk/case/{paper.case.code}/").content.decode()
    assert f"/desk/letters/paper/{paper.pk}.pdf" in page and "annoncé par courriel" in page


def test_the_applicant_reads_the_letters_on_the_page_of_the_request(area, letterhead, moved):
    with moved(*FEBRUARY):
        case_id = file()
        (paper,) = papers(case_id, "acknowledgement")
        address = f"/follow/{paper.case.code}/letters/{paper.pk}"
        assert address in Client().get(f"/follow/{paper.case.code}").content.decode()
        assert "28 février 2027" in text_of(Client().get(address).content)
    paper.refresh_from_db()
    assert paper.fate == "read" and paper.read_at


def test_copies_and_letters_to_others_are_not_the_applicants(area, letterhead, moved):
    with moved(*FEBRUARY):
        case_id = file()
        take(case_id, "complete", area.ana)
        take(case_id, "unfavourable", area.ana, defects=["damp"], works=[{"what": "Sécher", "by": "2027-05-01"}])
        made = papers(case_id, "unfavourable")
    code = made[0].case.code
    assert Client().get(f"/follow/{code}/letters/{made[0].pk}").status_code == 200
    assert Client().get(f"/follow/{code}/letters/{made[1].pk}").status_code == 404
    assert Client().get(f"/follow/{code[::-1]}/letters/{made[0].pk}").status_code == 404


def test_a_delegation_is_entered_published_and_ended(zoe, people):
    client = signed_in("zoe")
    given = {
        "order_number": "2027-3",
        "order_on": "2027-01-10",
        "starts_on": "2027-01-15",
        "officer": people.ana.pk,
        "quality": "La directrice de l'habitat",
        "function": "president",
        "kinds": ["refusal"],
        "ceiling": "1 500,50",
        "rank": "1",
    }
    assert client.post("/desk/letters/signing/delegate/", given | {"ceiling": "beaucoup"}).status_code == 422
    page = client.post("/desk/letters/signing/delegate/", given, follow=True).content.decode()
    held = SignatureDelegation.objects.get()
    assert held.ceiling_cents == 150_050 and held.kinds == ["refusal"] and "à publier avant de servir" in page
    client.post(f"/desk/letters/signing/{held.pk}/publish/")
    client.post(f"/desk/letters/signing/{held.pk}/revoke/")
    held.refresh_from_db()
    assert held.published_on and held.revoked_on


def test_the_letterhead_is_changed_and_what_was_made_stays(zoe, letterhead, case_id):
    put_waiting(case_id, [1])
    client = signed_in("zoe")
    given = {
        "address": "2 rue Neuve",
        "town": "Castelmer",
        "president": "Léo Blanc",
        "quality": "Le président",
        "court": "Tribunal",
    }
    assert client.post("/desk/letters/letterhead/", given).status_code == 302
    assert Letterhead.objects.get().president == "Léo Blanc"
    assert Paper.objects.get().data == paper_data(1, template="invoice")


def test_an_absence_ends_after_it_begins(zoe, people):
    client = signed_in("zoe")
    SignatureDelegation.objects.create(
        order_number="1", order_on="2027-01-01", starts_on="2027-01-01", officer=people.ana, quality="x", function="president"
    )
    given = {"officer": people.ana.pk, "starts_on": "2027-03-05", "ends_on": "2027-03-01"}
    assert client.post("/desk/letters/signing/absence/", given).status_code == 422
    assert client.post("/desk/letters/signing/absence/", given | {"ends_on": "2027-03-09"}).status_code == 302


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/desk/letters/", "/desk/letters/signing/", "/desk/letters/letterhead/"])
def test_the_pages_are_readable_at_all_sizes(open_page, case_id, zoe, letterhead, people, address):
    put_waiting(case_id, range(1, 4))
    printing.order_run("Factures du premier semestre", zoe)
    put_waiting(case_id, range(4, 6))
    SignatureDelegation.objects.create(
        order_number="2027-3",
        order_on="2027-01-10",
        starts_on="2027-01-15",
        officer=people.ana,
        quality="La directrice de l'habitat",
        function="president",
        services=["rental-permit"],
        ceiling_cents=150_000,
    )
    check_page(open_page(address, officer=zoe, width=1440))


def test_a_mayor_is_named_and_only_a_mayor_delegates_for_a_commune(zoe, town):
    client = signed_in("zoe")
    assert "3 communes n'ont pas encore de maire" in client.get("/desk/letters/town-halls/").content.decode().replace("&#x27;", "'")
    named = {"mayor": "Rémi Blanc", "quality": "Le maire", "power": "", "court": ""}
    assert "Rémi Blanc" in client.post("/desk/letters/town-halls/13901/", named, follow=True).content.decode()
    assert TownHall.objects.get().commune_id == "13901"
    order = {
        "order_number": "AUB-3",
        "order_on": "2027-01-02",
        "starts_on": "2027-01-03",
        "officer": zoe.pk,
        "quality": "L’adjointe",
        "rank": "1",
    }
    assert client.post("/desk/letters/signing/delegate/", order | {"function": "mayor"}).status_code == 422
    assert client.post("/desk/letters/signing/delegate/", order | {"function": "president", "commune": "13901"}).status_code == 422
    client.post("/desk/letters/signing/delegate/", order | {"function": "mayor", "commune": "13901"})
    assert SignatureDelegation.objects.get().commune_id == "13901"
