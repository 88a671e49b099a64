"""Holding a sitting: the roll, the opening, then item by item the room and the vote on one screen, keyboard or mouse, script or none."""

from itertools import groupby

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.bodies import attending, voting
from oppidum.bodies.attending import There, president_on, quorum_at_opening, room_of
from oppidum.bodies.models import Attendance, Item, Member, Sitting, StepOut, Vote
from oppidum.bodies.rules.votes import Tally
from oppidum.core.errors import Invalid, Refusal
from oppidum.web.bodies.entry import State, done, find_member, get_item, get_sitting, members_of, refused, secretariat, show

Here = Attendance.State


@secretariat
@require_http_methods(["GET", "POST"])
def attendance(request, code: str):
    """The roll: present, represented by whom, excused or absent. `?all=present` starts from everybody being there."""
    sitting = get_sitting(code)
    members = members_of(sitting)
    error = None
    if request.method == "POST":
        try:
            attending.record_attendance(sitting, read_roll(request.POST, members))
            return done(request, _("The roll is recorded."), "attendance", code)
        except Refusal as refusal:
            error = refusal
    rows = draw_roll(request, sitting, members)
    return show(
        request,
        "attendance",
        sitting,
        "attendance",
        422 if error else 200,
        rows=rows,
        groups=[(g or _("Without a group"), list(ms)) for g, ms in groupby(rows, key=lambda r: r["member"].councillor.group)],
        members=members,
        states=Here.choices,
        counted=quorum_at_opening(sitting),
        is_recorded=sitting.attendances.exists(),
        may_write=sitting.state in (State.CONVENED, State.OPEN),
        president=president_on(sitting, sitting.on),
        error=error,
    )


def draw_roll(request, sitting: Sitting, members: list[Member]) -> list[dict]:
    """A row a member, by group and roll: what was typed, else what is recorded, else the default."""
    known = {row.member_id: row for row in sitting.attendances.select_related("holder__councillor")}
    default = Here.PRESENT if request.GET.get("all") == "present" else Here.ABSENT
    rows = []
    for member in sorted(members, key=lambda m: (m.councillor.group, m.rank, m.pk)):
        row = known.get(member.pk)
        state = request.POST.get(f"state-{member.pk}") or (row.state if row else default)
        holder = request.POST.get(f"holder-{member.pk}")
        if holder is None:
            holder = row.holder.councillor.listed_name if row and row.holder else ""
        ill = bool(request.POST.get(f"ill-{member.pk}")) or bool(row and row.is_ill)
        rows.append({"member": member, "state": state, "holder": holder, "is_ill": ill})
    return rows


def read_roll(raw, members: list[Member]) -> list[There]:
    """The roll as it was typed; arrivals and departures that were recorded stay with the present."""
    rows = []
    for member in members:
        state = raw.get(f"state-{member.pk}", Here.ABSENT)
        holder = find_member(members, raw.get(f"holder-{member.pk}", ""))
        rows.append(
            There(
                member.pk,
                state if state in Here.values else Here.ABSENT,
                holder.pk if holder and state == Here.REPRESENTED else None,
                bool(raw.get(f"ill-{member.pk}")),
            )
        )
    return rows


@secretariat
@require_POST
def open_it(request, code: str):
    """Open: who presides, who writes the minutes, what was said of the urgency."""
    sitting = get_sitting(code)
    members = members_of(sitting)
    urgency = {"yes": True, "no": False}.get(request.POST.get("urgency_accepted", ""))
    try:
        chosen = [find_member(members, request.POST.get(name, "")) for name in ("president", "secretary")]
        if None in chosen:
            raise Invalid(_("Choose who presides and who is secretary, among the members present."))
        attending.open_sitting(sitting, *chosen, urgency_accepted=urgency)
    except Refusal as refusal:
        return refused(request, refusal, "attendance", code)
    return done(request, _("The sitting is open."), "now", code)


@secretariat
@require_POST
def no_quorum(request, code: str):
    """Too few: on to a second sitting, three days later at least."""
    sitting = get_sitting(code)
    try:
        attending.close_without_quorum(sitting)
    except Refusal as refusal:
        return refused(request, refusal, "attendance", code)
    return redirect(f"/desk/bodies/new/?follows={sitting.code}")


@secretariat
@require_safe
def now(request, code: str, rank: int | None = None):
    """The item being called, the room, the ballot; at the side the whole agenda."""
    sitting = get_sitting(code)
    items = list(sitting.items.select_related("rapporteur__councillor", "act"))
    waiting = voting.next_item(sitting) if rank is None else None
    item = get_item(sitting, rank=rank) if rank is not None else waiting or (items[-1] if items else None)
    if item is None:
        return redirect("bodies:sitting", code)
    item.sitting = sitting
    members = members_of(sitting)
    room = room_of(item)
    return show(
        request,
        "now",
        sitting,
        "now",
        items=items,
        item=item,
        room=room,
        groups=ballot_groups(item, members, room),
        outs={out.member_id: out for out in item.step_outs.all()},
        here=[m for m in members if m.pk in room.present],
        away=[m for m in members if m.pk not in room.present and m.pk not in room.out],
        reasons=StepOut.Reason.choices,
        choices=Vote.Choice.choices,
        is_live=sitting.state == State.OPEN,
        may_vote=sitting.state == State.OPEN and not item.outcome,
        names=minutes_names(item),
        left=sum(not one.outcome for one in items),
    )


def ballot_groups(item: Item, members: list[Member], room) -> list[dict]:
    """Those who vote, by group, each with who casts the vote."""
    by_id = {m.pk: m for m in members}
    voters = sorted((by_id[pk] for pk in room.casting if pk in by_id), key=lambda m: (m.councillor.group, m.rank, m.pk))
    groups = []
    for number, (name, voting_members) in enumerate(groupby(voters, key=lambda m: m.councillor.group)):
        rows = [
            {"member": m, "by": by_id[room.casting[m.pk]] if room.casting[m.pk] != m.pk else None, "field": f"m-{m.pk}"}
            for m in voting_members
        ]
        groups.append({"name": name or _("Without a group"), "key": name, "field": f"g-{number}", "rows": rows})
    return groups


def minutes_names(item: Item) -> dict[str, list[str]]:
    """After the vote: who was against and who abstained."""
    names: dict[str, list[str]] = {}
    for one in item.votes.exclude(choice=Vote.Choice.FOR).select_related("member__councillor").order_by("member__rank"):
        names.setdefault(one.get_choice_display(), []).append(str(one.member))
    return names


@secretariat
@require_POST
def vote(request, code: str, rank: int):
    """Take the vote, or put the item off; then the next one."""
    sitting = get_sitting(code)
    item = get_item(sitting, rank=rank)
    try:
        _take(item, request.POST)
    except Refusal as refusal:
        return refused(request, refusal, "now-item", code, rank)
    said = item.get_outcome_display() or _("another round is needed")
    text = _("%(rank)d. %(title)s: %(outcome)s.") % {"rank": item.rank, "title": item.title, "outcome": said}
    following = voting.next_item(sitting, after=rank)
    if not item.outcome:
        return done(request, text, "now-item", code, rank)
    return done(request, text, "now-item", code, following.rank) if following else done(request, text, "now", code)


def _take(item: Item, raw) -> None:
    debate = raw.get("debate", "").replace("\r\n", "\n").strip()
    match raw.get("do", "vote"):
        case "adjourn":
            voting.adjourn(item, debate=debate)
        case "withdraw":
            voting.withdraw(item, debate=debate)
        case "note":
            voting.take_note(item, debate=debate)
        case "again":
            voting.reopen(item)
        case "single":
            voting.elect_single(item, debate=debate)
        case "round":
            votes = {c["name"]: _count(raw, f"c-{n}") for n, c in enumerate(item.candidates)}
            voting.record_round(item, votes, debate=debate)
        case _ if raw.get("ballot") == Item.Ballot.SECRET:
            counted = Tally(_count(raw, "for"), _count(raw, "against"), _count(raw, "abstained"))
            voting.record_secret_vote(item, counted, debate=debate)
        case _:
            recorded = raw.get("ballot") == Item.Ballot.RECORDED
            voting.record_vote(item, read_choices(item, raw), recorded=recorded, debate=debate)


def _count(raw, name: str) -> int:
    text = raw.get(name, "").strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Invalid(_("Write the number of votes in digits."), field=name)
    return int(text)


def read_choices(item: Item, raw) -> dict[int, str]:
    """Each member's own choice, else that of the group, else for."""
    by_group = {raw.get(f"{key}-name", ""): raw[key] for key in raw if key.startswith("g-") and not key.endswith("-name")}
    by_group = {name: choice for name, choice in by_group.items() if choice in Vote.Choice.values}
    casting = room_of(item).casting
    members = [(m.pk, m.councillor.group) for m in members_of(item.sitting) if m.pk in casting]
    own = {pk: raw.get(f"m-{pk}", "") for pk, _group in members}
    return voting.choices_by_group(members, by_group, {pk: c for pk, c in own.items() if c in Vote.Choice.values})


@secretariat
@require_POST
def change_room(request, code: str, rank: int):
    """Somebody comes in, leaves, or steps out of the item."""
    sitting = get_sitting(code)
    item = get_item(sitting, rank=rank)
    members = members_of(sitting)
    try:
        if request.POST.get("do") == "out":
            chosen = [int(pk) for pk in request.POST.getlist("member") if pk.isascii() and pk.isdigit()]
            reason = request.POST.get("reason", "")
            attending.step_out(item, chosen, reason if reason in StepOut.Reason.values else StepOut.Reason.INTEREST)
        else:
            member = find_member(members, request.POST.get("member", ""))
            if member is None:
                raise Invalid(_("Choose the member from the list."), field="member")
            if request.POST.get("do") == "in":
                attending.comes_in(item, member.pk)
            else:
                holder = find_member(members, request.POST.get("holder", ""))
                attending.goes_out(item, member.pk, holder.pk if holder else None)
    except Refusal as refusal:
        return refused(request, refusal, "now-item", code, rank)
    return redirect("bodies:now-item", code, rank)


@secretariat
@require_POST
def close(request, code: str):
    """The end: what was not reached is adjourned."""
    sitting = get_sitting(code)
    try:
        attending.close_sitting(sitting)
    except Refusal as refusal:
        return refused(request, refusal, "now", code)
    return done(request, _("The sitting is closed. Conclude it to number its acts and let the cases go on."), "minutes", code)
