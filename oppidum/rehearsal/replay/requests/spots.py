"""Where requests lie: places of the territory drawn once, communes weighing as their population, and some in each zone that is asked for."""

from collections.abc import Iterable
from random import Random
from typing import Any

import shapely

from oppidum.cases.declaration import Service
from oppidum.rehearsal.places import Places
from oppidum.rehearsal.replay.streams import stream
from oppidum.territory.locate import find_zones
from oppidum.territory.models import Zone

MOST, LEAST, IN_A_LAYER = 12_000, 800, 1200
STREETS = (
    "rue de la République",
    "avenue Jean-Jaurès",
    "boulevard National",
    "rue des Lices",
    "chemin des Oliviers",
    "rue Pasteur",
)
_TRIES = 30


class Spots:
    """A pool of places over the territory, and one for each layer of zones in which a service asks for a place."""

    def __init__(self, seed: int, services: Iterable[type[Service]], scale: float):
        rng = stream(seed, "spots")
        places = Places(rng)
        count = int(min(MOST, max(LEAST, MOST * scale)))
        drawn = ((spot.lon, spot.lat, spot.commune, spot.address) for spot in (places.draw() for _ in range(count)))
        self._anywhere = [_placed(*each) for each in drawn]
        layers = sorted({field.inside for one in services for field in one.form.values() if getattr(field, "inside", "")})
        self._inside = {layer: [_placed(*each) for each in _within(layer, stream(seed, f"spots {layer}"))] for layer in layers}

    def place(self, rng: Random, zones: tuple[str, ...]) -> dict[str, Any]:
        """A place with its address and zones, within the first of the layers if one is asked for and loaded."""
        pool = (self._inside.get(zones[0]) if zones else None) or self._anywhere
        spot = pool[int(rng.random() * len(pool))]
        street = STREETS[int(rng.random() * len(STREETS))]
        return spot | {"address": f"{1 + int(rng.random() * 180)} {street}, {spot['address']}"}

    def commune(self, rng: Random) -> str:
        """A commune, likely as its population."""
        return self._anywhere[int(rng.random() * len(self._anywhere))]["commune"]


def _within(layer: str, rng: Random) -> Iterable[tuple[float, float, str, str]]:
    zones = list(Zone.objects.filter(layer=layer).order_by("code").select_related("commune"))
    shapes = [shapely.from_wkb(bytes(zone.outline.wkb)) for zone in zones]
    for n in range(IN_A_LAYER if zones else 0):
        zone, shape = zones[n % len(zones)], shapes[n % len(zones)]
        west, south, east, north = shape.bounds
        for _ in range(_TRIES):
            lon, lat = rng.uniform(west, east), rng.uniform(south, north)
            if shapely.contains_xy(shape, lon, lat):
                break
        else:
            middle = shape.representative_point()
            lon, lat = middle.x, middle.y
        yield round(lon, 6), round(lat, 6), zone.commune_id or "", zone.commune.name if zone.commune else zone.name


def _placed(lon: float, lat: float, commune: str, address: str) -> dict[str, Any]:
    found = find_zones(lon, lat)
    layers = sorted({*found, *(f"{layer}:{code}" for layer, code in found.items())})
    return {"lon": lon, "lat": lat, "commune": commune, "address": address, "zones": layers}
