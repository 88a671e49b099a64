"""`oppidum figures request YEAR [--due DATE]`: ask the departments for the figures of a year."""

from datetime import date

from django.core.management.base import CommandError

from oppidum.core.errors import Refusal
from oppidum.figures.declared.requesting import request_figures

NAME, HELP = "request", "ask the departments for the figures of a year, by mail"


def add_arguments(parser) -> None:
    parser.add_argument("year", type=int)
    parser.add_argument("--due", help="the day until which they are wanted (YYYY-MM-DD; default: two months after the year)")
    parser.add_argument("--computed-too", action="store_true", help="ask as well for figures that a service computes")


def run(command, options) -> None:
    try:
        due = date.fromisoformat(options["due"]) if options["due"] else None
    except ValueError:
        raise CommandError(f"--due takes a day like 2027-02-28, not {options['due']!r}") from None
    try:
        done = request_figures(options["year"], None, due, computed_too=options["computed_too"])
    except Refusal as refusal:
        raise CommandError(str(refusal), returncode=1) from None
    command.stdout.write(f"{done.year}: {done.asked} figures newly asked for until {done.due_on}, {done.mails} mails queued")
    if done.unreachable:
        command.stdout.write(f"nobody to ask (an officer with the right 'figures' and an address): {', '.join(done.unreachable)}")
