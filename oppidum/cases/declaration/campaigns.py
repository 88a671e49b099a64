"""Campaigns: the time in which a service takes requests, by the authority's own clock.

    campaign = Campaign(opens="opens", closes="closes", grace_minutes=120)

`opens` and `closes` name dated rules whose values are local instants ("2027-05-17T09:00") or days; a day closes at its end, midnight.
A form that was begun before the end may be sent for a while longer: the `grace`, which is declared and told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from oppidum.core.clock import PARIS, midnight

NOT_YET, OPEN, OVER = "not-yet", "open", "over"


@dataclass(frozen=True)
class Campaign:
    """The names of the rules that open and close it; `grace_minutes` for who had begun. `late` names the rule with the first day that
    counts as late, if one is still taken then."""

    opens: str
    closes: str
    grace_minutes: int = 0
    late: str = ""


@dataclass(frozen=True)
class CampaignState:
    """Where it stands: NOT_YET, OPEN or OVER, with its instants (aware). `is_late`: still taken, and late."""

    state: str
    opens_at: datetime
    closes_at: datetime
    is_late: bool = False


def state_of(campaign: Campaign, rules: Mapping[str, Any], now: datetime, begun_at: datetime | None = None) -> CampaignState:
    """Where the campaign stands at `now`, for who began the form at `begun_at`. `rules`: the values in force, by name."""
    opens_at, closes_at = first_instant(rules[campaign.opens]), last_instant(rules[campaign.closes])
    last = closes_at
    if begun_at is not None and opens_at <= begun_at < closes_at:
        last += timedelta(minutes=campaign.grace_minutes)
    is_late = bool(campaign.late) and now >= first_instant(rules[campaign.late])
    return CampaignState(NOT_YET if now < opens_at else OPEN if now < last else OVER, opens_at, closes_at, is_late)


def first_instant(text: str) -> datetime:
    """The instant of a local "2027-05-17T09:00", or the midnight that begins a day."""
    if len(text) == 10:
        return midnight(date.fromisoformat(text))
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def last_instant(text: str) -> datetime:
    """The instant of a local "2027-07-15T18:00", or the midnight that ends a day."""
    return midnight(date.fromisoformat(text) + timedelta(days=1)) if len(text) == 10 else first_instant(text)


def campaign_faults(service: Any):
    """What is wrong with the campaign, as sentences."""
    campaign = getattr(service, "campaign", None)
    for attribute in ("opens", "closes", "late") if campaign else ():
        name = getattr(campaign, attribute)
        if name and name not in service.rules:
            yield f"campaign: {attribute}='{name}' is no dated rule: declare it in `rules`, as \"2027-05-17T09:00\""
