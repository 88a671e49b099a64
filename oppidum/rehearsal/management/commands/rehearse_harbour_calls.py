"""`oppidum rehearse_harbour_calls`: calls for a place in a harbour with their applications, for demonstrations where there is none."""

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.models import Case
from oppidum.core import clock
from oppidum.rehearsal.harbour_calls import rehearse_harbour_calls


class Command(BaseCommand):
    help = "Rehearse the calls for places in harbours of the demonstration."

    def handle(self, *args, **options):
        if Case.objects.filter(service="marina-occupancy").exists():
            raise CommandError("there are requests for places in harbours already: a rehearsal never stands among real ones")
        self.stdout.write(f"{rehearse_harbour_calls(clock.today())} applications to calls for a place in a harbour")
