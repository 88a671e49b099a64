"""Which year is lived, how large, with which chances, and what is changed in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from oppidum.cases.declaration import catalogue

LEAST_SCALE, MOST_SCALE = 0.001, 10.0
FIRST_YEAR, LAST_YEAR = 2000, 2100


class BadPlan(ValueError):
    """A plan that can't be lived; the text says what to put instead."""


@dataclass(frozen=True)
class Changes:
    """What a what-if changes in the year, each part by names: see docs/how-to/rehearse-a-change.md.

    `crews`: crews more or fewer by team. `officers`: factor on what the officers of a service decide a day. `volumes`: factor on what
    arrives, by service or group of reports. `parameters`: values of a service's rules and tariffs. `bookings`: opening and capacity of
    places, by service. `days`: stretches of rain, heat or strike. `zones`: communes added to a layer. `definitions`: parts of a
    declaration.
    """

    crews: Mapping[str, float] = field(default_factory=dict)
    officers: Mapping[str, float] = field(default_factory=dict)
    volumes: Mapping[str, float] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    bookings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    days: tuple[Mapping[str, Any], ...] = ()
    zones: Mapping[str, list[str]] = field(default_factory=dict)
    definitions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """What is changed, and nothing that is not."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Changes":
        unknown = data.keys() - {one.name for one in fields(cls)}
        if unknown:
            known = ", ".join(one.name for one in fields(cls))
            raise BadPlan(f"nothing called {', '.join(sorted(unknown))} can be changed; what can: {known}")
        return cls(**{name: tuple(value) if name == "days" else value for name, value in data.items()})


@dataclass(frozen=True)
class Plan:
    """A year to live. `services` empty: all that say how they are rehearsed. `first` and `last` are days of the year, both included.

    `scale` multiplies what arrives and who works alike: 1 is the metropolis, 4 a national capital.
    """

    year: int
    scale: float = 1.0
    seed: int = 1
    services: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    changes: Changes = Changes()
    workers: int = 2

    def checked(self) -> "Plan":
        """The plan with its days filled in. Raises `BadPlan`."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise BadPlan(f"a year lies between {FIRST_YEAR} and {LAST_YEAR}, not {self.year}")
        if not LEAST_SCALE <= self.scale <= MOST_SCALE:
            raise BadPlan(f"a scale lies between {LEAST_SCALE} and {MOST_SCALE:g}, not {self.scale:g}")
        if self.workers < 1:
            raise BadPlan("a run needs one worker at least")
        known = {one.code for one in catalogue().values() if one.code == "report" or one.rehearsal}
        if unknown := self.services - known:
            raise BadPlan(f"no service {', '.join(sorted(unknown))} is rehearsed; those that are: {', '.join(sorted(known))}")
        first, last = self.first or date(self.year, 1, 1), self.last or date(self.year, 12, 31)
        if not date(self.year, 1, 1) <= first <= last <= date(self.year, 12, 31):
            raise BadPlan(f"from and to are days of {self.year}, in this order, not {first} and {last}")
        return replace(self, first=first, last=last, services=self.services or frozenset(known))

    def as_data(self) -> dict[str, Any]:
        """For files: what makes the run, so that the same data make the same run."""
        return {
            "year": self.year,
            "scale": self.scale,
            "seed": self.seed,
            "services": sorted(self.services),
            "first": self.first and self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
            "changes": self.changes.as_data(),
            "workers": self.workers,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Plan":
        """The plan that `as_data` wrote. Raises `BadPlan`."""
        try:
            return cls(
                **{name: data[name] for name in ("year", "scale", "seed", "workers") if name in data},
                services=frozenset(data.get("services", ())),
                first=date.fromisoformat(data["first"]) if data.get("first") else None,
                last=date.fromisoformat(data["last"]) if data.get("last") else None,
                changes=Changes.from_data(data.get("changes", {})),
            ).checked()
        except (KeyError, TypeError) as error:
            raise BadPlan(f"no plan can be read from this: {error}") from None
