"""`oppidum figures targets FILE.toml`: what is to be reached, by when; in place of the targets loaded before."""

from pathlib import Path

from django.core.management.base import CommandError

from oppidum.core.errors import InvalidForm
from oppidum.figures.targets import load_targets

NAME, HELP = "targets", "load targets of key figures from a TOML file"


def add_arguments(parser) -> None:
    parser.add_argument("file", help="[[targets]] with reached, aim and year; see oppidum/figures/targets.py")


def run(command, options) -> None:
    try:
        command.stdout.write(f"{load_targets(Path(options['file']))} targets")
    except InvalidForm as refused:
        raise CommandError("\n".join(str(one) for one in refused.errors), returncode=1) from None
