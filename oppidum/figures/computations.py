"""Computations kept: a closed year is read, not counted again; when a correction changes a value, old and new both stay.

The running year is computed anew every ten minutes and kept in place, so that a page of all figures is one indexed read as well.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from oppidum.core import clock
from oppidum.core.sql import server_cursor
from oppidum.figures import remembering
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Value, compute_all, same_days_before
from oppidum.figures.models import Computation
from oppidum.figures.periods import Period
from oppidum.figures.records import is_recorded, list_years

# A running year's computation is good for as long as two of the worker's rounds; then a page counts by itself again.
FRESH = timedelta(minutes=20)
_BRIEF = ("figure", "year", "value", "months", "before", "computed_at", "checked_at")


class Recomputed(NamedTuple):
    """What computing a year anew came to: figures that are new, that changed (their names), and that are the same."""

    new: int
    changed: list[str]
    same: int


def recompute(year: int, why: str = "") -> Recomputed:
    """Compute all figures of a year and keep them. What differs from a closed year's current computation becomes the current one, and
    the old one stays; `why` says what was corrected."""
    values = compute_all(Period.year(year))
    before = _before(year) if is_running(year) else {}
    with transaction.atomic():
        with server_cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('figures'), %s::int)", [year])
        kept = _keep(year, values, before, why)
    remembering.forget()
    return kept


def _before(year: int) -> dict[str, float | None]:
    """What a running year compares with: the same days of the year before, if they were recorded. Reckoned once a day."""
    kept = {
        one.figure: one for one in Computation.objects.filter(year=year, is_current=True).only("figure", "before", "checked_at")
    }
    if all(name in kept and clock.local_day(kept[name].checked_at) == clock.today() for name in all_figures()):
        return {name: one.before for name, one in kept.items()}
    earlier = same_days_before(Period.year(year), clock.today())
    return {name: one.value for name, one in compute_all(earlier).items()} if is_recorded(earlier) else {}


def _keep(year: int, values: Mapping[str, Value], before: Mapping[str, float | None], why: str) -> Recomputed:
    now, running = clock.now(), is_running(year)
    current = {one.figure: one for one in Computation.objects.filter(year=year, is_current=True)}
    new, same, changed = [], [], []
    for name, value in values.items():
        row = _row(year, name, value, before.get(name), why, now)
        old = current.get(name)
        if old is None:
            new.append(row)
        elif running:
            row.pk = old.pk
            changed.append(row)
        elif _told(old) == _told(row):
            same.append(old.pk)
        else:
            changed.append(row)
    if running:
        Computation.objects.bulk_update(
            changed, ["value", "months", "splits", "records", "before", "why", "computed_at", "checked_at"]
        )
    else:
        Computation.objects.filter(pk__in=[current[row.figure].pk for row in changed]).update(is_current=False)
        new += changed
        Computation.objects.filter(pk__in=same).update(checked_at=now)
    Computation.objects.bulk_create(new)
    return Recomputed(len(new) - len(changed) * (not running), [row.figure for row in changed], len(same))


def _row(year: int, name: str, value: Value, before: float | None, why: str, now: datetime) -> Computation:
    return Computation(
        figure=name, year=year, value=value.value, months=value.months, splits=value.splits, records=value.records, before=before, why=why,
        computed_at=now, checked_at=now,
    )  # fmt: skip


def _told(one: Computation) -> tuple:
    return one.value, one.months, one.splits, one.records


def is_running(year: int) -> bool:
    """Whether a year isn't over."""
    return year >= clock.today().year


def recompute_running() -> int:
    """The running year, kept anew."""
    done = recompute(clock.today().year)
    return done.new + len(done.changed)


def recompute_closed() -> int:
    """Every closed year with records: what was entered late, or declared since. Returns how many values changed or are new."""
    done = [recompute(year, "nightly") for year in list_years() if not is_running(year)]
    return sum(one.new + len(one.changed) for one in done)


def read_year(year: int) -> dict[str, Computation] | None:
    """The kept computations of all declared figures of a year without their splits, in one read; None if one is missing or, while the
    year runs, no longer fresh."""
    found = {one.figure: one for one in Computation.objects.filter(year=year, is_current=True).only(*_BRIEF)}
    names = all_figures()
    return {name: found[name] for name in names} if all(_is_good(found.get(name)) for name in names) else None


def read_one(name: str, year: int) -> Computation | None:
    """The kept computation of a figure with its splits, or None as above."""
    found = Computation.objects.filter(year=year, is_current=True, figure=name).first()
    return found if _is_good(found) else None


def read_parts(year: int, split: str) -> dict[str, dict[str, float]] | None:
    """One split of all figures of a year that have it ({"commune": ...} -> {figure: {commune: number}}), in one read; None as above."""
    if read_year(year) is None:
        return None
    found = Computation.objects.filter(year=year, is_current=True, splits__has_key=split)
    return dict(found.values_list("figure", F(f"splits__{split}")))


def _is_good(found: Computation | None) -> bool:
    return found is not None and (not is_running(found.year) or timedelta(0) <= clock.now() - found.checked_at < FRESH)


def history(name: str, year: int) -> list[Computation]:
    """All that was ever computed of a closed year's figure, the current one first: what it was before each correction, and why."""
    return list(Computation.objects.filter(figure=name, year=year).order_by("-is_current", "-id"))
