"""`oppidum trail FIGURE --year YEAR [--json]`: the records that a figure counts, or who declared it, on what evidence.

A key figure that a service computes opens to both: `key_figure` holds its declared side.
"""

import json

from django.core.management.base import BaseCommand, CommandError

from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.figures.accounts.reading import find_tied
from oppidum.figures.catalogue import all_figures, get_figure
from oppidum.figures.commands.show import key_figure_json
from oppidum.figures.computing import compute, count_trail, same_days_before, trail
from oppidum.figures.declaration import Change, Counted, Share, Spread
from oppidum.figures.declared.histories import as_json, open_declared
from oppidum.figures.key_figures import get_key_figure
from oppidum.figures.periods import Period
from oppidum.figures.trails import reckon


def _accounts(name: str, year: int) -> dict:
    """The lines of the accounts that a key figure is tied to."""
    tied = find_tied(name, year)
    if tied is None:
        return {}
    told = {"kind": tied.kind, "where": tied.dimensions, "value": float(tied.value), "unit": tied.unit}
    return {"accounts": told | {"lines": tied.lines, "files": tied.files}}


class Command(BaseCommand):
    help = "Open a figure to the records that it counts. Personal data is never part of a trail."

    def add_arguments(self, parser):
        parser.add_argument("figure")
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument(
            "--part", action="append", default=[], metavar="SPLIT=VALUE", help="narrow to a part, such as commune=13055"
        )
        parser.add_argument("--split", default="", help="the same in two words: --split commune --value 13055")
        parser.add_argument("--value", default="")
        parser.add_argument("--offset", type=int, default=0, help="leave out so many records first")
        parser.add_argument("--limit", type=int, default=0, help="at most so many records (default: all)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, figure, year, **options):
        if wrong := [p for p in options["part"] if "=" not in p]:
            raise CommandError(f"--part takes SPLIT=VALUE, not {wrong[0]!r}")
        part = dict(p.split("=", 1) for p in options["part"])
        if options["split"]:
            part[options["split"]] = options["value"]
        period = Period.year(year)
        key_figure = self._find_key_figure(figure, year)
        if key_figure:
            figure = key_figure["value"]["computed_by"]
            if not figure:
                self._tell_declared(key_figure, options["json"])
                return
        try:
            opened = self._open(figure, period, part, options)
        except NotFound as missing:
            if "split" in missing.details:
                raise CommandError(f"{figure} has no split {missing.details['split']!r}") from None
            raise CommandError(f"no figure {figure!r}; there are: {', '.join(all_figures())}") from None
        if options["json"]:
            told = opened | ({"key_figure": key_figure} if key_figure else {})
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2, default=str))
            return
        self.stdout.write(f"{get_figure(figure).label} {year}: {opened['counted']} records")
        for record in opened["records"]:
            self.stdout.write("  " + "  ".join(str(value) for value in record.values()))

    def _open(self, figure, period, part, options):
        """A figure with its records; a share or a change with those of its terms too."""
        declared, value = get_figure(figure), compute(figure, period)
        told = {
            "figure": figure,
            "year": period.first.year,
            "kind": declared.kind,
            "unit": str(declared.unit),
            "part": part,
            "value": value.value if not part else self._part_of(value, part),
            "computed_at": value.computed_at,
            "counted": count_trail(figure, period, part),
            "method": str(declared.method),
            "records": trail(figure, period, part=part, offset=options["offset"], limit=options["limit"]),
        }
        if isinstance(declared, Share):
            told["terms"] = [self._open(term, period, part, options) for term in (declared.part, declared.whole)]
        if isinstance(declared, Change):
            years = (period, same_days_before(period, clock.today()))
            told["terms"] = [self._open(declared.of, each, part, options) for each in years]
        if isinstance(declared, Spread):
            told["terms"] = [self._open(declared.of, period, part, options)]
        if isinstance(declared, Counted) and not (options["offset"] or options["limit"]):
            told["recounted"] = reckon(declared, told["records"])
        return told

    def _part_of(self, value, part):
        """What the figure says of one part; None where two parts cross."""
        [(split, key), *crossed] = part.items()
        return None if crossed else value.splits.get(split, {}).get(key)

    def _find_key_figure(self, name, year):
        """The declared side of a key figure, and its value as it is told; None where the name is a computed figure's alone."""
        try:
            opened = open_declared(name, year)
        except NotFound:
            return None
        return (
            {"figure": name, "year": year, "value": key_figure_json(get_key_figure(name, year))}
            | as_json(opened)
            | _accounts(name, year)
        )

    def _tell_declared(self, found, is_json):
        if is_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2, default=str))
            return
        value = found["value"]
        self.stdout.write(f"{value['label']} {found['year']}: {value['said']} [{value['state'] or 'no value'}]")
        for line in found["history"]:
            why = f" ({line['reason']})" if line["reason"] else ""
            self.stdout.write(f"  {line['at']}  {line['action']}  {line['by'] or '-'}  {line['before']} -> {line['after']}{why}")
