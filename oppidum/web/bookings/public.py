"""A waiting list as everybody may see it: the rule, then the order, without a name or a code (CRPA, art. L311-3-1 and L312-1-3)."""

from datetime import date
from itertools import groupby

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from oppidum.bookings.models import Site
from oppidum.bookings.waiting import list_ranks
from oppidum.cases.declaration import Booking, Expression, Service, catalogue, labels_of
from oppidum.web.words import say_day, say_number


@require_safe
def page(request, service: str):
    """The rule of a service's list, and the list of one site (`site`), where there are several."""
    declared = catalogue().get(service)
    booking = next((b for b in declared.bookings if b.waiting), None) if declared else None
    if booking is None:
        raise Http404
    sites = list(Site.objects.filter(resources__kind=booking.resource_kind).distinct())
    site = next((one for one in sites if one.code == request.GET.get("site")), sites[0] if sites else None)
    ranks = list_ranks(booking.resource_kind, site.code) if site else []
    lines = [
        {"name": _name_of(declared, booking, *wanted), "ranks": list(found)}
        for wanted, found in groupby(ranks, key=lambda one: (one.model, one.day))
    ]
    labels = labels_of(declared.form)
    rule = [
        {
            "label": gettext(str(each.label)),
            "worth": each.worth.say(labels) if isinstance(each.worth, Expression) else say_number(each.worth),
        }
        for each in booking.waiting.points
    ]
    context = {"service": declared, "booking": booking, "sites": sites, "site": site, "lines": lines, "rule": rule}
    return render(request, "bookings/list.html", context | {"is_of_boats": "length_m" in booking.size})


def _name_of(service: type[Service], booking: Booking, model: str, day: date | None) -> str:
    """What a line waits for, where a site has several: a course, a day."""
    thing = service.form[booking.model].show(model) if model and booking.model in service.form else ""
    return ", ".join(filter(None, [thing, say_day(day) if day else ""]))
