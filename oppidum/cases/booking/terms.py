"""From a declared booking and what is known of a case to what the room of bookings wants to hear: terms, wishes, requesters."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import override

from oppidum.bookings.finding import find_free, find_free_nights
from oppidum.bookings.places import Free, Place, SlotPlace
from oppidum.bookings.requesters import requester_key
from oppidum.bookings.rules.terms import Quota, Terms, first_day
from oppidum.bookings.waiting import Joining
from oppidum.bookings.wishes import Wish
from oppidum.cases.declaration import Booking, Expression, Service
from oppidum.cases.rules.standing import Contact
from oppidum.core import clock
from oppidum.core.calendar import parse_length

Known = Mapping[str, Any]


def find_booking(service: type[Service], name: str) -> Booking:
    """The booking of that name; KeyError if the service declares none."""
    for booking in service.bookings:
        if booking.name == name:
            return booking
    raise KeyError(name)


def known_on(service: type[Service], day: date) -> dict[str, Any]:
    """The dated rules of the service on that day, and the day, as expressions read them."""
    return {"today": day.isoformat()} | {f"rule:{name}": value for name, value in service.rules_on(day).items()}


def contact_of(contact: Contact | None) -> str:
    """How somebody can be reached: what stands for them where no answer does."""
    return contact.email or contact.phone if contact else ""


def terms_of(booking: Booking, known: Known, today: date) -> Terms:
    """The terms in force: delays from today, the quota from its rule where it names one."""
    quota = None
    if booking.quota is not None:
        times, period = booking.quota
        times = known.get(f"rule:{times}") if isinstance(times, str) else times
        quota = Quota(int(times), period) if times else None
    return Terms(
        lead_days=(booking.lead.last_day(today) - today).days,
        horizon_days=(booking.horizon.last_day(today) - today).days,
        quota=quota,
        change_until=time.fromisoformat(booking.change_until) if booking.change_until else None,
        change_days=booking.change_days,
        most_nights=booking.most_nights,
    )


def begun_since(booking: Booking, known: Known, today: date) -> date | None:
    """The first day of those whose places, though they have begun, are still given to who waits; None where none is."""
    lasts = booking.waiting.begun if booking.waiting else None
    if isinstance(lasts, str):
        lasts = known.get(f"rule:{lasts}")
    if isinstance(lasts, str):
        lasts = parse_length(lasts)
    return None if lasts is None else today - (lasts.last_day(today) - today)


def amount_of(booking: Booking, known: Known) -> Decimal:
    """How much of a slot it takes, to the thousandth, rounded up; one where the expression knows nothing."""
    takes = booking.takes.value(known) if isinstance(booking.takes, Expression) else booking.takes
    exact = Fraction(str(takes)) if isinstance(takes, float) else Fraction(takes or 1)
    thousandths = -(-exact * 1000 // 1)
    return max(Decimal(int(thousandths)) / 1000, Decimal("0.001"))


def areas_of(booking: Booking, known: Known) -> frozenset[str] | None:
    """The commune and zones in which the case lies; None where the booking goes by no place."""
    if not booking.at:
        return None
    place = known.get(booking.at) or {}
    return frozenset(filter(None, [place.get("commune"), *(place.get("zones") or ())]))


def model_of(booking: Booking, known: Known) -> str:
    """The model that is wanted; empty where any will do."""
    return str(known.get(booking.model) or "") if booking.model else ""


def size_of(booking: Booking, known: Known) -> dict[str, float]:
    """What must fit, measure by measure, of those that are known."""
    return {measure: float(known[name]) for measure, name in booking.size.items() if known.get(name) is not None}


def fits_window(booking: Booking, known: Known, place: Place) -> bool:
    """Whether a time lies between the earliest instant and the last day that the booking offers; a bound that isn't known yet bounds nothing."""
    earliest = None if booking.earliest is None else booking.earliest.value(known)
    latest = None if booking.latest is None else booking.latest.value(known)
    too_early = earliest is not None and isinstance(place, SlotPlace) and place.starts_at < datetime.fromisoformat(earliest)
    return not too_early and (latest is None or place.day <= date.fromisoformat(latest))


def requester_of(booking: Booking, known: Known, contact: str) -> str:
    """The keyed hash of who asks: the answers named in `per`, or else how to reach them."""
    if not booking.per:
        return requester_key(contact)
    return requester_key(*(_plain(known.get(name)) for name in booking.per))


def _plain(answer: Any) -> str:
    if isinstance(answer, Mapping):
        said = answer.get("address") or answer.get("text") or answer.get("siret") or answer.get("name") or ""
        return f"{said} {answer.get('commune') or ''}"
    return str(answer or "")


def wish_of(
    booking: Booking,
    place: str,
    known: Known,
    *,
    key: str,
    reference: str,
    today: date,
    contact: str = "",
    binding: bool = True,
    moving: bool = False,
    expires_at: datetime | None = None,
) -> Wish:
    """The wish for a place of this booking, by the case `reference`; `moving`: its present place is given back with it. What is offered
    (`expires_at`) may have begun, where the waiting list says so."""
    return Wish(
        key=key,
        place=place,
        kind=booking.resource_kind,
        amount=amount_of(booking, known),
        requester=requester_of(booking, known, contact),
        reference=reference,
        areas=areas_of(booking, known) if binding else None,
        model=model_of(booking, known),
        size=size_of(booking, known),
        terms=terms_of(booking, known, today),
        binding=binding,
        expires_at=expires_at,
        begun_since=begun_since(booking, known, today) if expires_at else None,
        instead_of=reference if moving else "",
    )


def joining_of(booking: Booking, known: Known, *, key: str, reference: str, since: datetime, contact: str = "") -> Joining:
    """The entry in the waiting list, with its points and how they were reckoned, in the words of the rule."""
    how, points = [], Fraction(0)
    for each in booking.waiting.points:
        if each.when is None or each.when.holds(known):
            worth = each.worth.value(known) if isinstance(each.worth, Expression) else each.worth
            worth = Fraction(str(worth or 0)) if isinstance(worth, float) else Fraction(worth or 0)
            points += worth
            with override("en"):  # in the source language: who reads it is told in theirs
                how.append((str(each.label), f"{float(worth):g}"))
    return Joining(
        key=key,
        kind=booking.resource_kind,
        reference=reference,
        requester=requester_of(booking, known, contact),
        site=str(known.get(booking.site) or "") if booking.site else "",
        model=model_of(booking, known),
        day=date.fromisoformat(wanted) if (wanted := known.get(booking.waiting.day)) else None,
        amount=amount_of(booking, known),
        size=size_of(booking, known),
        points=round(float(points), 3),
        how=how,
        since=since,
    )


def find_places(
    service: type[Service],
    booking: Booking,
    known: Known,
    *,
    arrival: date | None = None,
    until: date | None = None,
    binding: bool = True,
    most: int = 200,
    now: datetime | None = None,
) -> list[Free]:
    """What is free for this case: what a page offers. Nights want `arrival` and `until`, or begin on the first day one may book.

    `known`: the answers given so far; the dated rules in force today are added. Raises `OutOfArea` or `Closed`.
    """
    now = now or clock.now()
    today = clock.local_day(now)
    known = {**known_on(service, today), **known}
    terms = terms_of(booking, known, today) if binding else Terms()
    asked: dict[str, Any] = {
        "areas": areas_of(booking, known),
        "size": size_of(booking, known),
        "site": str(known.get(booking.site) or "") if booking.site else "",
        "model": model_of(booking, known),
        "terms": terms,
        "most": most,
        "now": now,
    }
    if not booking.nights:
        free = find_free(booking.resource_kind, amount=amount_of(booking, known), **asked)
        return [one for one in free if fits_window(booking, known, one.place)]
    if booking.period and (stay := known.get(booking.period)):
        arrival = date.fromisoformat(stay["from"])
        until = max(date.fromisoformat(stay["to"]), arrival + timedelta(days=1))
    first = arrival or first_day(terms, today)
    return find_free_nights(booking.resource_kind, first, until or _departure(booking, first), around=7 if arrival else 0, **asked)


def _departure(booking: Booking, first: date) -> date:
    return booking.stay.last_day(first) if booking.stay else first + timedelta(days=1)
