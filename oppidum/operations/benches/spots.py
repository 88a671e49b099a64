"""Places in the territory, drawn as reports fall: by the communes' population."""

import random

import numpy as np

from oppidum.territory.locate import locate
from oppidum.territory.models import Commune

Spot = tuple[float, float, str]


def draw_spots(count: int, rng: random.Random) -> list[Spot]:
    """(lon, lat, commune) of `count` places, in random order."""
    chance = np.random.default_rng(rng.randrange(2**32))
    communes = list(Commune.objects.members().exclude(outline=None))
    weights = np.array([max(commune.population, 1) for commune in communes], dtype=float)
    shares = chance.multinomial(count, weights / weights.sum())
    spots = [spot for commune, share in zip(communes, shares, strict=True) for spot in _inside(commune, int(share), chance)]
    rng.shuffle(spots)
    return spots


def _inside(commune: Commune, count: int, chance: np.random.Generator) -> list[Spot]:
    west, south, east, north = commune.outline.extent
    found: list[Spot] = []
    while len(found) < count:
        lons, lats = chance.uniform(west, east, 2 * count + 20), chance.uniform(south, north, 2 * count + 20)
        hit = locate(lons, lats) == commune.code
        inside = zip(lons[hit].tolist(), lats[hit].tolist(), strict=True)
        found += [(round(lon, 6), round(lat, 6), commune.code) for lon, lat in inside]
    return found[:count]
