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

from types import SimpleNamespace

from oppidum.people import remits
from oppidum.people.models import Directorate, Officer, Remit, Role, Team

PASSWORD = "calanques-et-cigales"


def load_people() -> SimpleNamespace:
    """Create them all; returns them by name."""
    roles = {
        code: Role.objects.create(code=code, name=code, reach=reach, rights=rights)
        for code, reach, rights in (
            ("case-officer", "team", ["act", "assign", "note", "persons"]),
            ("contact-centre", "all", ["intake", "note", "persons"]),
            ("supervisor", "directorate", ["act", "assign", "note", "persons", "figures", "correct_closed"]),
            ("town-hall", "communes", ["act", "assign", "note"]),
        )
    }
    living = Directorate.objects.create(code="living-environment-water", name="Cadre de vie")
    mobility = Directorate.objects.create(code="mobility", name="Mobilité")
    roads = Team.objects.create(code="roads", name="Voirie", directorate=living)
    cleanliness = Team.objects.create(code="cleanliness", name="Propreté", directorate=living)
    signals = Team.objects.create(code="signals", name="Feux", directorate=mobility)
    aubane = Team.objects.create(code="aubane", name="Mairie d'Aubane", commune_id="13901", phone="04 42 00 00 01")
    for team, category, commune in (
        (roads, "roads", None),
        (cleanliness, "cleanliness", None),
        (signals, "signals", None),
        (aubane, "noise", "13901"),
    ):
        Remit.objects.create(team=team, service="report", category=category, commune_id=commune)
    remits.forget()
    found = SimpleNamespace(roads=roads, cleanliness=cleanliness, signals=signals, aubane=aubane, living=living)
    for name, role, teams, communes in (
        ("ana", "case-officer", [roads], []),
        ("bob", "case-officer", [cleanliness], []),
        ("cleo", "contact-centre", [], []),
        ("dora", "supervisor", [roads], []),
        ("max", "town-hall", [aubane], ["13901"]),
    ):
        officer = Officer.objects.create_user(
            name, f"{name}@castelmer.example", PASSWORD, first_name=name.capitalize(), role=roles[role]
        )
        officer.teams.set(teams)
        officer.communes.set(communes)
        setattr(found, name, officer)
    return found
