"""Entering a value: by the department that answers for it, with its period, its evidence and a note."""

from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.fields.files import PAPERS, SHEETS, Files
from oppidum.cases.files.attachments import save_upload
from oppidum.cases.models import Attachment
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.core.numbers import find_number
from oppidum.figures.declared import changing
from oppidum.figures.declared.access import reach_of
from oppidum.figures.declared.errors import NotYourFigure
from oppidum.figures.models import Change, Entry, KeyFigure, State
from oppidum.figures.models.entry import Precision
from oppidum.figures.wording import MULTIPLES
from oppidum.people.models import Officer

# What an officer may give for evidence: the paper, its picture, or the table that was summed.
EVIDENCE = Files("evidence", accept=(*PAPERS, "odt", "docx", *SHEETS), most=1, largest_mb=10)
LARGEST = Decimal(10) ** 18


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was typed, as text; `unit` may be a multiple of the figure's own ("MEUR" for "EUR")."""

    value: str
    unit: str
    period: str
    precision: str
    note: str = ""
    evidence: str = ""
    is_evidence_public: bool = False


@dataclass(frozen=True, kw_only=True)
class Meant:
    """The same, checked: the value in the figure's own unit."""

    value: Decimal
    period: str
    precision: str
    note: str
    evidence: Attachment | None
    is_evidence_public: bool


def units_for(figure: KeyFigure) -> list[str]:
    """The units in which a figure's value may be typed, its own first."""
    return [figure.unit, *MULTIPLES.get(figure.unit, {})]


def keep_evidence(file: BinaryIO, name: str) -> Attachment:
    """Check and store a file at once, so that a mistake elsewhere on the page doesn't lose it. Raises `FileRefused`."""
    return save_upload(file, name, EVIDENCE, clock.now())


def read_given(figure: KeyFigure, given: Given) -> Meant:
    """Check what was typed; raises `InvalidForm` with every fault."""
    faults = []
    value = find_number(given.value)
    if not given.value.strip():
        faults.append(Invalid(_("Type the value; 0 if there was nothing."), field="value"))
    elif value is None:
        faults.append(Invalid(_("Type a number alone, like 1 234,5; the unit is chosen beside it."), field="value"))
    if given.unit not in units_for(figure):
        faults.append(Invalid(_("Choose one of the units offered."), field="unit"))
    elif value is not None:
        value *= MULTIPLES.get(figure.unit, {}).get(given.unit, Decimal(1))
        if abs(value) >= LARGEST or value != round(value, 6):
            faults.append(
                Invalid(_("This number is too large or too fine: at most 18 digits, and 6 after the comma."), field="value")
            )
    if not given.period.strip() or len(given.period) > 60:
        faults.append(Invalid(_("Say which period the value covers, like 2026 or as-of-2026-12-31."), field="period"))
    if given.precision not in Precision.values:
        faults.append(Invalid(_("Say how exact the value is."), field="precision"))
    evidence = Attachment.objects.filter(token=given.evidence, case=None).first() if given.evidence else None
    if given.evidence and evidence is None:
        faults.append(Invalid(_("The file is no longer there: choose it again."), field="evidence"))
    if len(given.note) > 5000:
        faults.append(Invalid(_("The note is too long: 5,000 characters at most."), field="note"))
    if faults:
        raise InvalidForm(faults)
    return Meant(
        value=value or Decimal(0),
        period=" ".join(given.period.split()),
        precision=given.precision,
        note=given.note.strip(),
        evidence=evidence,
        is_evidence_public=bool(given.is_evidence_public and evidence),
    )


@transaction.atomic
def enter(name: str, year: int, meant: Meant, officer: Officer, reason: str = "") -> Entry:
    """Keep a value; it waits for a second person. One that was told before stays, superseded. Raises `Refusal`."""
    figure = changing.get_definition(name)
    if not reach_of(officer).may_enter(figure):
        raise NotYourFigure()
    edition = changing.lock_edition(year)
    entry = changing.find_current(year, [name]).get(name)
    changing.refuse_locked(edition, entry)
    before, action = (
        changing.as_data(entry),
        Change.Action.ENTERED if entry is None or entry.value is None else Change.Action.CORRECTED,
    )
    if entry is None:
        entry = Entry(figure=figure, year=year, unit=figure.unit, state=State.REQUESTED)
    elif entry.is_validated:
        entry = changing.follow(entry)
    _fill(entry, meant, officer)
    entry.save()
    changing.remember_change(entry, action, officer, before, reason)
    return entry


def _fill(entry: Entry, meant: Meant, officer: Officer) -> None:
    entry.value, entry.unit, entry.period, entry.precision = meant.value, entry.figure.unit, meant.period, meant.precision
    entry.note, entry.evidence, entry.is_evidence_public = meant.note, meant.evidence, meant.is_evidence_public
    entry.entered_by, entry.entered_at = officer, clock.now()
    entry.state, entry.refused_because, entry.source = State.ENTERED, "", ""
    entry.validated_by, entry.validated_at, entry.line, entry.quote = None, None, None, ""
