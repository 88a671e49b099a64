"""Load street names from a CSV: a town's own list, or the national address base (BAN), one row a house number.

The file is the truth for the communes it names: their streets are replaced by the file's, in one transaction. A row that
can't be used is left out and told with its line and reason; a file of which most rows can't be used is refused whole.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from math import hypot, isfinite
from pathlib import Path

from django.db import transaction

from oppidum.core.sql import server_cursor
from oppidum.territory import locate, place_names
from oppidum.territory.models import Commune, Stamp, Street, Zone
from oppidum.territory.tables import Unreadable, read_rows
from oppidum.territory.words import tokens

_COLUMNS = {
    "name": ("nom_voie", "voie", "voie_nom", "nom_de_voie", "libelle_voie", "libelle", "rue", "nom", "street", "name"),
    "lon": ("lon", "long", "longitude", "lng", "x_wgs84"),
    "lat": ("lat", "latitude", "y_wgs84"),
    "commune": ("code_insee_commune", "code_insee", "commune_insee", "code_commune", "insee", "insee_commune", "citycode"),
    "zone": ("code_insee_arrondissement", "arrondissement"),
    "postcode": ("code_postal", "codepostal", "cp", "code_poste", "postcode"),
}
# How far from the territory's frame a point may be: outlines are simplified, and streets leave towns.
_MARGIN_DEGREES = 0.05
_LISTED = 20
_TOLERATED_SHARE = 0.5


@dataclass
class Reading:
    """What a file held: streets by key, rows of other communes, and what was wrong."""

    rows: int = 0
    elsewhere: int = 0
    bad: int = 0
    problems: list[str] = field(default_factory=list)
    points: dict[tuple, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    spellings: dict[tuple, Counter] = field(default_factory=lambda: defaultdict(Counter))

    def refuse(self, line: int, reason: str) -> None:
        self.bad += 1
        if len(self.problems) < _LISTED:
            self.problems.append(f"line {line}: {reason}")


class _Unusable(ValueError):
    """Why a row can't be used."""


def load_streets(path: Path) -> tuple[int, int, Reading]:
    """Load the file; returns how many streets in how many communes, and what was read."""
    reading = read_streets(path)
    if not reading.points:
        said = "".join(f"\n  {problem}" for problem in reading.problems)
        raise Unreadable(f"{path.name} has no street of this territory ({reading.rows} rows read).{said}")
    if reading.bad > _TOLERATED_SHARE * reading.rows:
        said = "".join(f"\n  {problem}" for problem in reading.problems)
        raise Unreadable(f"{path.name}: {reading.bad} of {reading.rows} rows can't be used, nothing was loaded.{said}")
    communes = {key[1] for key in reading.points}
    with transaction.atomic():
        Street.objects.filter(commune_id__in=communes).delete()
        with (
            server_cursor() as cursor,
            cursor.copy("copy territory_street (name, commune_id, postcode, zone_code, place) from stdin") as copy,
        ):
            for (_, commune, zone, postcode), points in reading.points.items():
                lon, lat = _middle(points)
                name = reading.spellings[_, commune, zone, postcode].most_common(1)[0][0]
                copy.write_row((name, commune, postcode, zone, f"SRID=4326;POINT({lon} {lat})"))
        place_names.index()
        Stamp.touch()
    return len(reading.points), len(communes), reading


def read_streets(path: Path) -> Reading:
    """Read the file without touching the database's streets."""
    gazette = _Gazette()
    reading = Reading()
    columns: dict[str, str] = {}
    for line, row in read_rows(path):
        columns = columns or _columns(row, path)
        reading.rows += 1
        try:
            street = gazette.street({key: row.get(column, "") for key, column in columns.items()})
        except _Unusable as error:
            reading.refuse(line, str(error))
            continue
        if street is None:
            reading.elsewhere += 1
            continue
        name, commune, zone, postcode, point = street
        key = (_comparable(name), commune, zone, postcode)
        reading.points[key].append(point)
        reading.spellings[key][name] += 1
    return reading


def _columns(row: dict[str, str], path: Path) -> dict[str, str]:
    """Which column holds what."""
    found = {key: next((name for name in names if name in row), "") for key, names in _COLUMNS.items()}
    missing = [f"{key} ({', '.join(_COLUMNS[key][:4])}...)" for key in ("name", "lon", "lat") if not found[key]]
    if missing:
        raise Unreadable(f"{path.name} has no column for: {'; '.join(missing)}. Its columns are: {', '.join(row) or 'none'}.")
    return {key: column for key, column in found.items() if column}


class _Gazette:
    """What is needed to check a row: the territory's communes, arrondissements and frame."""

    def __init__(self):
        self.communes = set(Commune.objects.members().values_list("code", flat=True))
        if not self.communes:
            raise Unreadable("No territory is loaded yet: oppidum territory load SIREN comes first.")
        self.parents = dict(Zone.objects.exclude(commune=None).values_list("code", "commune_id"))
        self.frame = locate.ground().frame()

    def street(self, cells: dict[str, str]) -> tuple | None:
        """(name, commune, zone, postcode, point) of a row, None if it lies in another territory."""
        name = cells["name"]
        code = _five_digits(cells.get("commune", ""))
        zone = cells.get("zone", "")
        if code in self.parents:
            # The address base gives Marseille's arrondissements as communes.
            zone, code = code, self.parents[code]
        if code and code not in self.communes:
            return None
        if not name:
            raise _Unusable("no street name")
        if len(name) > 200:
            raise _Unusable("a street name of more than 200 characters")
        lon, lat = _number(cells["lon"], "longitude"), _number(cells["lat"], "latitude")
        west, south, east, north = self.frame
        close = west - _MARGIN_DEGREES < lon < east + _MARGIN_DEGREES
        if not (close and south - _MARGIN_DEGREES < lat < north + _MARGIN_DEGREES):
            if not code:
                return None
            raise _Unusable(f"the point {lon}, {lat} is far from the territory (longitude and latitude swapped?)")
        code = code or locate.find_commune(lon, lat)
        if not code:
            return None
        postcode = cells.get("postcode", "")
        if postcode and not (postcode.isdigit() and len(postcode) <= 5):
            raise _Unusable(f"the postcode '{postcode[:20]}' is not five digits")
        return name, code, zone if zone in self.parents else "", _five_digits(postcode), (lon, lat)


@lru_cache(maxsize=50_000)
def _comparable(name: str) -> str:
    """The key under which two spellings of a name are one; the address base repeats a name for each house."""
    return " ".join(tokens(name))


def _five_digits(code: str) -> str:
    """The code with the leading zero that spreadsheets eat: "1001" -> "01001"."""
    return code.zfill(5) if code.isdigit() else code


def _number(text: str, what: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise _Unusable(f"no {what}" if not text else f"the {what} '{text[:20]}' is not a number") from None
    if not isfinite(number):
        raise _Unusable(f"the {what} '{text}' is not a number")
    return number


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The point of the street nearest to the mean of its house numbers: it lies on the street, as a mean may not."""
    lon, lat = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    return min(points, key=lambda point: hypot((point[0] - lon) * 0.72, point[1] - lat))
