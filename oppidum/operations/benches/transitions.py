"""How many cases move a second through the one door, in batches; and what the same tables take at best."""

import random
import time
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from oppidum.cases.acting import act
from oppidum.cases.declaration import get_service
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.decide import decide
from oppidum.cases.rules.evolve import evolve
from oppidum.cases.rules.standing import Actor, Command
from oppidum.cases.writing import CHANGING, JOURNAL_TYPES, UPDATE_LIVE, as_json, live_columns
from oppidum.core import clock
from oppidum.core.sql import rows, server_cursor
from oppidum.operations.benches.answer import Answer, percentile
from oppidum.operations.benches.scratch import fill, own_siren, scratch_database

OFFICER = Actor("officer", 1, "Bench", frozenset({"act", "assign"}))
PLAN = ("plan", {"day": "2030-01-02"})
EFFECTS = ("key", "case_id", "seq", "kind", "payload", "created_at", "attempts", "error")
ROUNDS = (PLAN, ("start", {}), ("plan", {"day": "2030-01-03"}), ("start", {}))
# Every team works on what it has: cases of all ages, in no order of their ids.
_SPREAD = "select case_id from cases_live where step = 'assigned' order by md5(case_id::text) limit %s"


def run(reports: int = 200_000, moved: int = 100_000, batch: int = 1000, seed: int = 1) -> Answer:
    """Move `moved` of `reports` cases four times, spread over the whole table, in batches of `batch`, on one connection."""
    with scratch_database(own_siren()):
        fill(reports, random.Random(seed))
        ids = [case_id for (case_id,) in rows(_SPREAD, [moved])]
        batches = [ids[start : start + batch] for start in range(0, len(ids), batch)]
        each = sorted(seconds for action, data in ROUNDS for seconds in _move(batches, action, data))
        floor = len(ids) / _raw_seconds(batches)
    per_second = len(ids) * len(ROUNDS) / sum(each)
    return Answer(
        "transitions",
        {
            "per_second": round(per_second),
            "share_of_floor": round(per_second / floor, 2),
            **{f"p{p}_ms": round(1000 * percentile(each, p / 100), 1) for p in (50, 95, 99)},
        },
        floor={"update_and_copy_per_second": round(floor)},
        settings={"reports": reports, "moved": len(ids), "batch": batch, "rounds": len(ROUNDS), "connections": 1, "seed": seed},
    )


def _move(batches: list[list[int]], action: str, data: dict) -> list[float]:
    """Seconds of each batch through `act`. Fails if a single case did not move."""
    each = []
    for ids in batches:
        began = time.perf_counter()
        outcomes = act([(case_id, Command(action, OFFICER, data)) for case_id in ids])
        each.append(time.perf_counter() - began)
        if refused := [o.refusal for o in outcomes if o.refusal]:
            raise RuntimeError(f"{len(refused)} cases did not {action}: {refused[0]!r}")
    return each


class _Ready(NamedTuple):
    """One batch as PostgreSQL takes it fastest: arrays for the update, text to copy."""

    live: list[str]
    journal: str
    effects: str


def _raw_seconds(batches: list[list[int]]) -> float:
    """The floor: the rows of one more round, made before the watch starts; an UPDATE by key and two COPYs a batch, then commit.

    Nothing is read, locked, decided or checked.
    """
    ready = [_prepare(ids) for ids in batches]
    began = time.perf_counter()
    for one in ready:
        with transaction.atomic(), server_cursor() as cursor:
            cursor.execute(UPDATE_LIVE, one.live)
            with cursor.copy(f"copy cases_journal ({', '.join(JOURNAL_TYPES)}) from stdin") as into:
                into.write(one.journal)
            with cursor.copy(f"copy cases_effect ({', '.join(EFFECTS)}) from stdin") as into:
                into.write(one.effects)
    return time.perf_counter() - began


def _prepare(ids: Sequence[int]) -> _Ready:
    now, standings, journal, effects = clock.now(), [], [], []
    command = Command(PLAN[0], OFFICER, PLAN[1])
    for case_id, case in read_standings(ids).items():
        service = get_service(case.service)
        decision = decide(service, case, command, now)
        fact = decision.fact
        standings.append(evolve(service, case, fact))
        journal.append(
            f"{case_id}\t{fact.seq}\t{now}\t{now}\t{OFFICER.kind}\t{OFFICER.id}\t{OFFICER.name}\t{fact.action}\t{fact.from_step}\t"
            f"{fact.to_step}\t{as_json(fact.data)}\n"
        )
        for kind, _ in decision.effects:
            effects.append(f"{case_id}:{fact.seq}:{kind}\t{case_id}\t{fact.seq}\t{kind}\t{{}}\t{now}\t0\t\n")
    return _Ready(live_columns(standings, CHANGING), "".join(journal), "".join(effects))
