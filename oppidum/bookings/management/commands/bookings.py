"""`oppidum bookings load FILE`, `oppidum bookings check`."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from oppidum.bookings.calendars import verify
from oppidum.bookings.loading import PlacesFileError, load_places


class Command(BaseCommand):
    help = "Load bookable places from a TOML file, or check that what is taken is what is booked."

    def add_arguments(self, parser):
        parts = parser.add_subparsers(dest="part", required=True)
        load = parts.add_parser("load", help="sites, resources with their hours, berths")
        load.add_argument("file", type=Path)
        parts.add_parser("check", help="compare the places taken of each slot with its bookings")

    def handle(self, *args, **options):
        if options["part"] == "check":
            if wrong := verify():
                raise CommandError("\n".join(wrong))
            self.stdout.write("Every slot has taken what its bookings hold.")
            return
        try:
            loaded = load_places(options["file"])
        except PlacesFileError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{loaded.sites} sites, {loaded.resources} resources, {loaded.slots} slots")
