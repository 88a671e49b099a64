"""`oppidum trail FIGURE --year YEAR [--json]`: the records that a figure counts, or who declared it, on what evidence.

A key figure that a service computes opens to both: `key_figure` holds its declared side.
"""

import json

from django.core.management.base import BaseCommand, CommandError

from oppidum.core.errors import NotFound
from oppidum.figures.catalogue import all_figures, get_figure
from oppidum.figures.commands.show import key_figure_json
from oppidum.figures.computing import Period, compute, count_trail, trail
from oppidum.figures.declared.histories import as_json, open_declared
from oppidum.figures.key_figures import get_key_figure


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
        key_figure = self._find_key_figure(figure, year)
        if key_figure:
            figure = key_figure["value"]["computed_by"]
            if not figure:
                self._tell_declared(key_figure, options["json"])
                return
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
                        **({"key_figure": key_figure} if key_figure else {}),
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

    def _find_key_figure(self, name, year):
        """The declared side of a key figure, and its value as it is told; None where the name is a computed figure's alone."""
        try:
            opened = open_declared(name, year)
        except NotFound:
            return None
        return {"figure": name, "year": year, "value": key_figure_json(get_key_figure(name, year))} | as_json(opened)

    def _tell_declared(self, found, is_json):
        if is_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2, default=str))
            return
        value = found["value"]
        self.stdout.write(f"{value['label']} {found['year']}: {value['said']} [{value['state'] or 'no value'}]")
        for line in found["history"]:
            why = f" ({line['reason']})" if line["reason"] else ""
            self.stdout.write(f"  {line['at']}  {line['action']}  {line['by'] or '-'}  {line['before']} -> {line['after']}{why}")
