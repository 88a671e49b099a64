"""The one chart of a dataset, drawn when it is published: an SVG in each language beside the files, and the same facts as a table."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.cases.declaration import catalogue
from oppidum.figures.naming import name_of
from oppidum.people.models import Directorate
from oppidum.publishing import charts
from oppidum.publishing.charts import Datum, Point, render_svg
from oppidum.publishing.datasets.comparing import connect, table_sql
from oppidum.publishing.datasets.declaration import Dataset
from oppidum.publishing.datasets.schema import LANGUAGES
from oppidum.publishing.datasets.storing import folder_of


@dataclass(frozen=True)
class Picture:
    """What stands beside the drawing: its title, its description, the table twin."""

    title: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def draw_charts(dataset: Dataset, table: Path, draft: Path) -> None:
    """`chart-fr.svg` and `chart-fr.json`, and the same in English; nothing for a dataset without a chart."""
    if dataset.chart is None:
        return
    summed = _sum_up(dataset, table)
    for language in LANGUAGES:
        with override(language):
            chart = _draw(dataset, summed)
            (draft / f"chart-{language}.svg").write_bytes(render_svg(chart.spec))
            picture = Picture(chart.title, chart.alt, chart.columns, chart.rows)
            (draft / f"chart-{language}.json").write_text(json.dumps(asdict(picture), ensure_ascii=False), encoding="utf-8")


def redraw_charts(dataset: Dataset, table: Path, folder: Path) -> None:
    """Draw anew where the chart's words are others than when it was drawn: the data are the same, the declaration isn't."""
    for language in LANGUAGES:
        held = folder / f"chart-{language}.json"
        with override(language):
            said = str(dataset.chart.title) if dataset.chart else ""
        if dataset.chart and (not held.exists() or json.loads(held.read_text(encoding="utf-8"))["title"] != said):
            draw_charts(dataset, table, folder)
            return


def find_picture(name: str, number: int, language: str) -> Picture | None:
    """What to say beside the chart of a version, or None where it has none."""
    path = chart_file(name, number, language).with_suffix(".json")
    if not path.exists():
        return None
    held = json.loads(path.read_text(encoding="utf-8"))
    return Picture(held["title"], held["alt"], tuple(held["columns"]), tuple(map(tuple, held["rows"])))


def chart_file(name: str, number: int, language: str) -> Path:
    """The drawing of a version."""
    return folder_of(name, number) / f"chart-{language}.svg"


def _sum_up(dataset: Dataset, table: Path) -> list[tuple[str, float]]:
    """The chart's values: y added up, or rows counted, for each x; the largest first, or in the order of x."""
    asked = dataset.chart
    value = f'sum(try_cast("{asked.y}" as double))' if asked.y else "count(*)"
    order = "1" if asked.kind == "columns" and dataset.column(asked.x).type != "integer" else "try_cast(x as bigint)"
    order = order if asked.kind == "columns" else "2 desc, 1"
    sql = f"""select * from (select coalesce("{asked.x}", '') as x, {value} as y from {table_sql(table)} group by 1) where y is not null
              order by {order} limit ?"""
    with connect() as base:
        return [(x, float(y)) for x, y in base.execute(sql, [asked.most]).fetchall()]


def _draw(dataset: Dataset, summed: list[tuple[str, float]]) -> Any:
    asked = dataset.chart
    heading = str(dataset.column(asked.x).label)
    if asked.kind == "columns":
        own = str(dataset.column(asked.y).label) if asked.y else str(dataset.title)
        points = [Point(x, y, own) for x, y in summed]
        return charts.columns(str(asked.title), points, own=own, heading=heading)
    data = [Datum(_label(asked.x, x), y) for x, y in summed]
    return charts.ranked_bars(str(asked.title), data, heading=heading)


def _label(column: str, value: str) -> str:
    """The words for a code that stands in a chart."""
    if not value:
        return _("others, or not known")
    if column == "service" and value in catalogue():
        return str(catalogue()[value].name)
    if column == "owner":
        return Directorate.objects.filter(code=value).values_list("name", flat=True).first() or value
    return name_of(column, value) if column in ("commune", "channel", "category") else value
