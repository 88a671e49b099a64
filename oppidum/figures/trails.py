"""A number opened to its records, as a reader may know them: page by page, month after month.

Officers with the right "figures" get all columns and the case's number, which the edge turns into the code of cases within their
sight. Everybody else gets the day, and the case's number for its public id; of a withheld record (see `sources.py`) the month alone.
Withheld records stand last in their month: among the others, their place would tell the day, and two lists side by side the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oppidum.core.errors import NotFound
from oppidum.core.sql import rows
from oppidum.figures.computing import Period, counted_by, month_number, narrow, params, where
from oppidum.figures.declaration import MONTH, Count
from oppidum.figures.overview import value_of
from oppidum.figures.remembering import remember

# What stands for a person's key or is an internal number: officers alone.
_INTERNAL = ("code", "call")


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

    figure: Count
    period: Period
    split: str
    value: str
    months: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.months.values())

    def columns(self) -> list[str]:
        """The columns that everybody may see, the instant apart."""
        return [name for name in self.figure.counts.record if name not in (*_INTERNAL, "at")]

    def read(self, *, offset: int = 0, limit: int | None = None, internal: bool = False) -> Iterator[Record]:
        """The records from `offset` on, at most `limit`, oldest month first. Reads only the months that it needs, one at a time."""
        left = self.total if limit is None else limit
        for name, period in self.period.months().items():
            counted = self.months.get(name, 0)
            if offset >= counted:
                offset -= counted
                continue
            if left <= 0:
                return
            found = self._read_month(period, offset, min(left, counted - offset), internal)
            yield from found
            left, offset = left - len(found), 0

    def _read_month(self, month: Period, offset: int, limit: int, internal: bool) -> list[Record]:
        figure, source, given = self.figure, self.figure.counts, params(self.figure, month)
        given |= {"offset": offset, "limit": limit}
        part = {self.split: self.value} if self.split and self.split != MONTH else {}
        columns = self.columns()
        withheld = "false" if internal else f"coalesce({source.withheld}, false)"
        case = source.case if internal or not source.unnamed else "null::bigint"
        sql = f"""select {withheld}, {source.at}, {case}, {", ".join(source.record[one] for one in columns)} from {source.rows}
                  where {where(figure)} {narrow(figure, part, given)}
                  order by {"" if internal else "1, "}{source.at}, {source.key} offset %(offset)s::int limit %(limit)s::int"""
        return [
            Record(at, hidden, None if hidden else case, {} if hidden else dict(zip(columns, values, strict=True)))
            for hidden, at, case, *values in rows(sql, given)
        ]


def open_trail(name: str, year: int, split: str = "", value: str = "") -> Trail:
    """Open a figure of a year, whole or narrowed to a part that it shows. Raises `NotFound` for a part that counts nothing."""
    figure, period = counted_by(name), Period.year(year)
    counted = value_of(figure.name, year).splits
    # Where a sum is shown, its records are counted apart.
    months = remember(("sum", figure.name, year), lambda: _count_part(figure, period)) if figure.adds else counted[MONTH]
    if not split:
        return Trail(figure, period, "", "", months)
    if value not in counted.get(split, {}):
        raise NotFound(figure=name, split=split)
    if split == MONTH:
        return Trail(figure, period, split, value, {value: months.get(value, 0)})
    months = remember(("part", figure.name, year, split, value), lambda: _count_part(figure, period, split, value))
    return Trail(figure, period, split, value, months)


def _count_part(figure: Count, period: Period, split: str = "", value: str = "") -> dict[str, int]:
    names, given = list(period.months()), params(figure, period)
    sql = f"""select {month_number(figure.counts.at)}, count(*) from {figure.counts.rows}
              where {where(figure)} {narrow(figure, {split: value} if split else {}, given)} group by 1"""
    return {names[month - 1]: counted for month, counted in rows(sql, given)}
