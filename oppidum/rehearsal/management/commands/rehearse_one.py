"""`oppidum rehearse_one FOLDER`: one run of a scenario, in a process of its own. `oppidum rehearse` starts it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.declaration.faults import DefinitionError
from oppidum.rehearsal.replay.database import NoDatabase
from oppidum.rehearsal.replay.plan import BadPlan, Plan
from oppidum.rehearsal.replay.running import RunFailed, RunStopped, run
from oppidum.rehearsal.whatif.living import WANTED, database_of, read_json


class Command(BaseCommand):
    help = "Live the plan that FOLDER/wanted.json tells; its result is FOLDER/result.json. Its database goes with it."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *args, folder, **options):
        try:
            run(Plan.from_data(read_json(folder / WANTED)), folder, name=database_of(folder), keep=False)
        except (BadPlan, NoDatabase, RunFailed, RunStopped, DefinitionError) as error:
            raise CommandError(str(error)) from None
