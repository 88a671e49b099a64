"""The territory in memory: which commune, which zones, which neighbour lies under a point.

A raster of small cells answers for the points that no border is near: a cell wholly inside one commune holds its number.
Points in the other cells are tested against the outlines themselves, as `ST_Contains` would.

Where outlines leave doubt, these rules hold (docs/how-to/set-up-your-metropolis.md says why):
- a point on a border that communes share belongs to the one with the lowest code;
- a point that lies in no commune at all (a quay, a jetty, a gap between two outlines) belongs to the nearest commune within
  `SHORE_METRES`, be it a member or a neighbour;
- in a layer whose zones cover their commune, a point of that commune always has a zone: the nearest one.
"""

from dataclasses import dataclass
from functools import cached_property
from math import cos, isfinite, radians

import numpy as np
import shapely

from oppidum.core.sql import rows

# As wide as the mayor's police of bathing and of small craft reaches into the sea (CGCT, art. L2213-23).
SHORE_METRES = 300.0
_METRES_A_DEGREE = 111_195.0
_SMALLEST_CELL_METRES = 80.0
_MOST_CELLS = 1_500_000
_LOOK = -2
_OUT = -1
# Share of a commune that a layer's zones must hold to be taken as a division of it: outlines are drawn at several scales.
_COVERED = 0.97


@dataclass(frozen=True)
class Neighbour:
    """A commune around the territory, and the number of its town hall."""

    code: str
    name: str
    hall_phone: str


@dataclass(frozen=True)
class Layer:
    """The zones of one layer: their codes, the commune each is in ('' if none), and outlines."""

    codes: list[str]
    communes: list[str]
    outlines: np.ndarray
    bounds: np.ndarray
    divided: frozenset[str]


class Ground:
    """An immutable picture of the territory at one version."""

    def __init__(self, version: str | None):
        self.version = version
        found = rows("""
            select code, name, hall_phone, intercommunality_id is not null, st_asbinary(outline)
            from territory_commune where outline is not null order by intercommunality_id is null, code
        """)
        self.members = sum(member for *_, member, _ in found)
        self.codes = np.array([code for code, *_ in found[: self.members]] + [""], dtype="U5")
        self._code_list = self.codes.tolist()
        self._neighbours = [Neighbour(code, name, phone) for code, name, phone, *_ in found[self.members :]]
        self.outlines = shapely.from_wkb([bytes(wkb) for *_, wkb in found])
        shapely.prepare(self.outlines)
        self._bounds = shapely.bounds(self.outlines).reshape(-1, 4)
        self._raster()

    def _raster(self) -> None:
        """Lay the cells: a number of commune, `_OUT`, or `_LOOK` where a border or the shore is near."""
        if not self.members:
            self._flat = np.full(1, _OUT, dtype=np.int16)
            self._west = self._south = 0.0
            self._columns = self._rows = 0
            self._per_lon = self._per_lat = self._squeeze = 1.0
            return
        west, south, east, north = shapely.total_bounds(self.outlines[: self.members])
        self._squeeze = cos(radians((south + north) / 2))
        pad = 2 * SHORE_METRES / _METRES_A_DEGREE
        west, east = west - pad / self._squeeze, east + pad / self._squeeze
        south, north = south - pad, north + pad
        width = (east - west) * self._squeeze * _METRES_A_DEGREE
        height = (north - south) * _METRES_A_DEGREE
        cell = max(_SMALLEST_CELL_METRES, (width * height / _MOST_CELLS) ** 0.5)
        self._columns, self._rows = int(width / cell) + 1, int(height / cell) + 1
        self._west, self._south = west, south
        self._per_lon, self._per_lat = self._columns / (east - west), self._rows / (north - south)
        self._flat = self._filled(cell).ravel()

    def _filled(self, cell: float) -> np.ndarray:
        grid = np.full((self._rows, self._columns), _OUT, dtype=np.int16)
        lons = self._west + (np.arange(self._columns) + 0.5) / self._per_lon
        lats = self._south + (np.arange(self._rows) + 0.5) / self._per_lat
        for number in range(self.members):
            min_lon, min_lat, max_lon, max_lat = self._bounds[number]
            span = np.s_[
                np.searchsorted(lats, min_lat) : np.searchsorted(lats, max_lat),
                np.searchsorted(lons, min_lon) : np.searchsorted(lons, max_lon),
            ]
            lon, lat = np.meshgrid(lons[span[1]], lats[span[0]])
            grid[span][shapely.contains_xy(self.outlines[number], lon, lat)] = number
        near = self._border_cells()
        shore = _spread(near, int(SHORE_METRES / cell) + 1)
        grid[near | (shore & (grid == _OUT))] = _LOOK
        return grid

    def _border_cells(self) -> np.ndarray:
        """The cells that a member's outline crosses, with a ring of cells around for safety."""
        crossed = np.zeros((self._rows, self._columns), dtype=bool)
        step = 0.5 / max(self._per_lon, self._per_lat)
        lines = shapely.segmentize(shapely.boundary(self.outlines[: self.members]), step)
        lon, lat = shapely.get_coordinates(lines).T
        crossed[((lat - self._south) * self._per_lat).astype(int), ((lon - self._west) * self._per_lon).astype(int)] = True
        return _spread(crossed, 1)

    def locate(self, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
        """Numbers of the members under many points, -1 outside."""
        with np.errstate(invalid="ignore"):
            column = (lons - self._west) * self._per_lon
            row = (lats - self._south) * self._per_lat
            # Comparisons with NaN are false: such points are outside.
            inside = (column >= 0) & (column < self._columns) & (row >= 0) & (row < self._rows)
        if not inside.all():
            column, row = np.where(inside, column, 0), np.where(inside, row, 0)
        numbers = self._flat.take(row.astype(np.int32) * self._columns + column.astype(np.int32), mode="clip")
        numbers = np.where(inside, numbers, _OUT)
        look = np.flatnonzero(numbers == _LOOK)
        if look.size:
            numbers[look] = self._look(lons[look], lats[look])
        return numbers

    def _look(self, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
        """The same from the outlines, for points near a border or the shore."""
        numbers = np.full(lons.size, _OUT, dtype=np.int16)
        order = np.argsort(lons, kind="stable")
        sorted_lons, sorted_lats = lons[order], lats[order]
        # Backwards, so that where outlines overlap the lowest number is written last.
        for number in self._close[::-1]:
            west, south, east, north = self._bounds[number]
            first, last = np.searchsorted(sorted_lons, west), np.searchsorted(sorted_lons, east, side="right")
            lat = sorted_lats[first:last]
            some = first + np.flatnonzero((lat >= south) & (lat <= north))
            hit = shapely.contains_xy(self.outlines[number], sorted_lons[some], sorted_lats[some])
            numbers[order[some[hit]]] = number
        left = np.flatnonzero(numbers == _OUT)
        if left.size:
            numbers[left] = self._nearest(lons[left], lats[left])
        return np.where(numbers < self.members, numbers, _OUT)

    @cached_property
    def _close(self) -> list[int]:
        """The numbers of the members and of the neighbours that reach into their frame."""
        west, south, east, north = self.frame()
        bounds = self._bounds
        reach = (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
        return np.flatnonzero(reach).tolist()

    def _nearest(self, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
        """For points that lie in no commune: the number of the nearest within the shore's width, -1 if none.

        The lowest number wins a tie, which gives points on a shared border to exactly one commune.
        """
        tree, owners = self._edges
        points = shapely.points(np.column_stack([lons * self._squeeze, lats]))
        point, edge = tree.query_nearest(points, max_distance=SHORE_METRES / _METRES_A_DEGREE, all_matches=True)
        nearest = np.full(lons.size, len(self.outlines), dtype=np.int64)
        np.minimum.at(nearest, point, owners[edge])
        return np.where(nearest == len(self.outlines), _OUT, nearest)

    @cached_property
    def _edges(self) -> tuple[shapely.STRtree, np.ndarray]:
        """Each edge of each outline, and whose it is, in a plane where a degree is as long both ways.

        Short edges in a tree are found many times faster than the nearest of long outlines.
        """
        parts, of_part = shapely.get_parts(self.outlines, return_index=True)
        rings, of_ring = shapely.get_rings(parts, return_index=True)
        coordinates, ring = shapely.get_coordinates(rings, return_index=True)
        coordinates = coordinates * (self._squeeze, 1.0)
        joined = ring[1:] == ring[:-1]
        edges = shapely.linestrings(np.stack([coordinates[:-1][joined], coordinates[1:][joined]], axis=1))
        return shapely.STRtree(edges), of_part[of_ring[ring[:-1][joined]]]

    def find(self, lon: float, lat: float) -> int:
        """The number of the member under one point, -1 outside: the quick way for a single point."""
        column, row = (lon - self._west) * self._per_lon, (lat - self._south) * self._per_lat
        if not (0 <= column < self._columns and 0 <= row < self._rows):
            return _OUT
        number = self._flat.item(int(row) * self._columns + int(column))
        if number != _LOOK:
            return number
        number = self._find_among_all(lon, lat)
        return number if number < self.members else _OUT

    def _find_among_all(self, lon: float, lat: float) -> int:
        """The number of the commune under a point, neighbours included."""
        for candidate in _around(self._bounds, lon, lat):
            if shapely.contains_xy(self.outlines[candidate], lon, lat):
                return candidate
        return int(self._nearest(np.array([lon]), np.array([lat]))[0])

    def frame(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the members."""
        return tuple(shapely.total_bounds(self.outlines[: self.members]).tolist())

    def code(self, number: int) -> str:
        """The INSEE code of a member's number, '' for -1."""
        return self._code_list[number]

    def neighbour(self, lon: float, lat: float) -> Neighbour | None:
        """The commune around the territory that a point lies in, if it is none of the members'."""
        if not (isfinite(lon) and isfinite(lat)) or not len(self.outlines):
            return None
        number = self._find_among_all(lon, lat)
        return self._neighbours[number - self.members] if number >= self.members else None

    def zones(self, lon: float, lat: float) -> dict[str, str]:
        """The code of the zone under a point, by layer."""
        commune = self.code(self.find(lon, lat))
        found = {layer: _zone(zones, commune, lon, lat) for layer, zones in self.layers.items()}
        return {layer: code for layer, code in found.items() if code}

    @cached_property
    def layers(self) -> dict[str, Layer]:
        """The zones by layer, in the order of their codes."""
        found = rows("""
            select z.layer, z.code, coalesce(z.commune_id, ''), st_asbinary(z.outline),
                sum(st_area(z.outline)) over (partition by z.layer, z.commune_id)
                    >= %s * coalesce(st_area(c.outline), 'infinity')
            from territory_zone z left join territory_commune c on c.code = z.commune_id order by z.layer, z.code
        """, [_COVERED])  # fmt: skip
        layers = {}
        for layer in dict.fromkeys(row[0] for row in found):
            zones = [row for row in found if row[0] == layer]
            outlines = shapely.from_wkb([bytes(wkb) for *_, wkb, _ in zones])
            shapely.prepare(outlines)
            divided = frozenset(commune for _, _, commune, _, covered in zones if covered and commune)
            layers[layer] = Layer(
                [code for _, code, *_ in zones], [zone[2] for zone in zones], outlines, shapely.bounds(outlines), divided
            )
        return layers


def _zone(layer: Layer, commune: str, lon: float, lat: float) -> str:
    """The zone of one layer under a point of `commune`: a zone of another commune is never meant."""
    for number in _around(layer.bounds, lon, lat):
        if layer.communes[number] in ("", commune) and shapely.contains_xy(layer.outlines[number], lon, lat):
            return layer.codes[number]
    if commune not in layer.divided:
        return ""
    parts = [number for number, part_of in enumerate(layer.communes) if part_of == commune]
    return layer.codes[parts[int(np.argmin(shapely.distance(layer.outlines[parts], shapely.Point(lon, lat))))]]


def _around(bounds: np.ndarray, lon: float, lat: float) -> list[int]:
    """The numbers of the frames that hold a point."""
    some = (bounds[:, 0] <= lon) & (bounds[:, 2] >= lon) & (bounds[:, 1] <= lat) & (bounds[:, 3] >= lat)
    return some.nonzero()[0].tolist()


def _spread(cells: np.ndarray, times: int) -> np.ndarray:
    """The cells and those within `times` cells of them, diagonals included."""
    for _ in range(times):
        wide = cells.copy()
        wide[1:] |= cells[:-1]
        wide[:-1] |= cells[1:]
        cells = wide.copy()
        cells[:, 1:] |= wide[:, :-1]
        cells[:, :-1] |= wide[:, 1:]
    return cells
