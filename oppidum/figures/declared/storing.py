"""Writing key figures and values by sets: a file of a thousand rows costs the queries of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from oppidum.core import clock
from oppidum.core.sql import plain_array, server_cursor
from oppidum.figures.declared.changing import as_data
from oppidum.figures.declared.rows import FigureRow
from oppidum.figures.models import Change, Edition, Entry, KeyFigure, State

if TYPE_CHECKING:
    from oppidum.figures.declared.importing import Signed

_COLUMNS = {"direction": "directorate", "theme": "theme", "label_fr": "label_fr", "label_en": "label_en", "unit": "unit",
            "kind": "kind", "method": "method"}  # fmt: skip
_TOLD = ("value", "unit", "period", "precision", "line", "quote")
# Where a value stands in a text is no part of it: found elsewhere, it is the same value.
_PLACE = ("line", "quote")
_SUPERSEDE = """
    update figures_entry as earlier set superseded_by_id = pair.later
    from unnest(%s::text::bigint[], %s::text::bigint[]) as pair (earlier, later) where earlier.id = pair.earlier
"""


@dataclass
class Stored:
    """How many entries are new, changed, as they were; and the names of those that are locked and differ."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    locked: list[str] = field(default_factory=list)


def store_figures(found: Iterable[FigureRow]) -> dict[str, KeyFigure]:
    """Define what is new and mend what is described otherwise; returns all by name. Columns that the file lacks stay as they are."""
    rows = list(found)
    known = {one.name: one for one in KeyFigure.objects.filter(name__in=[row.name for row in rows])}
    new, mended = [], []
    for rank, row in enumerate(rows, 1):
        figure = known.get(row.name) or KeyFigure(name=row.name)
        wanted = {attribute: getattr(row, attribute) for column, attribute in _COLUMNS.items() if column in row.given}
        wanted["rank"] = figure.rank or rank
        if figure.pk is None:
            new.append(figure)
        elif any(getattr(figure, name) != value for name, value in wanted.items()):
            mended.append(figure)
        for name, value in wanted.items():
            setattr(figure, name, value)
    KeyFigure.objects.bulk_create(new, batch_size=1000)
    KeyFigure.objects.bulk_update(mended, [*_COLUMNS.values(), "rank"], batch_size=500)
    return known | {one.name: one for one in new}


def store_entries(
    edition: Edition, found: Mapping[str, FigureRow], figures: Mapping[str, KeyFigure], source: str, signed: "Signed"
) -> Stored:
    """Declare values; the caller holds the edition's lock."""
    now, year, done = clock.now(), edition.year, Stored()
    current = {
        one.figure_id: one
        for one in Entry.objects.select_related("evidence").filter(year=year, is_current=True, figure__name__in=list(found))
    }
    answered, earlier, later, history, found_elsewhere = [], [], [], [], []
    for name, row in found.items():
        known = current.get(figures[name].pk)
        told = {column: getattr(row, column) for column in _TOLD if column in row.given}
        moved = {column: value for column, value in told.items() if known and getattr(known, column) != value}
        if known and known.value is not None and set(moved) <= set(_PLACE):
            done.unchanged += 1
            if moved and not _is_locked(edition, known):
                found_elsewhere.append(known)
                for column, value in moved.items():
                    setattr(known, column, value)
        elif _is_locked(edition, known):
            done.locked.append(name)
        else:
            entry = known if known and known.value is None else _after(known, figures[name], year)
            history.append(Change(figure=figures[name], year=year, at=now, by=signed.entered_by, action=Change.Action.IMPORTED,
                                  before=as_data(known), after={}, reason=source))  # fmt: skip
            _declare(entry, told, source, signed, now)
            history[-1].after = as_data(entry)
            (answered if entry.pk else later).append(entry)
            earlier += [known] if known and not entry.pk else []
            done.changed, done.new = done.changed + (known is not None), done.new + (known is None)
    Entry.objects.bulk_update(found_elsewhere, _PLACE, batch_size=500)
    _write(answered, earlier, later, history)
    return done


def _is_locked(edition: Edition, known: Entry | None) -> bool:
    """In a locked year only what was reopened on its own may change."""
    return bool(known and known.state == State.LOCKED) or bool(edition.locked_at and (known is None or known.value is None))


def _after(known: Entry | None, figure: KeyFigure, year: int) -> Entry:
    """The entry that follows another; the request stays with it."""
    if known is None:
        return Entry(figure=figure, year=year, unit=figure.unit)
    return Entry(figure=figure, year=year, unit=known.unit, period=known.period, precision=known.precision, line=known.line,
                 quote=known.quote, requested_at=known.requested_at, due_on=known.due_on)  # fmt: skip


def _declare(entry: Entry, told: Mapping[str, Any], source: str, signed: "Signed", now: datetime) -> None:
    for column, value in told.items():
        setattr(entry, column, value)
    entry.source, entry.entered_by, entry.entered_at = source[:200], signed.entered_by, now
    entry.state, entry.refused_because = State.ENTERED, ""
    if signed.validated_by:
        entry.state, entry.validated_by, entry.validated_at = State.VALIDATED, signed.validated_by, now


def _write(answered: list[Entry], earlier: list[Entry], later: list[Entry], history: list[Change]) -> None:
    Entry.objects.filter(pk__in=[one.pk for one in earlier]).update(is_current=False)
    Entry.objects.bulk_create(later, batch_size=1000)
    following = {one.figure_id: one.pk for one in later}
    if earlier:
        with server_cursor() as cursor:
            pairs = [plain_array([one.pk for one in earlier]), plain_array([following[one.figure_id] for one in earlier])]
            cursor.execute(_SUPERSEDE, pairs)
    if answered:
        fields = [*_TOLD, "source", "entered_by", "entered_at", "state", "refused_because", "validated_by", "validated_at"]
        Entry.objects.bulk_update(answered, fields, batch_size=500)
    Change.objects.bulk_create(history, batch_size=1000)
