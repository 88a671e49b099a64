"""A scenario's ground and places, put into a run's own database before the run begins: resources, opening hours, zones."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from oppidum.bookings.models import Opening, Resource
from oppidum.cases.declaration import catalogue
from oppidum.people.models import Team
from oppidum.rehearsal.replay.plan import BadPlan, Changes
from oppidum.territory.locate import forget as forget_ground
from oppidum.territory.models import Commune, Zone


def place(changes: Changes) -> None:
    """Change the database in use as the scenario says. The slots of the year are made from the resources afterwards.

    Raises `BadPlan` for what isn't there, before anything is changed.
    """
    if missing := list(find_missing(changes)):
        raise BadPlan("\n".join(missing))
    for code, told in changes.bookings.items():
        kinds = {one.resource_kind for one in catalogue()[code].bookings}
        _change_resources(kinds, told)
    for layer, communes in changes.zones.items():
        _extend(layer, communes)


def find_missing(changes: Changes) -> Iterator[str]:
    """Teams, resources and communes that are named and aren't in the database in use, each with its place and what there is."""
    if changes.crews:
        teams = set(Team.objects.values_list("code", flat=True))
        yield from _unknown("crews", changes.crews, teams, "no team")
    for code, told in changes.bookings.items():
        kinds = {one.resource_kind for one in catalogue()[code].bookings}
        resources = set(Resource.objects.filter(kind__in=kinds).values_list("code", flat=True))
        yield from _unknown(
            f"bookings.{code}.without", told.get("without", ()), resources, "nothing that is booked in this service"
        )
    communes = set(Commune.objects.exclude(outline=None).values_list("code", flat=True)) if changes.zones else set()
    for layer, codes in changes.zones.items():
        yield from _unknown(f"zones.{layer}", codes, communes, "no commune of this territory")


def _unknown(where: str, named: Iterable[str], known: set[str], what: str) -> Iterator[str]:
    for name in named:
        if name not in known:
            near = get_close_matches(name, known, 3, 0.5) or sorted(known)[:12]
            yield (
                f"{where}: '{name}' is {what}; there are, for instance, {', '.join(near)}"
                if near
                else f"{where}: '{name}' is {what}"
            )


def _change_resources(kinds: set[str], told: Mapping[str, Any]) -> None:
    resources = Resource.objects.filter(kind__in=kinds)
    resources.filter(code__in=told.get("without", ())).update(is_active=False)
    factor = Decimal(str(told.get("capacity", 1)))
    for one in resources.filter(is_active=True).prefetch_related("openings"):
        if factor != 1:
            one.capacity *= factor
            one.save(update_fields=["capacity"])
            for opening in one.openings.exclude(capacity=None):
                Opening.objects.filter(pk=opening.pk).update(capacity=opening.capacity * factor)
        _open_longer(one, told.get("minutes_longer", 0))
        _open_on(one, told.get("weekdays", ()))


def _open_longer(resource: Resource, minutes: int) -> None:
    """The last hours of each day end later; a slot of a fixed length is cut from them as often as it fits."""
    if not minutes:
        return
    lasts: dict[int, Opening] = {}
    for one in resource.openings.order_by("starts"):
        lasts[one.weekday] = one
    for one in lasts.values():
        ends = datetime.combine(date.min, one.ends) + timedelta(minutes=minutes)
        # A slot filled by volume holds as much more as it lasts longer.
        held = one.capacity or resource.capacity
        length = (ends - datetime.combine(date.min, one.starts)) / (
            ends - timedelta(minutes=minutes) - datetime.combine(date.min, one.starts)
        )
        capacity = one.capacity if one.minutes else round(held * Decimal(str(length)), 3)
        Opening.objects.filter(pk=one.pk).update(ends=ends.time(), capacity=capacity)


def _open_on(resource: Resource, weekdays: list[int]) -> None:
    """Open on more weekdays, at the hours of the first day of its week."""
    known = {one.weekday for one in resource.openings.all()}
    if not known:
        return
    hours = list(resource.openings.filter(weekday=min(known)))
    Opening.objects.bulk_create(
        Opening(resource=resource, weekday=day, starts=one.starts, ends=one.ends, minutes=one.minutes, capacity=one.capacity)
        for day in sorted(set(weekdays) - known)
        for one in hours
    )


def _extend(layer: str, communes: list[str]) -> None:
    """Whole communes become zones of the layer."""
    found = Commune.objects.filter(code__in=communes).exclude(outline=None)
    Zone.objects.bulk_create(
        [
            Zone(
                layer=layer, code=f"commune-{one.code}", name=one.name, commune=one, population=one.population, outline=one.outline
            )
            for one in found
        ],
        ignore_conflicts=True,
    )
    forget_ground()
