"""Years lived alone, by `oppidum replay` or from the rehearsal room: folders beside the rehearsals, with a plan and one result each."""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oppidum.rehearsal.replay import database, running
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.whatif.keeping import ABOUT, LOG, LOST, SILENT_SECONDS, STARTING, allow, home
from oppidum.rehearsal.whatif.living import KEPT, read_json, write_json

_NAME = re.compile(r"replay-[a-z0-9_-]{1,80}")
# Counting a large year's figures says nothing for some minutes.
COUNTING_SECONDS = 1800


@dataclass(frozen=True)
class Alone:
    """A year as its folder tells it."""

    name: str
    folder: Path
    plan: dict[str, Any]
    by: str
    status: dict[str, Any]
    state: str

    @property
    def is_alive(self) -> bool:
        return self.state in (STARTING, running.LIVING, running.COUNTING)

    @property
    def is_over(self) -> bool:
        return (self.folder / running.RESULT).exists()

    def result(self) -> dict[int, dict[str, Any]]:
        """By its seed, as a rehearsal's side has its results."""
        result = running.read_result(self.folder)
        return {self.plan["seed"]: {part: result[part] for part in KEPT if part in result}} if result else {}


def list_alone() -> list[Alone]:
    """All years lived alone, the latest first."""
    folders = [path for path in home().glob("replay-*/") if _NAME.fullmatch(path.name)]
    found = (find_alone(path.name) for path in sorted(folders, key=lambda path: -path.stat().st_mtime))
    return [one for one in found if one is not None]


def find_alone(name: str) -> Alone | None:
    folder = home() / name
    if not _NAME.fullmatch(name):
        return None
    about = read_json(folder / ABOUT) or {}
    plan = read_json(folder / running.PLAN) or about.get("plan")
    if plan is None:
        return None
    status = running.read_status(folder) or {}
    return Alone(name, folder, plan, about.get("by", ""), status, _state(status, about))


def _state(status: dict[str, Any], about: dict[str, Any]) -> str:
    if not status:
        return STARTING if time.time() - about.get("at", 0) < SILENT_SECONDS else LOST
    silent = time.time() - status.get("at", 0)
    limits = {running.LIVING: SILENT_SECONDS, running.COUNTING: COUNTING_SECONDS}
    return LOST if silent > limits.get(status["phase"], silent) else status["phase"]


def start_alone(plan: Plan, by: str) -> Alone:
    """Live a year in a process of its own. Raises `BadPlan`, `TooManyAtOnce`, `NoRoom`."""
    plan.checked()
    allow(plan, 1, sum(one.is_alive for one in list_alone()))
    services = "-".join(sorted(plan.services))
    name = f"replay-{plan.year}-{plan.scale:g}-{plan.seed}{'-' if services else ''}{services}".replace(".", "_")[:80]
    folder = home() / name
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / ABOUT, {"by": by, "at": time.time(), "plan": plan.as_data()})
    (folder / running.STATUS).unlink(missing_ok=True)
    command = ["replay", str(plan.year), "--scale", str(plan.scale), "--seed", str(plan.seed), "--out", str(folder)]
    with (folder / LOG).open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "oppidum", *command, "--services", ",".join(sorted(plan.services))],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=os.environ.copy(),
        )
    return find_alone(name)


def stop_alone(one: Alone) -> None:
    """Ask it to stop; started again, it goes on."""
    running.stop(one.folder)


def remove_alone(one: Alone) -> bool:
    """Remove one that is not alive, with its database; returns whether it did."""
    if one.is_alive:
        return False
    database.drop_database(database.name_of(one.folder.name))
    shutil.rmtree(one.folder, ignore_errors=True)
    return True
