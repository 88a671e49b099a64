"""The trail of a declared figure: what it is, who entered and validated it, on what evidence, and what it said before."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from oppidum.figures.declared.changing import get_definition
from oppidum.figures.models import Change, Entry, KeyFigure
from oppidum.figures.models.entry import TOLD


@dataclass(frozen=True)
class DeclaredTrail:
    """A key figure's declared side in a year. `entries`: the current one first, then those that it superseded; `changes` newest first;
    `years`: every other edition's current value."""

    figure: KeyFigure
    year: int
    entries: list[Entry]
    changes: list[Change]
    years: dict[int, Decimal]

    @property
    def current(self) -> Entry | None:
        return next((one for one in self.entries if one.is_current), None)

    @property
    def last(self) -> tuple[int, Decimal] | None:
        """The newest earlier edition with a told value, and that value."""
        earlier = [year for year in self.years if year < self.year]
        return (max(earlier), self.years[max(earlier)]) if earlier else None

    @property
    def told(self) -> Entry | None:
        """The entry that everybody may read: the newest that a second person has validated."""
        return next((one for one in self.entries if one.is_validated), None)


def open_declared(name: str, year: int) -> DeclaredTrail:
    """The declared side of a key figure; raises `NotFound`. Four queries."""
    figure = get_definition(name)
    entries = Entry.objects.filter(figure=figure, year=year).select_related("evidence", "entered_by", "validated_by")
    changes = Change.objects.filter(figure=figure, year=year).select_related("by")
    years = Entry.objects.filter(figure=figure, is_current=True, state__in=TOLD).order_by("year").values_list("year", "value")
    return DeclaredTrail(figure, year, list(entries.order_by("-is_current", "-pk")), list(changes), dict(years))


def as_json(trail: DeclaredTrail) -> dict[str, Any]:
    """For `oppidum trail --json` and the API of officers."""
    figure = trail.figure
    return {
        "definition": {
            "name": figure.name,
            "label_fr": figure.label_fr,
            "label_en": figure.label_en,
            "directorate": figure.directorate,
            "theme": figure.theme,
            "unit": figure.unit,
            "kind": figure.kind,
            "method": figure.method,
            "owner": figure.owner.code if figure.owner else "",
        },
        "entry": _entry_json(trail.current) if trail.current else None,
        "superseded": [_entry_json(one) for one in trail.entries if not one.is_current],
        "other_years": {str(year): _number(value) for year, value in trail.years.items() if year != trail.year},
        "history": [
            {
                "at": one.at.isoformat(),
                "by": str(one.by) if one.by else "",
                "action": one.action,
                "before": one.before,
                "after": one.after,
                "reason": one.reason,
            }
            for one in trail.changes
        ],
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "state": entry.state,
        "value": _number(entry.value),
        "unit": entry.unit,
        "period": entry.period,
        "precision": entry.precision,
        "note": entry.note,
        "evidence": {"name": entry.evidence.name, "bytes": entry.evidence.size, "is_public": entry.is_evidence_public}
        if entry.evidence
        else None,
        "source": entry.source,
        "line": entry.line,
        "entered_by": str(entry.entered_by) if entry.entered_by else "",
        "entered_at": _moment(entry.entered_at),
        "validated_by": str(entry.validated_by) if entry.validated_by else "",
        "validated_at": _moment(entry.validated_at),
    }


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else float(value) if value % 1 else int(value)


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
