"""Retention follows the outcome, and is looked at again when the moment comes."""

from datetime import date

import pytest

from oppidum.cases.models import Case, Entry, Live, Message, Party
from oppidum.cases.persons.retaining import forget, forget_persons, overdue
from oppidum.cases.persons.rooms import KEEPERS, keeps
from oppidum.cases.rules.standing import RESIDENT
from oppidum.cases.verifying import verify
from oppidum.core import clock


@pytest.fixture
def ended(file_permit, take, settled, moved):
    """`ended("grant")`: filed on 1 March 2027, decided so on the 10th."""

    def make(action):
        with moved(2027, 3, 1, 9):
            case_id = file_permit()
        with moved(2027, 3, 10, 9):
            take(case_id, action)
            settled()
        return case_id

    return make


def test_a_permit_keeps_its_persons_five_years_and_a_refusal_one(ended, moved):
    ended("grant"), ended("refuse")
    with moved(2028, 3, 10, 23):
        assert forget_persons() == 0
    with moved(2028, 3, 11, 2):
        assert forget_persons() == 1
    assert set(Live.objects.filter(forgotten_on__isnull=False).values_list("step", flat=True)) == {"refused"}
    with moved(2032, 3, 11, 2):
        assert forget_persons() == 1
    assert not Party.objects.exists()


def test_a_refusal_counts_from_its_appeal(ended, take, moved):
    case_id = ended("refuse")
    with moved(2027, 8, 1, 9):
        take(case_id, "appeal")
        take(case_id, "settle")
    with moved(2028, 8, 1, 23):
        assert forget_persons() == 0
    with moved(2028, 8, 2, 2):
        assert forget_persons() == 1


def test_while_an_appeal_is_heard_everything_stays_and_the_reason_is_told(ended, take, moved):
    case_id = ended("refuse")
    with moved(2027, 8, 1, 9):
        take(case_id, "appeal")
    with moved(2030, 1, 1, 2):
        assert forget_persons() == 0
        assert [(i, str(why)) for i, why in overdue()] == [(case_id, "an appeal is being heard")]
        take(case_id, "settle")
        assert forget_persons() == 1


def test_an_answer_still_owed_keeps_everything(ended, take, moved):
    case_id = ended("refuse")
    with moved(2027, 4, 1, 9):
        take(case_id, "write", RESIDENT, message="Pourquoi ?")
    with moved(2029, 1, 1, 2):
        assert forget_persons() == 0 and Message.objects.exists()


def test_a_case_opened_again_between_the_list_and_the_removal_keeps_everything(ended, take, moved):
    case_id = ended("refuse")
    with moved(2029, 1, 1, 2):
        take(case_id, "reopen")
        assert forget([case_id], clock.now()) == []
    assert Party.objects.exists()


def test_a_room_can_keep_what_is_owed(ended, moved, monkeypatch):
    case_id = ended("refuse")
    monkeypatch.setattr("oppidum.cases.persons.rooms.KEEPERS", dict(KEEPERS))
    keeps("money", "money is still owed", lambda ids: [i for i in ids if i == case_id])
    with moved(2029, 1, 1, 2):
        assert forget_persons() == 0
        assert overdue() == [(case_id, "money is still owed")]


def test_only_facts_that_name_nobody_stay(ended, moved):
    case_id = ended("refuse")
    with moved(2029, 1, 1, 2):
        forget_persons()
    case = Case.objects.get(pk=case_id)
    assert case.answers == {"kind": "flat"}
    assert (case.words, case.address) == ("", "")
    assert Entry.objects.filter(case_id=case_id, action="forget").count() == 1
    assert list(verify()) == [(1, [])]
    assert Live.objects.get().forgotten_on == date(2029, 1, 1)


def test_the_place_of_a_private_matter_becomes_a_neighbourhood(ended, moved):
    case_id = ended("refuse")
    Case.objects.filter(pk=case_id).update(place="SRID=4326;POINT(5.05123 43.35456)")
    Live.objects.filter(pk=case_id).update(is_public=False)
    with moved(2029, 1, 1, 2):
        forget_persons()
    place = Case.objects.get().place
    assert (round(place.x, 5), round(place.y, 5)) == (5.05, 43.35)
