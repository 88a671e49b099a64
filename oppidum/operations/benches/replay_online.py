"""What people wait for on the database of a lived year: alone, and while another year is lived beside it.

Intake, inbox, figures and the portal's pages, one after the other, each as its own benchmark measures it, with short runs.
"""

import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from oppidum.core.sql import rows
from oppidum.operations.benches import figures, inbox, intake, portal
from oppidum.operations.benches.answer import Answer
from oppidum.rehearsal.replay import database as databases
from oppidum.rehearsal.replay import running
from oppidum.rehearsal.replay.pace import DAY_SECONDS
from oppidum.rehearsal.replay.plan import Plan

# The year beside begins in spring: two weeks as fast as they go, so that there are cases to act on, then at its pace.
BEGINS, HURRIED_DAYS = (3, 1), 14
LONGEST_START_S = 1_800


def run(
    database: str = "",
    scale: float = 1.0,
    year: int = 2023,
    seed: int = 1,
    workers: int = 2,
    speed: float = 100.0,
    seconds: int = 20,
    requests: int = 300,
    port: int = 8797,
) -> Answer:
    """Measure on `database`, where `year` was lived, or live it first and drop it afterwards; then again beside a second one.

    The second year is lived at `speed` times real time (0: as fast as it goes) in another database of the same server.
    """
    load = os.getloadavg()[0]
    with _lived(database, Plan(year, scale=scale, seed=seed, workers=workers)) as name:
        with databases.using(name):
            [(cases, entries)] = rows("select (select count(*) from cases_case), (select count(*) from cases_journal)")
        alone = _measure(name, year, seconds, requests, port)
        with _living_beside(Plan(year, scale=scale, seed=seed + 1, workers=workers), speed) as beside:
            during = _measure(name, year, seconds, requests, port)
    told = {f"{one}_{when}": value for one in alone for when, value in (("alone", alone[one]), ("during_replay", during[one]))}
    return Answer(
        "replay_online",
        told,
        settings={"database": database or "lived for this", "cases": cases, "entries": entries, "scale": scale, "year": year}
        | {"speed": speed, "workers_beside": workers, **beside, "seconds": seconds, "requests": requests}
        | {"cores": len(os.sched_getaffinity(0)), "python": platform.python_version(), "load_before": round(load, 2)},
    )


def _measure(name: str, year: int, seconds: int, requests: int, port: int) -> dict[str, float]:
    """The 95th percentiles of each benchmark, by its name and theirs, and what its server takes in a second."""
    answers = [
        intake.run(database=name, seconds=seconds, port=port),
        inbox.run(database=name, requests=requests, port=port),
        figures.run(database=name, year=year, lake=0, trails=requests // 4, requests=requests // 4, port=port),
        portal.run(database=name, searches=requests, forms=requests, submissions=requests // 2, port=port),
    ]
    return {
        f"{answer.name}_{figure}": value
        for answer in answers
        for figure, value in answer.figures.items()
        if "p95" in figure or figure == "per_second"
    }


@contextmanager
def _lived(named: str, plan: Plan) -> Iterator[str]:
    if named:
        yield named
        return
    name = databases.name_of("bench_online")
    try:
        with tempfile.TemporaryDirectory(prefix="bench-online-", dir=settings.VAR) as folder:
            running.run(plan, Path(folder), name=name, again=True)
        yield name
    finally:
        databases.drop_database(name)


@contextmanager
def _living_beside(plan: Plan, speed: float) -> Iterator[dict[str, Any]]:
    """Another year being lived during the block, in a process group of its own that ends with it; yields what to know of it.

    Raises `RuntimeError` where it came to its end, or to none of its beginnings, before the block did.
    """
    name, first = databases.name_of("bench_beside"), date(plan.year, *BEGINS)
    held = first + timedelta(days=HURRIED_DAYS)
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="bench-beside-", dir=settings.VAR) as folder:
        asked = [
            "replay",
            plan.year,
            "--scale",
            plan.scale,
            "--seed",
            plan.seed,
            "--workers",
            plan.workers,
            "--from",
            first,
            "--again",
        ]
        asked += ["--speed", speed, "--speed-from", held, "--database", name, "--out", folder]
        process = subprocess.Popen(
            [sys.executable, "-m", "oppidum", *map(str, asked)],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until = time.monotonic() + LONGEST_START_S
            while _day_reached(Path(folder), plan) < held - timedelta(days=1):
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("the year beside did not begin")
                time.sleep(0.5)
            began, before = time.monotonic(), _entries(Path(folder), plan)
            yield told
            lasted, written = time.monotonic() - began, _entries(Path(folder), plan) - before
            if process.poll() is not None:
                raise RuntimeError("the year beside ended before the measuring did: let it be larger or slower")
            a_second = before / HURRIED_DAYS * speed / DAY_SECONDS if speed else written / lasted
            told |= {"entries_a_second_beside": round(a_second, 3), "measured_beside_s": round(lasted)}
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()
            databases.drop_database(name)


def _reports(folder: Path, plan: Plan) -> list[dict[str, Any]]:
    """What each worker last said of itself."""
    paths = [folder / f"worker-{n}.json" for n in range(plan.workers)]
    return [json.loads(path.read_text()) for path in paths if path.exists()]


def _day_reached(folder: Path, plan: Plan) -> date:
    told = _reports(folder, plan)
    return min(date.fromisoformat(one["day"]) for one in told) if len(told) == plan.workers else date.min


def _entries(folder: Path, plan: Plan) -> int:
    return sum(one["transitions"] + one["cases"] for one in _reports(folder, plan))
