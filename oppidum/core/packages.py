"""Packages of others that declare services (entry point group `oppidum.services`), found without being imported."""

from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

GROUP = "oppidum.services"


def translation_folders() -> list[Path]:
    """The `locale` folders of those packages: their texts are translated like our own."""
    own = Path(__file__).resolve().parent.parent
    found: dict[Path, None] = {}
    for name in sorted({point.module.partition(".")[0] for point in entry_points(group=GROUP)}):
        spec = find_spec(name)
        for place in spec.submodule_search_locations or () if spec else ():
            folder = Path(place) / "locale"
            if folder.is_dir() and own not in folder.resolve().parents:
                found[folder] = None
    return list(found)
