"""A whole year lived through the real engine: how long, with what memory, how many transitions a second, and where the time goes."""

import cProfile
import os
import platform
import pstats
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from oppidum.operations.benches.answer import Answer
from oppidum.operations.benches.replay_floor import Floor, measure_copy
from oppidum.operations.benches.resources import Used, watching
from oppidum.rehearsal.replay import database, running
from oppidum.rehearsal.replay.cast import make_lanes
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.replay.worker import Worker

_PACKAGE, _WORKER = "/oppidum/", "/rehearsal/replay/worker.py"
# So many calls between others' functions are followed upwards to one of ours.
_DEPTH = 12


def run(
    scale: float = 1.0,
    year: int = 2023,
    seed: int = 1,
    workers: int = 2,
    days: int = 0,
    floor: int = 1,
    profiled_days: int = 14,
    keep: int = 0,
) -> Answer:
    """Live the year (or its first `days`), copy its rows raw, and live `profiled_days` once more under a profiler; 0 leaves a part out.

    `keep=1` leaves the year's database, for `replay_online`. Fails if the tally differs from the database.
    """
    load = os.getloadavg()[0]
    plan = Plan(year, scale=scale, seed=seed, workers=workers, last=date(year, 1, 1) + timedelta(days=days - 1) if days else None)
    with tempfile.TemporaryDirectory(prefix="bench-replay-", dir=settings.VAR) as folder:
        name = database.name_of("bench")
        try:
            with watching(database.url_of("postgres")) as used:
                result = running.run(plan, Path(folder) / "run", name=name, again=True)
            copied = measure_copy(database.url_of(name), Path(folder), workers) if floor else Floor(0.0, {})
        finally:
            if not keep:
                database.drop_database(name)
        profile = _profile(plan, Path(folder) / "profile", profiled_days) if profiled_days else {}
    if result["tally_differences"]:
        raise RuntimeError(f"{result['tally_differences']} figures differ from the tally: {'; '.join(result['differences'][:5])}")
    rows = {f"rows_{table}": count for table, count in sorted(copied.tables.items(), key=lambda one: -one[1])[:12]}
    return Answer(
        "replay",
        _figures(result, used),
        _floor(copied, result) if floor else {},
        settings={
            "database": name if keep else "dropped",
            "scale": scale,
            "year": year,
            "seed": seed,
            "workers": workers,
            "days": days or 365,
        }
        | {"cores": len(os.sched_getaffinity(0)), "python": platform.python_version(), "load_before": round(load, 2)}
        | rows
        | {"statements_per_cent": used.statements()}
        | profile,
    )


def _figures(result: dict[str, Any], used: Used) -> dict[str, float]:
    transitions = result["transitions"]
    return {
        "minutes": result["minutes"],
        "counting_minutes": round(result["counting_seconds"] / 60, 2),
        "memory_gb": round(used.memory_gb, 2),
        "transitions_per_second": round(transitions / (result["minutes"] * 60)),
        "database_gb": result["database_gb"],
        "tally_differences": result["tally_differences"],
        "cases": result["cases"],
        "calls": result["calls"],
        "transitions": transitions,
        "refused": sum(result["refused"].values()),
        "client_cpu_us_per_transition": round(1e6 * used.client_cpu_s / transitions),
        "server_cpu_us_per_transition": round(1e6 * used.server_cpu_s / transitions),
    }


def _floor(copied: Floor, result: dict[str, Any]) -> dict[str, float]:
    """`share_of_floor`: of the floor's rows a second, the share that the replay reaches."""
    rows = sum(copied.tables.values())
    return {
        "copy_s": round(copied.seconds, 1),
        "copy_rows": rows,
        "copy_rows_per_second": round(rows / copied.seconds),
        "share_of_floor": round(copied.seconds / (result["minutes"] * 60), 3),
    }


def _profile(plan: Plan, folder: Path, days: int) -> dict[str, Any]:
    """Live some days of spring once more, by one worker in this process under a profiler: its stages and functions by share."""
    first = date(plan.year, 3, 1)
    short = replace(plan, first=first, last=first + timedelta(days=days - 1), workers=1).checked()
    name, profile = database.name_of("bench_profile"), cProfile.Profile()
    try:
        running.begin(short, folder, name, again=True)
        with database.using(name):
            began = time.perf_counter()
            worker = Worker(short, 0, make_lanes(short, 0), folder)
            making_s = time.perf_counter() - began
            profile.runcall(worker.live)
    finally:
        database.drop_database(name)
    stages, functions = read_profile(pstats.Stats(profile))
    return {"making_lanes_s": round(making_s, 1), "stages_per_cent": stages, "functions_per_cent": functions}


def read_profile(stats: pstats.Stats) -> tuple[dict[str, float], dict[str, float]]:
    """Of the time in which the worker lived, per cent: by what it asked for (stages), and by our functions that took most.

    The time of libraries and built-ins is laid on those of ours who called them, shared out where several did.
    """
    told = stats.stats  # type: ignore[attr-defined]
    whole = max(times[3] for place, times in told.items() if place[0].endswith(_WORKER) and place[2] == "live")
    stages: Counter[str] = Counter()
    for place, times in told.items():
        if not place[0].endswith(_WORKER):
            stages[_name(place)] += sum(seconds for caller, (_, _, _, seconds) in times[4].items() if caller[0].endswith(_WORKER))
    taken = _laid_on_ours(told)
    return _shares(stages, whole, 12), _shares(taken, whole, 25)


def _laid_on_ours(told: dict) -> "Counter[str]":
    """Seconds of each of our own functions, with those of others' that they called, directly or through others'."""
    taken: Counter[str] = Counter()
    others = {}
    for place, times in told.items():
        if _PACKAGE in place[0]:
            taken[_name(place)] += times[2]
        else:
            others[place] = times[2]
    for _ in range(_DEPTH):
        passed: dict = {}
        for place, seconds in others.items():
            callers = {caller: times[3] for caller, times in told[place][4].items() if times[3] > 0}
            for caller, weight in callers.items():
                part = seconds * weight / sum(callers.values())
                if _PACKAGE in caller[0]:
                    taken[_name(caller)] += part
                else:
                    passed[caller] = passed.get(caller, 0.0) + part
        others = passed
    return taken


def _shares(seconds: "Counter[str]", whole: float, most: int) -> dict[str, float]:
    return {name: round(100 * taken / whole, 1) for name, taken in seconds.most_common(most) if taken > 0}


def _name(place: tuple[str, int, str]) -> str:
    path, _, function = place
    return f"{path.rpartition(_PACKAGE)[2]}:{function}" if _PACKAGE in path else function
