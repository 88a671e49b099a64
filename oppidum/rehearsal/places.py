"""Places for rehearsed cases: communes drawn by population, points drawn within them, denser near the middle."""

import math
import random
from dataclasses import dataclass
from itertools import accumulate, pairwise

import shapely

from oppidum.territory.models import Commune, Zone

_TRIES = 40


@dataclass(frozen=True)
class Spot:
    """A drawn place, with the address that a resident would give."""

    lon: float
    lat: float
    commune: str
    address: str


@dataclass(frozen=True)
class _Ground:
    commune: str
    address: str
    shape: shapely.Geometry
    middle: tuple[float, float]
    spread: float


class Places:
    """Draws spots over the territory. A commune with arrondissements is drawn by these, each alike."""

    def __init__(self, rng: random.Random):
        self._rng = rng
        communes = list(Commune.objects.members().filter(outline__isnull=False).order_by("code"))
        zones: dict[str, list[Zone]] = {}
        for zone in Zone.objects.filter(layer="arrondissements").order_by("code"):
            zones.setdefault(zone.commune_id, []).append(zone)
        self._grounds: list[_Ground] = []
        self._of_communes: list[range] = []
        for commune in communes:
            first = len(self._grounds)
            self._grounds += self._read(commune, zones.get(commune.code, []))
            self._of_communes.append(range(first, len(self._grounds)))
        self._weights = list(accumulate(max(1, commune.population) for commune in communes))

    def draw(self) -> Spot:
        """A spot anywhere, communes weighing as their population."""
        return self.spot(self.ground(self._rng), self._rng)

    def ground(self, rng: random.Random) -> int:
        """The number of a ground (a commune, or an arrondissement of one), communes weighing as their population."""
        return rng.choice(rng.choices(self._of_communes, cum_weights=self._weights)[0])

    def shares(self) -> dict[str, float]:
        """Of each commune (INSEE code) how probable it is that a ground is drawn there; one in all."""
        weights = (upper - lower for lower, upper in pairwise([0, *self._weights]))
        return {
            self._grounds[grounds[0]].commune: weight / self._weights[-1]
            for grounds, weight in zip(self._of_communes, weights, strict=True)
        }

    def commune_of(self, ground: int) -> str:
        """The commune (INSEE code) to which a ground belongs."""
        return self._grounds[ground].commune

    def spot(self, number: int, rng: random.Random) -> Spot:
        """A spot on that ground, denser near its middle."""
        ground = self._grounds[number]
        for _ in range(_TRIES):
            lon = rng.gauss(ground.middle[0], ground.spread)
            lat = rng.gauss(ground.middle[1], ground.spread * 0.73)
            if shapely.contains_xy(ground.shape, lon, lat):
                return Spot(round(lon, 6), round(lat, 6), ground.commune, ground.address)
        return Spot(*ground.middle, ground.commune, ground.address)

    def near(self, spot: Spot, metres: float, rng: random.Random | None = None) -> Spot:
        """Another spot at most so far away, for somebody who reports the same thing."""
        rng = rng or self._rng
        angle, distance = rng.uniform(0, 2 * math.pi), rng.uniform(0, metres) / 111_320
        lon = spot.lon + distance * math.cos(angle) / math.cos(math.radians(spot.lat))
        return Spot(round(lon, 6), round(spot.lat + distance * math.sin(angle), 6), spot.commune, spot.address)

    def _read(self, commune: Commune, zones: list[Zone]) -> list[_Ground]:
        if not zones:
            postcode = commune.postcodes[0] if commune.postcodes else ""
            return [self._ground(commune, commune.outline, f"{postcode} {commune.name}".strip())]
        return [self._ground(commune, zone.outline, zone.name) for zone in zones]

    @staticmethod
    def _ground(commune: Commune, outline, address: str) -> _Ground:
        shape = shapely.from_wkb(bytes(outline.wkb))
        shapely.prepare(shape)
        point = shape.representative_point()
        if commune.centre and shapely.contains_xy(shape, commune.centre.x, commune.centre.y):
            point = shapely.Point(commune.centre.x, commune.centre.y)
        return _Ground(commune.code, address, shape, (point.x, point.y), math.sqrt(shape.area) / 5)
