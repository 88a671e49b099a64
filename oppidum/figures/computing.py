"""Computing figures by sets: one query for each source, whatever the number of figures; and the trail of one, by the same condition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from oppidum.core import clock
from oppidum.core.sql import dict_rows, rows
from oppidum.figures import standing
from oppidum.figures.catalogue import all_figures, get_figure
from oppidum.figures.declaration import MONTH, Change, Count, Counted, Figure, Share, Spread, Stock
from oppidum.figures.periods import Period
from oppidum.figures.records import is_recorded
from oppidum.figures.statements import narrow, params, where
from oppidum.figures.tallying import Run, Tally, from_records, tally

Tallies = Mapping[str, Tally]


@dataclass(frozen=True)
class Value:
    """A figure's value in a period, with its splits: {"month": {"2026-11": 12, ...}}. The splits of a share or change are empty.

    Parts of a count sum to its value; those of a quantile don't, nor the months of a stock, which are the ends of months. `months` are
    the values month by month of any kind; a month that is not there counts nothing. `records`: of a sum or a quantile, how many are
    behind it, by month.
    """

    figure: Figure
    period: Period
    value: float | None
    splits: dict[str, dict[str, int]] = field(default_factory=dict)
    computed_at: datetime | None = None
    months: dict[str, float | None] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)


def compute(name: str, period: Period) -> Value:
    """The value of a declared figure; all splits in one pass over the records. Raises `NotFound`."""
    get_figure(name)
    return compute_all(period, [name])[name]


def compute_all(period: Period, names: Iterable[str] | None = None, run: Run = from_records) -> dict[str, Value]:
    """The values of all figures (or of `names`) in a period: one query for each source and kind that they count.

    `run` reads the records: PostgreSQL's, or those of the lake.
    """
    known, computed_at = all_figures(), clock.now()
    wanted = [known[name] for name in known if names is None or name in set(names)]
    before = same_days_before(period, clock.today())
    counted = tally_for(wanted, period, run)
    changing = [known[figure.of] for figure in wanted if isinstance(figure, Change)]
    earlier = tally_for(changing, before, run) if changing and is_recorded(before) else {}
    return {figure.name: _value(figure, period, counted, earlier, computed_at) for figure in wanted}


def _value(figure: Figure, period: Period, counted: Tallies, earlier: Tallies, computed_at: datetime) -> Value:
    if isinstance(figure, Counted):
        one = counted[figure.name]
        return Value(figure, period, one.total, one.parts, computed_at, dict(one.parts.get(MONTH, {})), one.records)
    if isinstance(figure, Spread):
        return Value(figure, period, value_of_terms(figure, counted, earlier), {}, computed_at)
    months = {}
    for name, month in period.months().items():
        year_before = f"{_year_before(month.first):%Y-%m}"
        value = value_of_terms(figure, _in_month(counted, name), _in_month(earlier, year_before))
        if value is not None:
            months[name] = value
    return Value(figure, period, value_of_terms(figure, counted, earlier), {}, computed_at, months)


def _in_month(counted: Tallies, month: str) -> Tallies:
    """The numbers of one month; nothing counted is nought, but for a quantile, which then has no value."""
    return {name: Tally(one.parts.get(MONTH, {}).get(month, 0 if one.total is not None else None)) for name, one in counted.items()}


def tally_for(figures: Iterable[Figure], period: Period, run: Run = from_records) -> dict[str, Tally]:
    """What the values of these figures are made of: their counts, or those of their terms. Stocks up to today, from their snapshots."""
    terms = list({term.name: term for figure in figures for term in terms_of(figure)}.values())
    counted = tally([term for term in terms if not isinstance(term, Stock)], period, run)
    if stocks := [term for term in terms if isinstance(term, Stock)]:
        counted |= standing.tally_at_ends(stocks, period.until(clock.today()), run)
    return counted


def terms_of(figure: Figure) -> list[Counted]:
    """The figures with records that a figure is made of: itself, a share's two counts, those of what changed."""
    match figure:
        case Share():
            return [get_figure(figure.part), get_figure(figure.whole)]
        case Change() | Spread():
            return terms_of(get_figure(figure.of))
    return [figure]


def value_of_terms(figure: Figure, counted: Tallies, earlier: Tallies) -> float | None:
    """The value of a figure from the numbers of its terms; `earlier` are those of the year before, empty where it wasn't recorded."""
    if isinstance(figure, Share):
        return share(counted[figure.part].total, counted[figure.whole].total, figure.per)
    if isinstance(figure, Change):
        of = get_figure(figure.of)
        return change(value_of_terms(of, counted, {}), value_of_terms(of, earlier, {})) if earlier else None
    if isinstance(figure, Spread):
        return spread(counted[figure.of].parts.get(figure.over, {}))
    return counted[figure.name].total


def spread(parts: Mapping[str, float]) -> int:
    """In how many parts of a split something was counted; what lies nowhere counts in none."""
    return sum(1 for part, number in parts.items() if part and number)


def change(now: float | None, before: float | None) -> float | None:
    """In per cent of `before`, one decimal."""
    return None if now is None or not before else round(100 * (now - before) / before, 1)


def share(part: float | None, whole: float | None, per: int = 100) -> float | None:
    """`part` in `whole`, per cent, or `per` something else."""
    return None if part is None or not whole else round(per * part / whole, 1)


def same_days_before(period: Period, today: date) -> Period:
    """What a period compares with: the same of the year before, up to the same day while the period is running."""
    last = today if period.first <= today < period.last else period.last
    return Period(_year_before(period.first), _year_before(last))


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def trail(
    name: str, period: Period, *, part: dict[str, str] | None = None, offset: int = 0, limit: int = 100
) -> list[dict[str, Any]]:
    """The records that the figure counts, oldest first; `part` narrows to a split ({"commune": "13055"}).

    A share opens to its part's records, a change to those of its period; see `trails.py` for both terms. A stock opens to what stands
    at its instant, a quantile to the records that it ranks, each with its value. No limit: pass `limit=0`.
    """
    figure = counted_by(name)
    if isinstance(figure, Stock):
        return standing.list_standing(figure, *standing.moment(figure, period, part or {}), offset=offset, limit=limit)
    source, given = figure.counts, params(figure, period) | {"offset": offset}
    columns = ", ".join(f'{expression} as "{column}"' for column, expression in columns_of(figure).items())
    sql = f"select {columns} from {source.rows} where {where(figure)} {narrow(figure, part or {}, given)} order by {source.at}, {source.key}"
    return dict_rows(f"{sql} offset %(offset)s" + (f" limit {int(limit)}" if limit else ""), given)


def columns_of(figure: Counted) -> dict[str, str]:
    """The columns of a trail: the source's, what a quantile ranks, and what each record adds to a sum."""
    ranked, added = getattr(figure, "of", ""), getattr(figure, "adds", "")
    return dict(figure.counts.record) | ({"days": ranked} if ranked else {}) | ({"amount": added} if added else {})


def count_trail(name: str, period: Period, part: dict[str, str] | None = None) -> int:
    """How many records `trail` lists."""
    figure = counted_by(name)
    if isinstance(figure, Stock):
        return standing.count_standing(figure, *standing.moment(figure, period, part or {}))
    given = params(figure, period)
    sql = f"select count(*) from {figure.counts.rows} where {where(figure)} {narrow(figure, part or {}, given)}"
    return rows(sql, given)[0][0]


def counted_by(name: str) -> Counted:
    """The figure whose records stand behind another: its own, a share's part, what a change is of."""
    return terms_of(get_figure(name))[0]


def count(figure: Count, period: Period) -> int:
    """The number alone."""
    return tally([figure], period)[figure.name].total
