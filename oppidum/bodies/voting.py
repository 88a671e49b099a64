"""Taking votes during a sitting: each item with the quorum checked, its ballot, its count and its outcome."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from oppidum.bodies.attending import Room, room_of, rooms_of
from oppidum.bodies.errors import BadCount, NoQuorum, WrongState
from oppidum.bodies.models import Item, Sitting, Vote
from oppidum.bodies.rules.votes import Ballot, Candidate, Choice, Result, Tally, elected, result, tally

Outcome = Item.Outcome
# What a vote writes on its item.
_COUNTED = (
    "ballot", "debate", "in_office", "present", "quorum_needed", "votes_for", "against", "abstained", "took_no_part", "outcome", "by_casting_vote",
)  # fmt: skip


def record_vote(item: Item, choices: Mapping[int, str], *, recorded: bool = False, debate: str = "") -> Item:
    """A vote by name: what each member in the room, and each represented, said; whoever isn't named votes for.

    `recorded`: by roll call, asked for by a quarter; else by show of hands, whose names are kept for the minutes.
    """
    room = _room_to_vote(item)
    strangers = set(choices) - set(room.casting)
    if strangers:
        raise BadCount(_("Votes were given for members who are neither in the room nor represented there."), members=strangers)
    said = {member: Choice(choices.get(member, Choice.FOR)) for member in room.casting}
    ballot = Ballot.RECORDED if recorded else Ballot.HANDS
    counted = tally(said)
    presidents = said.get(item.sitting.president_id)
    with transaction.atomic():
        _close(item, room, ballot, counted, result(counted, ballot, presidents), debate)
        item.votes.all().delete()
        votes = [Vote(item=item, member_id=m, cast_by_id=room.casting[m], choice=choice) for m, choice in said.items()]
        Vote.objects.bulk_create(votes)
    return item


def record_together(items: Sequence[Item], choices: Mapping[int, str], *, debate: str = "") -> None:
    """Items of one sitting put to a single show of hands, which counts for each of them; whoever isn't named votes for, where he votes at
    all (a member who steps out of one item votes on the others)."""
    if not items:
        return
    sitting, ballot, votes = items[0].sitting, Ballot.HANDS, []
    rooms = rooms_of(sitting, items)
    for item in items:
        item.sitting = sitting
        room = _checked_to_vote(item, rooms[item.pk])
        said = {member: Choice(choices.get(member, Choice.FOR)) for member in room.casting}
        counted = tally(said)
        _count(item, room, ballot, counted, result(counted, ballot, said.get(sitting.president_id)), debate)
        votes += [Vote(item=item, member_id=m, cast_by_id=room.casting[m], choice=choice) for m, choice in said.items()]
    with transaction.atomic():
        Item.objects.bulk_update(items, _COUNTED, batch_size=500)
        Vote.objects.filter(item__in=items).delete()
        Vote.objects.bulk_create(votes, batch_size=5000)


def record_secret_vote(item: Item, counted: Tally, *, debate: str = "") -> Item:
    """A secret ballot: the papers counted, nobody's name; blank papers are abstentions, and the president's voice weighs no more."""
    room = _room_to_vote(item)
    _check_papers(counted.voting + counted.took_no_part, room)
    with transaction.atomic():
        _close(item, room, Ballot.SECRET, counted, result(counted, Ballot.SECRET, None), debate)
        item.votes.all().delete()
    return item


def record_round(item: Item, votes: Mapping[str, int], *, debate: str = "") -> Candidate | None:
    """A round of a nomination, votes by candidate's name; returns who is elected, or None: another round is needed."""
    room = _room_to_vote(item)
    if unknown := set(votes) - {candidate["name"] for candidate in item.candidates}:
        raise BadCount(_("No such candidate: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    cast = sum(votes.values())
    _check_papers(cast, room)
    item.rounds = [*item.rounds, dict(votes)]
    winner = elected_on(item)
    if winner is None:
        item.save(update_fields=["rounds"])
        return None
    counted = Tally(votes.get(winner.name, 0), cast - votes.get(winner.name, 0), len(room.casting) - cast)
    _close(item, room, Ballot.SECRET, counted, Result(True), debate)
    return winner


def elect_single(item: Item, *, debate: str = "") -> Candidate:
    """One candidate for one post takes effect at once, without a vote (CGCT, art. L2121-21)."""
    room = _room_to_vote(item)
    if len(item.candidates) != 1:
        raise WrongState(_("There are several candidates: take a vote."))
    _close(item, room, Ballot.HANDS, Tally(), Result(True), debate)
    return elected_on(item)


def elected_on(item: Item) -> Candidate | None:
    """Who is elected after the rounds so far."""
    candidates = [Candidate(c["name"], date.fromisoformat(c.get("born_on") or "1900-01-01")) for c in item.candidates]
    return elected(candidates, item.rounds, item.sitting.on)


def adjourn(item: Item, *, debate: str = "") -> Item:
    """Put off to a later sitting: the case waits again, or follows the action declared for that."""
    return _without_vote(item, Outcome.ADJOURNED, debate)


def withdraw(item: Item, *, debate: str = "") -> Item:
    """The president takes the item off: nothing happens to its case, which waits again."""
    return _without_vote(item, Outcome.WITHDRAWN, debate)


def take_note(item: Item, *, debate: str = "") -> Item:
    """An item for information: no vote."""
    if item.is_voted:
        raise WrongState(_("This item is voted on."))
    return _without_vote(item, Outcome.NOTED, debate)


def reopen(item: Item) -> Item:
    """A vote taken wrongly, called again in the same sitting: its count is dropped."""
    _may_vote(item, allow_voted=True)
    with transaction.atomic():
        item.votes.all().delete()
        item.outcome, item.rounds = "", []
        item.votes_for = item.against = item.abstained = item.took_no_part = 0
        item.by_casting_vote = False
        item.save()
    return item


def next_item(sitting: Sitting, after: int = 0) -> Item | None:
    """The next item without an outcome, beyond that rank first."""
    waiting = sitting.items.filter(outcome="")
    return waiting.filter(rank__gt=after).first() or waiting.first()


def _room_to_vote(item: Item) -> Room:
    return _checked_to_vote(item, room_of(item))


def _checked_to_vote(item: Item, room: Room) -> Room:
    _may_vote(item)
    if not room.quorum.is_reached:
        raise NoQuorum(
            _("%(present)d members are in the room, %(needed)d are needed: no vote can be taken.")
            % {"present": room.quorum.present, "needed": room.quorum.needed}
        )
    if item.needs_president_out and item.sitting.president_id in room.present:
        raise WrongState(_("The president leaves the room for this vote (CGCT, art. L2121-14): declare it first."))
    return room


def _may_vote(item: Item, allow_voted: bool = False) -> None:
    if item.sitting.state != Sitting.State.OPEN:
        raise WrongState(_("Open the sitting first."))
    if item.outcome and not allow_voted:
        raise WrongState(_("This item has its outcome. Call it again first, to vote anew."))


def _check_papers(papers: int, room: Room) -> None:
    if papers > len(room.casting):
        raise BadCount(
            _("%(papers)d votes are counted, but only %(voters)d members vote here.")
            % {"papers": papers, "voters": len(room.casting)}
        )


def _close(item: Item, room: Room, ballot: Ballot, counted: Tally, came: Result, debate: str) -> None:
    _count(item, room, ballot, counted, came, debate)
    item.save()


def _count(item: Item, room: Room, ballot: Ballot, counted: Tally, came: Result, debate: str) -> None:
    item.ballot, item.debate = ballot, debate
    item.in_office, item.present, item.quorum_needed = room.quorum.in_office, room.quorum.present, room.quorum.needed
    item.votes_for, item.against = counted.votes_for, counted.against
    item.abstained, item.took_no_part = counted.abstained, counted.took_no_part
    item.outcome = Outcome.CARRIED if came.is_carried else Outcome.REJECTED
    item.by_casting_vote = came.by_casting_vote


def _without_vote(item: Item, outcome: str, debate: str) -> Item:
    _may_vote(item)
    item.outcome, item.debate = outcome, debate
    item.save(update_fields=["outcome", "debate"])
    return item


def choices_by_group(
    members: Sequence[tuple[int, str]], by_group: Mapping[str, str], by_member: Mapping[int, str]
) -> dict[int, str]:
    """Each member's choice, (id, group) given: his own if he said one, else his group's, else for."""
    return {pk: by_member.get(pk) or by_group.get(group) or Choice.FOR for pk, group in members}
