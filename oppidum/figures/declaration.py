"""How a figure is declared: what it counts, filtered how, in which unit and period, split by what, owned by whom.

    Count("reports-filed", _("Reports filed"), counts=FILED_CASES, splits=("channel", "category", "commune", "month"), ...)
    Share("calls-with-report-share", _("Calls that led to a report"), part="calls-with-report", whole="calls", ...)
    Stock("reports-open", _("Open reports"), counts=STANDING, where=standing("report", *OPEN), moves=MOVES, ...)
    Quantile("rental-permit-median", _("Median days to an opinion"), counts=JOURNAL_ENTRIES, of=DAYS_SINCE_FILING, ...)
    Change("calls-change", _("Change in calls"), of="calls", ...)
    Spread("communes-asking", _("Communes that asked"), of="commune-requests", ...)

A condition is kept as SQL on the source's own columns with its parameters: the number and its trail read the same one, so a figure
can't say one thing and list another.
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Source:
    """Something that can be counted. All texts but `label` and `dated` are SQL: `rows` the FROM clause, `at` the instant that puts a
    record into its period, `key` a unique record key, `splits` the expression of each split, `record` the columns of a trail
    (name: expression). The split by month needs no expression: it follows from `at`. No column of a trail is personal.

    `stands`, of a source of movements alone: the FROM clause of what stands there, named by `key`, which `record` then describes; `likely`
    holds for all that may have stood at `period_to`, so that the movements of the others need not be read.

    `dated` says in words which day counts. `case` is the number of the case that a record belongs to, from which an edge makes the
    name that its reader may know (officers: the code; everybody: the public id, unless `unnamed`). `withheld` marks the records of
    which everybody learns the month alone. `written_at`, if given, is an instant never before `at`, on which the table is partitioned.
    """

    name: str
    label: Any
    rows: str
    at: str
    key: str
    splits: Mapping[str, str]
    record: Mapping[str, str]
    _: KW_ONLY
    dated: Any = ""
    case: str = "null::bigint"
    withheld: str = "false"
    unnamed: bool = False
    written_at: str = ""
    stands: str = ""
    likely: str = "true"


@dataclass(frozen=True)
class Condition:
    """SQL on a source's columns, with named parameters; `said` puts it in the reader's words.

    `means` is what it says without SQL: the name of the helper that made it and its arguments. Whoever counts by other means than the
    database (the replay's tally) goes by it alone, so that a fault of the SQL shows.
    """

    sql: str = "true"
    params: Mapping[str, Any] = field(default_factory=dict)
    said: Callable[[], str] = field(default=lambda: "", compare=False)
    means: tuple[Any, ...] = field(default=(), compare=False)


class Expression(str):
    """SQL of a value that records have; `means` says it without SQL, as that of a condition does."""

    means: tuple[Any, ...]

    def __new__(cls, sql: str, *means: Any) -> "Expression":
        made = super().__new__(cls, sql)
        made.means = means
        return made


ALWAYS = Condition(means=("always",))
PUBLIC, INTERNAL = "public", "internal"


@dataclass(frozen=True)
class Figure:
    """What all figures say of themselves. `owner` is a directorate's code, `method` the note that readers get.

    `states` names the key figure of the activity report (its id in the seed's figures.csv) whose value this one computes. `publication`:
    everybody reads a "public" figure; an "internal" one is for officers with the right "figures". `kind`: what sort of number it is.
    """

    name: str
    label: Any
    _: KW_ONLY
    owner: str
    method: Any
    unit: Any = ""
    states: str = ""
    publication: str = PUBLIC
    kind: ClassVar[str] = "flow"


@dataclass(frozen=True)
class Counted(Figure):
    """A figure that records stand behind: those of `counts` that meet `where`, split as the source allows."""

    _: KW_ONLY
    counts: Source
    where: Condition = ALWAYS
    splits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count(Counted):
    """A flow: how many records of `counts` fall into the period and meet `where`.

    `adds`: SQL of what each record adds, for a sum (of euros, of tonnes) instead of a number of records; the trail lists them all the same.
    """

    _: KW_ONLY
    adds: str = ""

    def measure(self, adds: str, filtered: str = "") -> str:
        """SQL that reckons the figure over records, `adds` being the expression or the column that holds what each adds."""
        kept = f" filter (where {filtered})" if filtered else ""
        return f"coalesce(round(sum({adds}){kept}), 0)::bigint" if self.adds else f"count(*){kept}"


@dataclass(frozen=True)
class Stock(Counted):
    """How many stand at an instant: open cases, permits in force, berths held.

    `counts` is a source of movements: `moves` is SQL of what each adds to the stock (1, -1 or 0; it may read the parameters of `where`),
    so the stock is their sum over all time before the instant. Of a year it is the end of 31 December, or of today while the year runs;
    of a month its last day.
    """

    _: KW_ONLY
    moves: str
    kind: ClassVar[str] = "stock"


@dataclass(frozen=True)
class Quantile(Counted):
    """The value that a share `at` of the records doesn't exceed: 0.5 is the median, 0.9 says what nine in ten don't wait longer than.

    `of` is SQL of a whole number (days, hours). Nearest rank: always the value of a record, so that its trail shows it.
    """

    _: KW_ONLY
    of: str
    at: float = 0.5
    kind: ClassVar[str] = "quantile"


@dataclass(frozen=True)
class Share(Figure):
    """One count in another, in per cent: `part` of `whole`, both names of declared counts."""

    _: KW_ONLY
    part: str
    whole: str
    per: ClassVar[int] = 100
    kind: ClassVar[str] = "rate"


@dataclass(frozen=True)
class Mean(Share):
    """A sum shared out: `part`, a count that `adds` (days, euros), for each record of `whole`."""

    per: ClassVar[int] = 1
    kind: ClassVar[str] = "mean"


@dataclass(frozen=True)
class Change(Figure):
    """By how much another figure `of` changed against the year before, in per cent."""

    _: KW_ONLY
    of: str
    kind: ClassVar[str] = "change"


@dataclass(frozen=True)
class Spread(Figure):
    """How many different values of a split (communes, teams) another count `of` has records in; that count is split by `over`.

    It has no months: those of a year don't add up to it.
    """

    _: KW_ONLY
    of: str
    over: str = "commune"
    kind: ClassVar[str] = "spread"


MONTH = "month"
SPLIT_LABELS = {
    MONTH: _("Month"),
    "channel": _("Channel"),
    "category": _("Category"),
    "commune": _("Commune"),
    "outcome": _("Outcome"),
    "team": _("Team"),
    "reason": _("Reason"),
    "action": _("Action"),
    "body": _("Body"),
    "act": _("Act"),
    "sitting": _("Sitting"),
    "service": _("Service"),
    "kind": _("Kind"),
    "fee": _("Fee"),
    "letter": _("Letter"),
    "fate": _("Fate"),
    "partner": _("Partner"),
    "days": _("Days"),
    "dataset": _("Dataset"),
    "format": _("Format"),
    "flow": _("Flow"),
    "site": _("Site"),
    "quantity": _("Quantity"),
    "file": _("File"),
}
