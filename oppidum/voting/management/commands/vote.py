"""`oppidum vote verify FILE [--code CODE]`: count a published vote again; `oppidum vote count`: count those that are closed."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from oppidum.voting.recount import report


class Command(BaseCommand):
    help = "Count a published vote again, and find one's own ballot by its code."

    def add_arguments(self, parser):
        parts = parser.add_subparsers(dest="what", required=True)
        verify = parts.add_parser("verify", help="count the ballots of a published file")
        verify.add_argument("file", type=Path)
        verify.add_argument("--code", default="", help="the code of your receipt: is your ballot there, as you cast it?")
        parts.add_parser("count", help="count the votes that are closed, as the worker does")

    def handle(self, *args, what: str, **options):
        if what == "count":
            from oppidum.voting.counting import count_closed

            self.stdout.write(f"{count_closed()} votes counted")
            return
        try:
            lines, holds = report(json.loads(options["file"].read_text(encoding="utf-8")), options["code"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{options['file'].name} is no list of ballots as a vote publishes it: {error}") from error
        self.stdout.write("\n".join(lines))
        if not holds:
            raise CommandError("the published result does not hold")
