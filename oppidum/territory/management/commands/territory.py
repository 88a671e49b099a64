"""`oppidum territory`: load the ground the authority stands on, and look at it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from oppidum.core.errors import Refusal
from oppidum.territory import locate
from oppidum.territory.loading import load
from oppidum.territory.lookup import get_authority
from oppidum.territory.models import Commune, Intercommunality, Street, Zone
from oppidum.territory.source import whole_source
from oppidum.territory.streets import load_streets
from oppidum.territory.zones import load_zones


class Command(BaseCommand):
    help = "Load an intercommunality by its SIREN, its streets and zones; show what is loaded."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="what", metavar="load | streets | zones | show", required=True)
        part = parts.add_parser("load", help="load an intercommunality: its communes, town halls, arrondissements")
        part.add_argument("siren", nargs="+", help="its SIREN (9 digits), or words of its name to look for it")
        part.add_argument("--replace", action="store_true", help="change the territory of this installation")
        part = parts.add_parser("streets", help="load street names from a CSV (a town's own, or the BAN)")
        part.add_argument("file", type=Path)
        part = parts.add_parser("zones", help="load the zones of a layer from GeoJSON")
        part.add_argument("layer", help="name of the layer, such as quarters")
        part.add_argument("file", type=Path)
        parts.add_parser("show", help="show what is loaded")

    def handle(self, *args, what: str, **options) -> None:
        try:
            getattr(self, what)(**options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        locate.forget()

    def load(self, siren: list[str], replace: bool, **_) -> None:
        source = whole_source()
        authority = get_authority(" ".join(siren), source)
        other = Intercommunality.objects.exclude(siren=authority.siren).first()
        if other and not replace:
            raise CommandError(
                f"This installation's territory is {other.name} ({other.siren}). To change it for {authority.name}, "
                f"add --replace: reports already filed keep their communes."
            )
        loaded = load(authority, source)
        self.stdout.write(
            f"{loaded.name}: {loaded.communes} communes, {_spaced(loaded.area_km2)} km2, {_spaced(loaded.population)} inhabitants"
        )
        zones = f", {loaded.arrondissements} arrondissements as zones" if loaded.arrondissements else ""
        self.stdout.write(f"{_spaced(loaded.neighbours)} communes around it{zones}")

    def streets(self, file: Path, **_) -> None:
        streets, communes, reading = load_streets(file)
        self.stdout.write(f"{_spaced(streets)} streets in {communes} communes, from {_spaced(reading.rows)} rows")
        if reading.elsewhere:
            self.stdout.write(f"{_spaced(reading.elsewhere)} rows lie outside the territory and were left out")
        if reading.bad:
            self.stdout.write(f"{_spaced(reading.bad)} rows could not be used:")
            for problem in reading.problems:
                self.stdout.write(f"  {problem}")
            if reading.bad > len(reading.problems):
                self.stdout.write(f"  and {_spaced(reading.bad - len(reading.problems))} more")

    def zones(self, layer: str, file: Path, **_) -> None:
        self.stdout.write(f"{load_zones(layer, file)} zones in the layer {layer}")

    def show(self, **_) -> None:
        authority = Intercommunality.objects.first()
        if not authority:
            raise CommandError("No territory is loaded yet: oppidum territory load SIREN")
        members = Commune.objects.members()
        self.stdout.write(f"{authority.name} ({authority.siren})")
        self.stdout.write(
            f"{members.count()} communes, {_spaced(authority.area_km2)} km2, {_spaced(authority.population)} inhabitants"
        )
        self.stdout.write(f"{_spaced(Commune.objects.neighbours().count())} communes around it")
        for layer in Zone.objects.values("layer").annotate(zones=Count("pk")).order_by("layer"):
            self.stdout.write(f"{layer['zones']} zones in the layer {layer['layer']}")
        streets = Street.objects.aggregate(streets=Count("pk"), communes=Count("commune", distinct=True))
        self.stdout.write(f"{_spaced(streets['streets'])} streets in {streets['communes']} communes")


def _spaced(number: float) -> str:
    """Thousands apart, as in "3 152"."""
    return f"{round(number):,}".replace(",", " ")
