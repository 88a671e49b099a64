"""What is booked with a case: the kind of resource, how much of it, under which terms, and the question that lets people choose.

    bookings = (
        Booking("truck", _("Pick-up"), resource_kind="bulky-truck", takes=answer("volume_m3"), at="address",
                lead=days(2), horizon=days(30), quota=("pickups_a_year", "year"), per=("address",), change_until="18:00"),
    )
    form = {..., "pickup": Slot(_("When shall we come?"), booking="truck", required=True)}

A `Slot` of the form is taken when the case is filed, one of an action when it is carried out: in the same transaction, so that there
is never a case without its place, nor a place without its case. A refusal of the place refuses the act; a case that ends frees it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from oppidum.bookings.places import read_place
from oppidum.bookings.words import say_place
from oppidum.cases.declaration.expressions import Expression
from oppidum.cases.declaration.fields import Field
from oppidum.core.calendar import Length, days
from oppidum.core.errors import Invalid

PERIODS = ("week", "month", "year", "ever")


@dataclass(frozen=True)
class Slot(Field):
    """A place to choose among those that are free, of the service's booking `booking`; kept as one line of text (`read_place`)."""

    booking: str = ""
    fact: bool = True
    kind: ClassVar[str] = "slot"
    owed: ClassVar[Any] = _("Choose one of the times offered.")

    def clean(self, raw, today):
        try:
            return str(read_place(str(raw).strip()))
        except ValueError:
            raise Invalid(_("Choose one of the times offered.")) from None

    def show(self, value):
        try:
            return say_place(read_place(value))
        except ValueError:
            return value


@dataclass(frozen=True)
class Points:
    """Points in a waiting list: `worth` (a number or an expression), where `when` holds. The label is published with the rule."""

    label: Any
    _: KW_ONLY
    worth: float | Expression = 1
    when: Expression | None = None


@dataclass(frozen=True)
class WaitingList:
    """People wait for a place, those with more points first, then those who came first.

    `joins`: the actions ("file" too) with which a case enters the list. `offer`: the action that the engine takes when a place is
    held for the case; `lapse`: the one it takes when `lasts` is over. `lets_go`: those with which an offer is turned down, which is
    then not offered again. `day`: the answer that names the day for which people wait; none: any that may be booked. `begun`: how long
    after it began a place that comes free is still given to who waits (a course that goes on), a length or a rule; none: until it begins.
    """

    joins: tuple[str, ...]
    _: KW_ONLY
    offer: str
    lapse: str
    lets_go: tuple[str, ...] = ()
    lasts: Length = field(default_factory=lambda: days(15))
    day: str = ""
    begun: Length | str | None = None
    points: tuple[Points, ...] = ()


@dataclass(frozen=True)
class Booking:
    """A place booked with a case. Actions name it in `books=` and `frees=`; one that names it in both moves the place.

    `takes`: how much of a slot's capacity, a number or an expression. `at`: the answer (a place or an address) that must lie where
    the resource serves. `site`: the answer that names the site. `model`: the answer that names the model wanted, where several are given out. `size`: what must fit, measure -> answer. `nights`: by nights,
    those of the answer `period` where it names one.
    `lead`, `horizon`: how long before, and how far ahead, one may book. `change_until`: the hour until which the resident may change
    or cancel, `change_days` before (the day before). `earliest`, `latest`: no time is offered that begins before that instant, or on
    a day after that one; what is taken all the same is judged by `eligibility` and `barred`. `quota`: (times, period: a week, a month, a year, or "ever"); times may name a rule. `per`: the answers that say who the requester is
    for the quota (kept as a keyed hash); none: the contact. `stay`: how long a place lasts that the waiting list gives.
    Actions that the engine takes by itself: `reminds` on the day before, `moved` when a closing gave another place, `unplaced` when
    it couldn't. Actions that say what became of it: `done`, `missed`. `keeps`: the ends at which the place is not freed.
    """

    name: str
    label: Any
    _: KW_ONLY
    resource_kind: str
    takes: float | Expression = 1
    at: str = ""
    site: str = ""
    model: str = ""
    size: Mapping[str, str] = field(default_factory=dict)
    nights: bool = False
    period: str = ""
    lead: Length = field(default_factory=lambda: days(0))
    horizon: Length = field(default_factory=lambda: days(365))
    change_until: str = ""
    change_days: int = 1
    earliest: Expression | None = None
    latest: Expression | None = None
    quota: tuple[int | str, str] | None = None
    per: tuple[str, ...] = ()
    most_nights: int | None = None
    stay: Length | None = None
    waiting: WaitingList | None = None
    reminds: str = ""
    moved: str = ""
    unplaced: str = ""
    done: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()

    @cached_property
    def tells(self) -> frozenset[str]:
        """The actions that say what became of the place, or of who waits for it."""
        waits = self.waiting
        return frozenset(
            (*self.done, *self.missed, *((*waits.joins, waits.offer, waits.lapse, *waits.lets_go) if waits is not None else ()))
        )


def slot_fields(fields: Mapping[str, Field]) -> dict[str, str]:
    """The names of the questions that choose a place, by the booking that they choose for."""
    return {question.booking: name for name, question in fields.items() if isinstance(question, Slot)}


def booking_faults(service) -> Iterator[str]:
    """What is wrong with the bookings of a service, a sentence each."""
    names = {one.name for one in service.bookings}
    if service.lies_at and service.lies_at not in service.form:
        yield f"lies_at='{service.lies_at}' is asked nowhere: add the question that names the site or correct the name"
    for booking in service.bookings:
        yield from (f"booking '{booking.name}': {fault}" for fault in _faults(service, booking))
    for where, fields in _forms(service):
        for name, question in fields.items():
            if isinstance(question, Slot) and question.booking not in names:
                yield f"{where}: '{name}' chooses a place of '{question.booking}', which is no booking: declare it in `bookings`"
    for action in service.flow.actions.values():
        chosen = slot_fields(action.demands)
        for name in chosen:
            if action.books != name:
                yield f"action '{action.name}': asks for a place of '{name}' and doesn't take it: say books='{name}'"


def _faults(service, booking: Booking) -> Iterator[str]:
    asked = _asked(service)
    for what, name in (
        ("at", booking.at),
        ("site", booking.site),
        ("model", booking.model),
        ("period", booking.period),
        *(("size", n) for n in booking.size.values()),
        ("waiting day", booking.waiting.day if booking.waiting else ""),
    ):
        if name and name not in asked:
            yield f"{what}='{name}' is asked nowhere: add the question or correct the name"
    for name in booking.per:
        if name not in asked:
            yield f"per='{name}' is asked nowhere: add the question or correct the name"
    if booking.nights and booking.waiting and booking.waiting.day:
        yield "waits for a day, and is booked by nights: leave one of the two out"
    if booking.waiting and isinstance(booking.waiting.begun, str) and booking.waiting.begun not in service.rules:
        yield f"begun='{booking.waiting.begun}' is no rule of the service: declare it in `rules`, or write a length"
    if booking.quota is not None:
        yield from _quota_faults(service, booking.quota)
    if booking.change_until and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", booking.change_until):
        yield f"change_until='{booking.change_until}' is no hour: write it as 18:00"
    if not isinstance(booking.takes, Expression) and booking.takes <= 0:
        yield "takes nothing: takes= is a number above zero or an expression"
    for what, action in _actions_named(booking):
        if action not in service.flow.actions and action != "file":
            yield f"{what}='{action}' is no action of the flow: declare it or correct the name"
        elif what in ("reminds", "moved", "unplaced", "offer", "lapse") and "system" not in service.flow.actions[action].by:
            yield f"{what}='{action}' is taken by the engine: let its by= hold \"system\""
    for end in booking.keeps:
        if end not in service.flow.steps or not service.flow.steps[end].is_end:
            yield f"keeps='{end}' is no end of the flow"
    if booking.moved and service.flow.actions.get(booking.moved) and not _moves(service.flow.actions[booking.moved], booking.name):
        yield f"moved='{booking.moved}': give that action books='{booking.name}', frees='{booking.name}' and a Slot among its demands"
    if not _is_taken(service, booking):
        yield "nobody takes it: ask for a Slot in the form, or let an action say books="


def _quota_faults(service, quota: tuple[int | str, str]) -> Iterator[str]:
    times, period = quota
    if period not in PERIODS:
        yield f"quota a '{period}': count by {', '.join(PERIODS)}"
    if isinstance(times, str) and times not in service.rules:
        yield f"quota='{times}' is no rule of the service: declare it in `rules`, or write a number"
    elif not isinstance(times, str) and times < 1:
        yield "quota: at least one"


def _actions_named(booking: Booking) -> Iterator[tuple[str, str]]:
    for what in ("reminds", "moved", "unplaced"):
        if name := getattr(booking, what):
            yield what, name
    for what in ("done", "missed"):
        yield from ((what, name) for name in getattr(booking, what))
    if booking.waiting is not None:
        yield "offer", booking.waiting.offer
        yield "lapse", booking.waiting.lapse
        yield from (("joins", name) for name in booking.waiting.joins)
        yield from (("lets_go", name) for name in booking.waiting.lets_go)


def _moves(action, name: str) -> bool:
    return action.books == action.frees == name and name in slot_fields(action.demands)


def _is_taken(service, booking: Booking) -> bool:
    return booking.name in slot_fields(service.form) or any(a.books == booking.name for a in service.flow.actions.values())


def _forms(service) -> Iterator[tuple[str, Mapping[str, Field]]]:
    yield "form", service.form
    for action in service.flow.actions.values():
        yield f"action '{action.name}'", action.demands


def _asked(service) -> set[str]:
    return {name for _where, fields in _forms(service) for name in fields}
