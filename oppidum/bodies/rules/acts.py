"""The dates of an act (acte): sent, published or notified, enforceable (exécutoire), open to deferral and appeal. Days, not instants."""

from dataclasses import dataclass
from datetime import date, timedelta

from oppidum.bodies.law import rule
from oppidum.core.calendar import add_months, next_working_day


@dataclass(frozen=True)
class ActDates:
    """What happened to an act, as days; None: not yet. `needs_sending`: it is in the list of CGCT, art. L2131-2."""

    signed_on: date
    needs_sending: bool = True
    sent_on: date | None = None
    published_on: date | None = None
    notified_on: date | None = None

    @property
    def known_on(self) -> date | None:
        """The first day on which those concerned were told: published or notified."""
        return min((day for day in (self.published_on, self.notified_on) if day), default=None)


def enforceable_on(act: ActDates) -> date | None:
    """From when the act binds: published or notified AND, where it must be, sent to the prefect (CGCT, art. L2131-1).

    The prefect's receipt proves the sending; it isn't a condition.
    """
    if act.known_on is None or (act.needs_sending and act.sent_on is None):
        return None
    return max(act.known_on, act.sent_on) if act.needs_sending else act.known_on


def send_by(act: ActDates, *, individual: bool) -> date | None:
    """The last day to send an individual decision: fifteen days from its signature (CGCT, art. L2131-1)."""
    if not (act.needs_sending and individual):
        return None
    return act.signed_on + timedelta(days=rule("sending_days", act.signed_on))


def deferral_until(act: ActDates) -> date | None:
    """The last day on which the prefect may bring it before the court: two months from the sending (CGCT, art. L2131-6)."""
    return add_months(act.sent_on, rule("deferral_months", act.sent_on)) if act.sent_on else None


def appeal_until(act: ActDates) -> date | None:
    """The last day of third parties' appeal: two clear months from publication, moved to a working day (CJA, art. R421-1)."""
    if act.known_on is None:
        return None
    return next_working_day(add_months(act.known_on, rule("appeal_months", act.known_on)) + timedelta(days=1))


def online_until(published_on: date) -> date:
    """The first day on which an act may leave the page: it stays two months at least (CGCT, art. R2131-1)."""
    return add_months(published_on, rule("published_months", published_on))


def list_due_on(sitting_on: date) -> date:
    """The last day to post the list of deliberations examined: within a week (CGCT, art. L2121-25)."""
    return sitting_on + timedelta(days=rule("list_days", sitting_on))


def minutes_due_on(adopted_at_sitting_on: date) -> date:
    """The last day to put the minutes online: within a week of the sitting that settled them (CGCT, art. L2121-15)."""
    return adopted_at_sitting_on + timedelta(days=rule("minutes_days", adopted_at_sitting_on))
