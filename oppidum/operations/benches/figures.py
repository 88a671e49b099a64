"""The figures of a year from a million cases: computed, opened, shown, and computed again from the lake."""

import os
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection
from django.test import override_settings

from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.figures import remembering, snapshots
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computations import recompute
from oppidum.figures.computing import compute_all
from oppidum.figures.declaration import PUBLIC
from oppidum.figures.lake.comparing import compare
from oppidum.figures.lake.reading import open_lake, run_on
from oppidum.figures.lake.writing import write_lake
from oppidum.figures.overview import value_of
from oppidum.figures.periods import Period
from oppidum.figures.trails import open_trail
from oppidum.operations.benches.answer import Answer, percentile
from oppidum.operations.benches.figures_filling import count_rows, fill_year
from oppidum.operations.benches.inbox import read
from oppidum.operations.benches.intake import serving
from oppidum.operations.benches.scratch import measured_database

PAGE = 100
_FLOOR = (
    "select service, channel, commune_id, count(*) from cases_case group by 1, 2, 3",
    "select action, count(*) from cases_journal group by 1",
    "select outcome, count(*) from cases_call group by 1",
)


def run(
    cases: int = 1_000_000,
    trails: int = 150,
    requests: int = 200,
    port: int = 8795,
    lake: int = 1,
    database: str = "",
    year: int = 0,
) -> Answer:
    """Fill the closed year before this one, compute all its figures cold, open numbers at random, and read the pages.

    `database`: that one is counted as it is, `year` in it. `lake` 0 leaves the lake out.
    """
    load, year = os.getloadavg()[0], year or clock.today().year - 1
    with measured_database(database) as url, tempfile.TemporaryDirectory() as folder, override_settings(LAKE=Path(folder)):
        filled_s, counted = _timed(lambda: count_rows() if database else fill_year(cases, year))
        figures, floor = measure(year, trails)
        if lake:
            figures |= measure_lake(year)
        with serving(url, port) as address:
            figures |= _pages(address, year, requests)
    sizes = {f"rows_{table}": count for table, count in counted.items()}
    settings = {
        "database": database or "scratch",
        "year": year,
        "figures": len(all_figures()),
        "trails": trails,
        "requests": requests,
        "connections": 1,
    }
    made = {"filled_s": round(filled_s, 1), "cores": len(os.sched_getaffinity(0)), "python": platform.python_version()}
    return Answer("figures", figures, floor, settings=settings | sizes | made | {"load_before": round(load, 2)})


def measure(year: int, trails: int) -> tuple[dict[str, float], dict[str, float]]:
    """Figures and floor on the database in use."""
    connection.close()  # what follows begins on a connection that has planned and read nothing
    remembering.forget()
    all_figures_s, values = _timed(lambda: compute_all(Period.year(year)))
    floor_s, _ = _timed(lambda: [rows(sql) for sql in _FLOOR])
    snapshots_s, _ = _timed(lambda: snapshots.snap(Period.year(year).first, Period.year(year).last))
    recompute_s, _ = _timed(lambda: recompute(year))
    opened = sorted(_open_trails(year, trails))
    figures = {
        "all_figures_s": round(all_figures_s, 2),
        "figures_with_a_value": sum(bool(one.value) for one in values.values()),
        "recompute_s": round(recompute_s, 2),
        "snapshots_of_a_year_s": round(snapshots_s, 2),
        "trail_p50_ms": round(percentile(opened, 0.50), 1),
        "trail_p95_ms": round(percentile(opened, 0.95), 1),
    }
    return figures, {"scan_and_group_s": round(floor_s, 2)}


def measure_lake(year: int) -> dict[str, float]:
    """The lake written, and the figures computed from it. Fails unless it gives equal numbers."""
    write_s, written = _timed(write_lake)
    lake_s, _ = _timed(lambda: compute_all(Period.year(year), run=run_on(open_lake())))
    if differences := compare(year):
        raise RuntimeError(f"the lake tells other numbers of {', '.join(differences)}")
    return {
        "lake_write_s": round(write_s, 1),
        "lake_write_rows_per_s": round(written.rows / write_s),
        "lake_megabytes": round(_megabytes(), 1),
        "lake_figures_s": round(lake_s, 2),
    }


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def _open_trails(year: int, times: int) -> list[float]:
    """Milliseconds for one page of the records of a number drawn at random, as a process that remembers nothing opens it."""
    rng, taken = Random(95), []
    numbers = [
        (name, split, part)
        for name, figure in all_figures().items()
        if (value := value_of(name, year)).value
        for split, part in [("", ""), *((split, part) for split, parts in value.splits.items() for part in parts)]
    ]
    by_figure: dict[str, list] = {}
    for number in numbers:
        by_figure.setdefault(number[0], []).append(number)
    names = sorted(by_figure)
    for _ in range(times):
        name, split, part = rng.choice(by_figure[rng.choice(names)])
        remembering.forget()
        began = time.perf_counter()
        opened = open_trail(name, year, split, part)
        list(opened.read(offset=rng.randrange(max(1, opened.total)) // PAGE * PAGE, limit=PAGE))
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _megabytes() -> float:
    from oppidum.figures.lake.writing import lake_folder

    return sum(path.stat().st_size for path in lake_folder().glob("**/*.parquet")) / 1e6


def _pages(address, year: int, requests: int) -> dict[str, float]:
    """p50 and p95 of the public pages over the server, each of them as often, one after the other."""
    name = max(
        (one for one in all_figures().values() if one.publication == PUBLIC), key=lambda one: value_of(one.name, year).value or 0
    ).name
    paths = [
        f"/figures/?year={year}",
        f"/figures/{name}/?year={year}",
        f"/figures/communes/?year={year}",
        f"/figures/communes/13055/?year={year}",
        f"/figures/dashboards/?year={year}",
        f"/figures/directorates/living-environment-water/?year={year}",
        f"/figures/services/report/?year={year}",
        f"/figures/key/?year={year}",
    ]
    slowest, every = {}, []
    for path in paths:
        taken, _, _ = read(address, path, "", requests)
        every += taken
        slowest[path] = percentile(taken, 0.95)
    every.sort()
    named = {
        f"page_{path.split('?')[0].strip('/').replace('/', '_').replace('-', '_')}_p95_ms": round(p95, 1)
        for path, p95 in slowest.items()
    }
    return {"dashboard_p50_ms": round(percentile(every, 0.5), 1), "dashboard_p95_ms": round(percentile(every, 0.95), 1)} | named
