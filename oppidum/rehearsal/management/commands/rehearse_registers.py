"""`oppidum rehearse_registers`: registers of inquiries and consultations, for demonstrations where there is none."""

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.models import Case
from oppidum.core import clock
from oppidum.rehearsal.registers import rehearse_registers
from oppidum.services.support.participation.inquiry_register import InquiryRegister


class Command(BaseCommand):
    help = "Rehearse the registers of inquiries and consultations of the demonstration."

    def handle(self, *args, **options):
        if Case.objects.filter(service=InquiryRegister.code, channel="desk").exists():
            raise CommandError("there are registers already: a rehearsal never stands among real ones")
        self.stdout.write(f"{rehearse_registers(clock.today())} observations in registers")
