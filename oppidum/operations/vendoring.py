"""What the browser needs from node_modules, copied to the static files' `vendor/` folder under the same names.

The list is explicit: of 136 MB, some three hundred files are served. Needs no Django.
"""

import hashlib
import shutil
from pathlib import Path

FILES = (
    "@picocss/pico/css/pico.min.css",
    "@picocss/pico/LICENSE.md",
    "@fontsource-variable/atkinson-hyperlegible-next/wght.css",
    "@fontsource-variable/atkinson-hyperlegible-next/files/*.woff2",
    "@fontsource-variable/atkinson-hyperlegible-next/LICENSE",
    "htmx.org/dist/htmx.min.js",
    "htmx.org/LICENSE",
    "maplibre-gl/dist/maplibre-gl.css",
    "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-shared.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre-gl/LICENSE.txt",
    "lucide-static/LICENSE",
)


class VendorError(Exception):
    """Something to copy is not there; the text says which and what to do."""


def wanted_files(modules: Path, icons: Path) -> list[Path]:
    """The files to copy, relative to `modules`; icons are those that `icons` names, one a line, else all."""
    names = icons.read_text().split() if icons.exists() else ["*"]
    patterns = [*FILES, *(f"lucide-static/icons/{name}.svg" for name in names)]
    found = []
    for pattern in patterns:
        matches = sorted(modules.glob(pattern))
        if not matches:
            raise VendorError(f"node_modules holds no {pattern}: run bin/setup (or mend {icons.name}).")
        found += [path.relative_to(modules) for path in matches]
    return found


def copy_vendor(root: Path, var: Path) -> bool:
    """Make `var/vendor/vendor` hold exactly what is wanted; return False when nothing changed since.

    The outer folder is one of STATICFILES_DIRS, so the inner one is the first part of the addresses.
    """
    destination, stamp = var / "vendor/vendor", var / "vendor.stamp"
    modules, icons = root / "node_modules", root / "oppidum/web/icons.txt"
    parts = [root / "package-lock.json", icons]
    known = b"".join(part.read_bytes() for part in parts if part.exists()) + repr(FILES).encode()
    mark = hashlib.sha256(known).hexdigest()
    if destination.exists() and stamp.exists() and stamp.read_text() == mark:
        return False
    files = wanted_files(modules, icons)
    shutil.rmtree(destination, ignore_errors=True)
    for file in files:
        (destination / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / file, destination / file)
    stamp.write_text(mark)
    return True
