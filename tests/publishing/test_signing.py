"""Who signs: the president, or whoever holds a delegation that covers the letter, once it is published."""

from datetime import date

import pytest

from oppidum.cases.declaration import Letter
from oppidum.publishing.models import Absence, SignatureDelegation
from oppidum.publishing.signing import NoSignatory, find_signatory

REFUSAL = Letter("refusal", kind="refusal", subject="", body=(), signed_by="president")
BILL = Letter("bill", kind="bill", subject="", body=(), signed_by="finance")
MONDAY = date(2027, 3, 1)


def delegate(officer, **changes):
    """Order 2026-12, published on 1 January 2027, for all letters of the president."""
    given = {
        "order_number": "2026-12",
        "order_on": date(2026, 12, 20),
        "published_on": date(2027, 1, 1),
        "starts_on": date(2027, 1, 1),
        "officer": officer,
        "quality": "La directrice de l'habitat",
        "function": "president",
    } | changes
    return SignatureDelegation.objects.create(**given)


def sign(letter=REFUSAL, day=MONDAY, **known):
    return find_signatory(letter, "rental-permit", day, **known)


def test_without_a_delegation_the_president_signs(letterhead):
    assert sign().name == "Zoé Roux" and sign().quality == ("La présidente",) and sign().order == ""


def test_a_delegate_signs_for_the_president_and_says_by_which_order(letterhead, people):
    delegate(people.ana)
    found = sign()
    assert found.name == str(people.ana)
    assert found.quality == ("Pour la présidente et par délégation,", "La directrice de l'habitat")
    assert "2026-12" in found.order and "20/12/2026" in found.order


def test_an_order_serves_from_the_day_after_its_publication(letterhead, people):
    delegate(people.ana, published_on=MONDAY)
    assert sign(day=MONDAY).name == "Zoé Roux"
    assert sign(day=date(2027, 3, 2)).name == str(people.ana)


def test_an_order_that_was_not_published_gives_nothing(letterhead, people):
    delegate(people.ana, function="finance", published_on=None)
    with pytest.raises(NoSignatory, match="publi"):
        sign(BILL)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"services": ["dia"]}, "portée"),
        ({"kinds": ["grant"]}, "portée"),
        ({"starts_on": date(2027, 6, 1)}, "plus tard"),
        ({"ends_on": date(2027, 2, 28)}, "fin"),
        ({"revoked_on": MONDAY}, "fin"),
        ({"ceiling_cents": 100_000}, "plafond"),
    ],
)
def test_a_refusal_to_sign_says_why_and_what_to_do(letterhead, people, changes, why):
    delegate(people.ana, function="finance", **changes)
    with pytest.raises(NoSignatory, match=why):
        sign(BILL, amount=100_001)


def test_up_to_its_ceiling_a_delegation_serves(letterhead, people):
    delegate(people.ana, function="finance", ceiling_cents=100_000)
    assert sign(BILL, amount=100_000).name == str(people.ana)


def test_who_stands_in_signs_when_the_first_is_away(letterhead, people):
    delegate(people.ana)
    delegate(people.bob, rank=2, quality="Le directeur adjoint")
    assert sign().name == str(people.ana)
    Absence.objects.create(officer=people.ana, starts_on=MONDAY, ends_on=date(2027, 3, 5))
    assert sign().name == str(people.bob)
    assert sign(day=date(2027, 3, 6)).name == str(people.ana)


def test_who_decided_signs_where_they_may(letterhead, people):
    delegate(people.ana)
    delegate(people.bob, rank=2)
    assert sign(officer=people.bob.pk).name == str(people.bob)


def test_a_function_that_nobody_holds_is_named(letterhead):
    with pytest.raises(NoSignatory, match="finance"):
        sign(BILL)
