"""`oppidum trail FIGURE --year YEAR [--json]`: the records that a figure counts."""

import json

from django.core.management.base import BaseCommand, CommandError

from oppidum.core.errors import NotFound
from oppidum.figures.catalogue import all_figures, get_figure
from oppidum.figures.computing import Period, compute, count_trail, trail


class Command(BaseCommand):
    help = "Open a figure to the records that it counts. Personal data is never part of a trail."

    def add_arguments(self, parser):
        parser.add_argument("figure")
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument(
            "--part", action="append", default=[], metavar="SPLIT=VALUE", help="narrow to a part, such as commune=13055"
        )
        parser.add_argument("--limit", type=int, default=0, help="at most so many records (default: all)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, figure, year, **options):
        if wrong := [p for p in options["part"] if "=" not in p]:
            raise CommandError(f"--part takes SPLIT=VALUE, not {wrong[0]!r}")
        part = dict(p.split("=", 1) for p in options["part"])
        period = Period.year(year)
        try:
            declared = get_figure(figure)
            records = trail(figure, period, part=part, limit=options["limit"])
            counted = count_trail(figure, period, part)
        except NotFound as missing:
            if "split" in missing.details:
                raise CommandError(f"{figure} has no split {missing.details['split']!r}") from None
            raise CommandError(f"no figure {figure!r}; there are: {', '.join(all_figures())}") from None
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "figure": figure,
                        "year": year,
                        "part": part,
                        "value": None if part else compute(figure, period).value,
                        "counted": counted,
                        "method": str(declared.method),
                        "records": records,
                    },
                    ensure_ascii=False,
                    indent=2,
                    default=str,
                )
            )
            return
        self.stdout.write(f"{declared.label} {year}: {counted} records")
        for record in records:
            self.stdout.write("  " + "  ".join(str(value) for value in record.values()))
