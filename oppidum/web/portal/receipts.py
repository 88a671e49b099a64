"""What is told when a request arrived (accusé de réception): who has it, by when, what silence means and when, how to contest.

CRPA, art. L112-3, R112-5 and R112-11-1: date of receipt, date of the tacit decision and what it is, the service in charge and how to
reach it; the ways of appeal where silence refuses, the right to an attestation where it grants.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.fields.days import say_day as say_full_day
from oppidum.cases.models import Case
from oppidum.cases.reading import LIVE_COLUMNS
from oppidum.cases.rules.clock_states import STOPPED, SUSPENDED
from oppidum.cases.rules.clocks import clock_states
from oppidum.cases.rules.standing import Standing
from oppidum.web.words import say_day


@dataclass(frozen=True)
class Due:
    """A date by law: of which clock, its last day, what silence means then, and the article where it was checked."""

    label: Any
    ends_on: date | None
    says: str
    source: str
    stands_still: bool = False


@dataclass(frozen=True)
class Next:
    """What happens next to a case: where it stands, the promise, the dates by law."""

    says: Any
    received: str
    due_on: date | None
    dues: tuple[Due, ...]


def standing_of(case: Case) -> Standing:
    """The standing in a case fetched with its `live`."""
    return Standing(*(getattr(case.live, name) for name in LIVE_COLUMNS.split(", ")))


def next_steps(service: type[Service], case: Case) -> Next:
    """What happens next; from the declaration and the case's own clocks."""
    standing = standing_of(case)
    step = service.flow.steps[standing.step]
    return Next(step.says, say_full_day(standing.filed_on), standing.due_on, tuple(dues_of(service, standing)))


def dues_of(service: type[Service], standing: Standing) -> list[Due]:
    """The clocks that count towards a decision of the authority, the earliest end first."""
    found = []
    for clock, state in clock_states(service, standing) if standing.is_open else ():
        if clock.whose != "authority" or not clock.falls or state.status == STOPPED:
            continue
        source = clock.source if clock.verified else ""
        if state.status == SUSPENDED:
            says = _("This time stands still: it goes on when we have what we asked for.")
            found.append(Due(clock.label, None, says, source, True))
        elif state.ends_on:
            found.append(Due(clock.label, state.ends_on, meaning_on(clock.means, state.ends_on), source))
    return sorted(found, key=lambda due: due.ends_on or date.max)


def meaning_on(means: str, ends_on: date) -> str:
    """What silence until the end of that day means, as a sentence with its date."""
    words = {"day": say_day(ends_on), "after": say_day(ends_on + timedelta(days=1))}
    match means:
        case "approval":
            return (
                _(
                    "Without an answer by the end of %(day)s, your request is granted: from %(after)s you may ask for an attestation "
                    "(CRPA, art. L232-3). This date holds if your file is complete."
                )
                % words
            )
        case "refusal":
            return (
                _(
                    "Without an answer by the end of %(day)s, your request is refused: from %(after)s you have two months to contest it "
                    "before the administrative court, or to ask us to look at it again."
                )
                % words
            )
        case "waiver":
            return _("Without an answer by the end of %(day)s, the authority has given up its right.") % words
        case "withdrawal":
            return _("Without an answer by the end of %(day)s, the request counts as withdrawn.") % words
        case "breach":
            return _("The law obliges us to answer by the end of %(day)s.") % words
    return _("Without an answer by the end of %(day)s, the case goes on by itself.") % words
