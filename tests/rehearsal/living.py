"""A day after the other for lanes under test: what the worker does, without its processes and checkpoints."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from oppidum.cases import outbox
from oppidum.cases.acting import act
from oppidum.cases.filing import file_cases
from oppidum.cases.sweeping import sweep
from oppidum.cases.watching import watching_cases
from oppidum.cases.withholding import MESSAGES, withholding
from oppidum.core import clock
from oppidum.core.calendar import each_day


def live(lane, days: Iterable) -> Counter:
    """Live these days; returns how many acts of each (service, action) were entered, the engine's own among them."""
    done: Counter = Counter()
    mine: set[tuple[int, int]] = set()
    seen = []

    def entered(entries):
        seen.extend(entries)
        done.update((e.after.service, e.fact.action) for e in entries)

    def tell():
        for entry in seen:
            if (entry.after.case_id, entry.fact.seq) not in mine:
                lane.seen(entry)
        seen.clear()

    with watching_cases(lambda filings: done.update((f.standing.service, "file") for f in filings), entered), withholding():
        for day in days:
            with clock.at(clock.midnight(day) + timedelta(hours=23, minutes=30)):
                new = lane.arrive(day)
                for one, filed in zip(new, file_cases(new), strict=True):
                    lane.filed(one, filed)
                for round in range(lane.ROUNDS):
                    commands = list(lane.turns(day, round))
                    if not commands:
                        break
                    outcomes = act(commands)
                    mine = {(o.case_id, o.standing.version) for o in outcomes if o.standing}
                    tell()
                    for (case_id, command), outcome in zip(commands, outcomes, strict=True):
                        lane.went(case_id, command, outcome)
                    mine = set()
                    outbox.deliver(100_000, kinds=set(outbox.HANDLERS) - set(MESSAGES))
                    tell()
                outbox.deliver(100_000, kinds=set(outbox.HANDLERS) - set(MESSAGES))
                sweep()
                tell()
                lane.end_of_day(day)
                outbox.deliver(100_000, kinds=set(outbox.HANDLERS) - set(MESSAGES))
                tell()
            if day.weekday() == 6:
                lane.end_of_week(day)
    return done


__all__ = ["each_day", "live"]
