"""`oppidum rehearse_requests`: a month of requests to every service through the real engine, for demonstrations and tests."""

import sys
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from oppidum.core import clock
from oppidum.rehearsal.requests import rehearse_requests


class Command(BaseCommand):
    help = "File and work on a month of requests to all services on a moved clock, up to now. Nothing leaves by mail or post."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=31)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args, days, seed, **options):
        def tell(day: str) -> None:
            if sys.stderr.isatty():
                self.stderr.write(f"\r  {day}", ending="")

        until = clock.now().replace(microsecond=0) - timedelta(seconds=1)
        try:
            tally = rehearse_requests(days, seed, until, tell)
        except LookupError as missing:
            raise CommandError(str(missing)) from None
        told = ", ".join(f"{count} {code}" for code, count in sorted(tally.filed.items()))
        self.stdout.write(f"{sum(tally.filed.values())} requests ({told}), {tally.acts} acts, {tally.refused} acts turned down")
