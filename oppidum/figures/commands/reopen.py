"""`oppidum figures reopen YEAR --by USERNAME --reason "..." [--figure NAME]`."""

from django.core.management.base import CommandError

from oppidum.core.errors import Refusal
from oppidum.figures.commands.lock import get_officer
from oppidum.figures.declared.locking import reopen_figure, reopen_year

NAME, HELP = "reopen", "open a locked year again, or one figure of it, for a reason that stays"


def add_arguments(parser) -> None:
    parser.add_argument("year", type=int)
    parser.add_argument("--by", required=True, metavar="USERNAME", help="an officer with the right 'report'")
    parser.add_argument("--reason", required=True)
    parser.add_argument("--figure", metavar="NAME", help="this figure alone")


def run(command, options) -> None:
    officer, name = get_officer(options["by"]), options["figure"]
    try:
        opened = 1 if name and reopen_figure(name, options["year"], officer, options["reason"]) else 0
        opened = opened or reopen_year(options["year"], officer, options["reason"])
    except Refusal as refusal:
        raise CommandError(str(refusal), returncode=1) from None
    command.stdout.write(f"{options['year']}: {opened} values may change again")
