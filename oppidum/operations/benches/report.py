"""How long the activity report takes: read, assembled, drawn and set as one PDF, on a year that has everything."""

import time
from io import StringIO
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import override

from oppidum.core import clock
from oppidum.figures import remembering
from oppidum.figures.declared.importing import Signed, import_key_figures
from oppidum.operations.benches import scratch
from oppidum.operations.benches.answer import Answer
from oppidum.people.models import Officer
from oppidum.publishing.charts import rendering
from oppidum.publishing.report.editions import make_pdf, read_report
from oppidum.rehearsal.key_figures import PUBLISHED

WANTED = {"pages": 120, "charts": 60, "maps": 10}


def run() -> Answer:
    """The key figures of the demonstration in this year, and its rehearsed month for what records tell; nothing is drawn beforehand."""
    with scratch.scratch_database(scratch.own_siren()), TemporaryDirectory() as folder:
        before, settings.VAR = settings.VAR, type(settings.VAR)(folder)
        try:
            figures = measure()
        finally:
            settings.VAR = before
    return Answer("report", figures, floor={}, settings={f"wanted_{name}": count for name, count in WANTED.items()})


def measure() -> dict[str, float]:
    """The figures, on the database in use: cold, and again with every drawing kept."""
    year = clock.today().year
    call_command("rehearse_month", stdout=StringIO(), stderr=StringIO())
    people = list(Officer.objects.order_by("pk")[:2])
    with override("fr"):
        import_key_figures(PUBLISHED, year, Signed(entered_by=people[0], validated_by=people[1]))
    figures: dict[str, float] = {}
    for name in ("report_s", "report_again_s"):
        remembering.forget()
        rendering.forget()
        began = time.perf_counter()
        report = read_report(year, "fr", None, is_draft=True)
        made = make_pdf(report)
        figures[name] = round(time.perf_counter() - began, 2)
    figures |= {"pages": made.pages, "charts": made.charts, "maps": made.maps, "key_figures": len(report.figures())}
    figures["megabytes"] = round(len(made.pdf) / 1e6, 1)
    return figures
