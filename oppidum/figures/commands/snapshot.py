"""`oppidum figures snapshot [DAY] [--since DAY]`: keep the stocks as they stood at the end of a day."""

from datetime import date

from django.core.management.base import CommandError

from oppidum.core.errors import Refusal
from oppidum.figures.snapshots import snap, snap_missing

NAME, HELP = "snapshot", "keep the stocks of a day that is over (without a day: of all that are missing)"


def add_arguments(parser) -> None:
    parser.add_argument("day", nargs="?", type=date.fromisoformat, help="such as 2026-11-24")
    parser.add_argument("--since", type=date.fromisoformat, help="and of every day from this one on")


def run(command, options) -> None:
    day = options["day"]
    try:
        written = snap(options["since"] or day, day) if day else snap_missing()
    except Refusal as refusal:
        raise CommandError(str(refusal)) from None
    command.stdout.write(f"{written} snapshots written")
