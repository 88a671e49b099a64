"""Letterhead, town halls, correspondents, delegations and posts that sign from a TOML file: what a metropolis writes once (see `demo.toml`).

What the file names is written over; what it doesn't name stays. All of it is loaded or nothing.
"""

import tomllib
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from oppidum.people.models import Directorate, Officer, Role, Team
from oppidum.publishing.models import Correspondent, Letterhead, SignatureDelegation, SigningPost, TownHall
from oppidum.territory.models import Commune, Intercommunality

DEMO = Path(__file__).parent / "demo.toml"


class Unreadable(Exception):
    """The file can't be loaded; says which entry, and what to do."""


def load_letters(path: Path = DEMO) -> dict[str, int]:
    """Load the file; how many of each were written. Raises `Unreadable`."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path.name}: {error}") from error
    authority = Intercommunality.objects.first()
    if authority is None:
        raise Unreadable("Load the territory first: oppidum territory load SIREN.")
    with transaction.atomic():
        try:
            return _write(authority, content)
        except (KeyError, TypeError, ValidationError) as error:
            raise Unreadable(f"{path.name}: {error}") from error


def _write(authority: Intercommunality, content: dict) -> dict[str, int]:
    if head := content.get("letterhead"):
        values = {name: value.strip() for name, value in head.items()}
        Letterhead.objects.update_or_create(authority=authority, defaults=values)
    for entry in content.get("town_halls", []):
        _town_hall(entry)
    for entry in content.get("correspondents", []):
        Correspondent.objects.update_or_create(code=entry["code"], defaults=entry)
    for entry in content.get("delegations", []):
        _delegate(entry)
    for entry in content.get("posts", []):
        _post(entry)
    return {
        "letterhead": int(bool(content.get("letterhead"))),
        "town_halls": len(content.get("town_halls", [])),
        "correspondents": len(content.get("correspondents", [])),
        "delegations": len(content.get("delegations", [])),
        "posts": len(content.get("posts", [])),
    }


def _town_hall(entry: dict) -> None:
    """Of a commune, by its INSEE code."""
    values = {name: value.strip() for name, value in entry.items()}
    commune = Commune.objects.members().filter(pk=values.pop("commune")).first()
    if commune is None:
        raise Unreadable(f"town hall {entry['commune']}: no commune of the authority has this code")
    TownHall.objects.update_or_create(commune=commune, defaults=values)


def _delegate(entry: dict) -> None:
    officer = Officer.objects.filter(username=entry["officer"]).first()
    if officer is None:
        raise Unreadable(f"order {entry['order_number']}: no officer has the username '{entry['officer']}'")
    values = entry | {"officer": officer, "commune_id": entry.get("commune")}
    values.pop("commune", None)
    number, function = values.pop("order_number"), values.pop("function")
    SignatureDelegation.objects.update_or_create(order_number=number, function=function, officer=officer, defaults=values)


def _post(entry: dict) -> None:
    """A post and who holds it: a role, a team, a directorate by their codes."""
    values = dict(entry)
    for name, model in (("role", Role), ("team", Team), ("directorate", Directorate)):
        if code := values.pop(name, ""):
            values[name] = model.objects.filter(code=code).first()
            if values[name] is None:
                raise Unreadable(f"post {entry['code']}: there is no {name} '{code}'")
    SigningPost.objects.update_or_create(code=values.pop("code"), defaults=values)
