"""The terms of booking, on plain values: how early, how late, how often. Days are those of the authority."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from oppidum.bookings.errors import Closed, DoesNotFit, QuotaReached, TooLate
from oppidum.core.clock import PARIS


@dataclass(frozen=True)
class Quota:
    """At most `times` a "year", "month" or "week" (calendar ones, of the day booked), or "ever", for one requester."""

    times: int
    period: str = "year"

    def bounds(self, day: date) -> tuple[date, date]:
        """First day of the period that holds `day`, and first day after it."""
        if self.period == "week":
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=7)
        if self.period == "ever":
            return date.min, date.max
        if self.period == "month":
            return day.replace(day=1), (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        return date(day.year, 1, 1), date(day.year + 1, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """`lead_days`: how many days before its day a place is booked at the latest; `horizon_days`: how far ahead at most. `change_until`:
    the hour until which it may be moved or given back, on the day before, or `change_days` before; none: until it begins."""

    lead_days: int = 0
    horizon_days: int = 365
    quota: Quota | None = None
    change_until: time | None = None
    change_days: int = 1
    most_nights: int | None = None


def first_day(terms: Terms, today: date) -> date:
    """The first day that can be booked today."""
    return today + timedelta(days=terms.lead_days)


def last_day(terms: Terms, today: date) -> date:
    """The last day that can be booked today."""
    return today + timedelta(days=terms.horizon_days)


def check_day(terms: Terms, day: date, today: date) -> None:
    """Raises `TooLate` before the lead time's end, `Closed` beyond the horizon."""
    if day < first_day(terms, today):
        raise TooLate(
            _("It is too late for that day: the first that can be booked today is %(first)s.") % {"first": first_day(terms, today)}
        )
    if day > last_day(terms, today):
        raise Closed(_("That day can't be booked yet: the last that can is %(last)s.") % {"last": last_day(terms, today)})


def check_nights(terms: Terms, nights: int) -> None:
    """Raises `Closed` when the stay is longer than the rules allow."""
    if terms.most_nights is not None and nights > terms.most_nights:
        raise Closed(_("At most %(nights)d nights can be booked at once.") % {"nights": terms.most_nights})


def check_change(terms: Terms, starts_at: datetime, now: datetime) -> None:
    """Raises `TooLate` when a place that begins at `starts_at` can no longer be moved or given back."""
    if now >= last_change(terms, starts_at):
        raise TooLate()


def last_change(terms: Terms, starts_at: datetime) -> datetime:
    """The instant until which it may be changed."""
    if terms.change_until is None:
        return starts_at
    last = starts_at.astimezone(PARIS).date() - timedelta(days=terms.change_days)
    return datetime.combine(last, terms.change_until, PARIS)


def check_quota(quota: Quota, day: date, held_days: Iterable[date]) -> None:
    """Raises `QuotaReached` when `held_days` already fill the period in which `day` lies."""
    first, after = quota.bounds(day)
    if sum(first <= held < after for held in held_days) >= quota.times:
        said = _("Your household has already had what one may have.") if quota.period == "ever" else None
        raise QuotaReached(said, times=quota.times, period=quota.period)


def check_size(size: Mapping[str, float], limits: Mapping[str, float]) -> None:
    """Raises `DoesNotFit` when a measure of `size` is beyond the limit that the place has for it."""
    for measure, value in size.items():
        if measure in limits and float(value) > float(limits[measure]):
            raise DoesNotFit(measure=measure, limit=limits[measure])
