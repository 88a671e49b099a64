"""Other cases on the same ground in the same days: what an officer sees beside a case before a street is given away twice.

overlaps = (Overlap(place="where", period="during", rows="others", metres=300, services={"film-shoot": "during", "project": ""}),)
"""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Overlap:
    """Open cases of `services` within `metres` of the answer `place`, whose days meet those of the answer `period`.

    `rows`: a list of further places, each with columns of the same two names; a row without days has those of the whole. `services`:
    code -> its own answer that holds a period; empty: as long as the case is open (works under way). The places of one with a
    period are read like ours, its list too.
    """

    _: KW_ONLY
    place: str
    period: str
    rows: str = ""
    services: Mapping[str, str] = field(default_factory=dict)
    metres: int = 200


def overlap_faults(service: Any) -> Iterator[str]:
    """What is wrong with the overlaps within the service itself, a sentence each."""
    for overlap in service.overlaps:
        yield from _wrong_kinds(service.form, overlap, "the form")
        if overlap.rows and getattr(service.form.get(overlap.rows), "kind", "") != "items":
            yield f"overlap: rows='{overlap.rows}' is no list of the form: correct the name"
        elif overlap.rows:
            yield from _wrong_kinds(service.form[overlap.rows].fields, overlap, f"'{overlap.rows}'")


def _wrong_kinds(fields: Mapping[str, Any], overlap: Overlap, where: str) -> Iterator[str]:
    for name, kind in ((overlap.place, "place"), (overlap.period, "period")):
        if getattr(fields.get(name), "kind", "") != kind:
            yield f"overlap: {kind}='{name}' is no question of that kind in {where}: correct the name"


def overlap_faults_between(service: Any, services: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong between the service and those that it is held against."""
    for code, period in ((code, period) for overlap in service.overlaps for code, period in overlap.services.items()):
        if code not in services:
            yield f"overlap: '{code}' is no service of the catalogue: declare it or correct the code"
        elif period and getattr(services[code].form.get(period), "kind", "") != "period":
            yield f"overlap: '{code}' asks for no period '{period}': correct the name, or leave it empty"
