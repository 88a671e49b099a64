"""`oppidum replay_worker`: one process of a run, started by `oppidum replay` with the run's database."""

import json
import os
import pickle
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand

from oppidum.rehearsal.replay.backdating import backdate
from oppidum.rehearsal.replay.cast import make_lanes
from oppidum.rehearsal.replay.declaring import declare
from oppidum.rehearsal.replay.notes import Notes
from oppidum.rehearsal.replay.pace import Pace
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.replay.running import PLAN, STOP
from oppidum.rehearsal.replay.worker import Counts, Worker


class Command(BaseCommand):
    help = "One process of a run; `oppidum replay` starts it."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("number", type=int)
        parser.add_argument("--speed", type=float, default=0.0)
        parser.add_argument("--speed-from", type=date.fromisoformat)

    def handle(self, *args, folder, number, speed, speed_from, **options):
        plan = Plan.from_data(json.loads((folder / PLAN).read_text()))
        declare(plan.changes, folder)
        backdate(plan.year)
        told = folder / f"worker-{number}.json"
        parent = os.getppid()

        def tell(day: date, counts: Counts) -> None:
            draft = told.with_suffix(".part")
            draft.write_text(json.dumps({"day": day.isoformat(), "cases": counts.cases, "transitions": counts.transitions}))
            draft.replace(told)

        def look() -> None:
            if os.getppid() != parent or (folder / STOP).exists():
                raise SystemExit(3)

        worker = Worker(plan, number, make_lanes(plan, number), folder, tell)
        worker.live(Pace(speed, speed_from, look))
        notes = Notes()
        for lane in worker.lanes:
            notes.merge(lane.notes)
        draft = folder / f"worker-{number}.part"
        draft.write_bytes(pickle.dumps((worker.mind.counts, worker.mind.tally, notes), protocol=pickle.HIGHEST_PROTOCOL))
        draft.replace(folder / f"worker-{number}.lived")
