"""The minutes (procès-verbal) and the list of deliberations, as plain content: what CGCT, art. L2121-15 and L2121-25 ask for."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oppidum.bodies.errors import WrongState
from oppidum.bodies.models import Attendance, Item, Sitting, StepOut, Vote
from oppidum.bodies.rules.acts import list_due_on, minutes_due_on
from oppidum.bodies.voting import elected_on
from oppidum.core import clock

Here = Attendance.State


@dataclass(frozen=True)
class ItemTold:
    """An item in the minutes: what was proposed, what was said, how it was voted, by names where the vote was by names."""

    item: Item
    act_code: str
    title: str
    report: str
    decision: str
    debate: str
    outcome: str
    ballot: str
    names: dict[str, list[str]] = field(default_factory=dict)
    step_outs: list[str] = field(default_factory=list)
    elected: str = ""


@dataclass(frozen=True)
class Minutes:
    """Everything that the minutes hold, in their order."""

    sitting: Sitting
    at: datetime
    president: str
    secretary: str
    in_office: int
    present: list[str]
    represented: list[tuple[str, str]]
    excused: list[str]
    absent: list[str]
    needs_quorum: bool
    items: list[ItemTold]

    @property
    def is_quorum_reached(self) -> bool:
        return not self.needs_quorum or 2 * len(self.present) > self.in_office


def minutes_of(sitting: Sitting) -> Minutes:
    """The minutes as the record of the sitting gives them; five queries however long the agenda is."""
    rows = list(sitting.attendances.select_related("member__councillor", "holder__councillor").order_by("member__rank", "pk"))
    by_state = defaultdict(list)
    for row in rows:
        by_state[row.state].append(row)
    return Minutes(
        sitting=sitting,
        at=sitting.opened_at or sitting.at,
        president=_titled(sitting.president),
        secretary=_titled(sitting.secretary),
        in_office=len(rows),
        present=[str(row.member) for row in by_state[Here.PRESENT]],
        represented=[(str(row.member), str(row.holder)) for row in by_state[Here.REPRESENTED]],
        excused=[str(row.member) for row in by_state[Here.EXCUSED]],
        absent=[str(row.member) for row in by_state[Here.ABSENT]],
        needs_quorum=sitting.body.needs_quorum and sitting.follows_id is None,
        items=_items(sitting),
    )


def _titled(member) -> str:
    return "" if member is None else f"{member}, {member.quality}" if member.quality else str(member)


def _items(sitting: Sitting) -> list[ItemTold]:
    items = list(sitting.items.select_related("act", "rapporteur__councillor", "sitting"))
    votes, outs = _votes_by_names(sitting), defaultdict(list)
    for out in StepOut.objects.filter(item__sitting=sitting).select_related("member__councillor"):
        outs[out.item_id].append(f"{out.member} ({out.get_reason_display()})")
    return [
        ItemTold(
            item=item,
            act_code=item.act.code if hasattr(item, "act") else "",
            title=item.title,
            report=item.note,
            decision=item.decision,
            debate=item.debate,
            outcome=item.get_outcome_display(),
            ballot=item.get_ballot_display() if item.is_voted and item.outcome in DECIDED else "",
            names=votes.get(item.pk, {}),
            step_outs=outs[item.pk],
            elected=_elected(item),
        )
        for item in items
    ]


DECIDED = (Item.Outcome.CARRIED, Item.Outcome.REJECTED)


def _elected(item: Item) -> str:
    if item.kind != Item.Kind.NOMINATION or item.outcome != Item.Outcome.CARRIED:
        return ""
    winner = elected_on(item)
    return winner.name if winner else ""


def _votes_by_names(sitting: Sitting) -> dict[int, dict[str, list[str]]]:
    """Who voted against and who abstained; in a recorded vote, who voted for as well (CGCT, art. L2121-21)."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    votes = Vote.objects.filter(item__sitting=sitting).select_related("item", "member__councillor").order_by("member__rank", "pk")
    for vote in votes:
        if vote.choice != Vote.Choice.FOR or vote.item.ballot == Item.Ballot.RECORDED:
            found[vote.item_id][vote.get_choice_display()].append(str(vote.member))
    return {pk: dict(names) for pk, names in found.items()}


def list_of_deliberations(sitting: Sitting) -> list[Item]:
    """What was examined, with its outcome: the list that is posted within a week (CGCT, art. L2121-25)."""
    items = sitting.items.select_related("act").filter(kind__in=(Item.Kind.VOTE, Item.Kind.NOMINATION))
    return list(items.exclude(outcome__in=("", Item.Outcome.WITHDRAWN)))


def list_due(sitting: Sitting) -> date:
    """The last day to post the list."""
    return list_due_on(sitting.on)


def minutes_due(sitting: Sitting) -> date | None:
    """The last day to put the minutes online; None before they are settled."""
    return minutes_due_on(sitting.minutes_settled_on) if sitting.minutes_settled_on else None


def write_debate(item: Item, text: str) -> None:
    """The gist of what was said, until the minutes are online."""
    if item.sitting.minutes_online_on:
        raise WrongState(_("The minutes are online: they can no longer be changed."))
    Item.objects.filter(pk=item.pk).update(debate=text)


def put_minutes_online(sitting: Sitting) -> None:
    """Once settled by the next sitting, for good (CGCT, art. L2121-15)."""
    with transaction.atomic():
        sitting = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
        if sitting.minutes_settled_on is None:
            raise WrongState(_("The next sitting settles these minutes first."))
        if sitting.minutes_online_on is None:
            sitting.minutes_online_on = clock.today()
            sitting.save(update_fields=["minutes_online_on"])
