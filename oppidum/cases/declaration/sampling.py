"""Answers drawn from a form: what people could give, shared by the random walks, the benches and the rehearsal.

Drawn in one pass, so that conditions read what was drawn before; every drawn answer is one that the field takes. Edges come often:
the least, the most, the values on either side. The generator is seeded by whoever calls, so a draw can be drawn again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from oppidum.cases.declaration.fields import Field, Fields
from oppidum.cases.declaration.fields.files import CONTENT_TYPES
from oppidum.cases.declaration.fields.forms import pages_of

WORDS = [
    "The",
    "door",
    "at",
    "the",
    "back",
    "does",
    "not",
    "close",
    "and",
    "rain",
    "comes",
    "in",
    "since",
    "the",
    "works",
    "of",
    "last",
    "spring",
    "near",
    "the",
    "harbour",
]
FIRST_NAMES = ("Alma", "Bilal", "Chloé", "Driss", "Elsa", "Farid", "Gisèle", "Hugo", "Inès", "Jean-Noël")
NAMES = ("Arnaud", "Benali", "Costa", "D'Aubigné", "Esposito", "Fabre", "Girard", "Haddad", "Imbert", "Lê")
# Of these kinds a drawn answer is what its field makes of it (a test holds that for every service).
PLAIN = frozenset({"address", "choice", "contact", "day", "items", "money", "number", "period", "place", "text", "yes_no"})
COMMUNE, LON, LAT = "13055", 5.37, 43.30


def draw_place(rng: Random, zones: tuple[str, ...]) -> dict[str, Any]:
    """A point of the territory in those zones; whoever knows the ground gives a better one."""
    lon, lat = round(LON + rng.uniform(-0.05, 0.05), 6), round(LAT + rng.uniform(-0.05, 0.05), 6)
    return {"lon": lon, "lat": lat, "commune": COMMUNE, "address": f"{rng.randint(1, 200)} rue de la République", "zones": [*zones]}


@dataclass(frozen=True)
class Sampler:
    """How answers are drawn. `gives`: the share of questions that may be left out and are answered all the same. `shares`: of a
    question's answers, observed shares by name. `place`: draws a point; `of`: draws answers that depend on what else there is, by kind
    of field ("slot", "reference", "asset"); a question of such a kind that nothing draws is left empty. `named`: draws the answers of
    some questions, by name. `texts`: writes a text for a question by its name, of so many signs at most; without it, random words. `as_drawn`: what is drawn clean is not cleaned again, where millions are drawn."""

    rng: Random
    today: date
    gives: float = 0.7
    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    place: Callable[[Random, tuple[str, ...]], dict[str, Any]] = draw_place
    of: Mapping[str, Callable[[Random, Field], Any]] = field(default_factory=dict)
    named: Mapping[str, Callable[[Random, Field], Any]] = field(default_factory=dict)
    texts: Callable[[Random, str, int], str] | None = None
    as_drawn: bool = False

    def answers(self, fields: Fields, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Answers to the questions that are asked, cleaned. `known`: facts and rules that conditions read."""
        seen, given = {"today": self.today.isoformat(), **(known or {})}, {}
        for page in pages_of(fields):
            if not page.asked(seen):
                continue
            for name, question in page.questions.items():
                if question.asked(seen) and (value := self._answer(name, question, seen)) is not None:
                    given[name] = seen[name] = value
        return given

    def _answer(self, name: str, question: Field, known: Mapping[str, Any]) -> Any:
        if question.kind == "computed":
            return question.take(None, self.today, known)
        if not question.needed(known) and self.rng.random() >= self.gives:
            return None
        if name in self.shares:
            weights = self.shares[name]
            picked = self.rng.choices(list(weights), list(weights.values()))[0]
            return question.take([picked] if getattr(question, "many", False) else picked, self.today, known)
        drawn = self._drawn(name, question, known)
        if drawn is None or (self.as_drawn and question.kind in PLAIN):
            return drawn
        return question.take(drawn, self.today, known)

    def _drawn(self, name: str, question: Field, known: Mapping[str, Any]) -> Any:
        if name in self.named:
            return self.named[name](self.rng, question)
        if self.texts and question.kind == "text":
            return self.texts(self.rng, name, question.longest)
        return self.draw(question, known)

    def draw(self, question: Field, known: Mapping[str, Any]) -> Any:
        """One answer, or None where nothing can be drawn."""
        if question.kind in self.of:
            return self.of[question.kind](self.rng, question)
        drawn = getattr(self, f"_{question.kind}", None)
        return drawn(question, known) if drawn else None

    def _text(self, question, known):
        return " ".join(self.rng.choices(WORDS, k=self.rng.randint(1, 12)))[: question.longest].strip() or "x"

    def _choice(self, question, known):
        options = list(question.options)
        return self.rng.sample(options, self.rng.randint(1, len(options))) if question.many else self.rng.choice(options)

    def _yes_no(self, question, known):
        return self.rng.random() < 0.5

    def _number(self, question, known):
        least = 0 if question.minimum is None else question.minimum
        most = least + 1000 if question.maximum is None else question.maximum
        if self.rng.random() < 0.3:
            return self.rng.choice((least, most))
        if question.whole:
            return self.rng.randint(int(least), int(most))
        return min(most, max(least, round(self.rng.uniform(least, most), 2)))

    def _money(self, question, known):
        least = question.minimum or 0
        most = least + 5_000_000 if question.maximum is None else question.maximum
        return self.rng.choice((least, most)) if self.rng.random() < 0.2 else self.rng.randint(least, most)

    def _day(self, question, known):
        return (self.today + timedelta(days=self._days(question))).isoformat()

    def _moment(self, question, known):
        return f"{self._day(question, known)}T{self.rng.randint(0, 7):02d}:{self.rng.randint(0, 59):02d}"

    def _period(self, question, known):
        first = self._days(question)
        room = (question.longest or 365) - 1
        last = first + self.rng.randint(0, room)
        last = last if question.latest is None else min(last, question.latest)
        return {"from": (self.today + timedelta(days=first)).isoformat(), "to": (self.today + timedelta(days=last)).isoformat()}

    def _days(self, question) -> int:
        earliest = -365 if question.earliest is None else question.earliest
        latest = max(earliest, 365) if question.latest is None else question.latest
        return self.rng.choice((earliest, latest)) if self.rng.random() < 0.3 else self.rng.randint(earliest, latest)

    def _place(self, question, known):
        return self.place(self.rng, (question.inside,) if question.inside else ())

    def _address(self, question, known):
        place = self.place(self.rng, ())
        return {"text": place["address"], "commune": place["commune"], "lon": place["lon"], "lat": place["lat"]}

    def _asset(self, question, known):
        return {"id": f"{question.asset.upper()}-{self.rng.randint(1, 9999)}"}

    def _name(self) -> str:
        return f"{self.rng.choice(FIRST_NAMES)} {self.rng.choice(NAMES)}"

    def _party(self, question, known):
        kind = self.rng.choice(question.kinds)
        return {"kind": kind, "name": self._name()} | ({} if kind == "person" else {"siret": draw_siret(self.rng)})

    def _contact(self, question, known):
        number = self.rng.randint(0, 999_999)
        return {"name": self._name(), "email": f"person{number}@example.org", "phone": f"+33639{98_0000 + number % 10_000:06d}"}

    def _statement(self, question, known):
        return {"agreed": True, "name": self._name()}

    def _files(self, question, known):
        count = self.rng.randint(max(1, question.least), question.most)
        kind = CONTENT_TYPES[question.accept[0]]
        draw = lambda: f"{self.rng.getrandbits(128):032x}"  # noqa: E731
        return [{"token": draw(), "name": f"paper-{n}", "type": kind, "bytes": self.rng.randint(1, 10**6)} for n in range(count)]

    def _items(self, question, known):
        count = self.rng.randint(max(1, question.least), min(question.most, max(question.least, 4)))
        return [self.answers(question.fields, known) or self._full(question, known) for _ in range(count)]

    def _full(self, question, known) -> dict[str, Any]:
        """A row with one answer at least: blank rows don't count."""
        for name, one in question.fields.items():
            if one.kind != "computed" and (drawn := self._drawn(name, one, known)) is not None:
                return {name: drawn}
        return {}


def draw_siret(rng: Random) -> str:
    """Fourteen digits with their check digit (Luhn), as companies have them."""
    digits = [rng.randint(1, 9), *(rng.randint(0, 9) for _ in range(7))]
    siren = digits + [_check_digit(digits)]
    establishment = [*siren, *(rng.randint(0, 9) for _ in range(4))]
    return "".join(map(str, [*establishment, _check_digit(establishment)]))


def _check_digit(digits: list[int]) -> int:
    doubled = [d * 2 if n % 2 == 0 else d for n, d in enumerate(reversed(digits))]
    return -sum(d - 9 if d > 9 else d for d in doubled) % 10
