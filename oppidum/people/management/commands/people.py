"""`oppidum people load FILE`, `oppidum people password USERNAME`, `oppidum people list`."""

from getpass import getpass
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from oppidum.people.loading import DEMO, PeopleFileError, load_people
from oppidum.people.models import Officer


class Command(BaseCommand):
    help = "Directorates, teams, remits, roles and officers, from a TOML file."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        load = actions.add_parser("load", help="make the database say what the file says")
        load.add_argument("file", type=Path, nargs="?", default=DEMO, help="TOML file; without it, the demonstration's")
        load.add_argument("--demo-password", help="given to officers who have none (demonstrations only)")
        password = actions.add_parser("password", help="set an officer's password")
        password.add_argument("username")
        actions.add_parser("list", help="officers with their roles and teams")

    def handle(self, *args, action, **options):
        getattr(self, f"_{action}")(options)

    def _load(self, options):
        try:
            loaded = load_people(options["file"], options["demo_password"])
        except PeopleFileError as wrong:
            raise CommandError(f"nothing was loaded:\n{wrong}") from None
        self.stdout.write(
            f"{loaded.directorates} directorates, {loaded.teams} teams, {loaded.remits} remits, {loaded.officers} officers"
        )

    def _password(self, options):
        officer = Officer.objects.filter(username=options["username"]).first()
        if officer is None:
            raise CommandError(f"no officer has the username {options['username']}")
        password = getpass("New password: ")
        try:
            validate_password(password, officer)
        except ValidationError as weak:
            raise CommandError(" ".join(weak.messages)) from None
        officer.set_password(password)
        officer.save(update_fields=["password"])

    def _list(self, options):
        for officer in Officer.objects.select_related("role").prefetch_related("teams", "communes").order_by("username"):
            where = ", ".join(str(t) for t in officer.teams.all()) or ", ".join(c.name for c in officer.communes.all()) or "—"
            self.stdout.write(f"{officer.username:16} {officer.role or '—'!s:24} {where}")
