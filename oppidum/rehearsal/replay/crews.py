"""Teams at work in a rehearsed year: how many jobs they can do on a day, and what the day costs in euros, kilometres and CO2.

    staffing = Staffing.load(year, communes={"13001": Ground(147_933, 187.6)})
    staffing.capacity("roads", day)            # jobs that its crews can do that day, at scale 1
    staffing.cost("roads", day, jobs=180)      # Cost(crew_days=30, km=..., co2_kg=..., eur=...)

A round's length is reckoned, not planned: the continuous approximation of Daganzo (Transportation Science 18, 1984), a way out to the
round's ground and back and within it the tour of Beardwood, Halton and Hammersley (Proc. Camb. Phil. Soc. 55, 1959), 0.7124 times the
root of jobs times ground. All numbers stand in `crews.toml`, with their sources.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil, floor, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from oppidum.rehearsal.replay.spells import Spell
from oppidum.rehearsal.replay.year import Year

FILE = Path(__file__).parent / "crews.toml"
COMMUNE = "commune-"
_TOUR = 0.7124
# The mean way from the middle of a square of 1 km2 to a point of it, in km.
_FROM_MIDDLE = 0.3826


class Ground(NamedTuple):
    """A commune's inhabitants and whole area."""

    population: int
    area_km2: float


class Vehicle(NamedTuple):
    litres_per_100km: float
    eur_per_day: float


class Shift(NamedTuple):
    """Shares of a team's crews at work: Monday to Sunday, January to December."""

    days: tuple[float, ...]
    months: tuple[float, ...]


class Cost(NamedTuple):
    """What one day of a team's rounds costs."""

    crew_days: float = 0.0
    km: float = 0.0
    co2_kg: float = 0.0
    eur: float = 0.0


@dataclass(frozen=True)
class Crews:
    """A team's crews at full strength, jobs of a crew in a day, agents of a crew, ground in km2 and depots. Part of a crew: part of its day."""

    crews: float
    jobs: float
    agents: int
    vehicle: str
    shift: str
    ground_km2: float
    depots: int

    def __post_init__(self) -> None:
        if self.crews < 0 or min(self.jobs, self.agents, self.ground_km2, self.depots) <= 0:
            raise ValueError("crews can't be negative; jobs, agents, ground_km2 and depots must be above 0")


@dataclass(frozen=True)
class Staffing:
    """All teams' crews in one year. Pure and picklable."""

    year: Year
    teams: Mapping[str, Crews]
    shifts: Mapping[str, Shift]
    vehicles: Mapping[str, Vehicle]
    costs: Mapping[str, float]
    usual: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, year: Year, communes: Mapping[str, Ground] | None = None, file: Path = FILE) -> "Staffing":
        """The teams of the file, and one of each commune by its population. ValueError says which team of the file is wrong, and how."""
        try:
            told = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"{file.name}: is no TOML: {error}") from None
        shifts = {name: Shift(tuple(table["days"]), tuple(table["months"])) for name, table in told["shifts"].items()}
        vehicles = {name: Vehicle(**table) for name, table in told["vehicles"].items()}
        teams = {code: _read(file.name, code, table, shifts, vehicles) for code, table in told["teams"].items()}
        for code, ground in (communes or {}).items():
            teams[COMMUNE + code] = _of_commune(ground, dict(told["commune_teams"]), told["costs"]["inhabited_share"])
        return cls(year, teams, shifts, vehicles, told["costs"], told["other_teams"])

    def with_loads(self, loads: Mapping[str, float]) -> "Staffing":
        """The same, and for each team that isn't known yet the crews that so many jobs a year need."""
        usual = dict(self.usual)
        fill = usual.pop("fill")
        days = self._full_days(usual["shift"])
        new = {
            team: Crews(crews=jobs / fill / days / usual["jobs"], **usual) for team, jobs in loads.items() if team not in self.teams
        }
        return replace(self, teams=dict(self.teams) | new)

    def changed(self, crews: Mapping[str, float] | None = None, days: Iterable[Spell | Mapping[str, Any]] = ()) -> "Staffing":
        """A scenario's staffing: so many crews more (or fewer, never below none) by team, and the strikes among its days."""
        teams = dict(self.teams)
        for team, more in (crews or {}).items():
            teams[team] = replace(self._of(team), crews=max(0, self._of(team).crews + more))
        year = self.year.changed(days)
        for strike in year.strikes:
            for team in strike.teams:
                self._of(team)
        return replace(self, teams=teams, year=year)

    def crews(self, team: str, day: date) -> float:
        """Crews at work on a day: whole ones, but for teams that have only a part of a crew's day. LookupError for a team without crews."""
        own = self._of(team)
        shift = self.shifts[own.shift]
        weekday = 6 if self.year.is_public_holiday(day) else day.weekday()
        at_work = own.crews * shift.days[weekday] * shift.months[day.month - 1]
        if strike := self.year.on_strike(team, day):
            at_work *= strike.factor or 0.0
        return at_work if own.crews < 1 or own.crews % 1 else floor(at_work + 0.5)

    def capacity(self, team: str, day: date, scale: float = 1.0) -> float:
        """How many jobs a team can do on a day; 0 on days off and in strikes."""
        return self.crews(team, day) * self._of(team).jobs * scale

    def cost(self, team: str, day: date, jobs: float, scale: float = 1.0, crews: float | None = None) -> Cost:
        """What a day costs on which a team did so many jobs: all its crews at work are paid, those that were needed drove.

        `crews` replaces those of the shift, where something else rules them (trucks that were booked). At a scale below 1 the day is
        reckoned as at scale 1 and then scaled: a hundredth of the jobs on the same ground would drive much further for each.
        """
        own = self._of(team)
        at_work = self.crews(team, day) if crews is None else crews / scale
        jobs = jobs / scale
        rounds = min(max(at_work, 1), ceil(jobs / own.jobs)) if jobs > 0 else 0
        km = rounds_km(jobs, rounds, own.ground_km2, own.depots) * self.costs["detour"]
        vehicle = self.vehicles[own.vehicle]
        litres = km * vehicle.litres_per_100km / 100
        eur = at_work * (own.agents * self.costs["eur_per_agent_day"] + vehicle.eur_per_day) + litres * self.costs["eur_per_litre"]
        return Cost(*(round(amount * scale, 3) for amount in (at_work, km, litres * self.costs["co2_kg_per_litre"], eur)))

    def jobs_a_year(self, team: str) -> float:
        """The capacity of the whole year at scale 1."""
        return sum(self.capacity(team, day) for day in self.year.days())

    def _of(self, team: str) -> Crews:
        if team not in self.teams:
            raise LookupError(
                f"team '{team}' has no crews; give its jobs a year, or name it in crews.toml: {', '.join(sorted(self.teams))}"
            )
        return self.teams[team]

    def _full_days(self, shift: str) -> float:
        """How many days of a whole team the year's shares amount to."""
        shares = self.shifts[shift]
        return sum(
            shares.days[6 if self.year.is_public_holiday(day) else day.weekday()] * shares.months[day.month - 1]
            for day in self.year.days()
        )


def rounds_km(jobs: float, rounds: float, ground_km2: float, depots: int) -> float:
    """The length as the crow flies of so many rounds to so many jobs: `rounds` ways out and back, and the tours among the jobs.

    Rounds share the ground, so their tours together are as long as one: rounds x 0.7124 sqrt(jobs/rounds x ground/rounds).
    """
    if jobs <= 0:
        return 0.0
    way_out = _FROM_MIDDLE * sqrt(ground_km2 / depots)
    return 2 * way_out * rounds + _TOUR * sqrt(jobs * ground_km2)


def _read(file: str, code: str, table: dict[str, Any], shifts: Mapping[str, Shift], vehicles: Mapping[str, Vehicle]) -> Crews:
    try:
        found = Crews(**table)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{file}: team '{code}': {error}") from None
    if found.shift not in shifts or found.vehicle not in vehicles:
        raise ValueError(f"{file}: team '{code}': no shift '{found.shift}' or no vehicle '{found.vehicle}'")
    return found


def _of_commune(ground: Ground, usual: dict[str, Any], inhabited_share: float) -> Crews:
    crews = max(usual.pop("least_crews"), ground.population / usual.pop("inhabitants_per_crew"))
    return Crews(crews=crews, ground_km2=max(0.1, ground.area_km2 * inhabited_share), **usual)
