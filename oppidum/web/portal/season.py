"""When a service can be asked for: always, or in its campaign, whose hours are dated rules of the service."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from oppidum.cases.declaration import Service, campaigns
from oppidum.core.clock import local_day

MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Season:
    """`opens` is the first day where it isn't open yet, `closes` the last one where it is open and will close."""

    is_open: bool
    opens: date | None = None
    closes: date | None = None


def find_season(service: type[Service], now: datetime) -> Season:
    """Where the campaign stands at `now`."""
    if service.campaign is None:
        return Season(True)
    rules = service.rules_on(local_day(now))
    if not {service.campaign.opens, service.campaign.closes} <= rules.keys():
        return Season(False)  # the dates of the next campaign are not set
    found = campaigns.state_of(service.campaign, rules, now)
    match found.state:
        case campaigns.NOT_YET:
            return Season(False, opens=local_day(found.opens_at))
        case campaigns.OPEN:
            return Season(True, closes=local_day(found.closes_at - MOMENT))
    return Season(False)
