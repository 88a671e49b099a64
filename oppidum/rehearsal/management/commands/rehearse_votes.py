"""`oppidum rehearse_votes`: participatory budgets with their votes, for demonstrations where there is none."""

from django.core.management.base import BaseCommand, CommandError

from oppidum.core import clock
from oppidum.rehearsal.votes import rehearse_votes
from oppidum.voting.models import Ballot


class Command(BaseCommand):
    help = "Rehearse the participatory budgets of the demonstration."

    def handle(self, *args, **options):
        if Ballot.objects.exists():
            raise CommandError("there are ballots already: a rehearsal never stands among real ones")
        self.stdout.write(f"{rehearse_votes(clock.today())} ballots")
