"""Competition for a place in a harbour: open calls are published, applications sealed until the last day, nothing late taken, answers with reasons."""

import io
import json
import re
from collections import Counter
from datetime import datetime
from random import Random

import pytest
from django.test import Client
from django.utils.translation import override

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.contests import list_calls
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Attachment, Case, Entry, Live, Mail
from oppidum.cases.persons.rooms import Sought, find_person
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import Actor
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.privacy.dossiers import make_dossier
from oppidum.publishing.models import Paper
from oppidum.rehearsal.harbour_calls import rehearse_harbour_calls
from oppidum.services.ecology_culture_sport.marina import MarinaApplication, MarinaOccupancy
from oppidum.services.shared.calls import agreeing_marks
from oppidum.web.privacy.mending import _asked
from tests.people_of_town import PASSWORD
from tests.publishing.conftest import letterhead  # noqa: F401
from tests.services.doing import step_of

pytestmark = pytest.mark.django_db
OFFICE = Actor("officer", 1, "Mia", frozenset({"act", "note"}))
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def march(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)):
        yield


@pytest.fixture
def call(people):
    """A shop on the quay of Cassis, published on 1 March 2027 with its rules on paper; applications until 31 March."""
    for service in ("marina-occupancy", "marina-application"):
        Remit.objects.create(service=service, team=people.roads, category="*")
    remits.forget()
    raw = {
        "harbour": "cassis", "where": "Quai des Baux, local 3", "surface_m2": 40, "use": "shop", "years_wanted": 5, "is_short": "no",
        "project": "Une librairie de mer", "applicant": {"kind": "person", "name": "Ada"}, "contact": {"email": "ada@example.org"},
    }  # fmt: skip
    filed = file_case(prepare_case(MarinaOccupancy, raw, channel="portal"))
    rules = paper(MarinaOccupancy.flow.actions["publish"].demands["documents"], "règlement.pdf")
    criteria = [{"criterion": "Projet", "weight": 60}, {"criterion": "Redevance", "weight": 40}]
    do(MarinaOccupancy, filed, "publish", criteria=criteria, closes_on="2027-03-31", published_at="Site", documents=[rules])
    return filed


def paper(question, name):
    return attachments.save_upload(io.BytesIO(PDF), name, question, clock.now()).token


def do(service, filed, action, **raw):
    return act_on(filed.case_id, prepare(service, action, raw, OFFICE))


def answers(call, name="Bob"):
    return {
        "call": call.code,
        "applicant": {"kind": "person", "name": name},
        "contact": {"email": f"{name.lower()}@example.org"},
        "project": "Un secret de projet",
        "yearly_fee": "12 000",
        "papers": [paper(MarinaApplication.form["papers"], "offre.pdf")],
        "sincere": {"agreed": True, "name": name},
    }


def apply(to, name="Bob", **changes):
    filed = file_case(prepare_case(MarinaApplication, answers(to, name) | changes, channel="portal"))
    outbox.deliver()
    return filed


def work():
    while outbox.deliver():
        pass


@pytest.fixture
def ana(people):
    browser = Client()
    assert browser.login(username="ana", password=PASSWORD)
    return browser


def test_an_open_call_is_published_with_its_last_day_its_criteria_and_its_papers(client, call):
    page = client.get("/services/marina-application/", {"lang": "fr"}).content.decode()
    assert (
        call.code in page
        and re.search(r"31\W+mars", page)
        and "Quai des Baux, local 3" in page
        and "règlement.pdf" in page
        and "60" in page
    )
    [document] = list_calls(MarinaApplication)[0].documents
    found = client.get(f"/services/marina-application/calls/{call.code}/files/{document.token}")
    assert found.status_code == 200


def test_no_other_file_of_the_procedure_is_public(client, call):
    theirs = apply(call)
    token = Attachment.objects.get(case_id=theirs.case_id).token
    for code in (call.code, theirs.code):
        assert client.get(f"/services/marina-application/calls/{code}/files/{token}").status_code == 404


def test_the_button_of_a_call_begins_an_application_to_it(client, call):
    begun = client.post("/services/marina-application/ask/", {"call": call.code})
    assert call.code in client.get(begun["Location"]).content.decode()


def test_an_application_is_tied_to_its_call_and_its_receipt_says_when(call):
    filed = apply(call)
    assert Case.objects.get(pk=filed.case_id).links.get().other_id == call.case_id
    assert Entry.objects.filter(case_id=call.case_id, action="link").count() == 1
    work()
    assert re.search(r"9\Wh\W00|09:00", Mail.objects.get(to="bob@example.org").body)


def test_nothing_is_taken_after_the_last_day_and_the_fault_says_so(call, moved):
    with moved(2027, 3, 31, 23, 59):
        assert step_of(apply(call)) == "sealed"
    with moved(2027, 4, 1, 0, 0), pytest.raises(InvalidForm) as late:
        apply(call, "Cid")
    assert late.value.errors[0].field == "call" and "31/03/2027" in str(late.value.errors[0])
    assert list_calls(MarinaApplication, datetime(2027, 4, 1, tzinfo=clock.PARIS)) == []


def test_a_code_that_is_no_call_is_refused(call):
    with pytest.raises(InvalidForm) as wrong:
        apply(call, call="7KQ2M-XA4RH")
    assert wrong.value.errors[0].field == "call"


def test_no_officer_reads_an_offer_before_the_call_closes_whatever_their_rights(ana, call, moved):
    filed = apply(call)
    token = Attachment.objects.get(case_id=filed.case_id).token
    before = ana.get(f"/desk/case/{filed.code}/", {"lang": "fr"}).content.decode()
    assert "Un secret" not in before and "12\u202f000" not in before and token not in before
    assert "scellé jusqu" in before
    assert ana.get(f"/desk/case/{filed.code}/files/{token}?anyway=1").status_code in (403, 404)
    with moved(2027, 4, 1, 9):
        after = ana.get(f"/desk/case/{filed.code}/").content.decode()
    assert "secret" in after


def test_sealed_answers_are_in_no_journal(call):
    filed = apply(call)
    told = str(list(Entry.objects.filter(case_id__in=(filed.case_id, call.case_id)).values_list("data", flat=True)))
    assert "secret" not in told and "1200000" not in told


def test_the_applications_are_opened_together_when_the_call_closes(call, moved):
    bob, cid = apply(call), apply(call, "Cid")
    with moved(2027, 4, 1, 9):
        do(MarinaOccupancy, call, "close_call", applications=2)
        work()
        assert (step_of(bob), step_of(cid)) == ("open", "open")


def test_the_best_is_chosen_the_other_told_by_letter_with_reasons_and_the_call_goes_on(call, moved, letterhead):  # noqa: F811
    bob, cid = apply(call), apply(call, "Cid")
    with moved(2027, 4, 1, 9):
        do(MarinaOccupancy, call, "close_call", applications=2)
        work()
        do(MarinaApplication, bob, "score", marks=[{"criterion": "Projet", "mark": 50, "why": "Solide"}])
        do(MarinaApplication, cid, "refuse", reasons="Redevance : 20 points contre 35")
        do(MarinaApplication, bob, "choose", reasons="85 points sur 100")
        work()
        assert (step_of(bob), step_of(cid), step_of(call)) == ("chosen", "refused", "contract")
        assert {(p.case_id, p.letter) for p in Paper.objects.all()} >= {(bob.case_id, "chosen"), (cid.case_id, "refused")}


def test_no_second_application_is_chosen_for_one_place_but_the_others_are_answered(call, moved, letterhead):  # noqa: F811
    bob, cid = apply(call), apply(call, "Cid")
    with moved(2027, 4, 1, 9):
        do(MarinaOccupancy, call, "close_call", applications=2)
        work()
        do(MarinaApplication, bob, "choose", reasons="85 points sur 100")
        work()
        with pytest.raises(NotNow):
            do(MarinaApplication, cid, "choose", reasons="84 points sur 100")
        do(MarinaApplication, cid, "refuse", reasons="84 points contre 85")
        assert (step_of(bob), step_of(cid)) == ("chosen", "refused")


def test_marks_that_are_rehearsed_are_parts_of_the_weights():
    drawn = {"marks": [{"criterion": name, "mark": 100, "why": "x"} for name in ("Projet", "Site", "Projet")]}
    for n in range(50):
        marks = agreeing_marks("score", drawn, {}, Random(n))["marks"]
        assert (
            [row["criterion"] for row in marks] == ["Projet", "Site"]
            and 24 <= marks[0]["mark"] <= 57
            and 16 <= marks[1]["mark"] <= 38
        )


def test_the_demonstration_has_calls_that_are_open_compared_given_and_given_up(people):
    assert rehearse_harbour_calls(clock.today()) == 11
    steps = Counter(Live.objects.values_list("service", "step"))
    assert steps == {
        ("marina-occupancy", "published"): 1, ("marina-occupancy", "evaluating"): 1, ("marina-occupancy", "in_force"): 1,
        ("marina-occupancy", "without_choice"): 1, ("marina-application", "sealed"): 3, ("marina-application", "open"): 4,
        ("marina-application", "chosen"): 1, ("marina-application", "refused"): 2, ("marina-application", "unanswered"): 1,
    }  # fmt: skip
    assert not Mail.objects.exists()


def test_a_call_without_a_choice_ends_all_its_applications(call, moved):
    bob = apply(call)
    do(MarinaOccupancy, call, "no_follow", grounds="Le local est inondé")
    work()
    assert step_of(bob) == "unanswered"


@pytest.mark.parametrize("notice", MarinaApplication.notices, ids=lambda one: one.action)
def test_every_notice_reads_well(notice):
    subject, body = notice.render(dict.fromkeys(("code", "link", "authority", "received_on", "received_time"), "X"))
    assert subject and body and not re.search(r"[{}]", subject + body)


def test_neither_the_dossier_of_a_competitor_nor_its_correction_shows_the_offer_before_the_call_closes(call, moved):
    filed, bob = apply(call), Sought(emails=("bob@example.org",), name="Bob")
    case = Case.objects.get(pk=filed.case_id)

    def dossier():
        with override("en"):
            return json.dumps(make_dossier(bob, find_person(bob), [filed.case_id]), ensure_ascii=False)

    sealed = dossier()
    assert not any(secret in sealed for secret in ("Un secret de projet", "1200000", '"kind": "file"'))
    assert "Sealed until the end of Wednesday 31 March 2027" in sealed and "bob@example.org" in sealed
    assert "project" not in _asked(case)
    with moved(2027, 4, 1, 0, 0):
        opened = dossier()
        assert [shown for shown in ("Un secret de projet", "1200000", '"kind": "file"') if shown not in opened] == []
        assert "project" in _asked(case)
