"""`oppidum letters load FILE`: letterhead, town halls, correspondents, delegations; `oppidum letters check`: files are still as they were sent."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from oppidum.publishing.loading import Unreadable, load_letters
from oppidum.publishing.papers import find_altered


class Command(BaseCommand):
    help = "Load the letterhead and the delegations, or compare the files of letters with their digests."

    def add_arguments(self, parser):
        parts = parser.add_subparsers(dest="part", required=True)
        parts.add_parser("load", help="letterhead, town halls, correspondents and delegations from a TOML file").add_argument(
            "file", type=Path
        )
        parts.add_parser("check", help="every file of a letter is there, and still as it was sent")

    def handle(self, *, part: str, file: Path | None = None, **options):
        if part == "load":
            try:
                loaded = load_letters(file)
            except Unreadable as error:
                raise CommandError(str(error)) from None
            self.stdout.write(", ".join(f"{count} {name}" for name, count in loaded.items()))
            return
        altered = list(find_altered())
        for name in altered:
            self.stdout.write(name)
        if altered:
            raise CommandError(f"{len(altered)} files are missing or not as they were sent.")
        self.stdout.write("Every letter is as it was sent.")
