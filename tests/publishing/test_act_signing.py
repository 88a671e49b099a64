"""Acts of the president are signed by who may sign them that day: the president, or a delegate for the matter; else refused with the reason."""

from datetime import date

import pytest

from oppidum.bodies.acting import sign
from oppidum.bodies.models import Act, Member
from oppidum.bodies.signers import NobodySigns, delegates_on
from oppidum.bodies.waiting import list_waiting
from oppidum.people.models import Officer
from oppidum.publishing.models import Absence, SignatureDelegation
from oppidum.publishing.signing import NoSignatory
from tests.bodies.conftest import council  # noqa: F401
from tests.services.assembly import secretary
from tests.services.test_acts import DECISION, ORDER, draft  # noqa: F401


@pytest.fixture
def book(council, draft, letterhead):  # noqa: F811
    """An order of matter 5.5 and a decision of matter 1.1 wait for a signature."""
    draft(ORDER)
    draft(DECISION)
    return council


def order(**changes):
    given = {
        "order_number": "2026-12",
        "order_on": date(2026, 12, 20),
        "published_on": date(2027, 1, 1),
        "starts_on": date(2027, 1, 1),
        "quality": "Le directeur général",
        "function": "acts",
        "matters": ["5.5", "1"],
    } | changes
    holder = given.pop("officer", None) or Officer.objects.create_user("dgs", first_name="Paul", last_name="Faure")
    return SignatureDelegation.objects.create(officer=holder, **given)


def signed(book, delegate=None):
    waiting = list_waiting(book.authority, secretary())
    return sign(book.authority, [(one, one.actions[0].name) for one in waiting], delegate=delegate)


def test_without_a_choice_the_president_signs(book, moved):
    with moved(2027, 4, 2, 9):
        assert {act.signed_by for act in signed(book)} == {"Alma Castelmer"}


def test_a_delegate_signs_for_the_president_and_the_act_names_the_order(book, moved):
    held = order()
    with moved(2027, 4, 2, 9):
        first, second = signed(book, held.pk)
    assert first.signed_by == second.signed_by == "Paul Faure"
    assert "par délégation" in first.quality and "Le directeur général" in first.quality and "2026-12" in first.quality


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"matters": ["5"]}, "1.1"),
        ({"matters": ["5.5"]}, "1.1"),
        ({"kinds": ["order"]}, "2026-12"),
        ({"services": ["rental-permit"]}, "2026-12"),
        ({"published_on": None}, "publi"),
        ({"starts_on": date(2027, 6, 1)}, "2026-12"),
        ({"ends_on": date(2027, 3, 1)}, "2026-12"),
        ({"revoked_on": date(2027, 4, 2)}, "2026-12"),
        ({"function": "president"}, ""),
    ],
)
def test_an_order_that_does_not_cover_an_act_signs_none_and_says_why(book, moved, changes, why):
    held = order(**changes)
    with moved(2027, 4, 2, 9), pytest.raises(NoSignatory) as refused:
        signed(book, held.pk)
    assert why in str(refused.value) and not Act.objects.exists()


def test_a_delegate_who_is_away_does_not_sign(book, moved):
    held = order()
    Absence.objects.create(officer=held.officer, starts_on=date(2027, 4, 1), ends_on=date(2027, 4, 9))
    with moved(2027, 4, 2, 9), pytest.raises(NoSignatory):
        signed(book, held.pk)
    with moved(2027, 4, 10, 9):
        assert len(signed(book, held.pk)) == 2


def test_when_nobody_is_president_a_delegate_is_to_be_chosen(book, moved):
    Member.objects.filter(body=book.authority).update(until=date(2027, 3, 31))
    held = order()
    with moved(2027, 4, 2, 9):
        with pytest.raises(NobodySigns):
            signed(book)
        assert len(signed(book, held.pk)) == 2


def test_sending_an_act_back_needs_nobody_s_signature(book, moved):
    Member.objects.filter(body=book.authority).update(until=date(2027, 3, 31))
    with moved(2027, 4, 2, 9):
        waiting = list_waiting(book.authority, secretary())
        assert sign(book.authority, [(one, "decline") for one in waiting]) == []


def test_the_signature_book_offers_those_whose_order_is_alive(letterhead, people):
    order(officer=people.ana)
    order(officer=people.bob, revoked_on=date(2027, 2, 1))
    assert [one.label.partition(",")[0] for one in delegates_on(date(2027, 4, 2))] == [str(people.ana)]
