"""Reading bookable places from a TOML file: sites, resources with their hours, berths by the dozen. All or nothing, again and again."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import Point
from django.db import transaction

from oppidum.bookings.calendars import DAYS_AHEAD, make_slots
from oppidum.bookings.models import Exceptional, Opening, Resource, Site, Slot
from oppidum.core import clock
from oppidum.people.models import Team
from oppidum.territory.models import Commune

DEMO = Path(__file__).with_name("demo.toml")
# Slots of the weeks before, so that a rehearsal of them finds something to book.
DAYS_BEHIND = 62
KINDS = {"yearly": "berth", "visitor": "visitor-berth"}


class PlacesFileError(Exception):
    """The file can't be loaded; `faults` says all that is wrong with it, one sentence each."""

    def __init__(self, faults: list[str]):
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Loaded:
    """How many of each there are after loading."""

    sites: int
    resources: int
    slots: int


def read_file(path: Path) -> dict[str, Any]:
    """The file's content; raises `PlacesFileError`."""
    try:
        with open(path, "rb") as source:
            return tomllib.load(source)
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise PlacesFileError([f"{path}: {wrong}"]) from None


@transaction.atomic
def load_places(path: Path) -> Loaded:
    """Make the database say what the file says, and make the slots of the coming days and of the last weeks; what the file doesn't name is left.

    Communes and teams of another territory than this one are left open, so that one file serves several. Raises `PlacesFileError`.
    """
    content = read_file(path)
    if faults := list(_faults(content)):
        raise PlacesFileError(faults)
    sites = _load_sites(content.get("sites", []))
    teams = dict(Team.objects.values_list("code", "pk"))
    for entry in content.get("resources", []):
        _load_resource(entry, teams, sites)
    _load_berths(content.get("berths", []), teams, sites)
    today = clock.today()
    make_slots(today - timedelta(days=DAYS_BEHIND), today + timedelta(days=DAYS_AHEAD))
    return Loaded(Site.objects.count(), Resource.objects.count(), Slot.objects.count())


def _faults(content: dict[str, Any]) -> Iterable[str]:
    """Everything that names what isn't there, or says nothing."""
    sites = {site.get("code") for site in content.get("sites", [])} | set(Site.objects.values_list("code", flat=True))
    for entry in content.get("resources", []):
        yield from (f"resource {entry.get('code')}: no {key}" for key in ("code", "kind", "name") if key not in entry)
        if entry.get("site", "") not in {"", *sites}:
            yield f"resource {entry.get('code')}: no site {entry['site']!r}"
        for opening in entry.get("openings", []):
            if not {"weekdays", "starts", "ends"} <= set(opening) or not set(opening["weekdays"]) <= set(range(1, 8)):
                yield f"resource {entry.get('code')}: an opening has weekdays (1 is Monday), starts and ends"
        for exception in entry.get("exceptions", []):
            if not _days_of(exception) or ("starts" in exception) != ("ends" in exception):
                yield f"resource {entry.get('code')}: an exception has a first and a last day, or days; with starts and ends, or closed"
    for entry in content.get("berths", []):
        if entry.get("site") not in sites:
            yield f"berths: no site {entry.get('site')!r}"


def _load_sites(entries: Iterable[dict[str, Any]]) -> dict[str, Site]:
    communes = set(Commune.objects.members().values_list("code", flat=True))
    for entry in entries:
        commune = entry.get("commune")
        Site.objects.update_or_create(
            code=entry["code"],
            defaults={
                "name": entry["name"],
                "commune_id": commune if commune in communes else None,
                "place": Point(*entry["place"], srid=4326) if "place" in entry else None,
            },
        )
    return {site.code: site for site in Site.objects.all()}


def _load_resource(entry: dict[str, Any], teams: dict[str, int], sites: dict[str, Site]) -> None:
    resource, _ = Resource.objects.update_or_create(
        code=entry["code"],
        defaults={
            "kind": entry["kind"],
            "name": entry["name"],
            "site": sites.get(entry.get("site", "")),
            "model": entry.get("model", ""),
            "team_id": teams.get(entry.get("team", "")),
            "serves": entry.get("serves", []),
            "capacity": entry.get("capacity", 1),
            "unit": entry.get("unit", ""),
            "closed_on_holidays": entry.get("closed_on_holidays", True),
        },
    )
    resource.openings.all().delete()
    Opening.objects.bulk_create(
        Opening(
            resource=resource,
            weekday=day,
            starts=o["starts"],
            ends=o["ends"],
            minutes=o.get("minutes", 0),
            capacity=o.get("capacity"),
            first_day=first,
            last_day=last,
        )
        for o in entry.get("openings", [])
        for first, last in _weeks_of(o)
        for day in o["weekdays"]
    )
    _load_exceptions(resource, entry.get("exceptions", []))


def _load_exceptions(resource: Resource, entries: Iterable[dict[str, Any]]) -> None:
    """Those that the file names, once each; days that the desk closed stay closed."""
    for entry in entries:
        for first, last in _days_of(entry):
            hours = {"starts": entry.get("starts"), "ends": entry.get("ends")}
            Exceptional.objects.update_or_create(
                resource=resource,
                first_day=first,
                last_day=last,
                **hours,
                defaults={"capacity": entry.get("capacity"), "reason": entry.get("reason", "")},
            )


def _weeks_of(opening: dict[str, Any]) -> list[tuple[date | None, date | None]]:
    """In force from `first` to `last`, or in some `weeks` alone, each named by its first day: where a season begins."""
    weeks = [(day, day + timedelta(days=6)) for day in opening.get("weeks", [])]
    return weeks or [(opening.get("first"), opening.get("last"))]


def _days_of(entry: dict[str, Any]) -> list[tuple[date, date]]:
    """From when to when: `first` and `last`, or each of `days`."""
    span = [(entry["first"], entry["last"])] if {"first", "last"} <= set(entry) else []
    return span + [(day, day) for day in entry.get("days", [])]


def _load_berths(entries: Iterable[dict[str, Any]], teams: dict[str, int], sites: dict[str, Site]) -> None:
    berths = []
    for entry in entries:
        site = sites[entry["site"]]
        for use, kind in KINDS.items():
            number = 0
            for row in entry.get(use, []):
                limits = {name: value for name, value in row.items() if name.endswith("_m")}
                for _ in range(row["count"]):
                    number += 1
                    letter = "V" if use == "visitor" else "A"
                    berths.append(
                        Resource(
                            code=f"{site.code}-{letter.lower()}{number}",
                            kind=kind,
                            name=f"{letter}{number}",
                            by=Resource.By.NIGHTS,
                            site=site,
                            team_id=teams.get(entry.get("team", "")),
                            limits=limits,
                        )
                    )
    Resource.objects.bulk_create(
        berths, update_conflicts=True, unique_fields=["code"], update_fields=["kind", "name", "site", "team", "limits"]
    )
