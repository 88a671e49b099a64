"""How a figure is declared: what it counts, filtered how, in which unit and period, split by what, owned by whom.

    Count("reports-filed", _("Reports filed"), counts=FILED_CASES, splits=("channel", "category", "commune", "month"), ...)
    Share("calls-to-report", _("Calls that led to a report"), of="calls", part="calls-with-report", ...)

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


@dataclass(frozen=True)
class Condition:
    """SQL on a source's columns, with named parameters; `said` puts it in the reader's words."""

    sql: str = "true"
    params: Mapping[str, Any] = field(default_factory=dict)
    said: Callable[[], str] = field(default=lambda: "", compare=False)


ALWAYS = Condition()
PUBLIC, INTERNAL = "public", "internal"


@dataclass(frozen=True)
class Figure:
    """What all figures say of themselves. `owner` is a directorate's code, `method` the note that readers get.

    `states` names the key figure of the activity report (its id in the seed's figures.csv) whose value this one computes. `publication`:
    everybody reads a "public" figure; an "internal" one is for officers with the right "figures".
    """

    name: str
    label: Any
    _: KW_ONLY
    owner: str
    method: Any
    unit: Any = ""
    states: str = ""
    publication: str = PUBLIC


@dataclass(frozen=True)
class Count(Figure):
    """A flow: how many records of `counts` fall into the period and meet `where`.

    `adds`: SQL of what each record adds, for a sum (of euros, of tonnes) instead of a number of records; the trail lists them all the same.
    """

    _: KW_ONLY
    counts: Source
    where: Condition = ALWAYS
    splits: tuple[str, ...] = ()
    adds: str = ""

    def measure(self, adds: str, filtered: str = "") -> str:
        """SQL that reckons the figure over records, `adds` being the expression or the column that holds what each adds."""
        kept = f" filter (where {filtered})" if filtered else ""
        return f"coalesce(round(sum({adds}){kept}), 0)::bigint" if self.adds else f"count(*){kept}"


@dataclass(frozen=True)
class Share(Figure):
    """One count in another, in per cent: `part` of `whole`, both names of declared counts."""

    _: KW_ONLY
    part: str
    whole: str
    per: ClassVar[int] = 100


@dataclass(frozen=True)
class Mean(Share):
    """A sum shared out: `part`, a count that `adds` (days, euros), for each record of `whole`."""

    per: ClassVar[int] = 1


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
}
