"""A number opened to its records, as a reader may know them: page by page, month after month.

Officers with the right "figures" get all columns and the case's number, which the edge turns into the code of cases within their
sight. Everybody else gets the day, and the case's number for its public id; of a withheld record (see `sources.py`) the month alone.
Withheld records stand last in their month: among the others, their place would tell the day, and two lists side by side the rest.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from oppidum.core.errors import NotFound
from oppidum.core.sql import rows
from oppidum.figures.catalogue import get_figure
from oppidum.figures.computing import columns_of, counted_by
from oppidum.figures.declaration import MONTH, Change, Count, Counted, Quantile, Share, Spread, Stock
from oppidum.figures.overview import value_of
from oppidum.figures.periods import Period
from oppidum.figures.remembering import KEPT_PAST, remember
from oppidum.figures.standing import Moment, keys_standing, moment
from oppidum.figures.statements import month_number, narrow, params, where
from oppidum.figures.tallying import nearest_rank

# What stands for a person's key or is an internal number: officers alone.
_INTERNAL = ("code", "call", "amount")
# Records of a stock that are read at a time.
_PAGE = 1000


@dataclass(frozen=True)
class Record:
    """One record that a figure counts. `values` are the source's columns but the instant; `case` may be named to this reader."""

    at: datetime
    is_withheld: bool
    case: int | None
    values: dict[str, Any]


@dataclass(frozen=True)
class Trail:
    """An opened number: the records of `figure` in `period`, narrowed to a split's value or whole, counted by month."""

    figure: Counted
    period: Period
    split: str
    value: str
    months: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.months.values())

    def columns(self) -> list[str]:
        """The columns that everybody may see, the instant apart."""
        return [name for name in columns_of(self.figure) if name not in (*_INTERNAL, "at")]

    def read(self, *, offset: int = 0, limit: int | None = None, internal: bool = False) -> Iterator[Record]:
        """The records from `offset` on, at most `limit`, oldest month first. A page is one query over the months that it needs; all
        records are read month by month."""
        left = self.total if limit is None else limit
        begun: list[Period] = []
        for name, period in self.period.months().items():
            counted = self.months.get(name, 0)
            if offset >= counted and not begun:
                offset -= counted
                continue
            begun.append(period)
            if limit is None or sum(self.months.get(f"{one.first:%Y-%m}", 0) for one in begun) >= offset + left:
                found = self._read_months(Period(begun[0].first, begun[-1].last), offset, left, internal)
                yield from found
                left, offset, begun = left - len(found), 0, []
            if left <= 0:
                return
        if begun:
            yield from self._read_months(Period(begun[0].first, begun[-1].last), offset, left, internal)

    def _read_months(self, months: Period, offset: int, limit: int, internal: bool) -> list[Record]:
        figure, source, given = self.figure, self.figure.counts, params(self.figure, months)
        given |= {"offset": offset, "limit": limit}
        part = {self.split: self.value} if self.split and self.split != MONTH else {}
        columns, expressions = self.columns(), columns_of(figure)
        withheld = "false" if internal else f"coalesce({source.withheld}, false)"
        case = source.case if internal or not source.unnamed else "null::bigint"
        sql = f"""select {withheld}, {source.at}, {case}, {", ".join(expressions[one] for one in columns)} from {source.rows}
                  where {where(figure)} {narrow(figure, part, given)}
                  order by {"" if internal else f"{month_number(source.at)}, 1, "}{source.at}, {source.key} offset %(offset)s::int limit %(limit)s::int"""
        return [
            Record(at, hidden, None if hidden else case, {} if hidden else dict(zip(columns, values, strict=True)))
            for hidden, at, case, *values in rows(sql, given)
        ]


class StandingTrail(Trail):
    """An opened stock: what stood at the end of the period, or of the month asked for. Its keys are put in order once, pages follow."""

    @property
    def total(self) -> int:
        return len(self._keys(internal=True))

    def read(self, *, offset: int = 0, limit: int | None = None, internal: bool = False) -> Iterator[Record]:
        """As above; withheld records stand last of all."""
        keys = self._keys(internal)
        wanted = keys[offset : None if limit is None else offset + limit]
        for begin in range(0, len(wanted), _PAGE):
            yield from self._read_keys(wanted[begin : begin + _PAGE].tolist(), internal)

    def _keys(self, internal: bool) -> array:
        """The keys of what stood, in the order of the trail."""
        when = moment(self.figure, self.period, {self.split: self.value} if self.split else {})
        asked = ("standing", self.figure.name, when.at, when.known_at, tuple(when.part.items()), internal)
        return remember(asked, lambda: self._list_keys(when, internal), KEPT_PAST)

    def _list_keys(self, when: Moment, internal: bool) -> array:
        source, (keys, given) = self.figure.counts, keys_standing(self.figure, when)
        order = f"{source.record['at']}, {source.key}"
        withheld = "" if internal else f"coalesce({source.withheld}, false), "
        sql = f"select {source.key} from {source.stands} where {source.key} in ({keys}) order by {withheld}{order}"
        return array("q", [key for (key,) in rows(sql, given)])

    def _read_keys(self, keys: list[int], internal: bool) -> Iterator[Record]:
        source, columns = self.figure.counts, self.columns()
        withheld = "false" if internal else f"coalesce({source.withheld}, false)"
        case = source.case if internal or not source.unnamed else "null::bigint"
        sql = f"""select {source.key}, {withheld}, {source.record["at"]}, {case}, {", ".join(source.record[one] for one in columns)}
                  from {source.stands} where {source.key} = any(%(keys)s::bigint[])"""
        given = params(self.figure, self.period) | {"keys": keys}
        found = {key: rest for key, *rest in rows(sql, given)}
        for hidden, at, case_id, *values in (found[key] for key in keys if key in found):
            yield Record(at, hidden, None if hidden else case_id, {} if hidden else dict(zip(columns, values, strict=True)))


def open_trail(name: str, year: int, split: str = "", value: str = "") -> Trail:
    """Open a figure of a year, whole or narrowed to a part that it shows. Raises `NotFound` for a part that counts nothing."""
    figure, period = counted_by(name), Period.year(year)
    counted = value_of(figure.name, year).splits
    if split and value not in counted.get(split, {}):
        raise NotFound(figure=name, split=split)
    if isinstance(figure, Stock):
        return StandingTrail(figure, period, split, value, {})
    # Where a sum or a quantile is shown, its records were counted beside it.
    is_number = isinstance(figure, Count) and not figure.adds
    months = counted[MONTH] if is_number else value_of(figure.name, year).records
    if not split:
        return Trail(figure, period, "", "", months)
    if split == MONTH:
        return Trail(figure, period, split, value, {value: months.get(value, 0)})
    months = remember(("part", figure.name, year, split, value), lambda: _count_part(figure, period, split, value))
    return Trail(figure, period, split, value, months)


def open_terms(name: str, year: int) -> list[tuple[str, int, Trail]]:
    """The trails of what a figure is made of, each with its name and year: a share's two counts, both years of a change, the count of a spread, else its own."""
    match get_figure(name):
        case Share(part=part, whole=whole):
            return [(term, year, open_trail(term, year)) for term in (part, whole)]
        case Change(of=of):
            return [term for each in (year, year - 1) for term in open_terms(of, each)]
        case Spread(of=of):
            return open_terms(of, year)
    return [(name, year, open_trail(name, year))]


def reckon(figure: Counted, records: Sequence[Mapping[str, Any]]) -> float | None:
    """A figure's number from the records of its whole trail alone (see `computing.trail`): what it has to be equal to."""
    if isinstance(figure, Quantile):
        return nearest_rank(Counter(record["days"] for record in records), figure.at)
    if isinstance(figure, Count) and figure.adds:
        return int(sum((Decimal(record["amount"] or 0) for record in records), Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP))
    return len(records)


def _count_part(figure: Counted, period: Period, split: str = "", value: str = "") -> dict[str, int]:
    names, given = list(period.months()), params(figure, period)
    sql = f"""select {month_number(figure.counts.at)}, count(*) from {figure.counts.rows}
              where {where(figure)} {narrow(figure, {split: value} if split else {}, given)} group by 1"""
    return {names[month - 1]: counted for month, counted in rows(sql, given)}
