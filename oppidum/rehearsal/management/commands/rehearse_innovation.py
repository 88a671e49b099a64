"""`oppidum rehearse_innovation`: innovation calls with their answers, for demonstrations where there is none."""

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.models import Case
from oppidum.core import clock
from oppidum.rehearsal.innovation import rehearse_innovation


class Command(BaseCommand):
    help = "Rehearse the innovation calls of the demonstration."

    def handle(self, *args, **options):
        if Case.objects.filter(service="innovation-call").exists():
            raise CommandError("there are innovation calls already: a rehearsal never stands among real ones")
        self.stdout.write(f"{rehearse_innovation(clock.today())} answers to innovation calls")
