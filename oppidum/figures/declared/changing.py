"""What all changes of declared values share: the edition's lock, the history, an entry that follows another."""

from collections.abc import Collection
from typing import Any

from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.figures.declared.errors import YearLocked
from oppidum.figures.models import Change, Edition, Entry, KeyFigure, State
from oppidum.people.models import Officer

_KEPT = ("unit", "period", "precision", "line", "quote", "requested_at", "due_on")


def lock_edition(year: int) -> Edition:
    """The edition's row, locked until the transaction ends: changes of a year follow one another."""
    Edition.objects.get_or_create(year=year)
    return Edition.objects.select_for_update().get(year=year)


def find_current(year: int, names: Collection[str]) -> dict[str, Entry]:
    """The current entries of these figures by name; those without one are left out."""
    found = Entry.objects.filter(year=year, is_current=True, figure__name__in=names).select_related("figure", "evidence")
    return {entry.figure.name: entry for entry in found}


def get_definition(name: str) -> KeyFigure:
    """The key figure of that name; raises `NotFound`."""
    try:
        return KeyFigure.objects.select_related("owner").get(name=name)
    except KeyFigure.DoesNotExist:
        raise NotFound(figure=name) from None


def refuse_locked(edition: Edition, entry: Entry | None) -> None:
    """Raise `YearLocked` unless the entry may change: in a locked year only one that was reopened on its own."""
    if entry is not None and entry.state == State.LOCKED:
        raise YearLocked()
    if edition.locked_at and (entry is None or entry.value is None):
        raise YearLocked()


def follow(entry: Entry) -> Entry:
    """A new current entry after one that was told, which stays. The caller saves what it changes."""
    Entry.objects.filter(pk=entry.pk).update(is_current=False)
    later = Entry(figure=entry.figure, year=entry.year, state=State.REQUESTED, **{name: getattr(entry, name) for name in _KEPT})
    later.save()
    Entry.objects.filter(pk=entry.pk).update(superseded_by=later)
    return later


def as_data(entry: Entry | None) -> dict[str, Any]:
    """What the history keeps of an entry: its value and what belongs to it, and where it stood."""
    if entry is None:
        return {}
    kept = {
        "state": entry.state,
        "value": None if entry.value is None else f"{entry.value.normalize():f}",
        "unit": entry.unit,
        "period": entry.period,
        "precision": entry.precision,
        "note": entry.note,
        "evidence": entry.evidence.name if entry.evidence_id else "",
        "source": entry.source,
        "due_on": entry.due_on.isoformat() if entry.due_on else "",
    }
    return {name: value for name, value in kept.items() if value not in (None, "")}


def remember_change(entry: Entry, action: str, by: Officer | None, before: dict[str, Any], reason: str = "") -> None:
    """Write a line of history: what differs between `before` and what the entry is now."""
    after = as_data(entry)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    Change.objects.create(
        figure=entry.figure,
        year=entry.year,
        at=clock.now(),
        by=by,
        action=action,
        before={name: before[name] for name in names if name in before},
        after={name: after[name] for name in names if name in after},
        reason=reason,
    )
