"""When a sitting must be convened (délai de convocation), in clear days (jours francs): neither the day of sending nor the day of the
sitting counts; Sundays and holidays between them do, and nothing is moved."""

from dataclasses import dataclass
from datetime import date, timedelta

from oppidum.bodies.law import rule


@dataclass(frozen=True)
class Notice:
    """What the law asks of a convening letter: the last day to send it, and the clear days that there are."""

    last_day: date
    clear_days: int
    needed: int

    @property
    def is_kept(self) -> bool:
        return self.clear_days >= self.needed


def clear_days_between(sent_on: date, sitting_on: date) -> int:
    """Whole days between two days, both left out; never less than none."""
    return max(0, (sitting_on - sent_on).days - 1)


def last_day_to_convene(sitting_on: date, clear_days: int) -> date:
    """For a sitting on Thursday 20 with five clear days: Friday 14."""
    return sitting_on - timedelta(days=clear_days + 1)


def notice_for(sent_on: date, sitting_on: date, *, urgent: bool = False, own_clear_days: int | None = None) -> Notice:
    """The notice of a sitting convened on `sent_on`. A committee may have days of its own (`own_clear_days`)."""
    needed = rule("urgent_clear_days" if urgent else "notice_clear_days", sent_on)
    if own_clear_days is not None and not urgent:
        needed = own_clear_days
    return Notice(last_day_to_convene(sitting_on, needed), clear_days_between(sent_on, sitting_on), needed)


def earliest_second(first_on: date) -> date:
    """The first day on which the body may sit without quorum, after it failed to reach it on `first_on`."""
    return first_on + timedelta(days=rule("second_convening_days", first_on))
