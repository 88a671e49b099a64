"""The history of a declared figure, in words."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.core.numbers import in_french
from oppidum.figures.declared.histories import DeclaredTrail
from oppidum.figures.models import Change, State
from oppidum.figures.wording import say_value

NAMES = {
    "state": _("State"),
    "value": _("Value"),
    "unit": _("Unit"),
    "period": _("Period"),
    "precision": _("Precision"),
    "note": _("Note"),
    "evidence": _("Evidence"),
    "source": _("Source"),
    "due_on": _("Wanted on"),
}
# The other names are told by the action itself.
_SHOWN = ("value", "period", "precision", "note", "evidence", "due_on")


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
    for name in _SHOWN:
        before, after = change.before.get(name), change.after.get(name)
        if before == after or after is None:
            continue
        said = _said(name, after, unit)
        found.append(
            f"{NAMES[name]}{_colon()} {_said(name, before, unit)} → {said}" if before else f"{NAMES[name]}{_colon()} {said}"
        )
    return found


def _colon() -> str:
    return "\u00a0:" if in_french() else ":"


def _said(name: str, value: Any, unit: str) -> str:
    if name == "value":
        return say_value(Decimal(value), unit)
    if name == "state":
        return str(State(value).label)
    return str(value)


def plain_number(value: Decimal | None) -> str:
    """A value as one types it: "1234,5" in French, "1234.5" in English."""
    if value is None:
        return ""
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if in_french() else text
