"""`oppidum rehearse_mailing`: lists of businesses to write to, for demonstrations where none was sent."""

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.models import ListUpload
from oppidum.core import clock
from oppidum.rehearsal.mailing import rehearse_mailing


class Command(BaseCommand):
    help = "Rehearse two lists of businesses sent at the desk: one is filed, one waits with rows to mend."

    def handle(self, *args, **options):
        if ListUpload.objects.exists():
            raise CommandError("lists were sent already: a rehearsal never stands among real ones")
        self.stdout.write(f"{rehearse_mailing(clock.today())} businesses written to from a list, another list waits")
