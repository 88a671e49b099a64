"""Following a request to any service: where it is, by when and why, what was written and sent, and what its author can do."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oppidum.cases.acting import act_on
from oppidum.cases.models import Attachment, Case
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.public import public_cases, public_id
from oppidum.core import clock

PDF = b"%PDF-1.7\n1 0 obj\n"


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def officer_acts(case, people, service, action, **raw):
    people.ana.role.rights = ["act", "assign", "note", "persons"]
    act_on(case.pk, prepare(service, action, raw, actor_of(people.ana)))


def test_its_author_reads_where_it_is_and_what_silence_means(client, party):
    page = text(client.get(f"/follow/{party.code}"))
    for told in (
        "Fermer sa rue",
        "Reçue",
        "Nous examinons",
        "Réponse à la demande",
        "accordée",
        "Ana Ruiz",
        "Un repas",
        "est arrivée",
    ):
        assert told in page, told
    assert "Noter" not in page and "Accorder" not in page


def test_the_receipt_says_what_the_law_asks(client, party):
    page = text(client.get(f"/follow/{party.code}/receipt"))
    for told in ("Accusé de réception", party.code, "Métropole de Castelmer", "L232-3", "R112-5"):
        assert told in page, told


def test_papers_are_sent_from_the_page_while_the_clock_stands(client, party, people, street_party):
    officer_acts(party, people, street_party, "ask_papers", message="Il manque le plan.")
    page = client.get(f"/follow/{party.code}")
    assert "Il manque le plan." in text(page) and "suspendu" in text(page)
    seen = re.search(r'name="seen" value="(\d+)"', page.content.decode())[1]
    address = f"/follow/{party.code}/act/papers_in"
    empty = client.post(address, {"seen": seen})
    assert empty.status_code == 422 and 'href="#id_papers_in-papers"' in empty.content.decode()
    sent = client.post(address, {"seen": seen, "papers": SimpleUploadedFile("plan.pdf", PDF), "message": "Le voici"}, follow=True)
    assert "Nous examinons" in text(sent) and "plan.pdf" in text(sent) and "Le voici" in text(sent)
    paper = Attachment.objects.get()
    assert paper.case_id == party.pk and paper.seq and client.get(f"/follow/{party.code}/files/{paper.token}").status_code == 200


def test_an_internal_note_and_its_silence_stay_inside(client, party, people, street_party):
    officer_acts(party, people, street_party, "note", note="Voisin difficile")
    assert "Voisin difficile" not in text(client.get(f"/follow/{party.code}"))


def test_a_request_is_withdrawn_by_its_author(client, party):
    page = client.post(f"/follow/{party.code}/act/withdraw", follow=True)
    assert "Retirée" in text(page)
    assert client.post(f"/follow/{party.code}/act/withdraw").status_code == 409


@pytest.mark.parametrize("action", ["grant", "note", "tacit", "nothing"])
def test_what_is_not_the_authors_to_do_is_refused(client, party, action):
    assert client.post(f"/follow/{party.code}/act/{action}").status_code == 409
    assert Case.objects.get(pk=party.pk).live.step == "submitted"


def test_a_refusal_is_told_with_its_reason(client, party, people, street_party):
    officer_acts(party, people, street_party, "refuse", reason="road")
    page = text(client.get(f"/follow/{party.code}"))
    assert "Refusée" in page and "voie de secours" in page


def test_a_request_is_nobodys_business(client, party):
    assert not public_cases().filter(pk=party.pk).exists()
    assert client.get(f"/reports/{public_id(party.pk)}").status_code == 404
    assert party.code not in client.get("/reports/points.geojson?bbox=5,43,6,44").content.decode()
    other = Attachment.objects.create(
        token="x" * 43, file="f", name="n", content_type="application/pdf", size=1, uploaded_at=clock.now()
    )
    assert client.get(f"/follow/{party.code}/files/{other.token}").status_code == 404


def test_my_requests_list_it_beside_the_reports(client, party):
    session = client.session
    session["my_reports"] = {"email": "ana@example.fr", "since": int(clock.now().timestamp())}
    session.save()
    page = text(client.get("/my-reports/"))
    assert "Fermer sa rue" in page and "Envoyée le" in page


def test_the_page_costs_few_queries(client, party, django_assert_max_num_queries):
    client.get(f"/follow/{party.code}")
    with django_assert_max_num_queries(12):
        client.get(f"/follow/{party.code}")


def test_officers_within_sight_open_the_files_that_were_sent(client, party, people, street_party):
    officer_acts(party, people, street_party, "ask_papers", message="Il manque le plan.")
    client.post(f"/follow/{party.code}/act/papers_in", {"papers": SimpleUploadedFile("plan.pdf", PDF)})
    address = f"/desk/case/{party.code}/files/{Attachment.objects.get().token}"
    assert client.get(address).status_code == 302
    client.force_login(people.cleo)
    assert "plan.pdf" in client.get(f"/desk/case/{party.code}/").content.decode()
    assert client.get(address).status_code == 200
    client.force_login(people.bob)
    assert client.get(address).status_code == 404
    client.force_login(people.max)
    assert client.get(address).status_code == 403
