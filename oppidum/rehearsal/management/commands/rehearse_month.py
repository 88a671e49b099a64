"""`oppidum rehearse_month`: a month of reports through the real engine, for demonstrations and tests."""

import sys
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from oppidum.core import clock
from oppidum.rehearsal.month import rehearse_month


class Command(BaseCommand):
    help = "File and work on a month of reports on a moved clock, up to now. Nothing leaves by mail."

    def add_arguments(self, parser):
        parser.add_argument("--reports", type=int, default=6000)
        parser.add_argument("--days", type=int, default=31)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args, reports, days, seed, **options):
        shown = -1

        def tell(done: int) -> None:
            nonlocal shown
            if sys.stderr.isatty() and done * 50 // max(1, reports) != shown:
                shown = done * 50 // max(1, reports)
                self.stderr.write(f"\r  {done} of {reports} reports", ending="")

        until = clock.now().replace(microsecond=0) - timedelta(seconds=1)
        try:
            tally = rehearse_month(reports, days, seed, until, tell)
        except LookupError as missing:
            raise CommandError(str(missing)) from None
        self.stdout.write(
            f"{tally.reports} reports, {tally.acts} acts, {tally.calls} calls, {tally.refused} acts no longer possible"
        )
