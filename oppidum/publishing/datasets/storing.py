"""Where the files of datasets stand: MEDIA_ROOT/datasets/NAME/NUMBER/, a folder a version, never written over."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = "datasets"


def folder_of(name: str, number: int | None = None) -> Path:
    """The folder of a dataset, or of one of its versions."""
    base = Path(settings.MEDIA_ROOT) / FOLDER / name
    return base if number is None else base / str(number)


def file_of(name: str, number: int, suffix: str) -> Path:
    """The file of a version in a format ("csv", "geojson", "parquet")."""
    return folder_of(name, number) / f"{name}.{suffix}"


@contextmanager
def aside(name: str) -> Iterator[Path]:
    """A folder beside the versions to write in; it is gone afterwards, unless it was put in its place."""
    base = folder_of(name)
    base.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=base, prefix=".new-"))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def put(draft: Path, name: str, number: int) -> None:
    """Give what was written its place. A folder of that number is a publication that was killed before it was recorded."""
    place = folder_of(name, number)
    if place.exists():
        shutil.rmtree(place)
    draft.chmod(0o755)
    draft.rename(place)


def describe(path: Path) -> dict[str, Any]:
    """Bytes and SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}
