"""`oppidum rehearse SCENARIO.toml --out FOLDER`: a change lived beside the year without it, over several chances."""

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from oppidum.rehearsal.replay.plan import BadPlan
from oppidum.rehearsal.whatif import words
from oppidum.rehearsal.whatif.comparing import ALL
from oppidum.rehearsal.whatif.living import OtherScenario, RunsFailed, RunsStopped, live, read_sides, stop
from oppidum.rehearsal.whatif.report import write_report
from oppidum.rehearsal.whatif.scenario import EXAMPLES, BadScenario, Scenario, read_scenario

GENTLE = 12


class Command(BaseCommand):
    help = "Rehearse a change: docs/how-to/rehearse-a-change.md. Stopped and started again, it goes on where it was."

    def add_arguments(self, parser):
        parser.add_argument("scenario", help="a TOML file, or the name of an example: " + ", ".join(sorted(_examples())))
        parser.add_argument("--out", type=Path, required=True, help="folder of the runs and of the report")
        parser.add_argument("--seeds", type=int, help="runs of each side; by default what the scenario says")
        parser.add_argument("--scale", type=float, help="part of the metropolis' volume; by default what the scenario says")
        parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1), help="runs at once")
        parser.add_argument("--on", choices=("processes", "ray"), default="processes", help="where they run")
        parser.add_argument("--language", choices=("fr", "en"), default="fr", help="of the report")
        parser.add_argument("--gently", action="store_true", help="step back before everything else on this machine")
        parser.add_argument("--report-only", action="store_true", help="write the report of the runs that are over")

    def handle(self, *args, scenario, out, seeds, scale, workers, on, language, gently, report_only, **options):
        if gently:
            os.nice(GENTLE)
        asked = self._scenario(scenario, seeds, scale)
        if on == "ray" and not _has_ray():
            raise CommandError("Ray is not installed: it is an extra, oppidum[cluster]; without it runs are spread over processes")
        if not report_only:
            self._live(asked, out, workers, on)
        try:
            comparison = write_report(asked, out, language)
        except ValueError as error:
            raise CommandError(f"{error}: {out}") from None
        with override(language):
            names = words.names_of_keys()
            keys = comparison.moved[:1] or [ALL]
            for key, said in words.in_short(comparison, keys).items():
                self.stdout.write("\n".join([names.get(key, key), *(f"  {one}" for one in said)]))
        self.stdout.write(str(out / "report.html"))

    def _scenario(self, name: str, seeds: int | None, scale: float | None) -> Scenario:
        try:
            asked = read_scenario(_examples().get(name, Path(name)))
            plan = replace(asked.plan, scale=scale or asked.plan.scale)
            plan.checked()
            return replace(asked, plan=plan, seeds=seeds or asked.seeds)
        except (BadScenario, BadPlan) as error:
            raise CommandError(f"{name}: {error}") from None

    def _live(self, asked: Scenario, out: Path, workers: int, on: str) -> None:
        before = {one: signal.signal(one, lambda *told: stop(out)) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            live(asked, out, workers=workers, on=on, tell=self._tell)
        except (OtherScenario, RunsFailed) as error:
            raise CommandError(str(error)) from None
        except RunsStopped as error:
            self.stderr.write(str(error))
            if not all(read_sides(out).values()):
                raise CommandError("no pair of runs is over yet") from None
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def _tell(self, status: Mapping[str, Any]) -> None:
        if sys.stderr.isatty():
            left = status["seconds_left"]
            told = f", {left / 60:.0f} min left" if left else ""
            self.stderr.write(f"\r  {status['done']} of {status['runs']} runs, {100 * status['share']:.0f} %{told}   ", ending="")


def _examples() -> dict[str, Path]:
    return {path.stem: path for path in EXAMPLES.glob("*.toml")}


def _has_ray() -> bool:
    return find_spec("ray") is not None
