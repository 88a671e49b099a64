"""The tally of a year: what the doors told while it was lived, counted once more without the database.

It keeps no figure. It counts how often the same thing happened (a service's act from one step to another, a call with that outcome...)
in a month and a commune, with the days since filing and the numbers that figures add up; `saying.py` makes every figure from that.
Nothing here knows SQL, and nothing is read back: what the database then computes must come to the same.

An officer may correct where a case lies or a number that was answered, and the past figures of the case follow: `shares.py` knows what
happened to which case.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from oppidum.bodies.models import Act
from oppidum.bodies.watching import ACTS, SITTINGS
from oppidum.bookings.watching import CHANGED, TAKEN
from oppidum.cases.calls import NewCall
from oppidum.cases.declaration import catalogue
from oppidum.cases.rules.standing import Fact
from oppidum.cases.watching import CALLS, ENTRIES, FILINGS, MESSAGES, Entry, Exchanged, Filing
from oppidum.core import clock
from oppidum.core.clock import PARIS
from oppidum.core.watching import watching
from oppidum.figures.catalogue import all_figures
from oppidum.figures.declaration import Counted
from oppidum.payments.watching import MOVEMENTS, Moved
from oppidum.publishing.models import DatasetVersion, Paper
from oppidum.publishing.watching import PAPERS, USES, VERSIONS, Used
from oppidum.rehearsal.replay import meaning
from oppidum.rehearsal.replay.changing import Changing
from oppidum.rehearsal.replay.meaning import Asked, Entered, Filed, Happened, Want, find_asked, find_want, list_timed, told
from oppidum.rehearsal.replay.shares import Row, Shares, Values


class UnknownCase(LookupError):
    """Something happened to a case that was not filed while the tally looked on."""


_EPOCH = date(1970, 1, 1).toordinal()
_HOUR = timedelta(hours=1)
# What a tally knows from the declared figures, and a checkpoint doesn't hold.
LEARNT = frozenset({"_figures", "_asked", "_timed", "_booking", "_wants"})


class Tally:
    """One worker's tally of a year. Feed it through `watch`, or by `filed`, `entered` and the other sources; merge and pickle at will."""

    def __init__(self, year: int):
        self.year = year
        self._first = date(year, 1, 1).toordinal()
        self._months = [date.fromordinal(self._first + n).month for n in range(date(year, 12, 31).timetuple().tm_yday)]
        self._shares, self._changing = Shares(), Changing()
        # Of each case its filing (filings that are alike share a number) and, in the last 16 bits, the day of it since 1970.
        self._cases: dict[int, int] = {}
        self._filings: list[tuple[str, Filed]] = []
        self._filing_numbers: dict[tuple[str, Filed], int] = {}
        # Of the few services of whose filings figures ask more: the answers that they ask for.
        self._answers: dict[int, dict[str, Any]] = {}
        # Of those of which figures ask how many hours something took: when it was filed.
        self._filed_at: dict[int, datetime] = {}
        self._codes: dict[str, int] = {}
        self._learn()

    def _learn(self) -> None:
        """What the declared figures ask for; not part of a checkpoint."""
        self._figures = [one for one in all_figures().values() if isinstance(one, Counted)]
        self._asked = find_asked(self._figures)
        self._timed = list_timed(self._figures)
        self._booking = frozenset(service.code for service in catalogue().values() if service.bookings)
        self._wants: dict[tuple[str, str, str | None, str], Want | None] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in LEARNT}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(state)
        self._learn()

    def doors(self) -> dict[str, Callable[[Sequence[Any]], None]]:
        """What it listens to, and who hears it."""
        return {
            FILINGS: self.filed,
            ENTRIES: self.entered,
            CALLS: self.called,
            MOVEMENTS: self.moved,
            TAKEN: self._changing.taken,
            CHANGED: self._changing.became,
            SITTINGS: self._changing.sat,
            ACTS: self.decided,
            PAPERS: self.written,
            MESSAGES: self.exchanged,
            VERSIONS: self.published,
            USES: self.used,
        }

    @contextmanager
    def watch(self) -> Iterator["Tally"]:
        """Be told of all that this process writes during the block."""
        with ExitStack() as stack:
            for door, hears in self.doors().items():
                stack.enter_context(watching(door, hears))
            yield self

    # --- Cases

    def filed(self, filings: Iterable[Filing]) -> None:
        """Cases that were filed, with their first entries."""
        for one in filings:
            new, case_id = one.new, one.standing.case_id
            what, day = Filed(new.service, new.channel, new.category), _day(one.facts[0].valid_at)
            self._cases[case_id] = self._filing_number(new.commune, what) << 16 | day - _EPOCH
            if new.service in self._booking:
                self._codes[one.code] = case_id
            if new.service in self._timed:
                self._filed_at[case_id] = one.facts[0].valid_at
            values: Values = ()
            if asked := self._asked.get(new.service):
                self._answers[case_id] = {name: new.answers[name] for name in asked.added + asked.said if name in new.answers}
                what, values = what._replace(said=told(asked.said, new.answers)), _values("answer", asked.added, new.answers)
            self._shares.add((what, self._month(day), new.commune, None, values), case_id)
            for fact in one.facts:
                self._enter(case_id, new.service, fact)

    def entered(self, entries: Iterable[Entry]) -> None:
        """Entries that were written on cases filed before."""
        for before, fact, _after in entries:
            self._enter(before.case_id, before.service, fact)
            if fact.data and "correction" in fact.data:
                self._correct(before.case_id, before.service, fact.data["correction"])

    def _enter(self, case_id: int, service: str, fact: Fact) -> None:
        key = service, fact.action, fact.from_step, fact.to_step
        try:
            want = self._wants[key]
        except KeyError:
            want = self._wants[key] = find_want(self._figures, Entered(*key))
        if want is None:
            return
        day, packed = fact.valid_at.astimezone(PARIS).toordinal(), self._packed(case_id)
        days = day - _EPOCH - (packed & 0xFFFF) if want.days else None
        values = self._values_of(case_id, want, fact.data) if want.values else ()
        if want.hours:
            values += (("since", "hours", Decimal((fact.valid_at - self._filed_at[case_id]) // _HOUR)),)
        answers = self._answers.get(case_id, {}) if want.filed else {}
        self._shares.add((want.read(fact.data, answers), self._month(day), self._filings[packed >> 16][0], days, values), case_id)

    def _values_of(self, case_id: int, want: Want, data: Mapping[str, Any]) -> Values:
        own = _values("data", [name for where, name in want.values if where == "data"], data)
        filed = [name for where, name in want.values if where == "answer"]
        return own + _values("answer", filed, self._answers.get(case_id, {}))

    def _correct(self, case_id: int, service: str, correction: Mapping[str, Any]) -> None:
        """A case lies elsewhere, or something else was meant: all that happened to it counts so from now on."""
        lay, what = self._filing(case_id)
        lies, asked = correction.get("commune", lay), self._asked.get(service, Asked())
        named = {*asked.added, *asked.said}
        changed = {name: after for name, (_before, after) in correction.get("changed", {}).items() if name in named}
        if lies == lay and not changed:
            return
        if changed:
            self._answers[case_id] |= changed
        answers = self._answers.get(case_id, {})
        self._cases[case_id] = self._filing_number(lies, what) << 16 | self._cases[case_id] & 0xFFFF

        def mended(row: Row) -> Row:
            one, month, _lay, days, values = row
            kept = tuple(value for value in values if value[0] != "answer")
            if isinstance(one, Filed):
                return one._replace(said=told(asked.said, answers)), month, lies, days, _values("answer", asked.added, answers)
            added = [name for where, name, _number in values if where == "answer"]
            if isinstance(one, Entered) and one.filed:
                one = one._replace(filed=told([name for name, _text in one.filed], answers))
            return one, month, lies, days, kept + _values("answer", added, answers)

        self._shares.move(case_id, mended)

    def _filing(self, case_id: int) -> tuple[str, Filed]:
        """Where a case lies, and as what it was filed."""
        return self._filings[self._packed(case_id) >> 16]

    def _packed(self, case_id: int) -> int:
        try:
            return self._cases[case_id]
        except KeyError:
            raise UnknownCase(f"case {case_id} was filed before this tally began, or by another worker") from None

    def _filing_number(self, commune: str, what: Filed) -> int:
        number = self._filing_numbers.setdefault((commune, what), len(self._filings))
        if number == len(self._filings):
            self._filings.append((commune, what))
        return number

    def _month(self, day: int) -> int:
        number = day - self._first
        return 0 if number < 0 else self._months[number] if number < len(self._months) else 13

    # --- What stands beside cases

    def called(self, calls: Iterable[NewCall]) -> None:
        """Calls that were logged; where a call says no commune or category, those of its case are its own."""
        for one in calls:
            commune, category, owner = one.commune or "", one.category, 0
            if one.case_id is not None:
                lies, filed = self._filing(one.case_id)
                category = category or filed.category
                if not commune:
                    commune, owner = lies, one.case_id
            month = self._month(_day(one.received_at or clock.now()))
            self._shares.add((meaning.Called(one.outcome, category), month, commune, None, ()), owner)

    def moved(self, movements: Iterable[Moved]) -> None:
        """Lines of accounts."""
        for one in movements:
            commune, filed = self._filing(one.case_id)
            what, month = meaning.Moved(one.kind, one.fee, filed.service), self._month(one.valid_on.toordinal())
            self._shares.add((what, month, commune, None, _amount(one.amount_cents)), one.case_id)

    def written(self, papers: Iterable[Paper]) -> None:
        """Letters, orders and cards."""
        for one in papers:
            commune, filed = self._filing(one.case_id)
            what = meaning.Written(filed.service, one.letter, str(one.kind), one.rank)
            self._shares.add((what, self._month(_day(one.made_at)), commune, None, ()), one.case_id)

    def exchanged(self, messages: Iterable[Exchanged]) -> None:
        """Messages to and from partners."""
        for one in messages:
            self._shares.add((meaning.Exchanged(one.partner), self._month(_day(one.at)), "", None, ()))

    def decided(self, acts: Iterable[Act]) -> None:
        """Numbered acts of bodies."""
        for one in acts:
            what = meaning.Decided(str(one.series), one.body.name)
            self._shares.add((what, self._month(one.decided_on.toordinal()), "", None, ()))

    def published(self, versions: Iterable[DatasetVersion]) -> None:
        """Versions of datasets."""
        for one in versions:
            self._shares.add((meaning.Published(one.dataset, one.number), self._month(_day(one.at)), "", None, ()))

    def used(self, uses: Iterable[Used]) -> None:
        """Downloads of datasets."""
        for one in uses:
            what, month = meaning.Downloaded(one.dataset, one.format), self._month(one.day.toordinal())
            self._shares.add((what, month, "", None, _amount(one.count)))

    # --- All together

    def merge(self, other: "Tally") -> None:
        """Add another worker's tally of the same year; a case belongs to one of them."""
        if other.year != self.year:
            raise ValueError(f"a tally of {other.year} can't be added to one of {self.year}")
        self._shares.merge(other._shares)
        self._changing.merge(other._changing)
        filings = [self._filing_number(*filing) for filing in other._filings]
        self._cases |= {case: filings[packed >> 16] << 16 | packed & 0xFFFF for case, packed in other._cases.items()}
        self._answers |= other._answers
        self._codes |= other._codes

    def happened(self) -> dict[type, dict[Any, list[Happened]]]:
        """All that happened, by its kind and what was said of it."""
        found: dict[type, dict[Any, list[Happened]]] = {}
        for (what, *rest), times in (*self._shares, *((row, 1) for row in self._list_changing())):
            found.setdefault(type(what), {}).setdefault(what, []).append(Happened(*rest, times))
        return found

    def _list_changing(self) -> Iterator[Row]:
        for place in self._changing.list_places():
            case_id = self._codes.get(place.reference)
            lies, service = ("", "") if case_id is None else (self._filing(case_id)[0], self._filing(case_id)[1].service)
            what = meaning.Booked(place.kind, place.state, service)
            yield what, self._month(_day(place.taken_at)), place.commune or lies, None, ()
        for sitting in self._changing.list_sittings():
            yield meaning.Sat(sitting.body, sitting.kind, sitting.state), self._month(_day(sitting.at)), "", None, ()


def _day(at: datetime) -> int:
    """The number of the authority's day in which an instant falls."""
    return at.astimezone(PARIS).toordinal()


def _amount(number: int) -> Values:
    return (("amount", "", Decimal(number)),)


def _values(where: str, names: Iterable[str], data: Mapping[str, Any]) -> Values:
    """The numbers among answers, exact as the database reads them: a document's 2.1 is two and a tenth."""
    return tuple((where, name, Decimal(str(data[name]))) for name in sorted(names) if data.get(name) is not None)
