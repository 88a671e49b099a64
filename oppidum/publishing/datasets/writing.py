"""The files of a version: CSV (RFC 4180, UTF-8), GeoJSON (RFC 7946) where there is geometry, Parquet. Each streamed, row by row."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from oppidum.publishing.datasets.declaration import Dataset

csv.field_size_limit(64 * 1024 * 1024)  # an outline is a cell
Row = tuple[str, ...]
BLOCK = 4 * 1024 * 1024


def write_csv(path: Path, names: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Header and rows; returns how many rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def read_csv(path: Path) -> Iterator[Row]:
    """The rows behind the header."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader, None)
        yield from map(tuple, reader)


def write_geojson(path: Path, dataset: Dataset, rows: Iterable[Row]) -> None:
    """A FeatureCollection with a feature a line; rows without a place have the geometry null."""
    names = dataset.names
    types = [column.type for column in dataset.columns]
    places = dataset.geometry if isinstance(dataset.geometry, tuple) else (dataset.geometry,)
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[')
        for n, row in enumerate(rows):
            known = dict(zip(names, row, strict=True))
            properties = {
                name: value_of(text, kind) for name, text, kind in zip(names, row, types, strict=True) if name not in places
            }
            feature = {"type": "Feature", "geometry": geometry_of(known, dataset.geometry), "properties": properties}
            file.write(("," if n else "") + "\n" + json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
        file.write("\n]}\n")


def geometry_of(row: dict[str, str], geometry: "str | tuple[str, str]") -> dict[str, Any] | None:
    """The geometry of a row, or None."""
    if isinstance(geometry, tuple):
        lon, lat = (row[name] for name in geometry)
        return {"type": "Point", "coordinates": [float(lon), float(lat)]} if lon and lat else None
    return json.loads(row[geometry]) if row[geometry] else None


def value_of(text: str, kind: str) -> Any:
    """A cell as JSON has it."""
    if text == "":
        return None
    match kind:
        case "integer" | "year":
            return int(text)
        case "number":
            return float(text)
        case "boolean":
            return text in ("true", "oui")
    return text


def write_parquet(path: Path, dataset: Dataset, source: Path) -> None:
    """The CSV as Parquet with the columns' types, a block at a time."""
    import pyarrow as pa
    import pyarrow.csv as arrow_csv
    import pyarrow.parquet as parquet

    kinds = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("ms", tz="UTC"),
        "year": pa.int32(),
    }
    types = {column.name: kinds.get(column.type, pa.string()) for column in dataset.columns}
    reader = arrow_csv.open_csv(
        source,
        read_options=arrow_csv.ReadOptions(block_size=BLOCK),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=types,
            strings_can_be_null=True,
            null_values=[""],
            true_values=[column.truths[0] for column in dataset.columns if column.type == "boolean"],
            false_values=[column.truths[1] for column in dataset.columns if column.type == "boolean"],
        ),
    )
    with reader, parquet.ParquetWriter(path, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)
