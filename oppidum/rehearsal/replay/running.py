"""Running a plan: its database, its workers' processes, how far they are, and in the end the proof and the result."""

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from oppidum.cases.declaration import catalogue
from oppidum.cases.definitions import keep_definition
from oppidum.cases.writing import ensure_months
from oppidum.core.calendar import add_months
from oppidum.core.sql import rows
from oppidum.figures.catalogue import all_figures
from oppidum.figures.declaration import Counted
from oppidum.rehearsal.replay import database
from oppidum.rehearsal.replay.checkpoint import make_table
from oppidum.rehearsal.replay.declaring import declare
from oppidum.rehearsal.replay.notes import Notes
from oppidum.rehearsal.replay.placing import place
from oppidum.rehearsal.replay.plan import BadPlan, Plan
from oppidum.rehearsal.replay.proof import prove
from oppidum.rehearsal.replay.saying import say
from oppidum.rehearsal.replay.statistics import analyze
from oppidum.rehearsal.replay.tally import Tally
from oppidum.rehearsal.replay.worker import Counts

STATUS, RESULT, PLAN, STOP = "status.json", "result.json", "plan.json", "stop"
LIVING, COUNTING, DONE, FAILED, STOPPED = "living", "counting", "done", "failed", "stopped"
_LOOK_SECONDS = 0.5


class RunFailed(Exception):
    """A worker ended with an error; the text has its last lines."""


class RunStopped(Exception):
    """Somebody stopped the run: it can go on from its last checkpoint."""


@dataclass(frozen=True)
class Progress:
    """How far a run is: its phase, the last day that all workers have lived, the share of days, seconds left (None: not known yet)."""

    phase: str
    day: date | None
    share: float
    seconds_left: float | None
    cases: int
    transitions: int

    def as_data(self) -> dict[str, Any]:
        return {**self.__dict__, "day": self.day and self.day.isoformat(), "pid": os.getpid(), "at": time.time()}


def run(
    plan: Plan,
    folder: Path,
    tell: Callable[[Progress], None] = lambda progress: None,
    *,
    name: str = "",
    again: bool = False,
    speed: float = 0.0,
    speed_from: date | None = None,
    keep: bool = True,
) -> dict[str, Any]:
    """Live the plan and count it; returns what `folder/result.json` then holds.

    Where the folder holds the same plan half lived, it goes on there; `again` begins anew. `name`: the database, by default named after
    the folder. What the plan changes in declarations is changed in this process for good. `speed`: so many times as fast as life, 0 as
    fast as it goes; `speed_from`: the first day that is held to it. `keep`: whether the database stays. Raises `BadPlan`, `NoDatabase`,
    `RunFailed`, `RunStopped`.
    """
    plan = plan.checked()
    name = name or database.name_of(folder.name)
    began = time.monotonic()
    declare(plan.changes, folder)
    begin(plan, folder, name, again)
    with _told(folder, tell) as telling:
        pace = ["--speed", str(speed), *(["--speed-from", speed_from.isoformat()] if speed_from else [])]
        lived = _live(plan, folder, name, pace, telling)
        last = telling.last
        telling(Progress(COUNTING, plan.last, 1.0, None, last.cases, last.transitions))
        result = _count(plan, name, lived, began)
        _write(folder / RESULT, result)
        telling(Progress(DONE, plan.last, 1.0, 0, result["cases"], result["transitions"]))
    if not keep:
        database.drop_database(name)
    return result


def stop(folder: Path) -> None:
    """Ask a run to stop after the week that it lives."""
    (folder / STOP).touch()


def read_status(folder: Path) -> dict[str, Any] | None:
    """What a run last said of itself; None before it said anything."""
    return _read(folder / STATUS)


def read_result(folder: Path) -> dict[str, Any] | None:
    """The result of a run that came to its end."""
    return _read(folder / RESULT)


def begin(plan: Plan, folder: Path, name: str, again: bool) -> None:
    """A database ready for the plan: the one that was half lived, or a new one."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STOP).unlink(missing_ok=True)
    before = _read(folder / PLAN)
    if before and before != plan.as_data() and not again:
        raise BadPlan(f"{folder} holds another plan: choose another folder, or begin anew (--again)")
    if before and not again and database.exists(name):
        return
    for path in folder.glob("worker-*"):
        path.unlink()
    for told in (RESULT, STATUS):
        (folder / told).unlink(missing_ok=True)
    database.make_database(name)
    with database.using(name):
        make_table()
        ensure_months({add_months(date(plan.year, 1, 1), n) for n in range(14)})
        for code in sorted(catalogue()):
            keep_definition(code)
        place(plan.changes)
    _write(folder / PLAN, plan.as_data())


def _live(plan: Plan, folder: Path, name: str, pace: list[str], telling: "_Telling") -> list[tuple[Counts, Tally, Notes]]:
    environment = os.environ | {"DATABASE_URL": database.url_of(name)}
    logs = [(folder / f"worker-{n}.log").open("wb") for n in range(plan.workers)]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "oppidum", "replay_worker", str(folder), str(n), *pace],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        for n, log in enumerate(logs)
    ]
    failed: list[int] = []
    try:
        while any(process.poll() is None for process in processes):
            if failed := [n for n, process in enumerate(processes) if process.poll()]:
                break
            time.sleep(_LOOK_SECONDS)
            telling(telling.progress(plan, folder))
    finally:
        for process in processes:
            if process.poll() is None:
                process.terminate()
                process.wait()
        for log in logs:
            log.close()
    if (folder / STOP).exists() and not all((folder / f"worker-{n}.lived").exists() for n in range(plan.workers)):
        raise RunStopped(f"stopped; it goes on from its last checkpoint when it is started again: {folder}")
    # The one that failed by itself tells why; those that were ended with it know nothing.
    for n in failed or range(len(processes)):
        if processes[n].returncode:
            said = (folder / f"worker-{n}.log").read_text(errors="replace").strip().splitlines()[-12:]
            raise RunFailed(f"worker {n} ended with an error:\n" + "\n".join(said))
    return [pickle.loads((folder / f"worker-{n}.lived").read_bytes()) for n in range(plan.workers)]


def _count(plan: Plan, name: str, lived: list[tuple[Counts, Tally, Notes]], began: float) -> dict[str, Any]:
    """Everything put together, and the database asked to say the same."""
    (counts, tally, notes), *others = lived
    for more_counts, more_tally, more_notes in others:
        counts.merge(more_counts)
        tally.merge(more_tally)
        notes.merge(more_notes)
    seconds = time.monotonic() - began
    with database.using(name):
        analyze()
        differences = prove(tally)
        entries = rows("select count(*) from cases_journal")[0][0]
    said = say(tally)
    return {
        "plan": plan.as_data(),
        "database": name,
        "minutes": round(seconds / 60, 2),
        "counting_seconds": round(time.monotonic() - began - seconds, 1),
        "database_gb": round(database.size_of(name) / 1e9, 3),
        "cases": counts.cases,
        "turned_away": counts.turned_away,
        "calls": counts.calls,
        "transitions": entries,
        "refused": dict(sorted(counts.refused.items())),
        "tally_differences": len(differences),
        "differences": [str(one) for one in differences[:200]],
        "figures": {
            one.name: {
                "total": said[one.name].total,
                **{s: dict(p) for s, p in said[one.name].parts.items() if s in ("month", "commune")},
            }
            for one in all_figures().values()
            if isinstance(one, Counted) and one.name in said
        },
        **notes.as_data(),
    }


class _Telling:
    """Writes how far the run is where others can read it, and tells whoever started it."""

    def __init__(self, folder: Path, tell: Callable[[Progress], None]):
        self._folder, self._tell, self._began = folder, tell, time.monotonic()
        self._first_share: float | None = None
        self.last = Progress(LIVING, None, 0.0, None, 0, 0)

    def __call__(self, progress: Progress) -> None:
        self.last = progress
        _write(self._folder / STATUS, progress.as_data())
        self._tell(progress)

    def progress(self, plan: Plan, folder: Path) -> Progress:
        told = [_read(folder / f"worker-{n}.json") or {} for n in range(plan.workers)]
        reached = [date.fromisoformat(one["day"]) if "day" in one else plan.first - timedelta(days=1) for one in told]
        days = (plan.last - plan.first).days + 1
        share = sum((one - plan.first).days + 1 for one in reached) / len(reached) / days
        if self._first_share is None:
            self._first_share = share
        done = share - self._first_share
        left = (time.monotonic() - self._began) * (1 - share) / done if done > 0.01 else None
        numbers = (sum(one.get(part, 0) for one in told) for part in ("cases", "transitions"))
        return Progress(LIVING, min(reached), share, left, *numbers)


@contextmanager
def _told(folder: Path, tell: Callable[[Progress], None]) -> Iterator[_Telling]:
    telling = _Telling(folder, tell)
    try:
        yield telling
    except BaseException as error:
        phase = STOPPED if isinstance(error, RunStopped | KeyboardInterrupt) else FAILED
        last = telling.last
        _write(
            folder / STATUS,
            Progress(phase, last.day, last.share, None, last.cases, last.transitions).as_data() | {"error": str(error)},
        )
        raise


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def _write(path: Path, data: Any) -> None:
    """Written beside, then moved: whoever reads finds the old or the new, never half of it."""
    draft = path.with_suffix(f"{path.suffix}.part")
    draft.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(path)
