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
            commands = [(i, c) for i, s in standings.items() if (c := find_due(get_service(s.service), s, today))]
            changed += sum(outcome.refusal is None for outcome in act(commands, now))
        if changed == before:
            break
    return changed


def find_due(service: type[Service], case: Standing, today: date) -> Command | None:
    """The command that time gives on this case, with the instant at which it counts (the midnight that ends the last day)."""
    if case.silence_on is None:
        for legal in service.clocks:
            fallen_on = clocks.legal_end(legal, case.filed_on) + timedelta(days=1)
            if fallen_on <= today and fallen_on == case.wakes_on:
                action = legal.silence or SILENCE
                return Command(action, SYSTEM, {"clock": legal.name}, valid_at=clock.midnight(fallen_on))
    step = service.flow.steps[case.step]
    if step.waits is not None and (over_on := case.step_since + timedelta(days=step.waits + 1)) <= today:
        return Command(step.then, SYSTEM, {}, valid_at=clock.midnight(over_on))
    return None
