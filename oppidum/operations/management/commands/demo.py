"""`oppidum demo`: the Métropole Aix-Marseille-Provence, its people, a rehearsed month of reports and requests; then `up`."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection

import oppidum.rehearsal
from oppidum.bodies.models import Body
from oppidum.bookings.loading import DEMO as PLACES
from oppidum.bookings.models import Resource
from oppidum.cases.models import Case
from oppidum.communes.models import Look
from oppidum.figures.models import KeyFigure
from oppidum.figures.records import list_years
from oppidum.figures.targets import DEMO as TARGETS
from oppidum.figures.targets import load_targets
from oppidum.operations.management.commands.up import Command as Up
from oppidum.operations.preparing import timed
from oppidum.operations.serving import Address
from oppidum.people.loading import DEMO
from oppidum.people.models import Officer
from oppidum.publishing.loading import load_letters
from oppidum.publishing.models import DatasetUse, Letterhead, OutsideDataset, ReportEdition
from oppidum.rehearsal.communes import rehearse_communes
from oppidum.rehearsal.key_figures import rehearse_key_figures
from oppidum.rehearsal.letters import make_rehearsed_letters
from oppidum.rehearsal.mayors import name_mayors
from oppidum.rehearsal.open_data import rehearse_open_data
from oppidum.rehearsal.replay.demo_setup import RENTAL_PERMIT_AREAS, SIREN
from oppidum.rehearsal.report import rehearse_report
from oppidum.rehearsal.whatif import keeping
from oppidum.territory.models import Intercommunality, Zone
from oppidum.territory.zones import load_zones

REHEARSED_CHANGE = Path(oppidum.rehearsal.__file__).parent / "demo.toml"
PASSWORD = "demonstration"  # of a machine's own demonstration; `oppidum people password` changes one


class Command(Up):
    help = "Load the demonstration where it isn't yet, print its accounts, and serve until Ctrl-C."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--siren", default=SIREN, help="the intercommunality to load (default: %(default)s)")
        parser.add_argument("--prepare-only", action="store_true", help="load, and don't serve")

    def fill(self, options) -> None:
        """Each part is loaded only where there is none, so that a second start changes nothing."""
        if not Intercommunality.objects.exists():
            with timed(self.say, "territory"):
                call_command("territory", "load", options["siren"], stdout=self.stdout)
        if not Officer.objects.exists():
            with timed(self.say, "people"):
                call_command("people", "load", str(DEMO), demo_password=PASSWORD, stdout=self.stdout)
        if not Body.objects.exists():
            with timed(self.say, "council, bureau, committees"):
                call_command("bodies", "load", stdout=self.stdout)
        if not Resource.objects.exists():
            with timed(self.say, "bookable places"):
                call_command("bookings", "load", str(PLACES), stdout=self.stdout)
        if not Letterhead.objects.exists():
            load_letters()
            name_mayors()
        if options["siren"] == SIREN and not Zone.objects.filter(layer="rental-permit").exists():
            load_zones("rental-permit", RENTAL_PERMIT_AREAS)
        if not Case.objects.exists() and "rehearse_month" in get_commands():
            with timed(self.say, "a rehearsed month of reports"):
                call_command("rehearse_month", stdout=self.stdout, stderr=sys.stderr)
                call_command("rehearse_sittings", stdout=self.stdout)
                call_command("rehearse_projects", stdout=self.stdout)
                call_command("rehearse_shoots", stdout=self.stdout)
                call_command("rehearse_registers", stdout=self.stdout)
                call_command("rehearse_votes", stdout=self.stdout)
                call_command("rehearse_innovation", stdout=self.stdout)
                call_command("rehearse_harbour_calls", stdout=self.stdout)
                call_command("rehearse_mailing", stdout=self.stdout)
            with timed(self.say, "a rehearsed month of requests"):
                call_command("rehearse_requests", stdout=self.stdout, stderr=sys.stderr)
                self.say(f"{make_rehearsed_letters()} letters made, none sent")
            self.measure_tables()
            with timed(self.say, "stocks of each day, and figures of each year"):
                call_command("figures", "snapshot", stdout=self.stdout)
                for year in list_years():
                    call_command("figures", "recompute", str(year), stdout=self.stdout)
        if options["siren"] == SIREN and not KeyFigure.objects.exists():
            with timed(self.say, "key figures of 2023, and this year's being gathered"):
                self.say(rehearse_key_figures())
                load_targets(TARGETS)
        if options["siren"] == SIREN and KeyFigure.objects.exists() and not ReportEdition.objects.exists():
            with timed(self.say, "the activity report of 2023"):
                self.say(rehearse_report())
        if not Look.objects.exists():
            with timed(self.say, "the spaces of two communes"):
                self.say(rehearse_communes())
        if not OutsideDataset.objects.exists() and not DatasetUse.objects.exists():
            with timed(self.say, "open data: a catalogue of others, and downloads"):
                self.say(rehearse_open_data())
        if options["siren"] == SIREN and not options["prepare_only"] and not keeping.list_kept():
            officer = Officer.objects.order_by("pk").first()
            keeping.start(REHEARSED_CHANGE.read_text(encoding="utf-8"), by=officer.get_full_name(), language="fr")
            self.say("a change is being rehearsed in the background, for a minute or two: /rehearsal/")

    def measure_tables(self) -> None:
        """The planner should know what was just written before the first page is asked."""
        with connection.cursor() as cursor:
            cursor.execute("analyze")

    def welcome(self, address: Address) -> list[str]:
        lines = super().welcome(address)
        accounts = Officer.objects.select_related("role").order_by("pk")[:60]
        shown = [f"  {officer.username:<14} {officer.get_full_name():<18} {officer.role}" for officer in accounts]
        if folder := getattr(settings, "EMAIL_FILE_PATH", None):
            shown += ["", f"Mails are written to {folder}: the way to a ballot (/votes/), to one's requests."]
        return [*lines[:-2], "", f"Officers' accounts, all with the password {PASSWORD}:", *shown, *lines[-2:]]
