"""Rectification and erasure: what the law allows is done, what it doesn't is said, and the journal names nobody."""

import pytest

from oppidum.cases.models import Case, Entry, Message, Party
from oppidum.cases.persons.rooms import Sought
from oppidum.cases.verifying import verify
from oppidum.core.errors import InvalidForm, NotFound
from oppidum.privacy.looking import NotIdentified, look_up
from oppidum.privacy.mending import erase, rectify_answer, rectify_party
from oppidum.privacy.models import Access
from tests.privacy.permit import Permit

ZOE = Sought(emails=("zoe@example.org",))


@pytest.fixture
def looked(file_permit, dpo):
    """Zoé's case and a look-up of hers, identity checked."""
    case_id = file_permit()
    lookup = look_up(dpo, ZOE, reason="mistake", words="Wrong number", identity="mailbox")
    return case_id, lookup


def test_a_telephone_is_corrected_with_before_and_after_beside_the_journal(looked):
    case_id, lookup = looked
    party = Party.objects.get()
    assert rectify_party(lookup, party.pk, {"phone": "06 12 34 56 78", "name": "Zoé Martin"}) == ["phone"]
    party.refresh_from_db()
    assert party.phone == "+33612345678"
    entry = Entry.objects.get(action="rectify")
    assert entry.data == {"fields": ["phone"], "request": ""} and entry.actor_name == "Odile"
    assert "+33491000000" in Message.objects.get(seq=entry.seq).text
    assert Access.objects.latest("pk").did == "rectify" and list(verify()) == [(1, [])]


def test_an_answer_is_corrected_as_the_form_checks_it(looked):
    case_id, lookup = looked
    with pytest.raises(InvalidForm):
        rectify_answer(lookup, case_id, "income", "a lot")
    assert rectify_answer(lookup, case_id, "income", "22 000") and not rectify_answer(lookup, case_id, "income", "22000")
    assert Case.objects.get().answers["income"] == 22000
    with pytest.raises(NotFound):
        rectify_answer(lookup, case_id, "shoe_size", "42")


def test_nobody_elses_case_is_opened_through_a_look_up(looked, file_permit):
    from oppidum.cases.rules.standing import Contact

    _case_id, lookup = looked
    other = file_permit(Contact("Max", "max@example.org"), siret="1", landlord="Max", remarks="")
    with pytest.raises(NotFound):
        rectify_answer(lookup, other, "income", "1")
    assert erase(lookup, [other]) == []


def test_an_open_case_can_not_be_erased_and_the_answer_says_why(looked):
    case_id, lookup = looked
    (result,) = erase(lookup, [case_id])
    assert not result.done and "art. 17(3)(b)" in result.why and Party.objects.exists()


def test_a_decision_is_kept_its_time(looked, take, settled):
    case_id, lookup = looked
    take(case_id, "grant")
    settled()
    (result,) = erase(lookup, [case_id])
    assert not result.done and "art. 17(1)(a)" in result.why


def test_where_the_declaration_allows_it_the_person_goes_at_their_wish(looked, take, settled, monkeypatch):
    import dataclasses

    monkeypatch.setattr(Permit, "privacy", dataclasses.replace(Permit.privacy, erasable=("refused",)))
    case_id, lookup = looked
    take(case_id, "refuse")
    settled()
    (result,) = erase(lookup, [case_id])
    assert result.done and not Party.objects.exists()
    entry = Entry.objects.get(action="forget")
    assert (entry.actor_name, entry.data) == ("Odile", {"request": ""})
    assert Access.objects.latest("pk").details == {"done": [case_id]}


def test_who_merely_follows_leaves_at_once(looked):
    case_id, lookup = looked
    Party.objects.update(role="follower")
    (result,) = erase(lookup, [case_id])
    assert result.done and not Party.objects.exists() and Case.objects.get().answers


def test_nothing_is_erased_for_who_is_not_identified(file_permit, dpo):
    case_id = file_permit()
    lookup = look_up(dpo, ZOE, reason="breach", words="Stolen", identity="needless")
    with pytest.raises(NotIdentified):
        erase(lookup, [case_id])


def test_nobody_erases_the_case_of_somebody_else_by_being_named_in_it(file_permit, dpo, take, settled, moved):
    from oppidum.cases.rules.standing import Contact

    with moved(2027, 3, 1, 9):
        case_id = file_permit(Contact("Max Blanc", "max@example.org"))
        take(case_id, "refuse")
        settled()
    with moved(2029, 1, 1, 9):
        sought = Sought(numbers=("73282932000074",))
        lookup = look_up(dpo, sought, reason="mistake", words="Named there", identity="paper")
        (result,) = erase(lookup, [case_id])
    assert not result.done and "somebody else" in result.why and Party.objects.exists()


def test_a_guess_can_be_looked_at_but_not_corrected(file_permit, dpo):
    case_id = file_permit()
    lookup = look_up(dpo, Sought(name="Zoé Martin"), reason="mistake", words="By name", identity="paper")
    with pytest.raises(NotFound):
        rectify_answer(lookup, case_id, "income", "1")
