"""k-anonymity: no group of rows alike in what others may know of a person stands for fewer than k. Pure: rows in, rows out, and numbers.

L. Sweeney, "k-anonymity: a model for protecting privacy", 2002. A group that alone is suppressed is given back by subtracting the others
from a known total, so the next smallest go with it until two groups and k persons are gone (secondary suppression).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from oppidum.publishing.datasets.declaration import REFUSE, Anonymity, Coarsen
from oppidum.publishing.datasets.refusals import TooSmall

Group = tuple[str, ...]
Row = tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What the check found and did: groups before, the smallest, how many were below k, rows suppressed and coarsened, persons of these."""

    k: int
    groups: int
    smallest: int
    small: int
    rows_suppressed: int = 0
    persons_suppressed: int = 0
    rows_coarsened: int = 0

    def as_data(self) -> dict[str, int]:
        return asdict(self)


class Check:
    """The check of one table whose columns are `names`. First `sizes(rows)`, then `keep(rows)` over the same rows."""

    def __init__(self, asked: Anonymity, names: Sequence[str], sums: Sequence[str] = ()):
        self.asked = asked
        self._among = [names.index(name) for name in asked.among]
        self._within = [asked.among.index(name) for name in asked.within if name in asked.among]
        self._weight = names.index(asked.weight) if asked.weight else None
        self._sums = sorted({names.index(name) for name in (*sums, *filter(None, (asked.weight,)))})
        coarse = asked.then.columns if isinstance(asked.then, Coarsen) else ()
        self._coarse = [names.index(name) for name in coarse]
        self._into = asked.then.into if isinstance(asked.then, Coarsen) else ""
        self.counts: Counter[Group] = Counter()  # a group of nobody (a count of 0) points at nobody
        self._coarsened: set[Group] = set()
        self._gone: set[Group] = set()

    def count(self, row: Row) -> None:
        """Add a row to its group."""
        self.counts[self._group(row)] += self._persons(row)

    def decide(self) -> None:
        """Settle what becomes of small groups. Raises `TooSmall` where the declaration refuses them."""
        small = {group for group, n in self.counts.items() if 0 < n < self.asked.k}
        if small and self.asked.then == REFUSE:
            named = [(dict(zip(self.asked.among, group, strict=True)), self.counts[group]) for group in sorted(small)]
            raise TooSmall(named, self.asked.k)
        if not self._coarse:
            self._gone = with_neighbours(self.counts, small, self.asked.k, self._within)
            return
        self._coarsened = small
        left: Counter[Group] = Counter()
        for group, n in self.counts.items():
            left[self._wider(group) if group in small else group] += n
        self._gone = with_neighbours(left, {g for g, n in left.items() if 0 < n < self.asked.k}, self.asked.k, self._within)

    def keep(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that may be published; counts that were put together come last."""
        self.rows_suppressed = self.persons_suppressed = self.rows_coarsened = 0
        together: dict[Row, list[Decimal]] = {}
        for row in rows:
            if self._group(row) in self._coarsened:
                row = self._widen(row)
                self.rows_coarsened += 1
            if self._group(row) in self._gone:
                self.rows_suppressed += 1
                self.persons_suppressed += self._persons(row)
            elif self._weight is not None and self._is_wide(row):
                self._add(together, row)
            else:
                yield row
        for row, sums in sorted(together.items()):
            yield self._with_sums(row, sums)

    def told(self) -> Told:
        """What there was, and what was done."""
        k, sizes = self.asked.k, self.counts.values()
        small = sum(0 < n < k for n in sizes)
        done = self.rows_suppressed, self.persons_suppressed, self.rows_coarsened
        return Told(k, len(self.counts), min(sizes, default=0), small, *done)

    def _group(self, row: Row) -> Group:
        return tuple(row[n] for n in self._among)

    def _persons(self, row: Row) -> int:
        return 1 if self._weight is None else int(Decimal(row[self._weight] or 0))

    def _widen(self, row: Row) -> Row:
        return tuple(self._into if n in self._coarse else value for n, value in enumerate(row))

    def _wider(self, group: Group) -> Group:
        return tuple(self._into if place in self._coarse else value for place, value in zip(self._among, group, strict=True))

    def _is_wide(self, row: Row) -> bool:
        return bool(self._coarse) and all(row[n] == self._into for n in self._coarse)

    def _add(self, together: dict[Row, list[Decimal]], row: Row) -> None:
        key = tuple("" if n in self._sums else value for n, value in enumerate(row))
        sums = together.setdefault(key, [Decimal(0)] * len(self._sums))
        for rank, n in enumerate(self._sums):
            sums[rank] += Decimal(row[n] or 0)

    def _with_sums(self, row: Row, sums: Sequence[Decimal]) -> Row:
        known = dict(zip(self._sums, sums, strict=True))
        return tuple(format(known[n], "f") if n in known else value for n, value in enumerate(row))


def with_neighbours(counts: Mapping[Group, int], small: set[Group], k: int, within: Sequence[int] = ()) -> set[Group]:
    """The groups to suppress: the small ones, and in each part with a known total the next smallest, until two groups and k persons go."""
    gone = set(small)
    parts: dict[Group, list[Group]] = defaultdict(list)
    for group in counts:
        parts[tuple(group[n] for n in within)].append(group)
    for part in parts.values():
        hidden = [group for group in part if group in small]
        if not hidden:
            continue
        left = sorted((counts[group], group) for group in part if group not in small)
        total = sum(counts[group] for group in hidden)
        number = len(hidden)
        while left and (number < 2 or total < k):
            n, group = left.pop(0)
            gone.add(group)
            total, number = total + n, number + 1
    return gone
