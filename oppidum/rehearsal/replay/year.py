"""The profile of a year: when residents report, call and file, by season, weekday, hour, weather, school and public holidays.

    year = Year.load(2023)
    year.arrivals("sewers", 12_465, seed=1)     # {date: how many}, 365 days, in all exactly so many
    year.arrivals(service.rehearsal, 850, name=service.code, seed=1)

`years/general.toml` says how each kind of arrivals follows the year, `years/2023.toml` what 2023 brought. A year without a file of its own
has the general profile, its public holidays and some drawn weather; `unknown` says what nobody told.
"""

import hashlib
import random
import tomllib
from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy

from oppidum.cases.declaration.profile import EVEN_YEAR, Profile
from oppidum.core.calendar import each_day, public_holidays
from oppidum.core.clock import PARIS
from oppidum.rehearsal.arrivals import HOURS, WEEKDAYS
from oppidum.rehearsal.replay.spells import Spell, read_spells
from oppidum.rehearsal.replay.weather import draw_hot_days, draw_rain, wetness

FOLDER = Path(__file__).parent / "years"
_LEAST_FACTOR = 0.2


@dataclass(frozen=True)
class Kind:
    """How one kind of arrivals follows the year: see the head of `years/general.toml`."""

    name: str
    months: tuple[float, ...] = EVEN_YEAR
    weekdays: tuple[float, ...] = WEEKDAYS
    hours: tuple[float, ...] = HOURS
    rain: float = 0.0
    heat: float = 1.0
    school: float = 1.0
    strike_teams: frozenset[str] = frozenset()
    strike_factor: float = 1.0

    def __post_init__(self) -> None:
        for name, length in (("months", 12), ("weekdays", 7), ("hours", 24)):
            values = getattr(self, name)
            if len(values) != length or min(values) < 0 or not sum(values):
                raise ValueError(f"kind '{self.name}': {name} needs {length} weights, none below 0, not all 0")


@dataclass(frozen=True)
class Year:
    """One year's days and what they bring. Pure and picklable; days outside of it raise ValueError."""

    year: int
    kinds: Mapping[str, Kind]
    school_holidays: tuple[tuple[date, date, str], ...] = ()
    rain: Mapping[date, float] = field(default_factory=dict)
    hot: frozenset[date] = frozenset()
    strikes: tuple[Spell, ...] = ()
    unknown: tuple[str, ...] = ()
    ordinary: "Year | None" = None
    _known_weights: dict[Kind, list[float]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def load(cls, year: int, folder: Path = FOLDER) -> "Year":
        """The year of `folder/YEAR.toml`, or one of the general profile. ValueError says what is wrong in which file."""
        return _load(year, folder)

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    def days(self) -> list[date]:
        return each_day(self.first, self.last)

    def rain_mm(self, day: date) -> float:
        return self.rain.get(day, 0.0)

    def is_hot(self, day: date) -> bool:
        """Whether the day belongs to a hot spell, as the State's heat-wave vigilance counts them."""
        return day in self.hot

    def is_public_holiday(self, day: date) -> bool:
        return day in public_holidays()

    def is_school_holiday(self, day: date) -> bool:
        """Whether schools are closed for holidays; always False where the year's school holidays are unknown."""
        return any(first <= day <= last for first, last, _ in self.school_holidays)

    def is_school_day(self, day: date) -> bool:
        """Monday to Friday, outside school and public holidays."""
        return day.weekday() < 5 and not self.is_public_holiday(day) and not self.is_school_holiday(day)

    def on_strike(self, team: str, day: date) -> Spell | None:
        """The strike of that team on that day, if there is one."""
        return next((one for one in self.strikes if team in one.teams and one.first <= day <= one.last), None)

    def weight(self, day: date, kind: str | Profile) -> float:
        """The relative weight of a day for a kind of arrivals: of two days, one with twice the weight brings twice as much."""
        return self._weight(day, self.kind(kind))

    def kind(self, kind: str | Profile) -> Kind:
        """A group of categories or "calls" by name, or a service's own profile, which knows months and weekdays alone."""
        if isinstance(kind, Profile):
            return _kind_of(kind.months, kind.weekdays)
        if kind not in self.kinds:
            raise ValueError(f"kind of arrivals '{kind}' is unknown; known: {', '.join(sorted(self.kinds))}")
        return self.kinds[kind]

    def arrivals(
        self,
        kind: str | Profile,
        total: int,
        first: date | None = None,
        last: date | None = None,
        seed: int = 1,
        name: str = "",
        factor: float = 1.0,
    ) -> dict[date, int]:
        """How many arrive on each day from `first` to `last`, of `total` in the whole ordinary year; a part of a year has the same days.

        `name` tells apart draws of one kind (a team, a commune, a service). A scenario's weather (`changed`) and `factor` add to the days
        drawn for the ordinary year, or take from them: a day that they don't touch has the same number in both.
        """
        first, last = first or self.first, last or self.last
        if not self.first <= first <= last <= self.last:
            raise ValueError(f"{first} to {last} is no part of {self.year}")
        if total < 0 or factor < 0:
            raise ValueError(f"{name or kind}: {total} arrivals, factor {factor}: neither can be negative")
        known = self.kind(kind)
        stream = f"{seed}/arrivals/{self.year}/{known.name}/{name}"
        ordinary = self.ordinary or self
        counts = dict(zip(self.days(), _draw(ordinary._weights(known), total, stream), strict=True))
        found = {day: counts[day] for day in each_day(first, last)}
        if ordinary is self and factor == 1:
            return found
        return {day: self._changed_count(day, count, known, factor, stream) for day, count in found.items()}

    def hour(self, kind: str | Profile, rng: random.Random) -> int:
        """An hour of the day, 0 to 23."""
        return bisect(_cumulated(self.kind(kind).hours), rng.random())

    def instants(self, kind: str | Profile, day: date, count: int, rng: random.Random) -> list[datetime]:
        """`count` instants of a day, in order, in the authority's time."""
        cumulated = _cumulated(self.kind(kind).hours)
        drawn = ((bisect(cumulated, rng.random()), int(rng.random() * 3600)) for _ in range(count))
        return [datetime(day.year, day.month, day.day, h, s // 60, s % 60, tzinfo=PARIS) for h, s in sorted(drawn)]

    def changed(self, days: Iterable[Spell | Mapping[str, Any]] = ()) -> "Year":
        """The same year with a scenario's rain, heat and strikes. ValueError for days that aren't of this year."""
        rain, hot, strikes = dict(self.rain), set(self.hot), list(self.strikes)
        for spell in read_spells(days):
            if spell.first.year != self.year or spell.last.year != self.year:
                raise ValueError(f"days: {spell.kind} from {spell.first} to {spell.last} lies outside {self.year}")
            if spell.kind == "rain":
                for day in spell.days():
                    rain[day] = rain.get(day, 0.0) * (1.0 if spell.factor is None else spell.factor) + (spell.mm or 0.0)
            elif spell.kind == "heat":
                hot |= set(spell.days())
            else:
                strikes.append(spell)
        return replace(self, rain=rain, hot=frozenset(hot), strikes=tuple(strikes), ordinary=self.ordinary or self)

    def _weights(self, kind: Kind) -> list[float]:
        """The weights of the year's days, reckoned once: a run draws many teams' arrivals of each kind."""
        if kind not in self._known_weights:
            self._known_weights[kind] = [self._weight(day, kind) for day in self.days()]
        return self._known_weights[kind]

    def _weight(self, day: date, kind: Kind) -> float:
        weekday = 6 if self.is_public_holiday(day) else day.weekday()
        weight = kind.months[day.month - 1] * kind.weekdays[weekday]
        if kind.rain:
            weight *= max(_LEAST_FACTOR, 1 + kind.rain * wetness(self.rain, day) / 10)
        if kind.heat != 1 and day in self.hot:
            weight *= kind.heat
        if kind.school != 1 and self.is_school_holiday(day):
            weight *= kind.school
        if any(self.on_strike(team, day) for team in kind.strike_teams):
            weight *= kind.strike_factor
        return weight

    def _changed_count(self, day: date, count: int, kind: Kind, factor: float, stream: str) -> int:
        """The ordinary day's count times what changes it, rounded up or down by its own chance, so that means are kept."""
        before = (self.ordinary or self)._weight(day, kind)
        ratio = factor * (self._weight(day, kind) / before if before else 1.0)
        if ratio == 1 or not count:
            return count
        whole, rest = divmod(count * ratio, 1)
        return int(whole) + (random.Random(f"{stream}/{day}").random() < rest)


def _draw(weights: list[float], total: int, stream: str) -> list[int]:
    """`total` arrivals over days by weight, as independent residents would come: a multinomial draw.

    By the legacy generator, since numpy promises that its numbers never change with a version (NEP 19); a run is compared with older ones.
    """
    key = numpy.frombuffer(hashlib.sha256(stream.encode()).digest(), dtype="<u4")
    shares = numpy.array(weights) / sum(weights)
    return numpy.random.RandomState(key).multinomial(total, shares).tolist()


@lru_cache(maxsize=256)
def _cumulated(hours: tuple[float, ...]) -> list[float]:
    """Cumulated shares of the hours but the last, to look up a number from 0 to 1."""
    return [part / sum(hours) for part in accumulate(hours)][:-1]


@lru_cache(maxsize=256)
def _kind_of(months: tuple[float, ...], weekdays: tuple[float, ...]) -> Kind:
    return Kind("service", tuple(months), tuple(weekdays))


@lru_cache(maxsize=16)
def _load(year: int, folder: Path) -> Year:
    general, own = _read(folder / "general.toml"), _read(folder / f"{year}.toml")
    kinds = {name: _read_kind(name, table) for name, table in general.get("kinds", {}).items()}
    usual, weather = general.get("weather", {}), own.get("weather", {})
    unknown = []
    if "school_holidays" not in own:
        unknown.append(f"the school holidays of {year}: there is no years/{year}.toml that tells them; schools count as open")
    if not weather:
        unknown.append(f"the weather of {year}: an ordinary year's is drawn")
    rain = weather or usual
    hot = (
        frozenset(day for spell in own["hot_spells"] for day in each_day(spell["first"], spell["last"]))
        if "hot_spells" in own
        else draw_hot_days(year, usual.get("hot_spells", 0), usual.get("hot_days", 5))
    )
    return Year(
        year=year,
        kinds=kinds,
        school_holidays=tuple((one["first"], one["last"], one["name"]) for one in own.get("school_holidays", ())),
        rain=draw_rain(year, rain.get("rain_mm", (0,) * 12), rain.get("rain_days", (0,) * 12)),
        hot=hot,
        unknown=tuple(unknown),
    )


def _read(path: Path) -> dict[str, Any]:
    """The tables of a year's file, none if it isn't there."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name}: is no TOML: {error}") from None


def _read_kind(name: str, table: dict[str, Any]) -> Kind:
    told = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    strike = told.pop("strike", {})
    return Kind(
        name,
        **told,
        strike_teams=frozenset(strike.get("teams", ())),
        strike_factor=strike.get("factor", 1.0),
    )
