"""What declared figures mean, said a second time without SQL: tests and values on what a replay saw happen.

Each helper that makes a condition or an expression (`figures/sources.py`, `money.py`, `bookings.py`, `acts.py`, `correspondence.py`,
`open_data.py`) leaves its name and arguments in `means`; here stands what they mean. A name without a meaning is an error: a figure
that the tally can't say must not look proven.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from oppidum.figures.accounts.sources import ACCOUNT_LINES
from oppidum.figures.acts import ACTS, SITTINGS
from oppidum.figures.bookings import BOOKINGS, SLOTS
from oppidum.figures.correspondence import LETTERS, PARTNER_MESSAGES
from oppidum.figures.declaration import Count, Counted, Figure, Quantile, Stock
from oppidum.figures.money import MONEY_LINES
from oppidum.figures.open_data import DOWNLOADS, VERSIONS
from oppidum.figures.sources import CALLS, FILED_CASES, JOURNAL_ENTRIES, STANDING


class Unsaid(Exception):
    """A figure that the tally can't say, and what it would have to know."""


Told = tuple[tuple[str, str], ...]


class Filed(NamedTuple):
    """A case as it was filed. `said`: (question, text) of the answers that figures ask for."""

    service: str
    channel: str
    category: str
    said: Told = ()


class Entered(NamedTuple):
    """An entry of a journal. `said`: as above, of its own answers, `filed` of those of its case; `reason` only where a figure is split by it."""

    service: str
    action: str
    from_step: str | None
    to_step: str
    reason: str = ""
    said: Told = ()
    filed: Told = ()


class Called(NamedTuple):
    """A call; its category, or that of its case."""

    outcome: str
    category: str


class Moved(NamedTuple):
    """A line of an account."""

    kind: str
    fee: str
    service: str


class Booked(NamedTuple):
    """A place taken; `outcome` is what became of it."""

    kind: str
    outcome: str
    service: str


class Decided(NamedTuple):
    """A numbered act of a body."""

    series: str
    body: str


class Sat(NamedTuple):
    """A sitting of a body."""

    body: str
    kind: str
    state: str


class Written(NamedTuple):
    """A letter; copies for others have a rank above 0."""

    service: str
    letter: str
    kind: str
    rank: int


class Exchanged(NamedTuple):
    """A message to or from a partner."""

    partner: str


class Published(NamedTuple):
    """A version of a dataset."""

    dataset: str
    number: int


class Downloaded(NamedTuple):
    """Downloads of a dataset in a format, on a day."""

    dataset: str
    format: str


# What happened, by the name of the source that counts it; movements of a stock are the entries themselves.
KINDS: Mapping[str, type] = {
    FILED_CASES.name: Filed,
    JOURNAL_ENTRIES.name: Entered,
    STANDING.name: Entered,
    CALLS.name: Called,
    MONEY_LINES.name: Moved,
    BOOKINGS.name: Booked,
    ACTS.name: Decided,
    SITTINGS.name: Sat,
    LETTERS.name: Written,
    PARTNER_MESSAGES.name: Exchanged,
    VERSIONS.name: Published,
    DOWNLOADS.name: Downloaded,
}
# Which kinds a condition can be asked of, by the helper that made it.
ASKED_OF: Mapping[str, tuple[type, ...]] = {
    "always": tuple(KINDS.values()),
    "of_service": (Filed, Entered, Moved, Booked, Written),
    "filed_with": (Filed,),
    "by_channel": (Filed,),
    "actions": (Entered,),
    "said": (Entered,),
    "done_with": (Entered,),
    "standing": (Entered,),
    "call_outcome": (Called,),
    "of_kind": (Moved,),
    "booked": (Booked,),
    "series": (Decided,),
    "sat": (Sat,),
    "letters_of": (Written,),
    "first_versions": (Published,),
}
# Which kinds have such a number.
ADDED_OF: Mapping[str, tuple[type, ...]] = {
    "days": (Entered,),
    "hours": (Entered,),
    "data": (Entered,),
    "answer": (Filed, Entered),
    "amount": (Moved, Downloaded),
}
# Sources that nobody's acts in a replay write to, and why.
NOT_LIVED: Mapping[str, str] = {
    ACCOUNT_LINES.name: "lines come from the files of weighbridges, imported by hand; no resident or officer makes one",
    SLOTS.name: "hours are made from a resource's calendar, by no act; what is taken of them the bookings tell",
}
# Parts that the tally doesn't say: who is in charge today and how a letter left change without an act; an entry knows no answers of filing.
PARTS_LEFT_OUT: Mapping[type, frozenset[str]] = {Entered: frozenset({"channel", "category", "team"})}


class Happened(NamedTuple):
    """So many times the same in a month of the year (0: before it, 13: after it) in a commune; `values`: (where, name) -> number."""

    month: int
    commune: str
    days: int | None
    values: tuple[tuple[str, str, Decimal], ...]
    times: int

    def value(self, where: str, name: str) -> Decimal | None:
        return next((number for place, called, number in self.values if (place, called) == (where, name)), None)


def test_of(means: tuple[Any, ...]) -> Callable[[Any], bool]:
    """Whether something that happened meets a condition. Raises `Unsaid`."""
    match means:
        case ("always",):
            return lambda one: True
        case ("of_service", service):
            return lambda one: one.service == service
        case ("by_channel", service, channel):
            return lambda one: one.service == service and one.channel == channel
        case ("filed_with", service, answer, *values):
            told_any = {(answer, as_text(value)) for value in values}
            return lambda one: one.service == service and not told_any.isdisjoint(one.said)
        case ("actions", service, *names):
            return lambda one: one.service == service and one.action in names
        case ("said", service, names, answer, value):
            told = (answer, as_text(value))
            return lambda one: one.service == service and one.action in names and told in one.said
        case ("done_with", service, name, *answers):
            return lambda one: one.service == service and one.action == name and set(answers) <= set(one.filed)
        case ("standing", service, *steps):
            return lambda one: one.service == service and _moves(one, steps) != 0
        case ("call_outcome", *outcomes):
            return lambda one: one.outcome in outcomes
        case ("of_kind", *kinds):
            return lambda one: one.kind in kinds
        case ("booked", kinds, states):
            return lambda one: one.outcome in states and (not kinds or one.kind in kinds)
        case ("series", name):
            return lambda one: one.series == name
        case ("sat", kind):
            return lambda one: one.kind == kind and one.state in ("open", "closed", "concluded")
        case ("letters_of", service, *letters):
            return lambda one: one.service == service and one.rank == 0 and (not letters or one.letter in letters)
        case ("first_versions",):
            return lambda one: one.number == 1
    raise Unsaid(f"its condition means {means or 'nothing that the tally knows'}; give it a meaning in meaning.py")


def value_of(means: tuple[Any, ...]) -> Callable[[Happened], Decimal | None]:
    """The number that something that happened adds to a sum. Raises `Unsaid`."""
    match means:
        case ("days",):
            return lambda one: None if one.days is None else Decimal(one.days)
        case ("hours",):
            return lambda one: one.value("since", "hours")
        case ("data" | "answer" as where, str(name), str(factor)):
            return lambda one: _times(one.value(where, name), Decimal(factor))
        case ("amount", str(factor)):
            return lambda one: _times(one.value("amount", ""), Decimal(factor))
    raise Unsaid(f"what it adds means {means or 'nothing that the tally knows'}; give it a meaning in meaning.py")


def _times(number: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if number is None else number * factor


def moves_of(means: tuple[Any, ...]) -> Callable[[Entered], int]:
    """What an entry adds to a stock of those steps. Raises `Unsaid`."""
    match means:
        case ("standing", _service, *steps):
            return lambda one: _moves(one, steps)
    raise Unsaid(f"its stock means {means or 'nothing that the tally knows'}; give it a meaning in meaning.py")


def _moves(one: Entered, steps: Iterable[str]) -> int:
    return (one.to_step in steps) - (one.from_step in steps)


def as_text(value: Any) -> str:
    """An answer as a document gives it as text."""
    return value if isinstance(value, str) else json.dumps(value)


def told(names: Iterable[str], data: Mapping[str, Any]) -> Told:
    """What was answered to the questions of these names, as text."""
    return tuple((name, as_text(data[name])) for name in names if data.get(name) is not None)


@dataclass(frozen=True)
class Want:
    """What of an entry of a kind figures need to know: `days` and `hours` since filing, numbers by name, answers as text."""

    what: Entered
    days: bool
    hours: bool
    reason: bool
    said: tuple[str, ...]
    filed: tuple[str, ...]
    values: tuple[tuple[str, str], ...]

    def read(self, data: Mapping[str, Any], answers: Mapping[str, Any]) -> Entered:
        """The entry with what it said, and what its case had been filed with."""
        if not self.said and not self.reason and not self.filed:
            return self.what
        reason = as_text(data.get("reason") or "") if self.reason else ""
        return self.what._replace(reason=reason, said=told(self.said, data), filed=told(self.filed, answers))


def find_want(figures: Iterable[Counted], what: Entered) -> Want | None:
    """What the figures that count such an entry need; None where none does."""
    concerned = [
        one for one in figures if KINDS.get(one.counts.name) is Entered and test_of(_before_answers(one.where.means))(what)
    ]
    if not concerned:
        return None
    asked = {one.where.means[3]: None for one in concerned if one.where.means[0] == "said"}
    return Want(
        what,
        any("days" in _means(one) for one in concerned),
        any("hours" in _means(one) for one in concerned),
        any("reason" in one.splits for one in concerned),
        tuple(asked),
        tuple(sorted({name for one in concerned for name in _filed_names(one.where.means)})),
        tuple({(means[0], means[1]): None for one in concerned if (means := _means(one)) and means[0] in ("data", "answer")}),
    )


def list_timed(figures: Iterable[Counted]) -> frozenset[str]:
    """The services of whose cases figures ask how many hours something took."""
    return frozenset(one.where.means[1] for one in figures if _means(one) == ("hours",))


class Asked(NamedTuple):
    """The answers of filing that figures of a service ask for: to be added up, to be told apart."""

    added: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def find_asked(figures: Iterable[Counted]) -> dict[str, Asked]:
    """By service; those of which nothing is asked are not there."""
    found: dict[str, Asked] = {}
    for one in figures:
        match one.where.means, _means(one):
            case (_, service, *_), ("answer", name, _factor):
                asked = found.get(service, Asked())
                found[service] = asked._replace(added=_with(asked.added, name))
        match one.where.means:
            case ("filed_with", service, name, *_):
                asked = found.get(service, Asked())
                found[service] = asked._replace(said=_with(asked.said, name))
            case ("done_with", service, *_):
                asked = found.get(service, Asked())
                found[service] = asked._replace(said=tuple(sorted({*asked.said, *_filed_names(one.where.means)})))
    return found


def _filed_names(means: tuple[Any, ...]) -> tuple[str, ...]:
    """The questions of the form that a condition on entries reads."""
    return tuple(name for name, _value in means[3:]) if means[:1] == ("done_with",) else ()


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(sorted({*names, name}))


def _before_answers(means: tuple[Any, ...]) -> tuple[Any, ...]:
    match means:
        case ("said", service, names, *_):
            return ("actions", service, *names)
        case ("done_with", service, name, *_):
            return ("actions", service, name)
    return means


def _means(figure: Counted) -> tuple[Any, ...]:
    """What a figure ranks or adds up."""
    expression = figure.of if isinstance(figure, Quantile) else figure.adds if isinstance(figure, Count) else ""
    return getattr(expression, "means", ()) if expression else ()


def check_said(figure: Counted) -> None:
    """Raises `Unsaid` for a figure that can't be said, with what is missing."""
    if figure.counts.name not in KINDS:
        raise Unsaid(f"nobody tells the tally of {figure.counts.name}: give them a kind in meaning.py")
    kind, asks, adds = KINDS[figure.counts.name], figure.where.means, _means(figure)
    test_of(asks)
    if kind not in ASKED_OF[asks[0]]:
        raise Unsaid(f"'{asks[0]}' can't be asked of {figure.counts.name}")
    if adds and kind not in ADDED_OF.get(adds[0], ()):
        raise Unsaid(f"{figure.counts.name} have no '{adds[0]}' to add up or rank")
    if adds[:1] == ("answer",) and len(asks) < 2:
        raise Unsaid("answers of filing are known service by service: let its condition name one")
    match figure:
        case Stock():
            moves_of(figure.where.means)
            if getattr(figure.moves, "means", ()) != ("moves",):
                raise Unsaid("its movements are none of a standing")
        case Quantile() if _means(figure) not in (("days",), ("hours",)):
            raise Unsaid("it ranks something else than days or hours since filing")
        case Count() if figure.adds:
            value_of(_means(figure))


def list_unsaid(figures: Iterable[Figure]) -> dict[str, str]:
    """The figures that the tally can't say, with the reason; those of sources that no replay feeds aren't among them."""
    found = {}
    for one in figures:
        try:
            if isinstance(one, Counted) and one.counts.name not in NOT_LIVED:
                check_said(one)
        except Unsaid as unsaid:
            found[one.name] = str(unsaid)
    return found
