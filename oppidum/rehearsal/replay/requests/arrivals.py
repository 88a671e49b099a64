"""When requests come: the profile's months and weekdays, public holidays, the campaign, the exact number of the year."""

from datetime import date, timedelta

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.campaigns import OPEN, state_of
from oppidum.core import clock
from oppidum.core.calendar import each_day, public_holidays
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.replay.streams import stream

# Of an ordinary day: what still comes on a public holiday, by the portal.
HOLIDAY = 0.2


def arrivals_of(service: type[Service], plan: Plan) -> dict[date, int]:
    """How many cases come on each day of the plan's year, and on the days before it for a service that asks for it (`ahead`).

    A part of a year has the days of the whole year, and their numbers.
    """
    profile = service.rehearsal
    shift = timedelta(days=profile.ahead)
    days = each_day(date(plan.year, 1, 1) - shift, date(plan.year, 12, 31) - shift)
    weights = [_weight(service, day) for day in days]
    whole = sum(weights)
    if not whole:
        return {}
    total = profile.per_year * plan.scale * plan.changes.volumes.get(service.code, 1.0)
    begun, come, found = stream(plan.seed, f"{service.code} arrivals").random(), 0.0, {}
    for day, weight in zip(days, weights, strict=True):
        before, come = come, come + weight / whole
        # A whole total comes out to the last case, whatever the sums of fractions lose.
        count = int(begun + total * come + 1e-9) - int(begun + total * before + 1e-9)
        if count:
            found[day] = count
    return found


def _weight(service: type[Service], day: date) -> float:
    profile = service.rehearsal
    weight = profile.months[day.month - 1] * profile.weekdays[day.weekday()] * (HOLIDAY if day in public_holidays() else 1)
    return weight if _is_open(service, day) else 0.0


def _is_open(service: type[Service], day: date) -> bool:
    """Whether the service takes requests on that day, from the morning to the evening."""
    campaign = service.campaign
    if campaign is None:
        return True
    rules = service.rules_on(day)
    if not {campaign.opens, campaign.closes} <= rules.keys():
        return False
    return all(state_of(campaign, rules, clock.midnight(day) + timedelta(hours=hour)).state == OPEN for hour in (0, 23))
