"""`oppidum rehearse_projects`: a portfolio of projects, for demonstrations where there is none."""

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.models import Case
from oppidum.rehearsal.projects import rehearse_projects
from oppidum.services.institution.project import Project


class Command(BaseCommand):
    help = "Rehearse the portfolio of projects of the demonstration."

    def handle(self, *args, **options):
        if Case.objects.filter(service=Project.code).exists():
            raise CommandError("there are projects already: a rehearsal never stands among real ones")
        self.stdout.write(f"{rehearse_projects()} projects")
