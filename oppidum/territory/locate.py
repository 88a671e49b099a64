"""From a point to the commune and zones it lies in: in memory, for one point or for a million.

The ground is read from the database once per process and again when the territory's version has changed, which is looked at
every minute at most. `forget()` drops it at once, for the process that changed it and for tests.
"""

import threading
import time

import numpy as np
from numpy.typing import ArrayLike

from oppidum.core.sql import rows
from oppidum.territory.ground import Ground, Neighbour

__all__ = ["Neighbour", "find_commune", "find_outside", "find_zones", "forget", "ground", "locate"]

_CHECK_SECONDS = 60.0
_LOCK = threading.Lock()
_ground: Ground | None = None
_check_at = 0.0


def locate(lons: ArrayLike, lats: ArrayLike) -> np.ndarray:
    """The INSEE codes of the communes under many points; '' outside the territory (and for NaN or infinite ones)."""
    here = ground()
    lons = np.asarray(lons, dtype=float).ravel()
    lats = np.asarray(lats, dtype=float).ravel()
    if lons.shape != lats.shape:
        raise ValueError(f"as many longitudes as latitudes are needed: {lons.size} and {lats.size} given")
    # The last code is '' and the number outside is -1.
    return here.codes[here.locate(lons, lats)]


def find_commune(lon: float, lat: float) -> str | None:
    """The INSEE code of the commune under a point, None outside the territory."""
    here = ground()
    return here.code(here.find(lon, lat)) or None


def find_zones(lon: float, lat: float) -> dict[str, str]:
    """The codes of the zones under a point, by layer: `{"arrondissements": "13201"}`."""
    return ground().zones(lon, lat)


def find_outside(lon: float, lat: float) -> Neighbour | None:
    """The neighbouring commune under a point outside the territory, None if it is inside or too far away."""
    return ground().neighbour(lon, lat)


def ground() -> Ground:
    """The territory as this process holds it."""
    here = _ground
    # Real time, not `clock.now()`: a rehearsal that moves the clock must not make us look, nor keep us from looking.
    return here if here is not None and time.monotonic() < _check_at else _refreshed()


def forget() -> None:
    """Drop what this process holds; the next question reads the database."""
    global _ground
    with _LOCK:
        _ground = None


def _refreshed() -> Ground:
    global _ground, _check_at
    with _LOCK:
        if _ground is None or time.monotonic() >= _check_at:
            versions = rows("select version from territory_stamp")
            version = versions[0][0] if versions else None
            if _ground is None or _ground.version != version:
                _ground = Ground(version)
            _check_at = time.monotonic() + _CHECK_SECONDS
        return _ground
