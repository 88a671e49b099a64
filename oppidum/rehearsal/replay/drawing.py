"""The year's reports, drawn day by day: about what, where, by which channel, and so for which team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from oppidum.cases.declaration import Category, get_service
from oppidum.cases.filing import NewCase
from oppidum.cases.rules.standing import RESIDENT, Actor, Contact
from oppidum.core.codes import new_codes
from oppidum.people.remits import get_remits
from oppidum.rehearsal.arrivals import CHANNELS, GROUPS, Subjects
from oppidum.rehearsal.places import Places, Spot
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.replay.streams import stream
from oppidum.rehearsal.replay.year import Year
from oppidum.rehearsal.words import FIRST_NAMES, LAST_NAMES, words_for

_CHANNELS, _CHANNEL_WEIGHTS = list(CHANNELS), list(CHANNELS.values())
_PLAIN = str.maketrans("éèêëïôç", "eeeeioc")


@dataclass(slots=True)
class Drawn:
    """A report to come: the `n`th of its group on that day. What is not drawn yet comes from `rng`."""

    group: str
    n: int
    category: Category
    ground: int
    channel: str
    filed_at: datetime
    team: int | None
    rng: Random


class Drawing:
    """Draws each day's reports; every worker draws all of them, for whoever they are, and takes its own."""

    def __init__(self, plan: Plan, year: Year, volume: int):
        self._seed, self._year, self._volume = plan.seed, year, volume
        self._factors = plan.changes.volumes
        self._places = Places(Random(0))
        self._subjects = Subjects(get_service("report").categories, Random(0))
        self._weights = _weights_of_groups(get_service("report").categories)
        self._drawn: tuple[date | None, list[Drawn]] = (None, [])
        totals = share_out(round(volume * plan.scale), {group: sum(w) for group, (_, w) in self._weights.items()})
        self._counts = {
            group: year.arrivals(
                group, total, plan.first, plan.last, plan.seed, name="report", factor=self._factors.get(group, 1.0)
            )
            for group, total in totals.items()
        }

    def of_day(self, day: date) -> list[Drawn]:
        """The reports of a day, group by group. What is drawn further of one (`write`) can be drawn once."""
        if self._drawn[0] != day:
            self._drawn = (
                day,
                [self._draw(group, day, n) for group, counts in self._counts.items() for n in range(counts.get(day, 0))],
            )
        return self._drawn[1]

    def phoned(self, day: date) -> int:
        """How many reports of that day came by telephone."""
        return sum(drawn.channel == "phone" for drawn in self.of_day(day))

    def write(self, drawn: Drawn, same: tuple[Category, Spot] | None, phone_officer: Actor | None) -> tuple[NewCase, Spot]:
        """The report as somebody sends it; `same` is what an earlier one was about, if it repeats it."""
        rng = drawn.rng
        category = drawn.category
        if same:
            category, spot = same[0], self._places.near(same[1], 25, rng)
        else:
            spot = self._places.spot(drawn.ground, rng)
        by_phone = drawn.channel == "phone"
        contact = None
        if rng.random() < (0.9 if by_phone else 0.6):
            contact = _somebody(rng, by_phone)
        new = NewCase(
            service="report",
            category=category.code,
            lon=spot.lon,
            lat=spot.lat,
            commune=spot.commune,
            channel=drawn.channel,
            words=words_for(category.code, rng),
            address=spot.address,
            answers=self._subjects.answer(category, rng),
            contact=contact,
            actor=phone_officer if by_phone and phone_officer else RESIDENT,
            filed_at=drawn.filed_at,
            code=new_codes(1, rng)[0],
        )
        return new, spot

    def loads(self) -> Mapping[int | None, float]:
        """How many reports a year at scale 1 each team may expect."""
        found: dict[int | None, float] = {}
        total = sum(sum(weights) for _, weights in self._weights.values())
        communes, remits = self._places.shares(), get_remits("report")
        for categories, weights in self._weights.values():
            for category, weight in zip(categories, weights, strict=True):
                for commune, share in communes.items():
                    team = remits.find_team(category.code, commune)
                    key = team.team if team else None
                    found[key] = found.get(key, 0) + self._volume * share * weight / total
        return found

    def commune(self, rng: Random) -> str:
        """A commune by population."""
        return self._places.commune_of(self._places.ground(rng))

    def _draw(self, group: str, day: date, n: int) -> Drawn:
        rng = stream(self._seed, f"report {group}", day.toordinal(), n)
        categories, weights = self._weights[group]
        category = rng.choices(categories, weights)[0]
        ground = self._places.ground(rng)
        channel = rng.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0]
        filed_at = self._year.instants(group, day, 1, rng)[0]
        return Drawn(group, n, category, ground, channel, filed_at, self._team(category, ground), rng)

    def _team(self, category: Category, ground: int) -> int | None:
        found = get_remits("report").find_team(category.code, self._places.commune_of(ground))
        return found.team if found else None


def _somebody(rng: Random, by_phone: bool) -> Contact:
    first_name, last_name = rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
    number = f"+3349100{rng.randrange(10_000):04}" if by_phone else ""
    email = f"{first_name}.{last_name}{rng.randrange(900)}@example.org".lower() if rng.random() < 0.7 else ""
    return Contact(f"{first_name} {last_name}", email.translate(_PLAIN), number)


def _weights_of_groups(categories: Mapping[str, Category]) -> dict[str, tuple[list[Category], list[float]]]:
    """Of each group its categories and how often each comes, as `arrivals.Subjects` draws them."""
    found: dict[str, tuple[list[Category], list[float]]] = {}
    for category in categories.values():
        of_group = found.setdefault(category.group, ([], []))
        of_group[0].append(category)
        of_group[1].append(GROUPS.get(category.group, 1) / len(of_group[0]) ** 1.5)
    return found


def share_out(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """A whole number shared out by weights, nothing lost: the largest remainders get what rounding left (Hamilton's method)."""
    whole = sum(weights.values())
    exact = {name: total * weight / whole for name, weight in weights.items()}
    shared = {name: int(value) for name, value in exact.items()}
    left = total - sum(shared.values())
    for name in sorted(exact, key=lambda one: (shared[one] - exact[one], one))[:left]:
        shared[name] += 1
    return shared
