"""How a dataset is declared, next to the service that makes it or in a room of its own.

    Dataset(
        "rental-permit-opinions", _("Opinions on rental permits, by month and commune"),
        says=_("..."), owner="planning-housing", theme=REGIONS, frequency=MONTHLY,
        source=Tally(JOURNAL_ENTRIES, where=actions("rental-permit", ...), by={"month": MONTH, "commune": "commune", "opinion": "action"}),
        columns=(Column("month", _("Month"), "yearmonth"), ..., Column("opinions", _("Opinions"), "integer")),
        key=("month", "commune", "opinion"),
        anonymity=Anonymity(5, ("month", "commune", "opinion"), weight="opinions", then=SUPPRESS),
    )

Only declared columns are published: a row that brings another column is refused. `personal` says what the source knows of persons and
what becomes of it before anything is written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import ALWAYS, Condition, Source

YEAR = "year"  # a split like the month: it follows from a source's instant
TYPES = ("string", "integer", "number", "boolean", "date", "datetime", "year", "yearmonth", "geojson")


@dataclass(frozen=True)
class Column:
    """A field of the published table (Table Schema, "Field descriptor"). `enum`: the values allowed; `says`: what it means; `truths`:
    how true and false are written."""

    name: str
    label: Any
    type: str = "string"
    _: KW_ONLY
    says: Any = ""
    required: bool = False
    unique: bool = False
    pattern: str = ""
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    longest: int | None = None
    truths: tuple[str, str] = ("true", "false")
    example: str = ""


@dataclass(frozen=True)
class Licence:
    """A licence of those that an authority may choose (CRPA, art. D323-2-1)."""

    code: str
    name: str
    url: str


OPEN_LICENCE = Licence("etalab-2.0", "Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence")
ODBL = Licence("ODbL-1.0", "ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/")


@dataclass(frozen=True)
class Frequency:
    """How often it is published: `days` between two nightly publications; `eu` is the code of the EU's frequency vocabulary."""

    eu: str
    label: Any = field(compare=False)  # words in the reader's language are no part of what it is
    days: int


DAILY = Frequency("DAILY", _("every day"), 1)
WEEKLY = Frequency("WEEKLY", _("every week"), 7)
MONTHLY = Frequency("MONTHLY", _("every month"), 28)
YEARLY = Frequency("ANNUAL", _("every year"), 365)

# The EU's data themes (http://publications.europa.eu/resource/authority/data-theme).
GOVERNMENT, REGIONS, TRANSPORT, ENVIRONMENT, JUSTICE, ECONOMY, EDUCATION, SOCIETY = (
    "GOVE",
    "REGI",
    "TRAN",
    "ENVI",
    "JUST",
    "ECON",
    "EDUC",
    "SOCI",
)
THEMES = {
    GOVERNMENT: _("Government and public sector"),
    REGIONS: _("Regions and cities"),
    TRANSPORT: _("Transport"),
    ENVIRONMENT: _("Environment"),
    JUSTICE: _("Justice and public safety"),
    ECONOMY: _("Economy and finance"),
    EDUCATION: _("Education, culture and sport"),
    SOCIETY: _("Population and society"),
}


@dataclass(frozen=True)
class NationalSchema:
    """The national schema that a dataset keeps to; `version` as its registry writes it."""

    name: str
    version: str
    url: str


# What is done to what the source knows of persons, before anything is written ------------------------------------------------


@dataclass(frozen=True)
class Drop:
    """The column is read by nobody after the source: it is not published."""

    column: str
    why: Any


@dataclass(frozen=True)
class ToMonth:
    """A day or an instant becomes its month, in the authority's time."""

    column: str
    why: Any


@dataclass(frozen=True)
class ToGrid:
    """A point becomes the centre of its square of `metres` (reckoned in degrees at the point's latitude)."""

    longitude: str
    latitude: str
    metres: int
    why: Any

    @property
    def column(self) -> str:
        return self.longitude


@dataclass(frozen=True)
class Between:
    """Top and bottom coding: a number below or above is told as the limit."""

    column: str
    lowest: float
    highest: float
    why: Any


Treatment = Drop | ToMonth | ToGrid | Between

REFUSE, SUPPRESS = "refuse", "suppress"


@dataclass(frozen=True)
class Coarsen:
    """The small groups lose these columns (left empty, or `into`) and are put together; what is still small is suppressed."""

    columns: tuple[str, ...]
    into: str = ""


@dataclass(frozen=True)
class Anonymity:
    """k-anonymity: no group of rows alike in the quasi-identifiers `among` stands for fewer than `k` persons.

    `weight`: the column that says for how many a row stands (none: one each). `then`: what becomes of smaller groups. `within`: the
    columns by which totals are known elsewhere: where a single group is suppressed of such a part, the next smallest goes too, so that
    no subtraction gives it back.
    """

    k: int
    among: tuple[str, ...]
    _: KW_ONLY
    weight: str = ""
    then: "str | Coarsen" = REFUSE
    within: tuple[str, ...] = ()


# Where rows come from -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Query:
    """One SQL statement, streamed. Its columns bear the names of the dataset's; parameters by name."""

    sql: str
    params: Callable[[], Mapping[str, Any]] = dict


@dataclass(frozen=True)
class Tally:
    """Records of a figures' source, counted by splits: the same condition as the figure beside it. `by`: the published column and the
    split (month and year follow from the source's instant). `counts` names the column of counts;
    `adds` (name: SQL) are sums beside it; `named` adds the words for a column's values ("commune_name": "commune")."""

    source: Source
    _: KW_ONLY
    where: Condition = ALWAYS
    by: Mapping[str, str]
    counts: str
    adds: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Export:
    """A function that gives rows: tuples in the order of the columns or, with `has_header`, a header first. `reads`: the answers of
    forms that it reads; each of a person must be in `personal`, or in the dataset's `by_law`."""

    rows: Callable[[], Iterable[Sequence[Any]]]
    has_header: bool = False
    reads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """The one chart of the dataset's page: `y` (a numeric column; none: rows are counted) by `x`, as bars or a line."""

    kind: str
    x: str
    y: str = ""
    title: Any = ""
    most: int = 20


@dataclass(frozen=True)
class Dataset:
    """Jeu de données. `name` is its address for ever. `key`: the columns that name a row, by which versions are compared.

    `geometry`: a column of type geojson, or the two columns (longitude, latitude). `by_law`: personal data that the law publishes, by
    name, with the article. `lists_others`: it tells of the other datasets, and is published after them. `high_value`: its category of the
    EU's high-value datasets (Implementing Regulation (EU) 2023/138).
    """

    name: str
    title: Any
    _: KW_ONLY
    says: Any
    owner: str
    theme: str
    frequency: Frequency
    source: Query | Tally | Export
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    keywords: tuple[Any, ...] = ()
    licence: Licence = OPEN_LICENCE
    geometry: "str | tuple[str, str]" = ""
    personal: tuple[Treatment, ...] = ()
    by_law: Mapping[str, str] = field(default_factory=dict)
    anonymity: Anonymity | None = None
    schema: NationalSchema | None = None
    chart: Chart | None = None
    lists_others: bool = False
    high_value: str = ""

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def formats(self) -> tuple[str, ...]:
        return ("csv", "geojson", "parquet") if self.geometry else ("csv", "parquet")

    def column(self, name: str) -> Column:
        """The column of that name; raises `KeyError`."""
        return next(column for column in self.columns if column.name == name) if name in self.names else _unknown(name)


def _unknown(name: str) -> Column:
    raise KeyError(name)
