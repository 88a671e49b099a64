"""Figures commune by commune: as counted, per thousand inhabitants, or per square kilometre, so that small and large ones compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from oppidum.figures.catalogue import all_figures
from oppidum.figures.computations import read_parts
from oppidum.figures.declaration import PUBLIC, Count
from oppidum.figures.overview import value_of
from oppidum.figures.remembering import remember
from oppidum.territory.models import Commune
from oppidum.territory.words import tokens

COMMUNE = "commune"
COUNTED, PER_HEAD, PER_KM2 = "", "head", "km2"
PER = {COUNTED: _("as counted"), PER_HEAD: _("per 1,000 inhabitants"), PER_KM2: _("per km²")}
_KEPT = timedelta(minutes=10)


@dataclass(frozen=True)
class Ground:
    """What a commune's numbers are related to."""

    code: str
    name: str
    population: int
    area_km2: float


@dataclass(frozen=True)
class Standing:
    """A commune's number among those of all: `rank` 1 is the highest, `median` the one in the middle."""

    value: float | None
    rank: int | None
    among: int
    median: float | None


def list_grounds() -> dict[str, Ground]:
    """The authority's communes by code, in the order of their names without article and accents."""
    found = Commune.objects.members().values_list("code", "name", "population", "area_km2")
    return remember("grounds", lambda: {row[0]: Ground(*row) for row in sorted(found, key=lambda row: tokens(row[1]))}, _KEPT)


def local_figures() -> dict[str, Count]:
    """The public counts that are split by commune, by name."""
    return {
        name: figure
        for name, figure in all_figures().items()
        if isinstance(figure, Count) and COMMUNE in figure.splits and figure.publication == PUBLIC
    }


def counted_in(name: str, year: int) -> dict[str, int]:
    """A figure of a year in every commune of the authority; a commune without a record counts nothing."""
    counted = value_of(name, year).splits.get(COMMUNE, {})
    return {code: counted.get(code, 0) for code in list_grounds()}


def counted_here(year: int) -> dict[str, dict[str, int]]:
    """All local figures of a year in every commune, by the figures' names: one read where the year is kept."""
    kept = remember(("parts", COMMUNE, year), lambda: read_parts(year, COMMUNE))
    if kept is None:
        return {name: counted_in(name, year) for name in local_figures()}
    return {name: {code: kept.get(name, {}).get(code, 0) for code in list_grounds()} for name in local_figures()}


def relate(counted: Mapping[str, float], per: str) -> dict[str, float]:
    """Counts per thousand inhabitants or per square kilometre; a commune of which the ground isn't known is left out."""
    grounds = list_grounds()
    if per == PER_HEAD:
        return {code: 1000 * n / grounds[code].population for code, n in counted.items() if grounds[code].population}
    if per == PER_KM2:
        return {code: n / grounds[code].area_km2 for code, n in counted.items() if grounds[code].area_km2}
    return dict(counted)


def stand_among(code: str, values: Mapping[str, float]) -> Standing:
    """Where a commune stands among all that have a value."""
    ordered = sorted(values.values())
    middle = len(ordered) // 2
    median = None if not ordered else ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    if code not in values:
        return Standing(None, None, len(ordered), median)
    return Standing(values[code], 1 + sum(one > values[code] for one in ordered), len(ordered), median)
