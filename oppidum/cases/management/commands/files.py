"""`oppidum files scan`: everything examined anew with the scanner's signatures of today."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.files.scanning import count_waiting, examine_again, scan_waiting
from oppidum.cases.models import Attachment
from oppidum.core.clamd import is_there

_HOURS = 3600 * 24


class Command(BaseCommand):
    help = "Files that were given with requests: examine them again."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        scan = actions.add_parser("scan", help="examine every file again, after new signatures came")
        scan.add_argument("--waiting", action="store_true", help="only those that were not examined yet")

    def handle(self, *args, action, waiting, **options):
        if not settings.SCANNER:
            raise CommandError(
                "No scanner is set up: give OPPIDUM_SCANNER, e.g. unix:///run/clamav/clamd.ctl (docs/how-to/run.md)."
            )
        if not is_there(settings.SCANNER):
            raise CommandError(f"No scanner answers at {settings.SCANNER}. Start clamav-daemon; nothing was changed.")
        if not waiting:
            self.stdout.write(f"{examine_again()} files to examine")
        done = 0
        while count := scan_waiting(seconds=_HOURS):
            done += count
        still, _old = count_waiting()
        harmful = Attachment.objects.filter(verdict=Attachment.Verdict.INFECTED).count()
        self.stdout.write(f"{done} files examined, {harmful} put aside, {still} could not be examined yet")
