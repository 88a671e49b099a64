"""`oppidum prepare`: what `up` does before it serves, for those who start the parts themselves (systemd)."""

from django.core.management.base import BaseCommand

from oppidum.operations.management.commands.up import told_plainly
from oppidum.operations.preparing import own_cluster, prepare


class Command(BaseCommand):
    help = "Bring tables, translations and files for the browser up to date."
    requires_system_checks = []

    def handle(self, **options):
        with told_plainly():
            if cluster := own_cluster():
                cluster.start()
            prepare(self.stdout.write)
