"""A look-up has a reason, is written down, and opens nothing else than what it found."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from oppidum.cases.models import Case
from oppidum.cases.persons.rooms import Sought
from oppidum.core import clock
from oppidum.core.errors import InvalidForm, NotAllowed, NotFound
from oppidum.privacy.looking import NotIdentified, chosen, forget_sought, look_up, open_lookup, require_identity
from oppidum.privacy.models import Access, Lookup

SOUGHT = Sought(emails=("zoe@example.org",))


@pytest.fixture
def mine(file_permit):
    return file_permit()


@pytest.fixture
def looked(mine, dpo):
    code = Case.objects.get(pk=mine).code
    return look_up(dpo, SOUGHT, reason="request", words="Her request of Monday", identity="mailbox", request=code)


def test_only_the_right_of_data_protection_looks_persons_up(people, mine):
    with pytest.raises(NotAllowed):
        look_up(people.ana, SOUGHT, reason="breach", words="curious", identity="needless")
    assert not Lookup.objects.exists()


def test_a_look_up_says_for_whom_why_and_how_they_were_identified(dpo, db):
    with pytest.raises(InvalidForm) as refused:
        look_up(dpo, Sought(), reason="", words=" ", identity="", request="nonsense")
    assert {fault.field for fault in refused.value.errors} == {"email", "reason", "words", "identity", "request"}
    with pytest.raises(InvalidForm) as refused:
        look_up(dpo, SOUGHT, reason="request", words="x", identity="none")
    assert [fault.field for fault in refused.value.errors] == ["request"]


def test_the_access_log_says_who_looked_and_can_not_be_changed(looked, mine, dpo):
    line = Access.objects.get()
    assert (line.officer, line.did, line.cases, looked.found) == (dpo, "search", [mine], 1)
    for change in (lambda: Access.objects.update(did="nothing"), lambda: Access.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_look_up_is_its_officers_own_and_lasts_a_day(looked, dpo, people):
    with pytest.raises(NotAllowed):
        open_lookup(people.ana, looked.pk)
    assert open_lookup(dpo, looked.pk) == looked
    with clock.at(looked.at + timedelta(hours=25)), pytest.raises(NotFound):
        open_lookup(dpo, looked.pk)


def test_nothing_is_handed_out_to_who_is_not_identified(mine, dpo):
    found = look_up(dpo, SOUGHT, reason="breach", words="Stolen laptop", identity="needless")
    with pytest.raises(NotIdentified):
        require_identity(found)


def test_a_look_up_opens_only_what_it_found(looked, mine):
    assert chosen(looked, [mine, mine, mine + 1]) == [mine]


def test_whom_an_old_look_up_was_about_is_forgotten_who_looked_is_not(looked):
    with clock.at(looked.at + timedelta(days=400)):
        assert forget_sought() == 1 and forget_sought() == 0
    assert (Lookup.objects.get().sought, Access.objects.count()) == ({}, 1)
