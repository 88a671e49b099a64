"""Questions answered by a place: a point of the territory, an address, a thing of the public domain.

A field checks what it is given; which commune and zones lie under a point is found out by the engine (`cases/completing.py`), and
written over whatever came in, before the answer is cleaned.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from math import isfinite
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.fields.base import Field
from oppidum.cases.declaration.fields.words import one_line
from oppidum.core.errors import Invalid

LONGEST_ADDRESS = 300


def read_point(raw: Mapping[str, Any]) -> tuple[float, float] | None:
    """Longitude and latitude, rounded to a tenth of a metre; None when they are blank or no place on earth."""
    try:
        lon, lat = (float(str(raw.get(part) or "").replace(",", ".")) for part in ("lon", "lat"))
    except ValueError:
        return None
    believable = isfinite(lon) and isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90
    return (round(lon, 6), round(lat, 6)) if believable else None


@dataclass(frozen=True)
class Place(Field):
    """A point of the territory: `{lon, lat, commune, address, zones}`. `inside` names a zone layer ("rental-permit") or one zone of
    it ("rental-permit:noailles") in which it must lie; `outside` is the sentence for who is not, beside the usual one."""

    _: KW_ONLY
    inside: str = ""
    outside: Any = ""
    kind: ClassVar[str] = "place"
    owed: ClassVar[Any] = _("Write an address, or place the pin on the map: it is needed to go on.")
    parts: ClassVar[tuple[str, ...]] = ("address", "lon", "lat")

    def clean(self, raw, today):
        if not isinstance(raw, Mapping):
            raise Invalid(_("Write an address or the name of a street, or place the pin on the map."))
        point = read_point(raw)
        if point is None:
            raise Invalid(_("Choose the address among those proposed, or place the pin on the map."), field="address")
        if not raw.get("commune"):
            raise Invalid(_("This place is outside our territory. If it is a mistake, correct the address."), field="address")
        zones = sorted(map(str, raw.get("zones") or ()))
        if self.inside and self.inside not in zones:
            said = self.outside or _(
                "This place is outside the area where the rule applies: nothing has to be asked for there. If it is a mistake, "
                "correct the address or move the pin."
            )
            raise Invalid(said, field="address")
        return {
            "lon": point[0],
            "lat": point[1],
            "commune": str(raw["commune"]),
            "address": one_line(raw.get("address") or "", LONGEST_ADDRESS),
            "zones": zones,
        }

    def show(self, value):
        return value.get("address") or f"{value['lat']:.5f}, {value['lon']:.5f}"

    def fact_of(self, value):
        """Commune and zones; of a place that isn't private the point too."""
        kept = ("commune", "zones") if self.private else ("commune", "zones", "lon", "lat")
        return {name: value[name] for name in kept}


@dataclass(frozen=True)
class Address(Field):
    """A postal address: `{text, commune}` and, where known, `lon` and `lat`. A register helps and never blocks: what people write is
    kept, wherever it is in the world."""

    _: KW_ONLY
    private: bool = True
    kind: ClassVar[str] = "address"
    owed: ClassVar[Any] = _("Write the address: it is needed to go on.")
    parts: ClassVar[tuple[str, ...]] = ("text", "lon", "lat")

    def clean(self, raw, today):
        given = raw if isinstance(raw, Mapping) else {"text": raw}
        text = one_line(given.get("text") or "", LONGEST_ADDRESS)
        if not text:
            raise Invalid(_("Write the address: number, street, postcode and town."), field="text")
        value: dict[str, Any] = {"text": text, "commune": str(given.get("commune") or "")}
        if point := read_point(given):
            value |= {"lon": point[0], "lat": point[1]}
        return value

    def show(self, value):
        return value["text"]

    def fact_of(self, value):
        return {"commune": value["commune"]}


@dataclass(frozen=True)
class AssetPick(Field):
    """A thing of the public domain of that kind (a berth, a container, an inlet): its number where it is known, or a point."""

    asset: str = ""
    kind: ClassVar[str] = "asset"
    parts: ClassVar[tuple[str, ...]] = ("id", "lon", "lat")

    def clean(self, raw, today):
        given = raw if isinstance(raw, Mapping) else {"id": raw}
        value: dict[str, Any] = {}
        if number := one_line(given.get("id") or "", 80):
            value["id"] = number
        if point := read_point(given):
            value |= {"lon": point[0], "lat": point[1]}
        if not value:
            raise Invalid(_("Write its number, or show it on the map."), field="id")
        return value

    def show(self, value):
        return value.get("id") or f"{value['lat']:.5f}, {value['lon']:.5f}"
