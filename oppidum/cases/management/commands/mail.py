"""`oppidum mail receive` and `oppidum mail read FOLDER`: notices of delivery that came back about our mails."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.mailing.post_box import LARGEST, read_maildir, receive


class Command(BaseCommand):
    help = "Take in what mail servers say of our mails: delivered, delayed, came back."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        one = actions.add_parser("receive", help="one message from standard input, as a mail server's pipe gives it")
        one.add_argument(
            "--recipient", default="", help="the address it came to, where the server tells it (Postfix: ${recipient})"
        )
        folder = actions.add_parser("read", help="all that is new in a Maildir folder")
        folder.add_argument("folder", type=Path)

    def handle(self, *args, action, **options):
        if action == "receive":
            self.stdout.write(receive(sys.stdin.buffer.read(LARGEST), options["recipient"]))
            return
        if not (options["folder"] / "new").is_dir():
            raise CommandError(f"{options['folder']} is no Maildir: it has no folder new/.")
        self.stdout.write(f"{read_maildir(options['folder'])} messages taken")
