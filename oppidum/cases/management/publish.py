"""`oppidum services publish CODE`: carry the last change of a declaration to the open cases, or say beforehand what it would do."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.declaration import catalogue, definition_version
from oppidum.cases.redefining import Reach, StepsGone, foresee, redefine

HELP = "carry the last change of a service to the open cases that it reaches"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", help="the service's code, as `oppidum services list` shows it")
    parser.add_argument("--dry-run", action="store_true", dest="is_dry", help="say what would change, and change nothing")


def publish(command: BaseCommand, options: dict[str, Any]) -> None:
    """Exit status 1 when open cases stand in steps that are gone, 2 when there is no such service."""
    code = options["code"]
    if code not in catalogue():
        raise CommandError(f"there is no service '{code}'; those declared: {', '.join(sorted(catalogue()))}", returncode=2)
    if options["is_dry"]:
        for line in _in_words(foresee(code)):
            command.stdout.write(line)
        return
    try:
        moved = redefine(code)
    except StepsGone as gone:
        raise CommandError(f"{code}: {gone}", returncode=1) from None
    command.stdout.write(f"{code}: {moved} open cases moved to {definition_version(code)}")


def _in_words(reach: Reach) -> Iterator[str]:
    """What a change comes to, a line each."""
    whom = (
        "the open cases too" if reach.reaches_open else "new filings; open cases stay under the declaration they were filed under"
    )
    yield f"{reach.service} {reach.version}: its substance reaches {whom}"
    yield f"  open cases under older declarations: {reach.open_cases}"
    for step, count in sorted(reach.lost.items()):
        yield f"  in a step that is gone, '{step}': {count} (say where they go on: Change(steps={{'{step}': ...}}))"
    for way, count in sorted(reach.moved.items()):
        yield f"  in a step that is now another, {way}: {count}"
    yield f"  with another date: {reach.other_date}; another team: {reach.other_team}; another outcome by silence: {reach.other_silence}"
    yield f"  decided in the last year: {reach.decided_cases}, of which would have ended otherwise: {reach.other_outcome} (they never move)"
