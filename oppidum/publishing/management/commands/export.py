"""`oppidum export scdl-deliberations --year 2027`, `... scdl-grants`, `... preemptions`: open data."""

from django.core.management.base import BaseCommand

from oppidum.bodies.exporting import deliberations
from oppidum.core import clock
from oppidum.core.streaming import csv_lines
from oppidum.publishing.grants_export import grants
from oppidum.publishing.preemptions_export import acquisitions

EXPORTS = {"scdl-deliberations": deliberations, "scdl-grants": grants, "preemptions": acquisitions}


class Command(BaseCommand):
    help = "Open data, in the national formats where there are some, as CSV on the standard output."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=sorted(EXPORTS))
        parser.add_argument("--year", type=int, help="by default this year")

    def handle(self, *args, what, year, **options):
        for line in csv_lines(EXPORTS[what](year or clock.today().year)):
            self.stdout.write(line, ending="")
