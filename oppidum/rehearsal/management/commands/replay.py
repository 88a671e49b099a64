"""`oppidum replay 2023`: a whole year lived through the real engine in a database of its own, and its figures proved."""

import sys
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from oppidum.rehearsal.replay.database import NoDatabase
from oppidum.rehearsal.replay.plan import BadPlan, Plan
from oppidum.rehearsal.replay.running import Progress, RunFailed, RunStopped, run


class Command(BaseCommand):
    help = "Live a year through the real engine: all services at their volumes, in a database of its own. Nothing leaves."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("--scale", type=float, default=1.0, help="0.01 to 10; 1 is the metropolis (default)")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--services", default="", help="codes, separated by commas (default: all that are rehearsed)")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="the first day, YYYY-MM-DD")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="the last day")
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--out", type=Path, help="folder of the run (default: OPPIDUM_VAR/rehearsals/replay-YEAR-SCALE-SEED)")
        parser.add_argument("--database", default="", help="the run's database (default: named after the folder)")
        parser.add_argument("--again", action="store_true", help="begin anew, whatever is there")
        parser.add_argument("--speed", type=float, default=0.0, help="so many times as fast as life (default: as fast as it goes)")
        parser.add_argument("--speed-from", type=date.fromisoformat, help="the first day at that speed (default: the first of all)")

    def handle(self, *args, year, scale, seed, services, first, last, workers, out, database, again, speed, speed_from, **options):
        named = frozenset(filter(None, (one.strip() for one in services.split(","))))
        plan = Plan(year, scale, seed, named, first, last, workers=workers)
        folder = (out or Path(settings.VAR) / "rehearsals" / f"replay-{year}-{scale:g}-{seed}".replace(".", "_")).resolve()
        try:
            result = run(plan, folder, self._tell, name=database, again=again, speed=speed, speed_from=speed_from)
        except (BadPlan, NoDatabase, RunFailed, RunStopped, LookupError, ValueError) as error:
            raise CommandError(str(error)) from None
        self.stderr.write("")
        self.stdout.write(
            f"{result['cases']} cases, {result['calls']} calls, {result['transitions']} entries in {result['minutes']} min; "
            f"{sum(result['refused'].values())} acts refused; database {result['database']}, {result['database_gb']} GB; {folder}"
        )
        if result["tally_differences"]:
            raise CommandError(
                f"{result['tally_differences']} figures differ from the tally:\n" + "\n".join(result["differences"][:20])
            )
        self.stdout.write("Every figure computed from the database equals the tally.")

    def _tell(self, progress: Progress) -> None:
        if not sys.stderr.isatty():
            return
        left = "" if progress.seconds_left is None else f", {timedelta(seconds=round(progress.seconds_left))} left"
        self.stderr.write(
            f"\r  {progress.phase}: {progress.day}, {progress.share:.0%}, {progress.cases} cases{left}      ", ending=""
        )
        self.stderr.flush()
