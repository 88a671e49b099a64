"""Opening hours: when a counter, a team or a service is there, and hours of service counted only while it is.

    town_hall = Opening({0: [("08:30", "12:00"), ("13:30", "17:00")], ..., 4: [("08:30", "12:00")]})
    town_hall.add_hours(at, 4)      # the instant at which four hours of service are over

Times are those of the wall; a change of time shortens or lengthens the hours that lie over it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from oppidum.core.calendar.days import each_day, public_holidays
from oppidum.core.clock import PARIS, local_day

LONGEST_CLOSURE = timedelta(days=366)


@dataclass(frozen=True)
class Opening:
    """A week of opening hours: weekday (0 = Monday) to spans of ("HH:MM", "HH:MM"), "24:00" being the end of the day.

    Closed on public holidays unless `on_holidays`, and on the days in `closed`. `special` gives single days their own spans.
    """

    week: Mapping[int, Sequence[tuple[str, str]]]
    closed: frozenset[date] = frozenset()
    special: Mapping[date, Sequence[tuple[str, str]]] = field(default_factory=dict)
    on_holidays: bool = False
    region: str | None = None

    def __post_init__(self):
        for day, spans in [*self.week.items(), *self.special.items()]:
            ends = [_minutes(each) for span in spans for each in span]
            if ends != sorted(set(ends)):
                raise ValueError(f"opening hours of {day}: spans must follow each other and not be empty: {list(spans)}")

    def spans_of(self, day: date) -> Sequence[tuple[str, str]]:
        """The opening hours of `day` as they stand on the door."""
        if day in self.special:
            return self.special[day]
        if day in self.closed or (not self.on_holidays and day in public_holidays(self.region)):
            return ()
        return self.week.get(day.weekday(), ())

    def is_open(self, at: datetime) -> bool:
        """Whether it is open at that instant; at the closing minute it no longer is."""
        opens, _ = next(self._spans(local_day(at), at))
        return opens <= at

    def next_opening(self, at: datetime) -> datetime:
        """`at` if it is open then, else the instant at which it opens next. ValueError if it doesn't within a year."""
        start, _ = next(self._spans(local_day(at), at))
        return max(start, at)

    def hours_between(self, start: datetime, end: datetime) -> timedelta:
        """The time of service between two instants; nothing if `end` is not after `start`."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        total = timedelta()
        for day in each_day(local_day(start), local_day(end)):
            for opens, closes in self.spans_of(day):
                total += max(timedelta(), min(_instant(day, closes), end) - max(_instant(day, opens), start))
        return total

    def add_hours(self, start: datetime, count: float) -> datetime:
        """The instant at which `count` hours of service after `start` are over."""
        return self.add_time(start, timedelta(hours=count))

    def add_time(self, start: datetime, left: timedelta) -> datetime:
        """The instant at which so much time of service after `start` is over."""
        start = start.astimezone(UTC)
        for opens, closes in self._spans(local_day(start), start):
            begin = max(opens, start)
            if closes - begin >= left:
                return begin + left
            left -= closes - begin
        raise AssertionError("spans never end")

    def latest_before(self, end: datetime, left: timedelta) -> datetime:
        """The instant after which so much time of service is left until `end`."""
        end = end.astimezone(UTC)
        day = local_day(end)
        while local_day(end) - day <= LONGEST_CLOSURE:
            for opens, closes in reversed(self.spans_of(day)):
                begin, until = _instant(day, opens), min(_instant(day, closes), end)
                if until - begin >= left:
                    return until - left
                left -= max(timedelta(), until - begin)
            day -= timedelta(days=1)
        raise ValueError(f"nothing was open within a year before {local_day(end)}")

    def _spans(self, first: date, after: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans, as instants, that end after `after`; for ever. ValueError when nothing opens for a year."""
        day, last = first, first
        while day - last <= LONGEST_CLOSURE:
            for opens, closes in self.spans_of(day):
                if (end := _instant(day, closes)) > after:
                    last = day
                    yield _instant(day, opens), end
            day += timedelta(days=1)
        raise ValueError(f"nothing opens within a year after {last}")


def _minutes(text: str) -> int:
    hour, minute = map(int, text.split(":"))
    return hour * 60 + minute


def _instant(day: date, text: str) -> datetime:
    extra, minutes = divmod(_minutes(text), 24 * 60)
    wall = datetime.combine(day + timedelta(days=extra), time(minutes // 60, minutes % 60), tzinfo=PARIS)
    return wall.astimezone(UTC)


# The hours in which offices answer, and which lengths of "working hours" count (`lengths.py`).
OFFICE_HOURS = Opening({weekday: [("08:00", "18:00")] for weekday in range(5)})
