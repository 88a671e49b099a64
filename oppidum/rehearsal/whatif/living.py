"""Living a scenario: the base year and the changed one, seed by seed, several runs at once; a finished run is never lived again.

Each run is a process of its own with a database of its own, so that its declarations, its memory and its fall touch nobody. Runs are spread
over processes of this machine, or over a cluster with Ray: the same function on another node, which needs Oppidum and a PostgreSQL there.

    FOLDER/scenario.json        what is asked; another scenario is refused here
    FOLDER/runs/base-1.json     the result of a run, written when it is over
    FOLDER/at-work/base-1/      a run that lives, with its status and checkpoints; gone when it is over
    FOLDER/status.json          how far all of it is
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from oppidum.rehearsal.replay import database
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.whatif.scenario import Scenario

BASE, CHANGED = "base", "changed"
SIDES = (BASE, CHANGED)
WANTED, SCENARIO, STATUS, STOP = "wanted.json", "scenario.json", "status.json", "stop"
LIVING, DONE, STOPPED, FAILED = "living", "done", "stopped", "failed"
COMMAND = "rehearse_one"
_LOOK_SECONDS = 1.0
# Parts of a run's result that comparing needs: differences of the count and the like stay with the run.
KEPT = (
    "plan",
    "minutes",
    "cases",
    "calls",
    "transitions",
    "turned_away",
    "refused",
    "tally_differences",
    "figures",
    "notes",
    "waits",
)


class OtherScenario(Exception):
    """The folder holds the runs of another scenario; the text says what to do."""


class RunsFailed(Exception):
    """Runs ended with an error; the text has their last lines. Those that were over are kept."""


class RunsStopped(Exception):
    """Somebody stopped it; started again, it goes on where it was."""


@dataclass(frozen=True)
class Job:
    """One run: a side and a seed."""

    side: str
    seed: int
    plan: Plan

    @property
    def name(self) -> str:
        return f"{self.side}-{self.seed}"


def jobs_of(scenario: Scenario) -> list[Job]:
    """All runs of a scenario, pair after pair, so that what is over can be compared early."""
    plans = {BASE: replace(scenario.plan, changes=scenario.base), CHANGED: scenario.plan}
    return [Job(side, seed, replace(plans[side], seed=seed)) for seed in range(1, scenario.seeds + 1) for side in SIDES]


def live(
    scenario: Scenario,
    folder: Path,
    *,
    workers: int = 2,
    on: str = "processes",
    tell: Callable[[Mapping[str, Any]], None] = lambda status: None,
) -> None:
    """Live all runs that are not over yet. Raises `OtherScenario`, `RunsFailed`, `RunsStopped`."""
    _begin(scenario, folder)
    jobs = jobs_of(scenario)
    left = [job for job in jobs if read_run(folder, job.name) is None]
    telling = _Telling(folder, len(jobs), len(jobs) - len(left), tell)
    faults: list[str] = []
    with telling, _spread(on, workers) as submit:
        waiting = iter(left)
        alive: dict[Future, Job] = {}
        while True:
            while len(alive) < workers and not faults and not telling.stopped and (job := next(waiting, None)) is not None:
                alive[submit(job, folder)] = job
            if not alive:
                break
            over, _ = wait(alive, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
            if telling.stopped:
                stop(folder)
            for future in over:
                fault = _over(folder, alive.pop(future), future)
                telling.done += not fault
                # What was stopped ended before its end, and goes on later.
                faults += [] if telling.stopped else fault
            telling.look([job.name for job in alive.values()])
        if telling.stopped:
            raise RunsStopped(f"stopped with {telling.done} of {len(jobs)} runs over; started again, it goes on: {folder}")
        if faults:
            raise RunsFailed("\n".join(faults))


def stop(folder: Path) -> None:
    """Ask the runs of the folder to stop: each after the week that it lives."""
    (folder / STOP).touch()
    for work in (folder / "at-work").glob("*/"):
        (work / "stop").touch()


def read_run(folder: Path, name: str) -> dict[str, Any] | None:
    """The result of a run that is over, as far as it is kept."""
    return read_json(folder / "runs" / f"{name}.json")


def read_sides(folder: Path) -> dict[str, dict[int, dict[str, Any]]]:
    """Of each side the results by seed, as many as are over."""
    found: dict[str, dict[int, dict[str, Any]]] = {side: {} for side in SIDES}
    for path in sorted((folder / "runs").glob("*.json")):
        side, _, seed = path.stem.rpartition("-")
        if side in found and seed.isdigit():
            found[side][int(seed)] = json.loads(path.read_text(encoding="utf-8"))
    return found


def read_status(folder: Path) -> dict[str, Any] | None:
    return read_json(folder / STATUS)


def live_one(plan: Mapping[str, Any], work: str) -> dict[str, Any]:
    """One run in a process of its own, in the folder `work`, or in one of this node where it is empty. RunsFailed with its last lines."""
    folder = Path(work or tempfile.mkdtemp(prefix="oppidum-rehearsal-"))
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / WANTED, plan)
    done = subprocess.run(
        [sys.executable, "-m", "oppidum", COMMAND, str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    result = read_json(folder / "result.json")
    if done.returncode or result is None:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-8:]
        raise RunsFailed("\n".join(last) or f"ended with {done.returncode}")
    shutil.rmtree(folder)
    return {part: result[part] for part in KEPT if part in result}


def database_of(work: Path) -> str:
    """The database of the run that lives in this folder: named after it, so that a run begun again finds its own."""
    return database.name_of(f"{crc32(str(work.resolve()).encode()):08x}")


def _begin(scenario: Scenario, folder: Path) -> None:
    (folder / "runs").mkdir(parents=True, exist_ok=True)
    (folder / STOP).unlink(missing_ok=True)
    before, now = read_json(folder / SCENARIO), scenario.as_data()
    # More seeds may be asked for later, other words too; another plan is another scenario.
    if before and (before["plan"], before["base"]) != (now["plan"], now["base"]):
        raise OtherScenario(
            f"{folder} holds runs of another scenario or plan ({before['name']}): choose another folder, or remove this one"
        )
    write_json(folder / SCENARIO, now)


def _over(folder: Path, job: Job, future: Future) -> list[str]:
    """Keep a result, or say what went wrong."""
    try:
        write_json(folder / "runs" / f"{job.name}.json", future.result())
    except RunsFailed as error:
        return [f"{job.name}: {error}"]
    return []


@contextmanager
def _spread(on: str, workers: int) -> Iterator[Callable[[Job, Path], Future]]:
    """How a run is started: a function that gives its future."""
    if on == "ray":
        with _on_ray() as submit:
            yield submit
        return
    with ThreadPoolExecutor(workers) as pool:
        yield lambda job, folder: pool.submit(live_one, job.plan.as_data(), str(folder / "at-work" / job.name))


@contextmanager
def _on_ray() -> Iterator[Callable[[Job, Path], Future]]:
    """On the cluster that RAY_ADDRESS names, or one of this machine. Each run takes one processor of a node."""
    import ray  # An extra: `pip install oppidum[cluster]`.

    ray.init(address=os.environ.get("RAY_ADDRESS"), log_to_driver=False, include_dashboard=False)
    task = ray.remote(num_cpus=1, max_retries=1)(live_one)
    try:
        yield lambda job, folder: task.remote(job.plan.as_data(), "").future()
    finally:
        ray.shutdown()


class _Telling:
    """Writes how far all runs are, and tells whoever started them."""

    def __init__(self, folder: Path, runs: int, done: int, tell: Callable[[Mapping[str, Any]], None]):
        self.folder, self.runs, self.done, self._tell = folder, runs, done, tell
        self._began, self._first = time.monotonic(), float(done)

    @property
    def stopped(self) -> bool:
        return (self.folder / STOP).exists()

    def look(self, names: list[str]) -> None:
        alive = {name: read_json(self.folder / "at-work" / name / "status.json") or {} for name in names}
        reached = self.done + sum(one.get("share", 0.0) for one in alive.values())
        share = min(1.0, reached / self.runs)
        lived, passed = reached - self._first, time.monotonic() - self._began
        left = passed * (self.runs - reached) / lived if lived > 0.02 else None
        told = {name: {"day": one.get("day"), "share": one.get("share", 0.0)} for name, one in alive.items()}
        self._write(LIVING, share, left, told)

    def _write(self, phase: str, share: float, left: float | None, alive: Mapping[str, Any], error: str = "") -> None:
        status = {
            "phase": phase,
            "runs": self.runs,
            "done": self.done,
            "share": share,
            "seconds_left": left,
            "alive": alive,
            "pid": os.getpid(),
            "at": time.time(),
            "error": error,
        }
        write_json(self.folder / STATUS, status)
        self._tell(status)

    def __enter__(self) -> "_Telling":
        self.look([])
        return self

    def __exit__(self, kind, error, trace) -> None:
        share = self.done / self.runs
        if error is None:
            self._write(DONE, 1.0, 0, {})
        else:
            stopped = isinstance(error, RunsStopped | KeyboardInterrupt)
            self._write(STOPPED if stopped else FAILED, share, None, {}, str(error))


def read_json(path: Path) -> Any:
    """None where there is no such file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def write_json(path: Path, data: Any) -> None:
    """Written beside, then moved: who reads finds the old or the new."""
    draft = path.with_name(f"{path.name}.part")
    draft.write_text(json.dumps(data, ensure_ascii=False, indent=1, default=_plain), encoding="utf-8")
    draft.replace(path)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} can't be written")
