"""Closing the figures of a year, and reopening them, or one of them, for a reason."""

from django.db import transaction
from django.db.models import QuerySet

from oppidum.core import clock
from oppidum.core.errors import NotAllowed
from oppidum.figures.declared import changing
from oppidum.figures.declared.access import reach_of
from oppidum.figures.declared.errors import NotThere, ReasonMissing, StillOpen
from oppidum.figures.models import Change, Edition, Entry, State
from oppidum.people.models import Officer


@transaction.atomic
def lock_year(year: int, officer: Officer) -> int:
    """Close the edition; returns how many values were locked. What was asked for and never entered stays blank. Raises `Refusal`."""
    _require_owner(officer)
    edition = changing.lock_edition(year)
    current = Entry.objects.filter(year=year, is_current=True)
    if waiting := current.filter(state=State.ENTERED).count():
        raise StillOpen(waiting=waiting)
    closing = current.filter(state=State.VALIDATED)
    _write_history(closing, year, officer, Change.Action.LOCKED, State.VALIDATED, State.LOCKED)
    locked = closing.update(state=State.LOCKED)
    edition.locked_at, edition.locked_by = clock.now(), officer
    edition.save()
    Change.objects.create(year=year, at=clock.now(), by=officer, action=Change.Action.LOCKED, after={"values": locked})
    return locked


@transaction.atomic
def reopen_year(year: int, officer: Officer, reason: str) -> int:
    """Open the edition again; returns how many values may change. Raises `Refusal`."""
    _require_owner(officer)
    _require_reason(reason)
    edition = changing.lock_edition(year)
    if edition.locked_at is None:
        raise NotThere()
    edition.locked_at = edition.locked_by = None
    edition.save()
    opening = Entry.objects.filter(year=year, is_current=True, state=State.LOCKED)
    _write_history(opening, year, officer, Change.Action.REOPENED, State.LOCKED, State.VALIDATED, reason)
    opened = opening.update(state=State.VALIDATED)
    Change.objects.create(
        year=year, at=clock.now(), by=officer, action=Change.Action.REOPENED, after={"values": opened}, reason=reason.strip()
    )
    return opened


@transaction.atomic
def reopen_figure(name: str, year: int, officer: Officer, reason: str) -> Entry:
    """Open one value of a locked year; the others stay closed, and so does the year. Raises `Refusal`."""
    _require_owner(officer)
    _require_reason(reason)
    changing.lock_edition(year)
    entry = changing.find_current(year, [name]).get(name)
    if entry is None or entry.state != State.LOCKED:
        raise NotThere()
    before = changing.as_data(entry)
    entry.state = State.VALIDATED
    entry.save(update_fields=["state"])
    changing.remember_change(entry, Change.Action.REOPENED, officer, before, reason.strip())
    return entry


def find_edition(year: int) -> Edition | None:
    """The edition of a year, once somebody has asked, entered or locked something."""
    return Edition.objects.select_related("locked_by").filter(year=year).first()


def _write_history(
    entries: QuerySet[Entry], year: int, officer: Officer, action: str, before: str, after: str, reason: str = ""
) -> None:
    at = clock.now()
    lines = [
        Change(
            figure_id=figure,
            year=year,
            at=at,
            by=officer,
            action=action,
            before={"state": str(before)},
            after={"state": str(after)},
            reason=reason.strip(),
        )
        for figure in entries.values_list("figure_id", flat=True)
    ]
    Change.objects.bulk_create(lines, batch_size=1000)


def _require_owner(officer: Officer) -> None:
    if not reach_of(officer).owns_report:
        raise NotAllowed()


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(field="reason")
