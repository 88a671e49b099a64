"""Where the caller means: an address with its suggestions, a pin, or only a commune; and outside the territory, whom to call there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite

from oppidum.territory.gazetteer import Place, search_places
from oppidum.territory.locate import Neighbour, find_commune, find_outside, find_zones, ground
from oppidum.territory.models import Commune, Zone
from oppidum.web.desk.choices import commune_names

LONGEST = 200
OFFERED = 5


@dataclass(frozen=True, slots=True)
class Spot:
    """What the typed place comes to. `commune` is "" outside the territory; `choices` are offered while nothing is certain.

    `rough`: only the commune is known, the point is its centre.
    """

    label: str = ""
    lon: float | None = None
    lat: float | None = None
    commune: str = ""
    zones: tuple[str, ...] = ()
    neighbour: Neighbour | None = None
    choices: list[Place] = field(default_factory=list)
    chosen: str = ""
    rough: bool = False

    @property
    def is_placed(self) -> bool:
        """Whether a report can be filed here."""
        return bool(self.commune)

    @property
    def is_outside(self) -> bool:
        return self.lon is not None and not self.commune

    @property
    def offers(self) -> list[tuple[str, str, bool]]:
        """The choices as radio buttons: value, label, whether it is the one chosen."""
        return [(point_of(place), place.label, point_of(place) == self.chosen) for place in self.choices]

    @property
    def commune_name(self) -> str:
        return commune_names().get(self.commune, "")


def find_spot(raw: Mapping[str, str]) -> Spot:
    """The place in a form: the choice made among places offered, the point, the commune, or what the words may mean."""
    label = one_line(raw.get("place", ""))
    if choice := raw.get("place_choice", ""):
        offered = search_places(label, limit=OFFERED)
        if found := next((place for place in offered if point_of(place) == choice), None):
            return settle(found.lon, found.lat, found.label, offered, choice)
    point = read_point(raw.get("lon", ""), raw.get("lat", ""))
    if point and not (raw.get("place_was") and label != one_line(raw["place_was"])):
        return settle(*point, label)
    if commune := commune_names().get(raw.get("commune", "")):
        return _centre_of(raw["commune"], label if commune.casefold() in label.casefold() else f"{label}, {commune}".strip(", "))
    if len(label) < 2:
        return Spot(label)
    offered = search_places(label, limit=OFFERED)
    exact = next((place for place in offered if place.label.casefold() == label.casefold()), None)
    return settle(exact.lon, exact.lat, exact.label) if exact else Spot(label, choices=offered)


def settle(lon: float, lat: float, label: str, choices: list[Place] | None = None, chosen: str = "") -> Spot:
    """The place at a point: its commune and zones, or the neighbour that it belongs to."""
    commune = find_commune(lon, lat) or ""
    if not commune:
        return Spot(label, lon, lat, neighbour=find_outside(lon, lat), choices=choices or [], chosen=chosen)
    names = zone_names(ground().version)
    zones = tuple(names[pair] for pair in find_zones(lon, lat).items() if pair in names)
    return Spot(label, lon, lat, commune, zones, choices=choices or [], chosen=chosen)


def _centre_of(code: str, label: str) -> Spot:
    centre = Commune.objects.filter(code=code).values_list("centre", flat=True).first()
    return Spot(label, centre.x, centre.y, code, rough=True) if centre else Spot(label)


@lru_cache(maxsize=2)
def zone_names(version: str | None) -> dict[tuple[str, str], str]:
    """The zones' names by layer and code, read once for each version of the territory."""
    return {(layer, code): name for layer, code, name in Zone.objects.values_list("layer", "code", "name")}


def point_of(place: Place) -> str:
    """A place as a radio button's value."""
    return f"{place.lon:.6f},{place.lat:.6f}"


def read_point(lon: str, lat: str) -> tuple[float, float] | None:
    """A point from two texts, None when they are no point on Earth."""
    try:
        x, y = float(lon), float(lat)
    except ValueError:
        return None
    return (x, y) if isfinite(x) and isfinite(y) and -180 <= x <= 180 and -90 <= y <= 90 else None


def one_line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST]
