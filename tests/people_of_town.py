"""The people of the town: two directorates, three metropolitan teams, one commune's own team, five officers.

| who | role | sees |
| --- | --- | --- |
| ana | case officer of the roads team | her team's cases |
| bob | case officer of the cleanliness team | his team's cases |
| cleo | contact centre | everything, files for residents |
| dora | supervisor of the directorate | her directorate's cases |
| max | officer of Aubane's town hall | all cases in Aubane, whatever the team |

Roads everywhere go to Roads; cleanliness to Cleanliness; noise in Aubane is Aubane's own; nobody has "other".
"""

from functools import cache
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password

from oppidum.people import remits
from oppidum.people.models import Directorate, Officer, Remit, Role, Team

PASSWORD = "calanques-et-cigales"


_hashed = cache(make_password)


def load_people() -> SimpleNamespace:
    """Create them all, a statement for each kind of thing; returns them by name."""
    roles = [
        Role(code=code, name=code, reach=reach, rights=rights)
        for code, reach, rights in (
            ("case-officer", "team", ["act", "assign", "note", "persons"]),
            ("contact-centre", "all", ["intake", "note", "persons"]),
            ("supervisor", "directorate", ["act", "assign", "note", "persons", "figures", "correct_closed"]),
            ("town-hall", "communes", ["act", "assign", "note"]),
        )
    ]
    living = Directorate(code="living-environment-water", name="Cadre de vie")
    mobility = Directorate(code="mobility", name="Mobilité")
    roads = Team(code="roads", name="Voirie", directorate=living)
    cleanliness = Team(code="cleanliness", name="Propreté", directorate=living)
    signals = Team(code="signals", name="Feux", directorate=mobility)
    aubane = Team(code="aubane", name="Mairie d'Aubane", commune_id="13901", phone="04 42 00 00 01")
    Role.objects.bulk_create(roles)
    Directorate.objects.bulk_create([living, mobility])
    Team.objects.bulk_create([roads, cleanliness, signals, aubane])
    Remit.objects.bulk_create(
        Remit(team=team, service="report", category=category, commune_id=commune)
        for team, category, commune in (
            (roads, "roads", None),
            (cleanliness, "cleanliness", None),
            (signals, "signals", None),
            (aubane, "noise", "13901"),
        )
    )
    remits.forget()
    found = SimpleNamespace(roads=roads, cleanliness=cleanliness, signals=signals, aubane=aubane, living=living)
    _load_officers(found, roles)
    return found


def _load_officers(found: SimpleNamespace, roles: list[Role]) -> None:
    """Create the officers and add them to `found`."""
    role_of = {role.code: role for role in roles}
    placed = (
        ("ana", "case-officer", found.roads, None),
        ("bob", "case-officer", found.cleanliness, None),
        ("cleo", "contact-centre", None, None),
        ("dora", "supervisor", found.roads, None),
        ("max", "town-hall", found.aubane, "13901"),
    )
    officers = [
        Officer(
            username=name,
            email=f"{name}@castelmer.example",
            password=_hashed(PASSWORD),
            first_name=name.capitalize(),
            role=role_of[role],
        )
        for name, role, _, _ in placed
    ]
    Officer.objects.bulk_create(officers)
    own = [(officer, team, commune) for officer, (_, _, team, commune) in zip(officers, placed, strict=True)]
    Officer.teams.through.objects.bulk_create(Officer.teams.through(officer=officer, team=team) for officer, team, _ in own if team)
    Officer.communes.through.objects.bulk_create(
        Officer.communes.through(officer=officer, commune_id=commune) for officer, _, commune in own if commune
    )
    for officer in officers:
        setattr(found, officer.username, officer)
