"""Sittings: planned, convened in time, opened with a quorum, voted item by item."""

from datetime import datetime, timedelta

import pytest

from oppidum.bodies import agenda, attending, convening, minutes, voting
from oppidum.bodies.attending import There, room_of
from oppidum.bodies.errors import AgendaIncomplete, BadCount, BadProxy, NoQuorum, NoticeTooShort, WrongState
from oppidum.bodies.models import Item, Sitting
from oppidum.bodies.rules.votes import Tally
from oppidum.cases.models import Mail
from oppidum.core.clock import PARIS
from oppidum.core.errors import Invalid
from tests.bodies.conftest import SITTING_AT


def test_the_members_are_convened_with_the_agenda_and_its_notes(convened):
    sitting = convened("Plan vélo")
    mails = Mail.objects.filter(key__startswith=f"sitting:{sitting.code}")
    assert mails.count() == 7
    assert "jeudi 20 mai 2027 à 18 h 00" in mails[0].body and "1. Plan vélo\n   Note sur Plan vélo" in mails[0].body


def test_letters_that_would_leave_too_late_are_held_back_with_the_day(council, moved):
    with moved(2027, 5, 15, 9):
        sitting = convening.plan_sitting(council.body, SITTING_AT)
        agenda.add_item(sitting, "Plan vélo", note="Note", decision="Article unique.")
        with pytest.raises(NoticeTooShort, match="vendredi 14 mai"):
            convening.convene(sitting)
    assert not Mail.objects.exists()


def test_in_urgency_the_body_rules_on_it_first_and_may_put_everything_off(council, moved):
    with moved(2027, 5, 18, 9):
        sitting = convening.plan_sitting(council.body, SITTING_AT, urgency="Digue rompue.")
        agenda.add_item(sitting, "Travaux", note="Note", decision="Article unique.")
        convening.convene(sitting)
    with moved(2027, 5, 20, 18):
        attending.record_attendance(sitting, [There(m.pk, "present") for m in council.body.members.all()])
        with pytest.raises(Invalid):
            attending.open_sitting(sitting, council.alma, council.bruno)
        attending.open_sitting(sitting, council.alma, council.bruno, urgency_accepted=False)
    assert sitting.state == Sitting.State.CLOSED and sitting.items.get().outcome == Item.Outcome.ADJOURNED


def test_an_item_without_its_note_does_not_leave(council, moved):
    with moved(2027, 5, 3, 9):
        sitting = convening.plan_sitting(council.body, SITTING_AT)
        agenda.add_item(sitting, "Plan vélo", decision="Article unique.")
        with pytest.raises(AgendaIncomplete, match="note de synthèse"):
            convening.convene(sitting)


def test_what_is_not_on_the_agenda_cannot_be_added_once_the_letters_left(convened):
    with pytest.raises(WrongState):
        agenda.add_item(convened("Plan vélo"), "Cadeau de dernière minute")


def test_the_order_of_business_is_the_presidents(council, moved):
    with moved(2027, 5, 3, 9):
        sitting = convening.plan_sitting(council.body, SITTING_AT)
        first, _second, third = (agenda.add_item(sitting, title) for title in "ABC")
        agenda.move(third, -2)
        assert [i.title for i in sitting.items.all()] == ["C", "A", "B"]
        agenda.order(sitting, [first.pk])
        assert [(i.rank, i.title) for i in sitting.items.all()] == [(1, "A"), (2, "C"), (3, "B")]


def test_three_of_seven_do_not_open_a_sitting_and_the_second_one_needs_no_quorum(council, convened, moved):
    sitting = convened("Plan vélo")
    with moved(2027, 5, 20, 18):
        few = [There(m.pk, "present") for m in (council.alma, council.bruno, council.chloe)]
        attending.record_attendance(sitting, [*few, There(council.driss.pk, "represented", council.alma.pk)])
        with pytest.raises(NoQuorum):
            attending.open_sitting(sitting, council.alma, council.bruno)
        attending.close_without_quorum(sitting)
        with pytest.raises(NoticeTooShort):
            convening.plan_sitting(council.body, SITTING_AT + timedelta(days=2), follows=sitting)
        second = convening.plan_sitting(council.body, SITTING_AT + timedelta(days=3), follows=sitting)
        convening.convene(second)
    with moved(2027, 5, 23, 18):
        attending.record_attendance(second, few)
        attending.open_sitting(second, council.alma, council.bruno)
        item = voting.record_vote(second.items.get(), {})
    assert item.outcome == Item.Outcome.CARRIED and (item.present, item.votes_for) == (3, 3)


def test_nobody_holds_two_proxies(council, convened):
    sitting = convened("Plan vélo")
    rows = [There(council.alma.pk, "present")]
    rows += [There(m.pk, "represented", council.alma.pk) for m in (council.driss, council.elsa)]
    with pytest.raises(BadProxy, match="déjà un autre pouvoir"):
        attending.record_attendance(sitting, rows)


def test_a_proxy_used_three_times_in_a_row_is_worn_out_but_not_for_the_ill(council, sitting_with, moved):
    for week in range(3):
        sitting = sitting_with("Point", proxies={"gilda": "alma"}, present=("alma", "bruno", "chloe", "driss"))
        Sitting.objects.filter(pk=sitting.pk).update(state="concluded", at=SITTING_AT - timedelta(weeks=week + 1), code=f"s{week}")
        sitting.items.update(outcome="carried")
        Sitting.objects.filter(pk=sitting.pk).update(minutes_settled_on=SITTING_AT.date())
    with moved(2027, 5, 3, 9):
        fourth = convening.plan_sitting(council.body, SITTING_AT)
        agenda.add_item(fourth, "Point", note="Note", decision="Article unique.")
        convening.convene(fourth)
    present = There(council.alma.pk, "present")
    with pytest.raises(BadProxy, match="trois séances de suite"):
        attending.record_attendance(fourth, [present, There(council.gilda.pk, "represented", council.alma.pk)])
    attending.record_attendance(fourth, [present, There(council.gilda.pk, "represented", council.alma.pk, is_ill=True)])


def test_a_vote_by_show_of_hands_counts_proxies_and_keeps_the_names_of_those_against(council, sitting_with):
    sitting = sitting_with("Plan vélo", present=("alma", "bruno", "chloe", "driss", "elsa"), proxies={"farid": "elsa"})
    item = voting.record_vote(
        sitting.items.get(), {council.elsa.pk: "against", council.farid.pk: "against", council.chloe.pk: "abstain"}
    )
    assert (item.votes_for, item.against, item.abstained, item.present) == (3, 2, 1, 5)
    assert item.outcome == Item.Outcome.CARRIED
    told = minutes.minutes_of(sitting).items[0]
    assert told.names == {"contre": ["Elsa Castelmer", "Farid Castelmer"], "abstention": ["Chloe Castelmer"]}


def test_nobody_votes_who_is_not_in_the_room(council, sitting_with):
    sitting = sitting_with("Plan vélo", present=("alma", "bruno", "chloe", "driss"))
    with pytest.raises(BadCount):
        voting.record_vote(sitting.items.get(), {council.gilda.pk: "for"})


def test_the_quorum_is_lost_when_members_leave_and_no_vote_is_taken(council, sitting_with):
    sitting = sitting_with("A", "B", present=("alma", "bruno", "chloe", "driss"))
    first, second = sitting.items.all()
    voting.record_vote(first, {})
    attending.goes_out(second, council.driss.pk, council.alma.pk)
    with pytest.raises(NoQuorum):
        voting.record_vote(second, {})
    assert room_of(first).quorum.present == 4 and room_of(second).quorum.present == 3


def test_who_has_an_interest_neither_votes_nor_counts_for_the_quorum(council, sitting_with):
    sitting = sitting_with("Subvention", present=("alma", "bruno", "chloe", "driss"))
    item = sitting.items.get()
    attending.step_out(item, [council.driss.pk])
    room = room_of(item)
    assert (room.quorum.in_office, room.quorum.present, room.quorum.needed) == (6, 3, 4)
    with pytest.raises(NoQuorum):
        voting.record_vote(item, {})
    attending.comes_in(item, council.elsa.pk)
    assert voting.record_vote(item, {}).votes_for == 4


def test_the_president_leaves_for_the_vote_on_the_accounts(council, sitting_with):
    sitting = sitting_with("Compte administratif", needs_president_out=True)
    item = sitting.items.get()
    with pytest.raises(WrongState):
        voting.record_vote(item, {})
    attending.step_out(item, [council.alma.pk], "accounts")
    assert voting.record_vote(item, {}).votes_for == 6


def test_the_presidents_vote_breaks_a_tie(council, sitting_with):
    sitting = sitting_with("Plan vélo", present=("alma", "bruno", "chloe", "driss"))
    item = voting.record_vote(sitting.items.get(), {council.chloe.pk: "against", council.driss.pk: "against"})
    assert item.outcome == Item.Outcome.CARRIED and item.by_casting_vote


def test_a_secret_ballot_leaves_no_name(council, sitting_with):
    sitting = sitting_with("Plan vélo")
    with pytest.raises(BadCount):
        voting.record_secret_vote(sitting.items.get(), Tally(5, 3))
    item = voting.record_secret_vote(sitting.items.get(), Tally(3, 3, 1))
    assert item.outcome == Item.Outcome.REJECTED and not item.votes.exists()


def test_a_nomination_takes_two_rounds_then_the_most_votes(council, sitting_with):
    who = [{"name": "Elsa", "born_on": "1964-01-01"}, {"name": "Farid", "born_on": "1965-01-01"}]
    sitting = sitting_with("Représentant au syndicat", kind="nomination", candidates=who)
    item = sitting.items.get()
    assert voting.record_round(item, {"Elsa": 3, "Farid": 3}) is None
    assert voting.record_round(item, {"Elsa": 3, "Farid": 3}) is None
    assert voting.record_round(item, {"Elsa": 3, "Farid": 3}).name == "Elsa"
    assert minutes.minutes_of(sitting).items[0].elected == "Elsa"


def test_a_vote_taken_wrongly_is_called_again(council, sitting_with):
    sitting = sitting_with("Plan vélo")
    item = voting.record_vote(sitting.items.get(), {council.alma.pk: "against"})
    with pytest.raises(WrongState):
        voting.record_vote(item, {})
    assert voting.record_vote(voting.reopen(item), {}, recorded=True).votes_for == 7
    assert set(minutes.minutes_of(sitting).items[0].names) == {"pour"}


def test_items_that_were_not_reached_are_adjourned(sitting_with):
    sitting = sitting_with("A", "B")
    voting.record_vote(sitting.items.first(), {})
    attending.close_sitting(sitting)
    assert [i.outcome for i in sitting.items.all()] == ["carried", "adjourned"]


def test_the_minutes_say_who_was_there_and_who_was_represented(council, sitting_with):
    told = minutes.minutes_of(sitting_with("A", present=("alma", "bruno", "chloe", "driss"), proxies={"elsa": "alma"}))
    assert told.president == "Alma Castelmer, Présidente" and told.secretary == "Bruno Castelmer"
    assert told.represented == [("Elsa Castelmer", "Alma Castelmer")]
    assert told.absent == ["Farid Castelmer", "Gilda Castelmer"] and told.is_quorum_reached


def test_a_sitting_is_planned_for_a_day_to_come(council, moved):
    with moved(2027, 5, 20, 9), pytest.raises(Invalid):
        convening.plan_sitting(council.body, datetime(2027, 5, 20, 18, tzinfo=PARIS))


def test_a_cancelled_sitting_leaves_no_item_behind(convened):
    sitting = convened("Plan vélo")
    convening.cancel(sitting)
    assert sitting.state == Sitting.State.CANCELLED and not sitting.items.exists()
