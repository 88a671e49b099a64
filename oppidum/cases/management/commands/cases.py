"""`oppidum cases verify` and `oppidum cases sweep`."""

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify

SHOWN = 20


class Command(BaseCommand):
    help = "Check that every case's state follows from its journal; let dates that have come do their work."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("verify", help="fold every journal anew and compare with the state that is kept")
        actions.add_parser("sweep", help="waiting steps that ran out, legal silence: what time alone does")

    def handle(self, *args, action, **options):
        getattr(self, f"_{action}")()

    def _verify(self):
        checked, found = 0, []
        for so_far, differences in verify():
            checked = so_far
            found += differences
        for difference in found[:SHOWN]:
            self.stderr.write(
                f"case {difference.case_id}: {difference.column} is {difference.kept!r}, the journal says {difference.derived!r}"
            )
        if found:
            raise CommandError(f"{checked} cases checked, {len(found)} differences")
        self.stdout.write(f"{checked} cases checked, every state follows from its journal")

    def _sweep(self):
        self.stdout.write(f"{sweep()} cases changed by time")
