"""The rehearsals of an installation, kept as folders under OPPIDUM_VAR/rehearsals: started, looked at, stopped, removed.

Each is a process of its own, which outlives the web server that started it and steps back before it. `about.json` says who asked for it.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.core.sql import rows
from oppidum.rehearsal.replay import database
from oppidum.rehearsal.replay.placing import find_missing
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.whatif import living
from oppidum.rehearsal.whatif.scenario import BadScenario, Scenario, parse_scenario

AT_ONCE, KEPT = 2, 30
ABOUT, FILE, LOG = "about.json", "scenario.toml", "log.txt"
WORKERS = 2
# A run that said nothing for so long is over, whatever it said last.
SILENT_SECONDS = 120
# What a year takes in the database at scale 1, and what must be left beside it.
GB_A_RUN, LEAST_FREE_GB = 6.0, 2.0
FILES = ("report.html", "report.md", "result.json", "measures.csv", "weeks.csv", FILE, LOG)
STARTING, LOST = "starting", "lost"
_DATABASES = "select coalesce(sum(pg_database_size(oid)), 0)::bigint from pg_database where datname like %s"
_NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[a-z0-9-]{1,60}-[0-9a-f]{4}")


class TooManyAtOnce(Refusal):
    """As many rehearsals as may run are running; the text says what to do."""

    status = 409


class NoRoom(Refusal):
    """The disk has no room for the runs; the text says how much is wanted."""

    status = 409


@dataclass(frozen=True)
class Kept:
    """A rehearsal as its folder tells it. `state`: starting, living, done, stopped, failed or lost; `status` as `living` writes it."""

    name: str
    folder: Path
    scenario: Scenario | None
    by: str
    at: datetime
    status: dict[str, Any]
    state: str

    @property
    def is_alive(self) -> bool:
        return self.state in (STARTING, living.LIVING)

    @property
    def title(self) -> str:
        return self.scenario.said("title") if self.scenario else self.name

    @property
    def files(self) -> list[str]:
        return [name for name in FILES if (self.folder / name).exists()]

    @property
    def has_report(self) -> bool:
        return (self.folder / "result.json").exists()

    def over(self) -> dict[str, int]:
        """How many runs of each side are over."""
        return {side: len(list((self.folder / "runs").glob(f"{side}-*.json"))) for side in living.SIDES}


def home() -> Path:
    return Path(settings.VAR) / "rehearsals"


def list_kept() -> list[Kept]:
    """All rehearsals, the latest first."""
    names = sorted((path.name for path in home().glob("*/") if _NAME.fullmatch(path.name)), reverse=True)
    return [one for name in names if (one := find_kept(name)) is not None]


def find_kept(name: str) -> Kept | None:
    """The rehearsal of that name; None where there is none."""
    folder = home() / name
    about = living.read_json(folder / ABOUT) if _NAME.fullmatch(name) else None
    if about is None:
        return None
    try:
        scenario = parse_scenario((folder / FILE).read_text(encoding="utf-8"))
    except (BadScenario, OSError):
        scenario = None  # Kept by an older version, whose words are no longer read: its results still are.
    status = living.read_status(folder) or {}
    at = datetime.fromisoformat(about["at"])
    return Kept(name, folder, scenario, about["by"], at, status, _state(status, at))


def _state(status: dict[str, Any], at: datetime) -> str:
    if not status:
        return STARTING if (clock.now() - at).total_seconds() < SILENT_SECONDS else LOST
    if status["phase"] == living.LIVING and time.time() - status["at"] > SILENT_SECONDS:
        return LOST
    return status["phase"]


def start(text: str, by: str, language: str) -> Kept:
    """Begin a rehearsal of the scenario in `text`, asked for by the officer named `by`.

    Raises `BadScenario`, `TooManyAtOnce`, `NoRoom`.
    """
    scenario = parse_scenario(text)
    if missing := list(find_missing(scenario.plan.changes)):
        raise BadScenario(missing)
    allow(scenario.plan, scenario.seeds)
    remove_old()
    now = clock.now()
    name = f"{now:%Y%m%d-%H%M%S}-{scenario.name[:60]}-{secrets.token_hex(2)}"
    folder = home() / name
    folder.mkdir(parents=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    living.write_json(folder / ABOUT, {"by": by, "at": now.isoformat(), "language": language})
    _launch(folder, language)
    return find_kept(name)


def go_on(kept: Kept) -> None:
    """Start a stopped, failed or lost one again where it was. Raises `TooManyAtOnce`, `NoRoom`."""
    if kept.is_alive or kept.scenario is None:
        return
    allow(kept.scenario.plan, kept.scenario.seeds)
    (kept.folder / living.STATUS).unlink(missing_ok=True)
    about = living.read_json(kept.folder / ABOUT)
    living.write_json(kept.folder / ABOUT, about | {"at": clock.now().isoformat()})
    _launch(kept.folder, about.get("language", "fr"))


def stop(kept: Kept) -> None:
    """Ask it to stop: it does so after the week that it lives, and keeps the runs that are over."""
    living.stop(kept.folder)


def remove(kept: Kept) -> bool:
    """Remove one that is not alive, with its files and the databases of its unfinished runs; returns whether it did."""
    if kept.is_alive:
        return False
    for work in (kept.folder / "at-work").glob("*/"):
        database.drop_database(living.database_of(work))
    shutil.rmtree(kept.folder, ignore_errors=True)
    return True


def remove_old() -> int:
    """Remove the oldest of more than are kept; returns how many."""
    return sum(remove(one) for one in list_kept()[KEPT - 1 :])


def wanted_gb(plan: Plan, seeds: int) -> float:
    """What the runs that live at once will take on disk, about."""
    whole = plan.scale * GB_A_RUN * min(WORKERS, 2 * seeds)
    return round(whole if not plan.services or "report" in plan.services else whole / 4, 1)


def free_gb() -> float:
    home().mkdir(parents=True, exist_ok=True)
    return round(shutil.disk_usage(home()).free / 1e9, 1)


def taken_gb() -> float:
    """What rehearsals take: their folders, and the databases of those that live."""
    files = sum(path.stat().st_size for path in _files(home()))
    (of_databases,) = rows(_DATABASES, [database.name_of("").replace("_", "\\_") + "%"])[0]
    return round((files + of_databases) / 1e9, 1)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def allow(plan: Plan, seeds: int, others: int = 0) -> None:
    """Whether one more may begin, beside `others` that live alone. Raises `TooManyAtOnce`, `NoRoom`."""
    alive = others + sum(one.is_alive for one in list_kept())
    if alive >= AT_ONCE:
        raise TooManyAtOnce(
            _("%(n)d rehearsals are running, as many as may at once: wait until one is over, or stop one.") % {"n": alive}
        )
    wanted, free = wanted_gb(plan, seeds), free_gb()
    if free < wanted + LEAST_FREE_GB:
        raise NoRoom(
            _(
                "The runs need about %(wanted)s GB of disk, and %(free)s GB are free: choose a smaller scale, or remove old rehearsals."
            )
            % {"wanted": wanted, "free": free}
        )


def _launch(folder: Path, language: str) -> None:
    command = ["rehearse", str(folder / FILE), "--out", str(folder), "--workers", str(WORKERS), "--language", language, "--gently"]
    with (folder / LOG).open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "oppidum", *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=os.environ.copy(),
        )
