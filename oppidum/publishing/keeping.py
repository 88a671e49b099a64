"""The files of papers, under MEDIA_ROOT/papers: written whole or not at all, named by their case, never written over."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

FOLDER = "papers"


def path_of(name: str) -> Path:
    """Where a file stands."""
    return Path(settings.MEDIA_ROOT) / FOLDER / name


def store(name: str, content: bytes) -> str:
    """Write a file whole: a crash leaves none, or all of it. Returns its SHA-256 in hexadecimal."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(content)
            os.replace(file.name, path)
        except OSError:
            os.unlink(file.name)
            raise
    return hashlib.sha256(content).hexdigest()


def name_for(case_id: int, key: str, digest: str) -> str:
    """ "12/34567-3-refusal-0-9f86d081.pdf": folders of a thousand cases, and a part of the content's digest, so that what is made again
    never takes the place of what was sent."""
    return f"{case_id // 1000}/{key.replace(':', '-')}-{digest[:12]}.pdf"


def keep(case_id: int, key: str, content: bytes) -> tuple[str, str]:
    """Store a paper; gives its name and SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    name = name_for(case_id, key, digest)
    store(name, content)
    return name, digest


def remove(name: str) -> None:
    """Remove a file; one that is gone already is no news."""
    if name:
        path_of(name).unlink(missing_ok=True)
