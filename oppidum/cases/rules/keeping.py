"""How long a case's personal data are kept. Pure: from the declaration, where the case stands, and when things happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from oppidum.cases.declaration.privacy import CONSENT_ARTICLE, END, FILED, Kept, kept_of, privacy_of
from oppidum.cases.rules.standing import Standing
from oppidum.core.clock import local_day


def starts_on(kept: Kept, case: Standing, last_on: Mapping[str, date]) -> date | None:
    """The day of the event from which the case is kept; None while it is open. `last_on`: each action's last day.

    Where the action never happened, the end of the case counts: nothing is kept for ever because something didn't happen.
    """
    if case.ended_at is None:
        return None
    ended_on = local_day(case.ended_at)
    if kept.after == FILED:
        return case.filed_on
    return ended_on if kept.after == END else last_on.get(kept.after, ended_on)


def kept_until(service: Any, case: Standing, last_on: Mapping[str, date]) -> date | None:
    """The last day on which the personal data of the case are kept; None while it is open."""
    kept = kept_of(service, case.step)
    start = starts_on(kept, case, last_on)
    return None if start is None else kept.duration.after(start)


def find_hold(service: Any, known: Mapping[str, Any]) -> Any | None:
    """The reason declared by the service for which the case is kept although its time is over; None if there is none."""
    privacy = privacy_of(service)
    return next((hold.says for hold in privacy.holds if hold.when.holds(known)), None) if privacy else None


@dataclass(frozen=True)
class Erasure:
    """Whether a person's wish to be erased from a case can be followed (GDPR, art. 17), and the words of the law if not.

    `why`: "allowed", "open" (art. 17(3)(b): the task is being carried out), "kept" (its time isn't over: art. 17(1)(a)),
    "archive" (art. 17(3)(d)) or "held" (art. 17(3)(e): claims, money owed, an appeal).
    """

    allowed: bool
    why: str
    until: date | None = None


def judge_erasure(service: Any, case: Standing, last_on: Mapping[str, date], held: bool, today: date) -> Erasure:
    """GDPR, art. 17: erased at the person's wish when nothing else asks for the data to be kept."""
    if held:
        return Erasure(False, "held")
    privacy = privacy_of(service)
    if privacy is not None and privacy.article == CONSENT_ARTICLE:
        return Erasure(True, "allowed")  # art. 17(1)(b): consent withdrawn, also while the case is open
    if case.is_open:
        return Erasure(False, "open")
    if kept_of(service, case.step).then == "archive":
        return Erasure(False, "archive")
    until = kept_until(service, case, last_on)
    erasable = privacy is not None and (case.step in privacy.erasable or "*" in privacy.erasable)
    return Erasure(True, "allowed") if erasable or until < today else Erasure(False, "kept", until)
