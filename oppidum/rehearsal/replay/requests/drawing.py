"""What people say: answers to a service's form, and to what an act demands, drawn by the profile with one generator a case."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any, NamedTuple

from oppidum.cases.declaration import Action, Profile, Service, get_service
from oppidum.cases.declaration.booking import Slot, slot_fields
from oppidum.cases.declaration.fields.forms import pages_of
from oppidum.cases.declaration.sampling import Sampler
from oppidum.cases.intake import place_of, take_contact, take_fellows
from oppidum.cases.new_case import NewCase
from oppidum.core.clock import PARIS
from oppidum.core.codes import new_codes
from oppidum.core.errors import Invalid
from oppidum.rehearsal.arrivals import HOURS
from oppidum.rehearsal.phrases import phrase_for
from oppidum.rehearsal.replay.requests.deck import Decks
from oppidum.rehearsal.replay.requests.spots import Spots
from oppidum.rehearsal.replay.requests.times import Times
from oppidum.rehearsal.replay.streams import stream

CHANNELS = {"portal": 0.75, "front_desk": 0.25}
# How often somebody who can't ask for what they drew thinks again; and how far ahead a stay begins, in days.
TRIES = 20
AHEAD = 12.0
# Days of something that is asked for before, and not booked: nobody asks for tomorrow.
NOTICE = 11
# How far ahead, in days, lies what an act sets a day for.
SOON = 45
NOTHING: Mapping[str, Callable] = {kind: lambda rng, one: None for kind in ("files", "reference")}


class Drawn(NamedTuple):
    """A case that somebody asks for, and what the lane remembers of it: the place that it books and what bookings read."""

    new: NewCase
    place: str | None
    known: dict[str, Any]


class Nobody(Exception):
    """What was drawn can't be asked for: `full` when no place is left, else by the rules."""

    def __init__(self, full: bool):
        self.full = full


class Drawing:
    """Draws the requests to one service, and the answers to its actions."""

    def __init__(self, code: str, seed: int, decks: Decks, spots: Spots, times: Times):
        self._code, self._seed = code, seed
        self._decks, self._spots, self._times = decks, spots, times
        self._rules: tuple[date | None, dict[str, Any]] = (None, {})

    def dealt_by(self, decks: Decks, times: Times) -> None:
        """Go on with the decks and times that a checkpoint kept."""
        self._decks, self._times = decks, times

    def request(self, number: int, asked_on: date, today: date, attempt: int, calls: Mapping[str, int]) -> Drawn:
        """The case of that number, sent on `asked_on`. `calls`: codes of the calls open for it, and their cases. Raises `Nobody`."""
        service = self._service
        rng = stream(self._seed, service.code, number, attempt)
        code = new_codes(1, rng)[0]
        answers = self._answers(rng, asked_on, today, calls)
        known = {**self._rules_on(asked_on), **answers, "today": asked_on.isoformat()}
        place = None
        for name, field in _places_asked(service, known):
            place = self._times.take(service, field.booking, known, today, rng)
            if place is not None:
                answers[name] = known[name] = place
                answers = {name: said for name, said in answers.items() if service.form[name].asked(known)}
            elif field.needed(known):
                raise Nobody(full=True)
        where = place_of(service.form, answers)
        contact, fellows = take_contact(service.form, answers), take_fellows(service.form, answers)
        question, channels = service.contest.question if service.contest else "", self._profile.channels or CHANNELS
        new = NewCase(
            service=service.code,
            answers=answers,
            channel=rng.choices(list(channels), list(channels.values()))[0],
            contact=contact,
            fellows=fellows,
            filed_at=instant(asked_on, rng),
            code=code,
            parent=calls.get(answers.get(question, "")) if question else None,
            **where,
        )
        return Drawn(new, place, known if service.bookings else {})

    def _answers(self, rng: Random, day: date, today: date, calls: Mapping[str, int]) -> dict[str, Any]:
        """Answers with which the service may be asked for."""
        service, rules = self._service, self._rules_on(day)
        of = NOTHING | {
            "slot": lambda rng, one: None,
            "moment": partial(_lately, day),
            "reference": lambda rng, one: rng.choice(list(calls)) if calls else None,
        }
        dealt = {name: {self._decks.pick(f"{service.code} {name}", shares): 1.0} for name, shares in self._profile.answers.items()}
        for attempt in range(TRIES):
            # Who thinks again says something else than what was dealt.
            sampler = self._sampler(rng, day, of, None if attempt else dealt, today)
            try:
                answers = sampler.answers(service.form, rules)
            except Invalid:  # a service of an area that this installation has not loaded
                break
            if self._profile.fits:
                answers = self._profile.fits(answers)
            known = {**rules, **answers, "today": day.isoformat()}
            if not any(one.when.holds(known) for one in service.eligibility):
                return answers
        raise Nobody(full=False)

    def answers_to(self, action: Action, known: Mapping[str, Any], day: date, rng: Random) -> dict[str, Any] | None:
        """What somebody says who takes the action; None when it needs a place and none is free."""
        if not action.demands:
            return {}
        drawn = self._sampler(rng, day, NOTHING | {"slot": lambda rng, one: None, "day": partial(_soon, day)}).answers(
            action.demands, known
        )
        for booking, name in slot_fields(action.demands).items():
            place = self._times.take(self._service, booking, {**known, **drawn}, day, rng)
            if place is None:
                return None
            drawn[name] = place
        return self._profile.agrees(action.name, drawn, known, rng) if self._profile.agrees else drawn

    @property
    def _service(self) -> type[Service]:
        return get_service(self._code)

    @property
    def _profile(self) -> Profile:
        return self._service.rehearsal

    def _rules_on(self, day: date) -> dict[str, Any]:
        if self._rules[0] != day:
            self._rules = day, {f"rule:{name}": value for name, value in self._service.rules_on(day).items()}
        return self._rules[1]

    def _sampler(
        self, rng: Random, day: date, of: Mapping[str, Callable], dealt: Mapping[str, Any] | None = None, today: date | None = None
    ) -> Sampler:
        asked = self._service.form
        stays = self._nights | {name for name in self._profile.typical if name in asked and asked[name].kind == "period"}
        named = {name: partial(self._typical, name, day) for name in self._profile.typical if name not in stays}
        named |= {name: partial(self._stay, name, today or day) for name in stays}
        shares = self._profile.answers if dealt is None else dealt
        return Sampler(
            rng,
            day,
            shares=shares,
            place=self._spots.place,
            of=of,
            named=named,
            texts=partial(phrase_for, self._code),
            as_drawn=True,
        )

    def _typical(self, name: str, day: date, rng: Random, field: Any) -> float | str:
        median, factor = self._profile.typical[name]
        drawn = median * factor ** rng.gauss(0, 1)
        if field.kind == "day":
            most = drawn if field.latest is None else field.latest
            return (day + timedelta(days=round(min(max(drawn, field.earliest or 0), most)))).isoformat()
        least = field.minimum if field.minimum is not None else 0
        drawn = max(least, drawn if field.maximum is None else min(field.maximum, drawn))
        if field.kind == "money" or field.whole:
            return max(round(drawn), -(-least // 1))
        return round(drawn, 1)

    @property
    def _nights(self) -> set[str]:
        """The periods that book a place by nights: the last day is that of departure."""
        return {one.period for one in self._service.bookings if one.period}

    def _stay(self, name: str, day: date, rng: Random, field: Any) -> dict[str, str]:
        """A stay that begins soon, of some nights; or some days, asked for in time."""
        first = day + timedelta(days=(1 if name in self._nights else NOTICE) + int(rng.expovariate(1 / AHEAD)))
        median, factor = self._profile.typical.get(name, (3, 2))
        most = max(
            [one.most_nights for one in self._service.bookings if one.period == name and one.most_nights] or [field.longest or 30]
        )
        nights = min(most, max(1, round(self._decks.typical(f"{self._service.code} {name}", median, factor))))
        last = first + timedelta(days=nights if name in self._nights else nights - 1)
        return {"from": first.isoformat(), "to": last.isoformat()}


def _lately(today: date, rng: Random, field: Any) -> str:
    """An hour of the day before: what somebody tells has just happened."""
    return f"{today - timedelta(days=1)}T{int(rng.random() * 24):02d}:{int(rng.random() * 60):02d}"


def _soon(today: date, rng: Random, field: Any) -> str:
    """A day that an act names: today for what has happened, else one within the weeks that come."""
    least = max(0, field.earliest or 0)
    most = least + SOON if field.latest is None else field.latest
    days = rng.randint(least, most) if most > least else min(least, most)
    return (today + timedelta(days=days)).isoformat()


def instant(day: date, rng: Random, first: int = 0, last: int = 23) -> datetime:
    """An instant of that day, when people write; between those hours where officers act."""
    hour = rng.choices(range(first, last + 1), HOURS[first : last + 1])[0]
    return datetime(day.year, day.month, day.day, hour, int(rng.random() * 60), int(rng.random() * 60), tzinfo=PARIS)


def _places_asked(service: type[Service], known: Mapping[str, Any]) -> Iterator[tuple[str, Slot]]:
    """The places that the form asks for, on the pages that are asked. `known` may grow meanwhile."""
    for page in pages_of(service.form) if service.bookings else ():
        if page.asked(known):
            yield from ((name, one) for name, one in page.questions.items() if isinstance(one, Slot) and one.asked(known))
