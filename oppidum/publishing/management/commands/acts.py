"""`oppidum acts send`, `oppidum acts receive`: to the prefect and online, and the receipts back. The worker does both by itself."""

from django.core.management.base import BaseCommand

from oppidum.publishing.actes import Outbox
from oppidum.publishing.sending_out import send_out


class Command(BaseCommand):
    help = "Send acts to the prefect and put them online; read the receipts."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("send", help="make files, send what is queued, publish what concerns everybody")
        actions.add_parser("receive", help="read the receipts that the operator laid down")

    def handle(self, *args, action, **options):
        if action == "receive":
            self.stdout.write(f"{Outbox().take_receipts()} receipts")
            return
        total = 0
        while moved := send_out():
            total += moved
        self.stdout.write(f"{total} acts")
