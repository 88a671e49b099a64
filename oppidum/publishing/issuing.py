"""In whose name a paper is written: the authority, or the commune where its case lies (code de l'urbanisme, art. L422-1, L422-3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.declaration import Letter
from oppidum.communes.models import Look
from oppidum.publishing.models import Letterhead, TownHall
from oppidum.territory.models import Commune


@dataclass(frozen=True)
class Issuer:
    """What a paper says of who writes it. `name` is its letterhead's, `acts_as` in whose name it decides; `lines` address and telephone;
    `commune`: its code, blank for the authority; `power`: the deliberation that gave the authority a commune's power; `colour`: "#rrggbb" or blank.
    """

    name: str
    acts_as: str
    lines: tuple[str, ...] = ()
    town: str = ""
    head: str = ""
    quality: str = ""
    court: str = ""
    court_link: str = ""
    colour: str = ""
    commune: str = ""
    power: str = ""

    @property
    def is_commune(self) -> bool:
        return bool(self.commune)


@dataclass(frozen=True)
class TownHalls:
    """Who heads each commune, and its colour, by the commune's code."""

    heads: Mapping[str, TownHall]
    colours: Mapping[str, str]


def read_town_halls() -> TownHalls:
    """Two queries, whatever their number."""
    return TownHalls(
        {one.commune_id: one for one in TownHall.objects.all()},
        dict(Look.objects.exclude(colour="").values_list("commune_id", "colour")),
    )


def find_issuer(
    authority: str, head: Letterhead | None, halls: TownHalls | None, letter: Letter, commune: Commune | None
) -> Issuer:
    """Who issues `letter` about a case in `commune`. Building rights go to the court of the land even where the authority decides."""
    if letter.issuer != "commune" or commune is None:
        return _authority(authority, head)
    hall = halls.heads.get(commune.pk) if halls else None
    if hall and hall.power:
        return _authority(authority, head, hall.court, hall.power)
    name = _("Town hall of %(commune)s") % {"commune": commune.of_name()}
    return Issuer(
        name,
        _("Commune of %(commune)s") % {"commune": commune.of_name()},
        tuple(line for line in (*_address(commune), commune.hall_phone) if line),
        commune.name,
        hall.mayor if hall else "",
        hall.quality if hall else "",
        (hall.court if hall else "") or (head.court if head else ""),
        head.court_link if head else "",
        halls.colours.get(commune.pk, "") if halls else "",
        commune.pk,
    )


def _authority(name: str, head: Letterhead | None, court: str = "", power: str = "") -> Issuer:
    if head is None:
        return Issuer(name, name, power=power)
    lines = tuple(line for line in (*head.address.splitlines(), head.phone) if line)
    return Issuer(
        name, name, lines, head.town, head.president, head.quality, court or head.court, head.court_link, power=power
    )  # fmt: skip


def _address(commune: Any) -> list[str]:
    """Street, then postcode and town, as the commune's own record writes them."""
    return [part.strip() for line in commune.hall_address.splitlines() for part in line.split(",") if part.strip()]
