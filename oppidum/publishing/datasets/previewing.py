"""A first look at a version: its first rows, and its places for a map."""

from itertools import islice
from typing import Any

import numpy as np

from oppidum.publishing.datasets.declaration import Dataset
from oppidum.publishing.datasets.extent import preview_geometry
from oppidum.publishing.datasets.storing import file_of
from oppidum.publishing.datasets.writing import geometry_of, read_csv
from oppidum.publishing.models import DatasetVersion

ROWS = 20
MOST_PLACES = 2000
GRID = 40  # A view of more places is gathered in at most GRID x GRID cells.
Box = tuple[float, float, float, float]


def first_rows(dataset: Dataset, version: DatasetVersion, most: int = ROWS) -> list[list[str]]:
    """The first rows, a geometry told by its kind alone; columns are those of the version."""
    kinds = [field["type"] for field in version.schema["fields"]]
    rows = islice(read_csv(file_of(dataset.name, version.number, "csv")), most)
    return [[preview_geometry(cell) if kind == "geojson" else cell for cell, kind in zip(row, kinds, strict=True)] for row in rows]


def places(dataset: Dataset, version: DatasetVersion, box: Box) -> dict[str, Any]:
    """The places in view as GeoJSON for the map: points gathered where they are many, outlines whole."""
    names = [field["name"] for field in version.schema["fields"]]
    features: list[dict[str, Any]] = []
    columns = dataset.geometry if isinstance(dataset.geometry, tuple) else (dataset.geometry,)
    if not set(columns) <= set(names):  # The declaration is newer than the version.
        return {"type": "FeatureCollection", "features": features}
    if isinstance(dataset.geometry, tuple):
        return {"type": "FeatureCollection", "features": _points(dataset, version, box)}
    for n, row in enumerate(read_csv(file_of(dataset.name, version.number, "csv"))):
        known = dict(zip(names, row, strict=True))
        if geometry := geometry_of(known, dataset.geometry):
            features.append(_feature(dataset, n, known, geometry))
    return {"type": "FeatureCollection", "features": features}


def _points(dataset: Dataset, version: DatasetVersion, box: Box) -> list[dict[str, Any]]:
    """The points in view, from the columns of the Parquet file that are needed: of half a million, some hundredths of a second."""
    import pyarrow.parquet as parquet

    path, (lon, lat) = file_of(dataset.name, version.number, "parquet"), dataset.geometry
    west, south, east, north = box
    inside = [(lon, ">=", west), (lon, "<=", east), (lat, ">=", south), (lat, "<=", north)]
    found = parquet.read_table(path, columns=[lon, lat], filters=inside)
    if found.num_rows > MOST_PLACES:
        return _gathered(found[lon].to_numpy(), found[lat].to_numpy(), box)
    rows = parquet.read_table(path, filters=inside).to_pylist()
    return [
        _feature(
            dataset,
            n,
            {name: "" if value is None else str(value) for name, value in row.items()},
            {"type": "Point", "coordinates": [row[lon], row[lat]]},
        )
        for n, row in enumerate(rows)
    ]


def _feature(dataset: Dataset, n: int, known: dict[str, str], geometry: dict[str, Any]) -> dict[str, Any]:
    title, *more = titles_of(dataset, known)
    return {"type": "Feature", "geometry": geometry, "properties": {"id": str(n), "title": title, "text": ", ".join(more)}}


def titles_of(dataset: Dataset, known: dict[str, str]) -> list[str]:
    """What a place is called: its first texts that are words for a reader, else its key."""
    texts = [
        column.name for column in dataset.columns if column.type == "string" and ("name" in column.name or "title" in column.name)
    ]
    said = [known[name] for name in texts if known.get(name)]
    return said[:3] or [", ".join(known.get(name, "") for name in dataset.key)]


def _gathered(lons: np.ndarray, lats: np.ndarray, box: Box) -> list[dict[str, Any]]:
    """Points put together by cells of a grid: the centre of each cell's points, and how many they are."""
    west, south, east, north = box
    wide, high = max(east - west, 1e-9) / GRID, max(north - south, 1e-9) / GRID
    cells = ((lons - west) // wide).astype(int) * (GRID + 1) + ((lats - south) // high).astype(int)
    names, places, counts = np.unique(cells, return_inverse=True, return_counts=True)
    middle = [np.bincount(places, weights=values) / counts for values in (lons, lats)]
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(float(lon), 5), round(float(lat), 5)]},
            "properties": {"id": f"cell-{name}", "gathers": int(n)},
        }
        for name, n, lon, lat in zip(names, counts, *middle, strict=True)
    ]
