"""Who is there: attendance, proxies, the opening, comings and goings, and who steps out of an item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from oppidum.bodies.errors import BadProxy, NoQuorum, WrongState
from oppidum.bodies.law import rule
from oppidum.bodies.models import Attendance, Item, Member, Sitting, StepOut
from oppidum.bodies.rules.quorum import Quorum, is_proxy_worn_out, proxy_faults, quorum, voters
from oppidum.bodies.watching import SITTINGS
from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.core.watching import tell

State = Sitting.State
Here = Attendance.State


@dataclass(frozen=True)
class There:
    """What is said of one member: there or not, who votes for him, whether he is ill, from which item to which he is there."""

    member: int
    state: str
    holder: int | None = None
    is_ill: bool = False
    from_rank: int = 0
    until_rank: int | None = None


@dataclass(frozen=True)
class Room:
    """Who is in the room at an item. `casting`: member -> who casts the vote; `out`: who stepped out."""

    quorum: Quorum
    present: frozenset[int]
    casting: dict[int, int]
    out: frozenset[int]


def record_attendance(sitting: Sitting, rows: Sequence[There]) -> None:
    """Say who is there; whoever isn't named is absent. Raises `BadProxy` for a proxy that the law doesn't allow."""
    if sitting.state not in (State.CONVENED, State.OPEN):
        raise WrongState()
    members = {m.pk: m for m in sitting.body.members.in_office(sitting.on)}
    rows = [row for row in rows if row.member in members]
    _check_proxies(sitting, rows, members)
    named = {row.member: row for row in rows}
    with transaction.atomic():
        Attendance.objects.filter(sitting=sitting).delete()
        Attendance.objects.bulk_create([_attendance(sitting, named.get(pk, There(pk, Here.ABSENT))) for pk in members])


def _attendance(sitting: Sitting, row: There) -> Attendance:
    return Attendance(
        sitting=sitting,
        member_id=row.member,
        state=row.state,
        holder_id=row.holder,
        is_ill=row.is_ill,
        from_rank=row.from_rank,
        until_rank=row.until_rank,
    )


def _check_proxies(sitting: Sitting, rows: Sequence[There], members: dict[int, Member]) -> None:
    says = {
        "self": _("nobody is his own proxy"),
        "chain": _("the holder is represented too"),
        "many": _("the holder has another proxy already"),
        "unknown": _("the holder is no member"),
        "worn": _("used for three sittings in a row: a new one is needed"),
        "none": _("say who holds the proxy"),
    }
    proxies = {row.member: row.holder for row in rows if row.holder is not None and row.state == Here.REPRESENTED}
    faults = proxy_faults(proxies, sitting.on)
    faults |= {row.member: "none" for row in rows if row.state == Here.REPRESENTED and row.holder is None}
    faults |= {giver: "unknown" for giver, holder in proxies.items() if holder not in members}
    ill = {row.member for row in rows if row.is_ill}
    for giver, earlier in _in_a_row(sitting, proxies).items():
        if giver not in faults and is_proxy_worn_out(earlier, sitting.on, is_ill=giver in ill):
            faults[giver] = "worn"
    if faults:
        told = "; ".join(f"{members[giver]}: {says[fault]}" for giver, fault in faults.items())
        raise BadProxy(_("Proxies to mend: %(faults)s.") % {"faults": told}, field=f"member-{next(iter(faults))}", faults=faults)


def _in_a_row(sitting: Sitting, proxies: dict[int, int]) -> dict[int, int]:
    """For how many sittings just before this one each giver was represented by the same holder."""
    before = Sitting.objects.filter(body=sitting.body, at__lt=sitting.at, state__in=(State.CLOSED, State.CONCLUDED)).order_by("-at")
    counts, running = dict.fromkeys(proxies, 0), set(proxies)
    for earlier in before[:10]:
        if not running:
            break
        used = dict(earlier.attendances.filter(state=Here.REPRESENTED, member__in=running).values_list("member", "holder"))
        running = {giver for giver in running if used.get(giver) == proxies[giver]}
        for giver in running:
            counts[giver] += 1
    return counts


def room_of(item: Item) -> Room:
    """Who is there for that item, and whether they are enough; checked at each item (CGCT, art. L2121-17)."""
    return rooms_of(item.sitting, [item])[item.pk]


def rooms_of(sitting: Sitting, items: Sequence[Item]) -> dict[int, Room]:
    """`room_of` for several items of a sitting: two queries however many."""
    rows = list(sitting.attendances.all())
    outs: dict[int, list[StepOut]] = {item.pk: [] for item in items}
    for one in StepOut.objects.filter(item__in=outs):
        outs[one.item_id].append(one)
    return {item.pk: _room(sitting, rows, outs[item.pk], item.rank) for item in items}


def _room(sitting: Sitting, rows: Sequence[Attendance], outs: Sequence[StepOut], rank: int) -> Room:
    interested = {o.member_id for o in outs if o.reason == StepOut.Reason.INTEREST}
    out = frozenset(o.member_id for o in outs)
    present = frozenset(row.member_id for row in rows if row.is_present_at(rank)) - out
    proxies = {row.member_id: row.holder_id for row in rows if row.holder_id and not row.is_present_at(rank)}
    uncounted = set() if rule("interested_counted", sitting.on) else interested
    in_office = len(rows) - len(uncounted & {row.member_id for row in rows})
    return Room(_quorum(sitting, in_office, len(present)), present, voters(present, proxies, out), out)


def _quorum(sitting: Sitting, in_office: int, present: int) -> Quorum:
    needs_none = bool(sitting.follows_id) or not sitting.body.needs_quorum
    return quorum(in_office, present, sitting.on, needs_none=needs_none)


def quorum_at_opening(sitting: Sitting) -> Quorum:
    """The count before the first item."""
    rows = list(sitting.attendances.all())
    in_office = len(rows) or sitting.body.members.in_office(sitting.on).count()
    return _quorum(sitting, in_office, sum(row.is_present_at(0) for row in rows))


def open_sitting(sitting: Sitting, president: Member, secretary: Member, *, urgency_accepted: bool | None = None) -> None:
    """Open a convened sitting. The body rules on the urgency first; without quorum nothing opens."""
    if sitting.state != State.CONVENED:
        raise WrongState()
    if sitting.urgency and urgency_accepted is None:
        raise Invalid(_("The body rules on the urgency before anything else: say what it decided."), field="urgency_accepted")
    there = {row.member_id for row in sitting.attendances.all() if row.is_present_at(0)}
    for field, member in (("president", president), ("secretary", secretary)):
        if member.pk not in there:
            raise Invalid(_("Choose somebody who is present."), field=field)
    counted = quorum_at_opening(sitting)
    if not counted.is_reached:
        raise NoQuorum(
            _("%(present)d members are present, %(needed)d are needed: convene again, at least three days later.")
            % {"present": counted.present, "needed": counted.needed}
        )
    sitting.president, sitting.secretary, sitting.opened_at = president, secretary, clock.now()
    sitting.urgency_accepted, sitting.state = urgency_accepted, State.OPEN
    if urgency_accepted is False:
        # The urgency refused, the whole agenda goes to a later sitting (CGCT, art. L2121-12).
        sitting.state, sitting.closed_at = State.CLOSED, clock.now()
        sitting.items.filter(outcome="").update(outcome=Item.Outcome.ADJOURNED)
    sitting.save()
    tell(SITTINGS, [sitting])


def close_without_quorum(sitting: Sitting) -> None:
    """The members were too few: what wasn't voted goes to a second sitting, which needs no quorum."""
    if sitting.state not in (State.CONVENED, State.OPEN):
        raise WrongState()
    sitting.state, sitting.closed_at = State.NO_QUORUM, clock.now()
    sitting.save(update_fields=["state", "closed_at"])
    tell(SITTINGS, [sitting])


def close_sitting(sitting: Sitting) -> None:
    """End an open sitting; items that were not reached are adjourned."""
    if sitting.state != State.OPEN:
        raise WrongState()
    with transaction.atomic():
        sitting.items.filter(outcome="").update(outcome=Item.Outcome.ADJOURNED)
        sitting.state, sitting.closed_at = State.CLOSED, clock.now()
        sitting.save(update_fields=["state", "closed_at"])
        tell(SITTINGS, [sitting])


def comes_in(item: Item, member_id: int) -> None:
    """A member arrives while that item is called: he is there from it on."""
    _row(item, member_id).update(state=Here.PRESENT, from_rank=item.rank, until_rank=None)


def goes_out(item: Item, member_id: int, holder_id: int | None = None) -> None:
    """A member leaves for good before that item is voted, perhaps with a proxy for the rest."""
    rows = _row(item, member_id)
    if holder_id is not None:
        held = Attendance.objects.filter(sitting=item.sitting, holder=holder_id).exclude(member=member_id).exists()
        if held or holder_id == member_id:
            raise BadProxy(_("This member can't hold the proxy: nobody holds two, or his own."), field="holder")
    rows.update(until_rank=item.rank - 1, holder=holder_id)


def _row(item: Item, member_id: int):
    if item.sitting.state != State.OPEN:
        raise WrongState()
    rows = Attendance.objects.filter(sitting=item.sitting, member=member_id)
    if not rows.exists():
        raise Invalid(_("This is no member of the body."), field="member")
    return rows


def step_out(item: Item, member_ids: Sequence[int], reason: str = StepOut.Reason.INTEREST) -> None:
    """Declare who takes no part in an item that isn't voted yet (CGCT, art. L2131-11); replaces what was declared for that reason."""
    if item.outcome:
        raise WrongState(_("This item was voted already."))
    members = set(item.sitting.body.members.in_office(item.sitting.on).values_list("pk", flat=True))
    with transaction.atomic():
        item.step_outs.filter(reason=reason).delete()
        others = set(item.step_outs.values_list("member", flat=True))
        wanted = members.intersection(member_ids) - others
        StepOut.objects.bulk_create([StepOut(item=item, member_id=pk, reason=reason) for pk in sorted(wanted)])


def president_on(sitting: Sitting, day: date) -> Member | None:
    """The president of the body in office that day."""
    return sitting.body.members.in_office(day).filter(role=Member.Role.PRESIDENT).first()
