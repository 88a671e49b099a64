"""Reading who does what from a TOML file: directorates, teams with their remits, roles, officers. All or nothing, again and again."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from oppidum.people import remits
from oppidum.people.models import COMMUNE_RIGHTS, Directorate, Officer, Reach, Remit, Right, Role, Team
from oppidum.territory.models import Commune

DEMO = Path(__file__).with_name("demo.toml")


class PeopleFileError(Exception):
    """The file can't be loaded; `faults` says all that is wrong with it, one sentence each."""

    def __init__(self, faults: list[str]):
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Loaded:
    """How many of each there are after loading."""

    directorates: int
    teams: int
    remits: int
    officers: int


@transaction.atomic
def load_people(path: Path, password: str | None = None) -> Loaded:
    """Make the database say what the file says; what the file doesn't name is left, remits of its teams are replaced.

    `password`, if given, is set for every officer who has none: for demonstrations. Raises `PeopleFileError`; then nothing changed.
    """
    try:
        with open(path, "rb") as source:
            content = tomllib.load(source)
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise PeopleFileError([f"{path}: {wrong}"]) from None
    communes = {c.code: c for c in Commune.objects.members()}
    if faults := list(_faults(content, set(communes))):
        raise PeopleFileError(faults)
    _load_directorates_and_roles(content)
    wanted = _load_teams(content) + _load_commune_teams(content, communes.values())
    Remit.objects.filter(team__in={remit.team_id for remit in wanted}).delete()
    try:
        with transaction.atomic():
            Remit.objects.bulk_create(wanted)
    except Exception as wrong:
        raise PeopleFileError([f"two teams have the same remit: {wrong}"]) from wrong
    for entry in content.get("officers", []):
        _load_officer(entry, password)
    remits.forget()
    return Loaded(Directorate.objects.count(), Team.objects.count(), Remit.objects.count(), Officer.objects.count())


def _faults(content: dict[str, Any], communes: set[str]) -> Iterable[str]:
    """Everything that names what isn't there."""
    directorates, teams, roles = (
        {entry.get("code") for entry in content.get(kind, [])} | set(model.objects.values_list("code", flat=True))
        for kind, model in (("directorates", Directorate), ("teams", Team), ("roles", Role))
    )
    if "commune_teams" in content:
        teams |= {commune_team_code(code) for code in communes}
    for kind, keys in (
        ("directorates", ("code", "name")),
        ("teams", ("code", "name")),
        ("roles", ("code", "name", "reach", "rights")),
        ("officers", ("username", "role")),
    ):
        for entry in content.get(kind, []):
            yield from (f"{kind}: {entry} has no {key}" for key in keys if key not in entry)
    for team in [*content.get("teams", []), content.get("commune_teams", {})]:
        if team.get("categories") and not team.get("service", content.get("service")):
            yield f'team {team.get("code", team.get("name"))}: say of which service its categories are (service = "...")'
    for team in content.get("teams", []):
        if team.get("directorate") not in directorates:
            yield f"team {team.get('code')}: no directorate {team.get('directorate')!r}"
        yield from (
            f"team {team.get('code')}: commune {c} is not of this territory" for c in set(team.get("communes", [])) - communes
        )
    for role in content.get("roles", []):
        if role.get("reach") not in Reach.values:
            yield f"role {role.get('code')}: reach must be one of {', '.join(Reach.values)}"
        yield from (f"role {role.get('code')}: unknown right {r!r}" for r in set(role.get("rights", [])) - set(Right.values))
        if role.get("of_communes") and (role.get("reach") != Reach.COMMUNES or set(role.get("rights", [])) - COMMUNE_RIGHTS):
            yield f"role {role.get('code')}: of communes, it reaches communes and has the rights {', '.join(sorted(COMMUNE_RIGHTS))} at most"
    for officer in content.get("officers", []):
        if officer.get("role") not in roles:
            yield f"officer {officer.get('username')}: no role {officer.get('role')!r}"
        yield from (f"officer {officer.get('username')}: no team {t!r}" for t in set(officer.get("teams", [])) - teams)
        yield from (
            f"officer {officer.get('username')}: commune {c} is not of this territory"
            for c in set(officer.get("communes", [])) - communes
        )


def _load_directorates_and_roles(content: dict[str, Any]) -> None:
    for entry in content.get("directorates", []):
        Directorate.objects.update_or_create(code=entry["code"], defaults={"name": entry["name"]})
    for entry in content.get("roles", []):
        Role.objects.update_or_create(
            code=entry["code"],
            defaults={
                "name": entry["name"],
                "reach": entry["reach"],
                "rights": entry["rights"],
                "of_communes": entry.get("of_communes", False),
            },
        )


def _load_teams(content: dict[str, Any]) -> list[Remit]:
    """Teams and their remits: `categories` of the `service` of the entry (or of the file), and whole `services`."""
    directorates = {d.code: d for d in Directorate.objects.all()}
    usual, wanted = content.get("service", ""), []
    for entry in content.get("teams", []):
        team, _ = Team.objects.update_or_create(
            code=entry["code"],
            defaults={
                "name": entry["name"],
                "directorate": directorates[entry["directorate"]],
                "phone": entry.get("phone", ""),
                "email": entry.get("email", ""),
                "is_active": entry.get("active", True),
            },
        )
        wanted += [
            Remit(team=team, service=entry.get("service", usual), category=category, commune_id=commune)
            for category in entry.get("categories", [])
            for commune in entry.get("communes") or [None]
        ]
        wanted += [
            Remit(team=team, service=service, category="*", commune_id=commune)
            for service in entry.get("services", [])
            for commune in entry.get("communes") or [None]
        ]
    return wanted


def _load_commune_teams(content: dict[str, Any], communes: Iterable[Commune]) -> list[Remit]:
    """Each commune's own team, with its town hall's telephone, in charge of what the communes keep."""
    entry = content.get("commune_teams")
    if not entry:
        return []
    service, wanted = entry.get("service", content.get("service", "")), []
    for commune in communes:
        team, _ = Team.objects.update_or_create(
            code=commune_team_code(commune.code),
            defaults={
                "name": elided(entry["name"], commune.name),
                "commune": commune,
                "phone": commune.hall_phone,
                "email": commune.hall_email,
            },
        )
        wanted += [Remit(team=team, service=service, category=category, commune=commune) for category in entry["categories"]]
    return wanted


def commune_team_code(commune: str) -> str:
    """The code of a commune's own team, from the commune's INSEE code."""
    return f"commune-{commune}"


def elided(pattern: str, name: str) -> str:
    """ "Mairie de {commune}" with a commune's name in French: d'Aix, du Rove, des Pennes-Mirabeau, de La Ciotat."""
    if name.startswith("Le "):
        return pattern.replace("de {commune}", f"du {name[3:]}")
    if name.startswith("Les "):
        return pattern.replace("de {commune}", f"des {name[4:]}")
    if name[0].lower() in "aeiouyéèêîâô":
        return pattern.replace("de {commune}", f"d’{name}")
    return pattern.replace("{commune}", name)


def _load_officer(entry: dict[str, Any], password: str | None) -> None:
    officer, _ = Officer.objects.update_or_create(
        username=entry["username"],
        defaults={
            "first_name": entry.get("first_name", ""),
            "last_name": entry.get("last_name", ""),
            "email": entry.get("email", ""),
            "role": Role.objects.get(code=entry["role"]),
            "is_active": entry.get("active", True),
        },
    )
    officer.teams.set(Team.objects.filter(code__in=entry.get("teams", [])))
    officer.communes.set(entry.get("communes", []))
    if not officer.password:
        officer.set_password(password) if password else officer.set_unusable_password()
        officer.save(update_fields=["password"])
