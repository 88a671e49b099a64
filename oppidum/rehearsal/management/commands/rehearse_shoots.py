"""`oppidum rehearse_shoots`: film shoots that meet works, a market and each other, for demonstrations where there is none."""

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.models import Case
from oppidum.core import clock
from oppidum.rehearsal.shoots import rehearse_shoots
from oppidum.services.economy.film_shoot import FilmShoot


class Command(BaseCommand):
    help = "Rehearse the film shoots of the demonstration that meet others on their ground."

    def handle(self, *args, **options):
        if Case.objects.filter(service=FilmShoot.code).exists():
            raise CommandError("there are film shoots already: a rehearsal never stands among real ones")
        self.stdout.write(f"{rehearse_shoots(clock.today())} shoots and events on one ground")
