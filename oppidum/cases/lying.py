"""In which commune a request lies whose form asks for no place: that of the site that it names (a pool, a harbour), of the place that it books, of its call."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from oppidum.bookings.models import Resource, Site
from oppidum.bookings.places import read_place
from oppidum.cases.declaration import Service, get_service
from oppidum.cases.models import Case
from oppidum.cases.new_case import NewCase


def lie_somewhere(cases: Sequence[NewCase]) -> list[NewCase]:
    """The cases, those without a place with the commune of what they name; one query for each kind of thing that is named."""
    bare = {n: case for n, case in enumerate(cases) if not case.commune}
    named = {n: _named(get_service(case.service), case.answers) for n, case in bare.items()}
    sites = {code for code, _resource in named.values() if code}
    resources = {code for _site, code in named.values() if code}
    parents = {case.parent for case in bare.values() if case.parent}
    lies = dict(Site.objects.filter(code__in=sites).values_list("code", "commune_id")) if sites else {}
    there = dict(Resource.objects.filter(code__in=resources).values_list("code", "site__commune_id")) if resources else {}
    above = dict(Case.objects.filter(pk__in=parents).values_list("pk", "commune_id")) if parents else {}
    found = list(cases)
    for n, (site, resource) in named.items():
        if commune := lies.get(site) or there.get(resource) or above.get(cases[n].parent):
            found[n] = replace(cases[n], commune=commune)
    return found


def find_commune_named(service: type[Service], answers: Mapping[str, Any]) -> str:
    """The commune of the site or the place that these answers name; "" when they name none."""
    site, resource = _named(service, answers)
    found = Site.objects.filter(code=site).values_list("commune_id", flat=True).first() if site else None
    if not found and resource:
        found = Resource.objects.filter(code=resource).values_list("site__commune_id", flat=True).first()
    return found or ""


def _named(service: type[Service], answers: Mapping[str, Any]) -> tuple[str, str]:
    """The codes of the site and of the bookable place that the answers name."""
    asked = service.lies_at or next((one.site for one in service.bookings if one.site), "")
    places = (answers.get(name) for name, question in service.form.items() if question.kind == "slot")
    return str(answers.get(asked) or "") if asked else "", next((_resource(place) for place in places if place), "")


def _resource(place: str) -> str:
    try:
        return read_place(place).resource
    except ValueError:
        return ""
