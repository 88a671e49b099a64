"""The loads of teams with and without a rule: what else they have to do, the pace on record, lateness then and as the queue tells it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.rehearsal.past.queueing import Load, best_pace, serve

Arrivals = Mapping[date, Mapping[int, int]]

_OTHERS = """
    select team_id, filed_on, promise, count(*) from cases_live
    where team_id = any(%s) and service <> %s and filed_on between %s and %s group by 1, 2, 3
"""
_DONE = """
    select team_id, (ended_at at time zone 'Europe/Paris')::date, count(*) from cases_live
    where team_id = any(%s) and ended_at >= %s and ended_at < %s group by 1, 2
"""
_WAITING = """
    select team_id, count(*) from cases_live
    where team_id = any(%(teams)s) and filed_on < %(first)s and filed_on >= %(first)s - 365
      and (ended_at is null or ended_at >= %(since)s) group by 1
"""
# Of the cases filed in the period whose promise is over or which are ended.
_LATE = """
    select team_id, count(*) filter (where coalesce((ended_at at time zone 'Europe/Paris')::date, %(today)s) > due_on),
           count(*)
    from cases_live where team_id = any(%(teams)s) and filed_on between %(first)s and %(last)s and promise > 0 and due_on is not null
      and (ended_at is not null or due_on < %(today)s) group by 1
"""


@dataclass(frozen=True)
class TeamLoad:
    """A team with and without the rule. `pace`: cases ended a working day in its best four weeks; `late_share`: of the record, None
    where nothing was promised; `before` and `after` are None where there is no record of its pace."""

    team: int
    gains: int
    pace: float
    late_share: float | None
    before: Load | None
    after: Load | None


def loads_of(
    service: str, teams: Iterable[int], before: Mapping[int, Arrivals], after: Mapping[int, Arrivals], first: date, last: date
) -> list[TeamLoad]:
    """The teams whose cases change, those that gain most first. `before`, `after`: what comes to each of this service."""
    wanted = sorted(teams)
    if not wanted:
        return []
    others = _by_team(rows(_OTHERS, [wanted, service, first, last]))
    since, until = clock.midnight(first), clock.midnight(last + timedelta(days=1))
    done: dict[int, dict[date, int]] = defaultdict(dict)
    for team, day, count in rows(_DONE, [wanted, since, until]):
        done[team][day] = count
    waiting = dict(rows(_WAITING, {"teams": wanted, "first": first, "since": since}))
    today = clock.today()
    late = {t: part / whole for t, part, whole in rows(_LATE, {"teams": wanted, "first": first, "last": last, "today": today})}
    found = []
    for team in wanted:
        pace = best_pace(done[team], first, last)
        then, now = (_joined(others.get(team, {}), side.get(team, {})) for side in (before, after))
        gains = _total(now) - _total(then)
        loads = [serve(one, pace, waiting.get(team, 0), first, last) if pace else None for one in (then, now)]
        found.append(TeamLoad(team, gains, pace, late.get(team), *loads))
    return sorted(found, key=lambda one: (-one.gains, one.team))


def _by_team(counted: Iterable[tuple]) -> dict[int, dict[date, Counter]]:
    found: dict[int, dict[date, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for team, day, promise, count in counted:
        found[team][day][promise] += count
    return found


def _joined(one: Arrivals, other: Arrivals) -> dict[date, Counter]:
    return {day: Counter(one.get(day, {})) + Counter(other.get(day, {})) for day in {*one, *other}}


def _total(arrivals: Arrivals) -> int:
    return sum(sum(each.values()) for each in arrivals.values())
