"""`oppidum rehearse_sittings`: a council held, one being prepared, a signature book; for demonstrations on an empty register of acts."""

from django.core.management.base import BaseCommand, CommandError

from oppidum.bodies.models import Act, Body
from oppidum.core import clock
from oppidum.people.models import Officer
from oppidum.rehearsal.sittings import rehearse_sittings


class Command(BaseCommand):
    help = "Rehearse the assembly of the demonstration."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args, seed, **options):
        if Act.objects.exists():
            raise CommandError("there are acts already: a rehearsal never stands among real ones")
        officer = next((one for one in Officer.objects.filter(is_active=True) if one.may("sittings")), None)
        if officer is None or not Body.objects.filter(code="council").exists():
            raise CommandError("load the people and the bodies first: oppidum people load, oppidum bodies load")
        told = rehearse_sittings(officer, clock.today(), seed)
        self.stdout.write(f"{told.drafts} drafts, {told.acts} acts, {told.sittings} sittings")
