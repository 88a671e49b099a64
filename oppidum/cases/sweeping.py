"""What time alone does: waiting steps that run out, legal silence. By sets, from the journal's dates, as often as one likes."""

from datetime import date, datetime, timedelta

from oppidum.cases.acting import BATCH, act
from oppidum.cases.declaration import Service, get_service
from oppidum.cases.reading import read_standings
from oppidum.cases.rules import clocks
from oppidum.cases.rules.decide import SILENCE
from oppidum.cases.rules.standing import SYSTEM, Command, Standing
from oppidum.core import clock
from oppidum.core.sql import rows

_DUE = "select case_id from cases_live where is_open and wakes_on <= %s order by case_id"


def sweep(now: datetime | None = None) -> int:
    """Let every date that has come do its work; returns how many cases changed.

    Run again, or after days of standstill, it does what is still to do, each once and at its own legal instant.
    """
    now = now or clock.now()
    today = clock.local_day(now)
    changed = 0
    # A case can have two dates behind it (silence, then the end of a wait): each pass takes the earliest of each case.
    while due := [case_id for (case_id,) in rows(_DUE, [today])]:
        before = changed
        for start in range(0, len(due), BATCH):
            standings = read_standings(due[start : start + BATCH])
            commands = [
                (i, c) for i, s in standings.items() if (c := find_due(get_service(s.service, s.definition), s, today, now))
            ]
            changed += sum(outcome.refusal is None for outcome in act(commands, now))
        if changed == before:
            break
    return changed


def find_due(service: type[Service], case: Standing, today: date, now: datetime | None = None) -> Command | None:
    """The command that time gives on this case, with the instant at which it counts (the midnight that ends the last day).

    Of several, the earliest. `now` lets clocks in hours fall within the day. The command names the version it was made for: done twice,
    or on a case that moved on meanwhile, it is refused as stale.
    """
    step, over = service.flow.steps[case.step], []
    for at, legal in clocks.fallen(service, case, now or clock.midnight(today)) if service.clocks else ():
        move = step.moves.get(legal.silence or "")
        # Silence falls whatever the flow offers: where its action isn't, it is a fact beside the step.
        action = legal.silence if move is not None and "system" in move.action.by else SILENCE
        over.append((at, Command(action, SYSTEM, {"clock": legal.name, "means": legal.means}, case.version, valid_at=at)))
    if step.waits is not None and (over_on := case.step_since + timedelta(days=step.waits + 1)) <= today:
        at = clock.midnight(over_on)
        over.append((at, Command(step.then, SYSTEM, {}, case.version, valid_at=at)))
    return min(over, key=lambda each: each[0])[1] if over else None
