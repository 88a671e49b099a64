"""Clocks that explain themselves: the sentences that a case page shows under each date, in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppidum.cases.declaration import Service, list_unverified
from oppidum.cases.declaration.clocks import MEANINGS, Clock
from oppidum.cases.declaration.rulebook import rules_of
from oppidum.cases.mailing.notices import day_in_words
from oppidum.cases.rules.clock_states import NOT_STARTED, STOPPED, ClockState, Interval
from oppidum.cases.rules.clocks import clock_states
from oppidum.cases.rules.standing import Standing
from oppidum.core.calendar import Length, add_working_days
from oppidum.core.calendar.lengths import WORKING_HOURS
from oppidum.core.clock import PARIS, local_day


@dataclass(frozen=True)
class ClockLine:
    """A clock of a case for a page: where it stands, its sentences, its article, and whether that was held against the text.

    `warn_on`: the days on which officers are to be told, each a working day. `days_left` counts calendar days, 0 on the last.
    """

    name: str
    label: str
    state: ClockState
    sentences: tuple[str, ...]
    means: str
    source: str
    is_verified: bool
    days_left: int | None
    warn_on: tuple[date, ...]

    @property
    def is_close(self) -> bool:
        """Whether a day of warning has come."""
        return self.days_left is not None and any((self.state.ends_on - day).days >= self.days_left for day in self.warn_on)


def list_clocks(service: type[Service], case: Standing, today: date) -> list[ClockLine]:
    """The clocks of a case that began, in the order of the declaration."""
    return [
        ClockLine(
            clock.name,
            str(clock.label),
            state,
            tuple(explain(clock, state)),
            str(MEANINGS.get(clock.means, "")),
            *_article(service, clock, case.filed_on),
            state.days_left(today),
            warning_days(clock, state),
        )
        for clock, state in clock_states(service, case)
    ]


def _article(service: type[Service], clock: Clock, filed_on: date) -> tuple[str, bool]:
    """The article of the clock, or of the dated rule that gives its length, and whether both were verified."""
    rule = rules_of(service).get(clock.lasts) if isinstance(clock.lasts, str) else None
    found = rule and rule.find(filed_on)
    return (found.source, found.verified and clock.verified) if found else (clock.source, clock.verified)


def rests_on_unverified(service: type[Service], day: date) -> list[str]:
    """What officers are told above a case: the values that nobody has held against the text of the law, each with its article."""
    return [f"{line.label or line.name} ({line.source})" for line in list_unverified(service, day)]


def warning_days(clock: Clock, state: ClockState) -> tuple[date, ...]:
    """The days before the end on which officers are to be told; one that isn't worked makes way for the working day before."""
    if not state.is_counting:
        return ()
    return tuple(
        sorted({add_working_days(state.ends_on - timedelta(days=before) + timedelta(days=1), -1) for before in clock.warns})
    )


def explain(clock: Clock, state: ClockState) -> list[str]:
    """What happened to the clock and when it ends, in sentences: "The two months run from 1 March 2027, ..."."""
    return [sentence for sentence in _sentences(clock, state) if sentence]


def _sentences(clock: Clock, state: ClockState) -> Iterator[str]:
    if state.status == NOT_STARTED and state.intervals and state.intervals[-1].what == "waited":
        yield _(
            "The file is incomplete since %(day)s: the time (%(length)s) has not started. It runs whole once the file is complete."
        ) % {
            "day": say_when(state.intervals[-1].since),
            "length": say_length(state.lasts),
        }
        return
    if state.started is None:
        return
    if state.lasts == Length():
        yield _("It comes by itself at midnight, at the end of %(day)s.") % {"day": say_when(state.started)}
        return
    yield _began(state)
    if state.extended:
        yield _("It was extended to %(length)s in all.") % {"length": say_length(state.lasts)}
    yield from (_stood(each) for each in state.intervals if each.what == "stood" and each.until is not None)
    yield from _ends(clock, state)


def _began(state: ClockState) -> str:
    waited = any(each.what == "waited" and each.until is not None for each in state.intervals)
    words = {"day": say_when(state.started), "length": say_length(state.lasts)}
    if waited:
        return _("The file is complete since %(day)s: the time (%(length)s) runs from that day, which doesn't count.") % words
    if state.lasts.is_in_hours:
        return _("The time (%(length)s) runs from %(day)s.") % words
    return _("The time (%(length)s) runs from %(day)s, which doesn't count.") % words


def _stood(each: Interval) -> str:
    return _("It stood still from %(since)s to %(until)s.") % {"since": say_when(each.since), "until": say_when(each.until)}


def _ends(clock: Clock, state: ClockState) -> Iterator[str]:
    match state.status:
        case "suspended" if state.until is None:
            last = state.intervals[-1]
            yield _("It stands still since %(since)s; %(left)s are left when it runs again.") % {
                "since": say_when(last.since),
                "left": _left(state),
            }
        case "suspended":
            yield _("It stands still until %(until)s at the latest.") % {"until": say_when(state.until)}
            yield _end(state)
        case "running":
            yield _end(state)
        case "stopped":
            yield _("An answer was given on %(day)s: the time is over.") % {"day": say_when(state.over)}
        case "lapsed" if state.lasts.is_in_hours:
            yield _("It ran out on %(moment)s without an answer.") % {"moment": say_when(state.over)}
        case "lapsed":
            yield _("It ran out on %(day)s at midnight without an answer.") % {"day": say_when(state.over)}
    if clock.means and state.status != STOPPED:
        yield f"{MEANINGS[clock.means]}."


def _end(state: ClockState) -> str:
    if state.lasts.is_in_hours:
        return _("It ends on %(moment)s.") % {"moment": say_when(state.ends_at)}
    return _("It ends on %(day)s at midnight.") % {"day": say_when(state.ends_on)}


def _left(state: ClockState) -> str:
    return say_length(
        Length(hours=state.left, counting=state.lasts.counting)
        if state.lasts.is_in_hours
        else Length(days=state.left, counting=state.lasts.counting)
    )


def say_when(when: date | datetime) -> str:
    """A day in words, or an instant to the minute, where the authority is."""
    if isinstance(when, datetime):
        local = when.astimezone(PARIS)
        return _("%(day)s at %(time)s") % {"day": say_when(local_day(when)), "time": f"{local:%H:%M}"}
    return day_in_words(when)


def say_length(length: Length) -> str:
    """A length in words: "2 months", "10 working days", "5 clear days"."""
    parts = []
    if length.months and length.months % 12 == 0:
        parts.append(ngettext("%(so_many)d year", "%(so_many)d years", length.months // 12) % {"so_many": length.months // 12})
    elif length.months:
        parts.append(ngettext("%(so_many)d month", "%(so_many)d months", length.months) % {"so_many": length.months})
    if length.hours and length.counting == WORKING_HOURS:
        parts.append(ngettext("%(so_many)d working hour", "%(so_many)d working hours", length.hours) % {"so_many": length.hours})
    elif length.hours:
        parts.append(ngettext("%(so_many)d hour", "%(so_many)d hours", length.hours) % {"so_many": length.hours})
    if length.days or not parts:
        parts.append(_said_days(length))
    return _(" and ").join(parts)


def _said_days(length: Length) -> str:
    n = length.days
    if length.clear:
        return ngettext("%(so_many)d clear day", "%(so_many)d clear days", n) % {"so_many": n}
    match length.counting:
        case "working days":
            return ngettext("%(so_many)d working day", "%(so_many)d working days", n) % {"so_many": n}
        case "open days":
            return ngettext("%(so_many)d open day", "%(so_many)d open days", n) % {"so_many": n}
    return ngettext("%(so_many)d day", "%(so_many)d days", n) % {"so_many": n}
