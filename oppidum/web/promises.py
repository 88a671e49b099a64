"""A promise in words: by when, and whether it is kept, near or broken."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from oppidum.core.clock import local_day, today
from oppidum.web.words import say_day

SOON_DAYS = 2


@dataclass(frozen=True)
class PromiseInWords:
    """What the `promise` tag shows; `tone` is fine, soon, late, done or paused."""

    words: str
    tone: str
    icon: str
    day: str = ""


def put_in_words(due: date | datetime | None, done: date | datetime | None = None, paused: bool = False):
    """The promise as the reader should hear it today."""
    if done:
        return PromiseInWords(_done_in_words(_day(due), _day(done)), "done", "circle-check", _day(done).isoformat())
    if paused:
        return PromiseInWords(gettext("The clock is stopped: we wait for an answer"), "paused", "hourglass")
    if not due:
        return PromiseInWords(gettext("No date promised yet"), "paused", "clock")
    due_on = _day(due)
    left = (due_on - today()).days
    day = say_day(due_on)
    if left < 0:
        return PromiseInWords(gettext("late, was due by %(day)s") % {"day": day}, "late", "triangle-alert", due_on.isoformat())
    if left == 0:
        return PromiseInWords(gettext("due today, %(day)s") % {"day": day}, "soon", "clock-alert", due_on.isoformat())
    tone, icon = ("soon", "clock-alert") if left <= SOON_DAYS else ("fine", "calendar-clock")
    return PromiseInWords(gettext("by %(day)s") % {"day": day}, tone, icon, due_on.isoformat())


def _done_in_words(due_on: date | None, done_on: date) -> str:
    day = say_day(done_on)
    if due_on and done_on > due_on:
        return gettext("done on %(day)s, after the promised date") % {"day": day}
    return gettext("done on %(day)s") % {"day": day}


def _day(moment: date | datetime | None) -> date | None:
    return local_day(moment) if isinstance(moment, datetime) else moment
