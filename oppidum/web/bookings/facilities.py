"""Facilities as everybody sees them: which are open now, until when, when next, which days are different; as a calendar and as data too."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppidum.bookings.models import Resource
from oppidum.bookings.visiting import Facility, OpenDay, find_facility, list_facilities
from oppidum.bookings.words import say_hours
from oppidum.cases.declaration import Service, catalogue
from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.web.portal.offered import is_askable
from oppidum.web.words import say_day, say_hour

WEEK = 7
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@require_safe
@never_cache
def overview(request):
    """All of them, the open ones first."""
    now = clock.now()
    return render(request, "bookings/facilities.html", {"facilities": [_told(one, now) for one in list_facilities(now)]})


@require_safe
@never_cache
def page(request, code: str):
    """One of them: now, the coming week, the days that are different, what is booked at this hour."""
    found, now = _get(code), clock.now()
    context = _told(found, now) | {
        "week": [(one.day, _hours(one), _why(one)) for one in found.days[:WEEK]],
        "others": _runs(found.closed_days(now)),
        "asked_at": now,
        "bookable": _services_at(code),
    }
    return render(request, "bookings/facility.html", context)


def _services_at(code: str) -> list[type[Service]]:
    """What can be asked for that books something of the site: lanes, halls, lessons."""
    kinds = set(Resource.objects.filter(site__code=code, is_active=True).values_list("kind", flat=True))
    return [one for one in catalogue().values() if is_askable(one) and any(b.resource_kind in kinds for b in one.bookings)]


@require_safe
def data(request, code: str):
    """Its hours as schema.org says them (Place, OpeningHoursSpecification)."""
    found = _get(code)
    week = [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{WEEKDAYS[one.weekday - 1]}",
            "opens": f"{one.starts:%H:%M}",
            "closes": f"{one.ends:%H:%M}",
        }
        | ({"validFrom": one.first_day.isoformat()} if one.first_day else {})
        | ({"validThrough": one.last_day.isoformat()} if one.last_day else {})
        for one in found.weekly
    ]
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Place",
        "@id": request.build_absolute_uri(reverse("facilities:facility", args=[found.code])),
        "name": found.name,
        "address": {"@type": "PostalAddress", "addressLocality": found.commune, "addressCountry": "FR"},
        "openingHoursSpecification": week,
        "specialOpeningHoursSpecification": [special for one in found.closed_days(clock.now()) for special in _special(one)],
    }
    if found.place:
        told["geo"] = {"@type": "GeoCoordinates", "longitude": found.place[0], "latitude": found.place[1]}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json")


@require_safe
def calendar(request, code: str):
    """The hours of the coming weeks as a calendar that a telephone subscribes to (RFC 5545)."""
    found, now = _get(code), clock.now()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Oppidum//facilities//EN", f"X-WR-CALNAME:{_text(found.name)}"]
    for span in (span for one in found.days for span in one.spans):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{found.code}-{_stamp(span.starts_at)}@{request.get_host()}",
            f"DTSTAMP:{_stamp(now)}",
            f"DTSTART:{_stamp(span.starts_at)}",
            f"DTEND:{_stamp(span.ends_at)}",
            f"SUMMARY:{_text(_('%(name)s is open') % {'name': found.name})}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    body = "\r\n".join(_folded(line) for line in [*lines, "END:VCALENDAR"]) + "\r\n"
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.code}.ics"'
    return response


def _get(code: str) -> Facility:
    found = find_facility(code)
    if found is None:
        raise NotFound()
    return found


def _told(one: Facility, now: datetime) -> dict[str, Any]:
    """What a page says of it first: open until when, or why not and when next."""
    span, coming = one.open_span(now), one.next_span(now)
    if span is not None:
        state = _("Open until %(hour)s") % {"hour": say_hour(span.ends_at)}
    elif coming is None:
        state = _("Closed for the coming weeks")
    else:
        state = _opens(coming.starts_at, now)
    return {"facility": one, "is_open": span is not None, "state": state, "hours": _hours(one.today), "why": _why(one.today)}


def _opens(at: datetime, now: datetime) -> str:
    said = {"hour": say_hour(at), "day": say_day(at)}
    match (clock.local_day(at) - clock.local_day(now)).days:
        case 0:
            return _("Closed, opens today at %(hour)s") % said
        case 1:
            return _("Closed, opens tomorrow at %(hour)s") % said
        case _later:
            return _("Closed, opens on %(day)s at %(hour)s") % said


def _hours(day: OpenDay) -> str:
    local = [(one.starts_at.astimezone(clock.PARIS).time(), one.ends_at.astimezone(clock.PARIS).time()) for one in day.spans]
    return ", ".join(say_hours(*one) for one in local) if local else _("closed")


def _why(day: OpenDay) -> str:
    return day.reason or (
        _("Public holiday") if day.is_holiday else _("Other hours than usual") if day.is_other and day.spans else ""
    )


def _runs(days: list[OpenDay]) -> list[dict[str, Any]]:
    """Days that follow each other with the same hours and reason, told at once."""
    runs: list[dict[str, Any]] = []
    for one in days:
        last = runs[-1] if runs else None
        said = {"hours": _hours(one), "why": _why(one)}
        if last and one.day - last["last"] == timedelta(days=1) and said == {name: last[name] for name in said}:
            last["last"] = one.day
        else:
            runs.append({"first": one.day, "last": one.day, **said})
    return runs


def _special(one: OpenDay) -> list[dict[str, str]]:
    """That day's hours; closed all day is told as opening and closing at midnight."""
    local = [(span.starts_at.astimezone(clock.PARIS), span.ends_at.astimezone(clock.PARIS)) for span in one.spans]
    hours = [(f"{starts:%H:%M}", f"{ends:%H:%M}") for starts, ends in local] or [("00:00", "00:00")]
    day = one.day.isoformat()
    return [
        {"@type": "OpeningHoursSpecification", "validFrom": day, "validThrough": day, "opens": opens, "closes": closes}
        for opens, closes in hours
    ]


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(said: str) -> str:
    return said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line (RFC 5545, section 3.1)."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > 74:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
