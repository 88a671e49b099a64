"""`oppidum figures lock YEAR --by USERNAME`."""

from django.core.management.base import CommandError

from oppidum.core.errors import Refusal
from oppidum.figures.declared.locking import lock_year
from oppidum.people.models import Officer

NAME, HELP = "lock", "close the figures of a year: nothing of it changes any more"


def add_arguments(parser) -> None:
    parser.add_argument("year", type=int)
    parser.add_argument("--by", required=True, metavar="USERNAME", help="an officer with the right 'report'")


def run(command, options) -> None:
    try:
        locked = lock_year(options["year"], get_officer(options["by"]))
    except Refusal as refusal:
        raise CommandError(str(refusal), returncode=1) from None
    command.stdout.write(f"{options['year']}: {locked} values locked")


def get_officer(username: str) -> Officer:
    """The officer of that name; ends the command otherwise."""
    found = Officer.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"there is no officer '{username}'", returncode=2)
    return found
