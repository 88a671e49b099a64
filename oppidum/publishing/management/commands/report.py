"""`oppidum report 2023 --out report.pdf`: the activity report of a year as one PDF."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from oppidum.publishing.report.editions import make_pdf, read_report
from oppidum.publishing.report.outline import LANGUAGES


class Command(BaseCommand):
    help = "Set the activity report of a year: texts, figures, charts, maps and index in one tagged PDF (PDF/UA-1, PDF/A-2a)."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("--out", type=Path, required=True, help="the file to write")
        parser.add_argument("--language", choices=LANGUAGES, default="fr")
        parser.add_argument("--compare", type=int, metavar="YEAR", help="a year to stand beside each figure")
        parser.add_argument(
            "--approved", action="store_true", help="approved texts and validated values alone, as everybody reads it"
        )
        parser.add_argument("--json", action="store_true", help="say what was made as JSON")

    def handle(self, *args, year, out, language, compare, approved, json: bool, **options):
        if compare == year:
            raise CommandError("--compare: another year than the report's own")
        report = read_report(year, language, compare, is_draft=not approved)
        if not report.figures():
            raise CommandError(f"There is no key figure of {year} yet: import them (oppidum figures import FILE) or count a year.")
        made = make_pdf(report)
        draft = out.with_name(f".{out.name}.part")
        draft.write_bytes(made.pdf)
        draft.replace(out)
        told = {
            "file": str(out),
            "pages": made.pages,
            "charts": made.charts,
            "maps": made.maps,
            "figures": len(report.figures()),
            "left_out": sorted({name for chapter in report.chapters() for name in chapter.missing}),
        }
        self.stdout.write(_as_json(told) if json else _as_line(told))


def _as_json(told: dict) -> str:
    return json.dumps(told, ensure_ascii=False)


def _as_line(told: dict) -> str:
    line = "{file}: {pages} pages, {figures} key figures, {charts} charts, {maps} maps".format(**told)
    if told["left_out"]:
        line += f"\nLeft out, for want of a value: {', '.join(told['left_out'])}"
    return line
