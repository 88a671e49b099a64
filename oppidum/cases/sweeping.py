"""What time alone does: waiting steps that run out, legal silence. By sets, from the journal's dates, as often as one likes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from oppidum.cases.acting import BATCH, act
from oppidum.cases.declaration import Clock, Service, get_service
from oppidum.cases.declaration.flow import Step
from oppidum.cases.declaration.recorded import SILENCE
from oppidum.cases.reading import read_standings
from oppidum.cases.rules import clocks
from oppidum.cases.rules.escalating import find_over
from oppidum.cases.rules.standing import SYSTEM, Command, Standing
from oppidum.core import clock
from oppidum.core.sql import rows

# One walk over the narrow table, which carries no index on what changes: a million rows a second. What is wide (facts, events of
# clocks) is read of the cases that are due, and of no other.
_DUE = "select case_id from cases_live where is_open and wakes_on <= %s order by case_id"


def sweep(now: datetime | None = None) -> int:
    """Let every date that has come do its work; returns how many cases changed.

    Run again, killed half way, beside another one, or after days of standstill, it does what is still to do, each once and at its own
    legal instant.
    """
    now = now or clock.now()
    due = [case_id for (case_id,) in rows(_DUE, [clock.local_day(now)])]
    return sweep_cases(due, now)


def sweep_cases(case_ids: Sequence[int], now: datetime) -> int:
    """Let time do its work on these cases alone, for whoever knows which ones are due; returns how many changed."""
    return sum(_sweep_batch(list(case_ids[start : start + BATCH]), now) for start in range(0, len(case_ids), BATCH))


def _sweep_batch(case_ids: list[int], now: datetime) -> int:
    """The work of these cases; a case can have several dates behind it (silence, then the end of a wait), taken one after the other."""
    today, changed = clock.local_day(now), set()
    while case_ids:
        standings = read_standings(case_ids)
        there = ((i, standings[i]) for i in case_ids if i in standings)  # In the order asked, not as rows happen to lie.
        commands = [(i, c) for i, s in there if (c := find_due(get_service(s.service, s.definition), s, today, now))]
        done = [outcome.standing for outcome in act(commands, now) if outcome.refusal is None]
        changed |= {case.case_id for case in done}
        case_ids = [case.case_id for case in done if case.is_open and case.wakes_on is not None and case.wakes_on <= today]
    return len(changed)


def find_due(service: type[Service], case: Standing, today: date, now: datetime | None = None) -> Command | None:
    """The command that time gives on this case, with the instant at which it counts (the midnight that ends the last day).

    Of several, the earliest. `now` lets clocks in hours fall within the day. The command names the version it was made for: done twice,
    or on a case that moved on meanwhile, it is refused as stale.
    """
    if not case.is_open:
        return None
    step, over = service.flow.steps[case.step], []
    for at, legal in clocks.fallen(service, case, now or clock.midnight(today)) if service.clocks else ():
        over.append((at, _silence(step, case, at, legal)))
    if step.waits is not None and (over_on := case.step_since + timedelta(days=step.waits + 1)) <= today:
        at = clock.midnight(over_on)
        over.append((at, Command(step.then, SYSTEM, {}, case.version, valid_at=at)))
    if service.opinions or service.escalations:
        over += find_over(service, case, clocks.ends_of(service, case), now or clock.midnight(today))
    return min(over, key=lambda each: each[0])[1] if over else None


def _silence(step: Step, case: Standing, at: datetime, legal: Clock) -> Command:
    """The silence of a clock that was over at `at`. It falls whatever the flow offers: where its action isn't, it is a fact beside the step."""
    move = step.moves.get(legal.silence or "")
    action = move.action.name if move is not None and "system" in move.action.by else SILENCE
    return Command(action, SYSTEM, {"clock": legal.name, "means": legal.means}, case.version, valid_at=at)
