"""`oppidum bodies load [FILE]`, `oppidum bodies list`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from oppidum.bodies.loading import DEMO, BodiesFileError, load_bodies
from oppidum.bodies.models import Body


class Command(BaseCommand):
    help = "Councils, bureaus, committees and their members, from a TOML file."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        load = actions.add_parser("load", help="make the database say what the file says")
        load.add_argument("file", type=Path, nargs="?", default=DEMO, help="TOML file; without it, the demonstration's")
        actions.add_parser("list", help="bodies with their members and sittings")

    def handle(self, *args, action, **options):
        getattr(self, f"_{action}")(options)

    def _load(self, options):
        try:
            loaded = load_bodies(options["file"])
        except BodiesFileError as wrong:
            raise CommandError(f"nothing was loaded:\n{wrong}") from None
        self.stdout.write(f"{loaded.bodies} bodies, {loaded.councillors} councillors, {loaded.members} mandates")

    def _list(self, options):
        for body in Body.objects.all():
            self.stdout.write(f"{body.code:20} {body.members.filter(until=None).count():4} {body.sittings.count():4}  {body.name}")
