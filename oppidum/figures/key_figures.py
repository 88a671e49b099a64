"""The one way to read key figures: computed by a service, declared by a department, or both, side by side.

    get_key_figure("population", 2023).said            ->  "1 890 000 habitants"
    list_key_figures(2023, directorate="mobility")     ->  all of them, in the order of the report
    search_key_figures("velos location", 2023)         ->  the likeliest first, mistyped or not

Declared values cost one query, whatever their number; computed ones are counted at most once a minute (`overview.glance`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse

from oppidum.core.errors import NotFound
from oppidum.core.numbers import in_french
from oppidum.core.sql import dict_rows, rows, text_array
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Period
from oppidum.figures.declaration import PUBLIC, Change, Counted, Figure, Share, Spread
from oppidum.figures.overview import Glance, first_record, glance, list_years
from oppidum.figures.wording import plain, say_period, say_qualified, say_value
from oppidum.territory.words import tokens

COMPUTED, DECLARED = "computed", "declared"
FOUND_AT_MOST = 50


@dataclass(frozen=True, kw_only=True)
class KeyFigureValue:
    """A key figure of a year. `value` is the computed one where the year was recorded from its beginning or nothing was declared.

    `difference` is computed less declared. `previous` is the value of the year before, `computed_by` the name of the declared
    figure behind a computed value (its trail has the records), `source` where the value comes from, in the reader's words.
    `is_declared`: a department answers for it, computed or not; the others are counted by a service alone.
    """

    name: str
    label: str
    directorate: str
    theme: str
    unit: str
    period: str
    kind: str
    precision: str
    year: int
    value: Decimal | None
    origin: str
    declared: Decimal | None
    computed: Decimal | None
    difference: Decimal | None
    state: str
    is_validated: bool
    validated_by: str
    validated_at: datetime | None
    as_of: datetime | None
    source: str
    previous: Decimal | None
    computed_by: str = ""
    method: str = ""
    rank: int = 0
    is_declared: bool = True

    @property
    def said(self) -> str:
        """The value with its unit, in the reader's language."""
        return say_value(self.value, self.unit)

    @property
    def qualified(self) -> str:
        """The same, and how exact it is: "environ 120"."""
        return say_qualified(self.value, self.unit, self.precision if self.origin == DECLARED else "exact")

    @property
    def said_period(self) -> str:
        """The period in words."""
        return say_period(self.period, self.year)

    @property
    def trail(self) -> str:
        """The path of its page."""
        return f"{reverse('figures:figure', args=[self.name])}?year={self.year}"


def get_key_figure(name: str, year: int, *, validated_only: bool = False) -> KeyFigureValue:
    """The key figure of that name, or that the computed figure of that name states. Raises `NotFound`."""
    figure = all_figures().get(name)
    found = _read(year, "k.name = any(%(names)s::text[])", {"names": text_array([name, figure.states if figure else name])})
    values = _join(year, found, {name: figure} if figure else _stating({row["name"] for row in found}), validated_only)
    if not values:
        raise NotFound(figure=name)
    return next((one for one in values if one.name == name), values[0])


def list_key_figures(year: int, directorate: str = "", theme: str = "", *, validated_only: bool = False) -> list[KeyFigureValue]:
    """All key figures of a year, in the order of the report, then those that are computed and have no declared twin.

    With `validated_only` it is as everybody may read it: a declared value that no second person has validated is left blank, one that is
    being corrected stands as it was told, and internal computed figures are left out.
    """
    where, given = ["true"], {}
    for column, wanted in (("directorate", directorate), ("theme", theme)):
        if wanted:
            where.append(f"k.{column} = %({column})s::text")
            given[column] = wanted
    values = _join(year, _read(year, " and ".join(where), given), all_figures(), validated_only)
    return [one for one in values if (not directorate or one.directorate == directorate) and (not theme or one.theme == theme)]


def search_key_figures(words: str, year: int, *, validated_only: bool = False) -> list[KeyFigureValue]:
    """The key figures that `words` most likely mean, the best first; "velo" finds "vélos", and so does "vello"."""
    ranks = {name: rank for rank, name in enumerate(_search(words))}
    if not ranks:
        return []
    found = _read(year, "k.name = any(%(names)s::text[])", {"names": text_array(list(ranks))})
    figures = {name: figure for name, figure in all_figures().items() if name in ranks or figure.states in ranks}
    values = [one for one in _join(year, found, figures, validated_only) if one.name in ranks]
    # What has a value in that year comes before what has none.
    return sorted(values, key=lambda one: (one.value is None, ranks[one.name]))


# Every word counts for the likeliest place in the texts; a figure is found when half of what was typed is.
_SEARCH = """
    with texts as (
        select name, lower(unaccent(label_fr || ' ' || label_en || ' ' || theme || ' ' || replace(name, '-', ' '))) as plain, rank
        from figures_keyfigure
        union all
        select t.name, lower(unaccent(t.plain)), 100000
        from unnest(%(names)s::text[], %(labels)s::text[]) as t (name, plain)
        where not exists (select from figures_keyfigure k where k.name = t.name)
    ), scored as (
        select name, rank, length(plain) as size,
            (select avg(case when plain ~ ('\\m' || word) then 1 else strict_word_similarity(word, plain) end)
             from unnest(%(words)s::text[]) as word) as likeness
        from texts
    )
    select name from scored where likeness >= 0.5 order by round(likeness::numeric, 2) desc, size, rank, name limit %(most)s::int
"""


def _search(words: str) -> list[str]:
    asked = tokens(words[:200].replace("\x00", " "))[:12]
    if not asked:
        return []
    computed = {name: f"{figure.label} {name.replace('-', ' ')}" for name, figure in all_figures().items() if not figure.states}
    given = {
        "words": text_array(asked),
        "names": text_array(list(computed)),
        "labels": text_array(list(computed.values())),
        "most": FOUND_AT_MOST,
    }
    return [name for (name,) in rows(_SEARCH, given)]


_READ = """
    select k.name, k.directorate, k.theme, k.label_fr, k.label_en, coalesce(e.unit, k.unit) as unit, k.kind, k.method, k.rank,
        e.value, e.period, e.precision, e.state, e.source, e.entered_at, e.validated_at, v.first_name, v.last_name, v.username,
        b.value as before, told.value as told, told.validated_at as told_at, told.period as told_period
    from figures_keyfigure k
    left join figures_entry e on e.figure_id = k.id and e.year = %(year)s::int and e.is_current
    left join figures_entry b on b.figure_id = k.id and b.year = %(year)s::int - 1 and b.is_current
        and b.state in ('validated', 'locked')
    left join figures_entry told on told.superseded_by_id = e.id and e.state in ('requested', 'entered') and told.validated_at is not null
    left join people_officer v on v.id = coalesce(e.validated_by_id, told.validated_by_id)
    where {where} order by k.rank, k.name
"""


def _read(year: int, where: str, given: Mapping[str, object]) -> list[dict]:
    return dict_rows(_READ.format(where=where), {**given, "year": year})


def _stating(names: Iterable[str]) -> dict[str, Figure]:
    wanted = set(names)
    return {name: figure for name, figure in all_figures().items() if figure.states in wanted}


def _join(year: int, declared: list[dict], figures: Mapping[str, Figure], validated_only: bool) -> list[KeyFigureValue]:
    """Declared rows with the computed figures that state them, then the computed ones that stand alone."""
    glances = glance(year) if figures and year in list_years() else {}
    stating = {figure.states or name: name for name, figure in figures.items()}
    values = [_of_row(year, row, glances.get(stating.get(row["name"], "")), validated_only) for row in declared]
    known = {row["name"] for row in declared}
    alone = [
        one
        for one in figures.values()
        if (one.states or one.name) not in known and not (validated_only and one.publication != PUBLIC)
    ]
    return values + [_of_figure(year, figure, glances.get(figure.name)) for figure in alone]


def _of_row(year: int, row: dict, computed: Glance | None, validated_only: bool) -> KeyFigureValue:
    is_validated = row["state"] in ("validated", "locked")
    if validated_only:
        computed = computed if computed is not None and computed.figure.publication == PUBLIC else None
    if validated_only and not is_validated:
        # What is being corrected stands as it was told until a second person has validated the correction.
        row, is_validated = _as_told(row), row["told"] is not None
    declared, counted = _decimal(row["value"]), _counted(computed)
    is_computed = counted is not None and (declared is None or _is_whole(year))
    return KeyFigureValue(
        name=row["name"],
        label=row["label_fr"] if in_french() else row["label_en"] or row["label_fr"],
        directorate=row["directorate"],
        theme=row["theme"],
        unit=row["unit"],
        period=str(year) if is_computed else row["period"] or str(year),
        kind=row["kind"],
        precision="exact" if is_computed else row["precision"] or "exact",
        year=year,
        value=counted if is_computed else declared,
        origin=COMPUTED if is_computed else DECLARED,
        declared=declared,
        computed=counted,
        difference=counted - declared if counted is not None and declared is not None else None,
        state=row["state"] or "",
        is_validated=is_validated or is_computed,
        validated_by=f"{row['first_name'] or ''} {row['last_name'] or ''}".strip() or row["username"] or "",
        validated_at=row["validated_at"],
        as_of=computed.computed_at if is_computed and computed else row["validated_at"] or row["entered_at"],
        source=_source_of(computed.figure) if is_computed and computed else row["source"] or "",
        previous=_decimal(row["before"]) if row["before"] is not None else _before(computed),
        computed_by=computed.figure.name if computed else "",
        method=row["method"] or (str(computed.figure.method) if computed else ""),
        rank=row["rank"],
    )


def _as_told(row: dict) -> dict:
    told = {"value": row["told"], "validated_at": row["told_at"], "entered_at": row["told_at"]}
    return row | told | ({"period": row["told_period"], "state": "validated"} if row["told"] is not None else {"source": ""})


def _of_figure(year: int, figure: Figure, computed: Glance | None) -> KeyFigureValue:
    counted = _counted(computed)
    return KeyFigureValue(
        name=figure.name,
        label=str(figure.label),
        directorate=figure.owner,
        theme="",
        unit=str(figure.unit) or "count",
        period=str(year),
        kind=figure.kind,
        precision="exact",
        year=year,
        value=counted,
        origin=COMPUTED,
        declared=None,
        computed=counted,
        difference=None,
        state="",
        is_validated=True,
        validated_by="",
        validated_at=None,
        as_of=computed.computed_at if computed else None,
        source=_source_of(figure),
        previous=_before(computed),
        computed_by=figure.name,
        method=str(figure.method),
        rank=100_000,
        is_declared=False,
    )


def _source_of(figure: Figure) -> str:
    """What a computed figure counts."""
    match figure:
        case Counted():
            return str(figure.counts.label)
        case Share():
            return _source_of(all_figures()[figure.whole])
        case Change() | Spread():
            return _source_of(all_figures()[figure.of])
    return ""


def _decimal(value: Decimal | None) -> Decimal | None:
    """Without the zeros of the column."""
    return None if value is None else plain(value)


def _counted(computed: Glance | None) -> Decimal | None:
    return Decimal(str(computed.value)) if computed is not None and computed.value is not None else None


def _before(computed: Glance | None) -> Decimal | None:
    return Decimal(str(computed.before)) if computed is not None and computed.before is not None else None


def _is_whole(year: int) -> bool:
    """Whether records begin in the first month of the year at the latest."""
    begin = first_record()
    return begin is not None and begin < Period.year(year).first.replace(month=2)
