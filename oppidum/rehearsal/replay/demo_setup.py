"""What a run is set up with where the installation has nothing yet: the first territory, its demonstration's people and places."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from oppidum.bookings.loading import DEMO as PLACES
from oppidum.people.loading import DEMO, load_people
from oppidum.publishing.loading import load_letters
from oppidum.rehearsal.mayors import name_mayors
from oppidum.services import planning_housing
from oppidum.territory.zones import load_zones

SIREN = "200054807"
# Invented outlines around the true centres: an installation loads its own (docs/how-to/set-up-your-metropolis.md).
RENTAL_PERMIT_AREAS = Path(planning_housing.__file__).parent / "rental-permit.geojson"
# What a base that was made of the demonstration hangs on.
DEMO_FILES = (PLACES, DEMO, RENTAL_PERMIT_AREAS)


def load_demo_setup() -> None:
    """Load the Métropole Aix-Marseille-Provence, its teams, council and bookable places into the database in use."""
    call_command("territory", "load", SIREN, stdout=StringIO())
    load_people(DEMO)
    call_command("bodies", "load", stdout=StringIO())
    call_command("bookings", "load", str(PLACES), stdout=StringIO())
    load_letters()
    name_mayors()
    load_zones("rental-permit", RENTAL_PERMIT_AREAS)
