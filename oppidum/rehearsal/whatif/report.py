"""The report of a scenario: `report.html` that needs nothing beside it, `report.md`, `result.json`, `measures.csv` and `weeks.csv`."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from oppidum.publishing.charts import Chart, Course, compared_weeks, render_all
from oppidum.rehearsal.replay.declaring import as_lines
from oppidum.rehearsal.replay.plan import Changes
from oppidum.rehearsal.whatif import words
from oppidum.rehearsal.whatif.comparing import ALL, Comparison, Row, compare
from oppidum.rehearsal.whatif.living import read_sides, write_json
from oppidum.rehearsal.whatif.scenario import Scenario

KEYS, FIGURES, PANELS = 4, 40, 6
COURSES = ("arrived", "done", "late", "turned_away", "crew_days", "km", "cost_eur")
WIDTH = 700


def write_report(scenario: Scenario, folder: Path, language: str = "fr") -> Comparison:
    """Compare what is over in the folder and write the report there. Raises `ValueError` where no pair of runs is over."""
    sides = read_sides(folder)
    comparison = compare(sides["base"], sides["changed"])
    with override(language):
        told = context(scenario, comparison)
        (folder / "report.html").write_text(render_to_string("rehearsal/report.html", told), encoding="utf-8")
        (folder / "report.md").write_text(as_markdown(told), encoding="utf-8")
    write_json(folder / "result.json", {"scenario": scenario.as_data(), **comparison.as_data()})
    (folder / "measures.csv").write_text(_csv(_measures(comparison)), encoding="utf-8")
    (folder / "weeks.csv").write_text(_csv(_weeks(comparison)), encoding="utf-8")
    return comparison


def context(scenario: Scenario, comparison: Comparison) -> dict[str, Any]:
    """All that the report says, in the active language."""
    names = words.names_of_keys()
    moved = comparison.moved[:KEYS]
    keys = moved if len(moved) == 1 else [ALL, *moved]
    charts = list(_charts(comparison, moved or [ALL], names))
    # The figure around it tells what it shows; its hundreds of marks say nothing to who doesn't see them.
    drawn = [svg.decode().replace("<svg ", '<svg aria-hidden="true" ', 1) for svg in render_all([chart.spec for chart in charts])]
    short = words.in_short(comparison, keys or [ALL])
    return {
        "language": (get_language() or "fr")[:2],
        "title": scenario.said("title"),
        "question": scenario.said("question"),
        "runs": words.about_runs(comparison, scenario.plan.year, scenario.plan.scale),
        "short": [(names.get(key, key), said) for key, said in short.items()],
        "tables": [(names.get(key, key), [_line(row) for row in _rows_of(comparison, key)]) for key in keys or [ALL]],
        "charts": [{"chart": chart, "svg": svg} for chart, svg in zip(charts, drawn, strict=True)],
        "figures": [_line(row) for row in comparison.figures[:FIGURES]],
        "more_figures": max(0, len(comparison.figures) - FIGURES),
        "caution": words.caution(comparison),
        "changes": changes_as_toml(scenario.plan.changes),
        "services": ", ".join(sorted(scenario.plan.services)),
        "seeds": len(comparison.seeds),
    }


def changes_as_toml(changes: Changes) -> str:
    """The changes as the scenario's file writes them."""
    lines: list[str] = []
    for part, value in changes.as_data().items():
        if part == "days":
            for one in value:
                lines += ["[[changes.days]]", *as_lines(one), ""]
        elif all(isinstance(one, Mapping) for one in value.values()):
            for name, one in value.items():
                lines += [f"[changes.{part}.{name}]", *as_lines(one), ""]
        else:
            lines += [f"[changes.{part}]", *as_lines(value), ""]
    return "\n".join(lines).strip()


def _rows_of(comparison: Comparison, key: str) -> list[Row]:
    return [row for row in comparison.rows if row.key == key and not row.figure and not row.measure.startswith("ended:")]


def _line(row: Row) -> dict[str, Any]:
    measure = "" if row.figure else row.measure
    return {
        "name": words.figure_name(row.measure) if row.figure else words.measure_name(row.measure),
        "base": words.number(measure, row.base),
        "changed": words.number(measure, row.changed),
        "difference": words.signed(measure, row.difference.mean),
        "interval": "–" if row.difference.same else words.interval(measure, row.difference),
        "verdict": words.verdict(row),
        "told": row.difference.is_told,
    }


def _charts(comparison: Comparison, keys: list[str], names: Mapping[str, str]) -> Iterator[Chart]:
    before, after = _("without"), _("with the change")
    if comparison.weekly.get("backlog"):
        panels = [(names.get(key, key), "backlog", key) for key in keys if key in comparison.weekly["backlog"]][:PANELS]
        yield _drawn(comparison, _("Open cases at the end of each week"), panels, before, after)
    first = keys[0]
    panels = [
        (words.measure_name(measure), measure, first)
        for measure in COURSES
        if first in comparison.weekly.get(measure, {}) and any(w.base or w.changed for w in comparison.weekly[measure][first])
    ]
    title = _("%(name)s, week by week") % {"name": names.get(first, first)}
    yield _drawn(comparison, title, panels[:PANELS], before, after)


def _drawn(comparison: Comparison, title: str, panels: list[tuple[str, str, str]], before: str, after: str) -> Chart:
    courses = [
        Course(panel, side, one.week, value, value - half, value + half)
        for panel, measure, key in panels
        for one in comparison.weekly[measure][key]
        for side, value, half in ((before, one.base, one.base_half), (after, one.changed, one.changed_half))
    ]
    return compared_weeks(title, courses, before=before, after=after, across=min(2, max(1, len(panels))), width=WIDTH)


def as_markdown(told: Mapping[str, Any]) -> str:
    """The report as text: what the page says, without its drawings."""
    parts = [f"# {told['title']}", told["question"], told["runs"], f"## {_('In short')}"]
    for name, said in told["short"]:
        parts += [f"**{name}**", "\n".join(f"- {one}" for one in said)]
    for name, lines in told["tables"]:
        parts += [f"## {name}", _table(lines, _("Measure"))]
    if told["figures"]:
        parts += [f"## {_('Public figures that differ')}", _table(told["figures"], _("Figure")), told["caution"]]
    parts += [f"## {_('What was changed')}", f"```toml\n{told['changes']}\n```"]
    return "\n\n".join(parts) + "\n"


def _table(lines: list[dict[str, Any]], heading: str) -> str:
    head = [heading, _("Without"), _("With the change"), _("Difference"), _("Interval at 95 per cent"), ""]
    rows = [[one[p] for p in ("name", "base", "changed", "difference", "interval", "verdict")] for one in lines]
    cells = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in cells)


def _measures(comparison: Comparison) -> Iterator[list[Any]]:
    yield ["kind", "measure", "key", "base", "changed", "difference", "low", "high", "runs", "told"]
    for row in comparison.rows:
        one = row.difference
        kind = "figure" if row.figure else "measure"
        yield [kind, row.measure, row.key or "all", row.base, row.changed, one.mean, one.low, one.high, one.runs, one.is_told]


def _weeks(comparison: Comparison) -> Iterator[list[Any]]:
    yield ["measure", "key", "week", "base", "base_half_interval", "changed", "changed_half_interval"]
    for measure, keys in comparison.weekly.items():
        for key, weeks in keys.items():
            for one in weeks:
                yield [measure, key or "all", one.week, one.base, one.base_half, one.changed, one.changed_half]


def _csv(rows: Iterator[list[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
