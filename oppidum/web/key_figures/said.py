"""The history of a declared figure, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.core.numbers import in_french
from oppidum.figures.declared.histories import DeclaredTrail
from oppidum.figures.models import Change
from oppidum.figures.models.entry import Precision
from oppidum.figures.wording import say_day, say_period, say_value

# What the history shows of a change; where the entry stood then is told by the action itself.
NAMES = {
    "value": _("Value"),
    "period": _("Period"),
    "precision": _("Precision"),
    "note": _("Note"),
    "evidence": _("Evidence"),
    "due_on": _("Wanted on"),
}


@dataclass(frozen=True)
class Told:
    """A line of history as a timeline shows it."""

    at: datetime
    title: str
    text: str
    who: str
    tone: str


_TONES = {
    Change.Action.VALIDATED: "done",
    Change.Action.REFUSED: "wait",
    Change.Action.REOPENED: "wait",
    Change.Action.ENTERED: "work",
}


def make_changes(opened: DeclaredTrail) -> list[Told]:
    """Newest first: what was done, what it changed, by whom and why."""
    unit = opened.figure.unit
    return [
        Told(
            one.at,
            str(Change.Action(one.action).label).capitalize(),
            ". ".join([*_differences(one, unit), *([one.reason] if one.reason else [])]),
            str(one.by) if one.by else "",
            _TONES.get(Change.Action(one.action), "info"),
        )
        for one in opened.changes
    ]


def _differences(change: Change, unit: str) -> list[str]:
    found = []
    for name in NAMES:
        before, after = change.before.get(name), change.after.get(name)
        if before == after or after is None:
            continue
        said = _said(name, after, change, unit)
        told = f"{_said(name, before, change, unit)} → {said}" if before else said
        found.append(f"{NAMES[name]}{_colon()} {told}")
    return found


def _colon() -> str:
    return "\u00a0:" if in_french() else ":"


def _said(name: str, value: Any, change: Change, unit: str) -> str:
    match name:
        case "value":
            return say_value(Decimal(value), unit)
        case "precision":
            return str(Precision(value).label)
        case "period":
            return say_period(value, change.year)
        case "due_on":
            return say_day(date.fromisoformat(value))
    return str(value)


def plain_number(value: Decimal | None) -> str:
    """A value as one types it: "1234,5" in French, "1234.5" in English."""
    if value is None:
        return ""
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if in_french() else text
