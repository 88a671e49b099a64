"""A chart as a file: the drawing (SVG, PNG), its numbers (CSV, Parquet), its specification (Vega-Lite as JSON)."""

import csv
import io
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
from django.http import HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from oppidum.core.errors import NotFound
from oppidum.publishing.charts import render_png, render_svg, spec_json
from oppidum.web.dashboards.recipes import Drawn, recipe
from oppidum.web.spreadsheets import safe

FRESH_SECONDS = 60


@require_safe
def file(request, kind: str, form: str):
    """`charts/KIND.FORM?figure=...`: the same chart in each form, as the page shows it."""
    if form not in _FORMS:
        raise NotFound()
    drawn = recipe(kind, request.GET)
    make, content_type = _FORMS[form]
    response = HttpResponse(make(drawn), content_type=content_type)
    if form != "svg":
        name = "-".join((*drawn.chart.figures[:1], kind))
        response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    # It follows the reader's language and holds nothing personal.
    patch_cache_control(response, private=True, max_age=FRESH_SECONDS)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def _csv(drawn: Drawn) -> str:
    """Semicolons, a byte order mark and a decimal point, as the other exports."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(drawn.head)
    writer.writerows([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in drawn.data)
    return text.getvalue()


def _parquet(drawn: Drawn) -> bytes:
    columns = list(zip(*drawn.data, strict=True)) or [()] * len(drawn.head)
    table = pa.table({name: list(column) for name, column in zip(drawn.head, columns, strict=True)})
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


_FORMS: dict[str, tuple[Callable[[Drawn], str | bytes], str]] = {
    # Room at the right: a drawing that is an image of its own is set in the reader's fonts, which may be wider than ours.
    "svg": (
        lambda drawn: render_svg({**drawn.chart.spec, "padding": {"left": 4, "top": 4, "right": 18, "bottom": 4}}),
        "image/svg+xml",
    ),
    "png": (lambda drawn: render_png(drawn.chart.titled()), "image/png"),
    "csv": (_csv, "text/csv; charset=utf-8"),
    "parquet": (_parquet, "application/vnd.apache.parquet"),
    "json": (lambda drawn: spec_json(drawn.chart.titled()), "application/json"),
}
