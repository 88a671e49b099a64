"""A school year's files in one batch: how long 55,000 requests take to be checked and filed, decided, and billed."""

import random
import time
from datetime import UTC, datetime, timedelta

from oppidum.cases import outbox
from oppidum.cases.acting import act
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import file_cases
from oppidum.cases.intake import prepare_cases
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.operations.benches.answer import Answer
from oppidum.operations.benches.scratch import own_siren, scratch_database
from oppidum.operations.benches.spots import draw_spots
from oppidum.payments.models import Charge

OFFICER = Actor("officer", 1, "Bench", frozenset({"act"}))
SERVICE = "school-transport"
IN_CAMPAIGN = datetime(2027, 6, 1, 8, tzinfo=UTC)
LEVELS = ("nursery", "primary", "lower", "upper", "vocational")


def run(files: int = 55_000, seed: int = 1) -> Answer:
    """Check, file and grant `files` requests on a database of its own."""
    with scratch_database(own_siren()):
        figures = measure(files, seed)
    return Answer("services_school", figures, floor={}, settings={"files": files, "seed": seed, "connections": 1})


def measure(files: int = 55_000, seed: int = 1) -> dict[str, float]:
    """The figures, on the database in use. `school_batch_s` is from raw answers to the last decision; the bills come after it, by the
    outbox. Fails if a single file was not decided."""
    made_up = list(raw_requests(files, random.Random(seed)))
    with clock.at(IN_CAMPAIGN):
        began = time.perf_counter()
        ready = prepare_cases(get_service(SERVICE), made_up, channel="import")
        prepared = time.perf_counter()
        filed = file_cases(ready)
        written = time.perf_counter()
        outcomes = act((one.case_id, Command("grant", OFFICER)) for one in filed)
        decided = time.perf_counter()
        if refused := [o.refusal for o in outcomes if o.refusal]:
            raise RuntimeError(f"{len(refused)} files were not granted: {refused[0]!r}")
        # Bills alone: mails and letters have benches of their own.
        while outbox.deliver(10_000, kinds={"charge"}):
            pass
        billed = time.perf_counter()
    if Charge.objects.count() != files:
        raise RuntimeError(f"{files} files were granted, {Charge.objects.count()} bills made")
    return {
        "school_batch_s": round(decided - began, 1),
        "school_checked_s": round(prepared - began, 1),
        "school_filed_s": round(written - prepared, 1),
        "school_decided_s": round(decided - written, 1),
        "school_billed_s": round(billed - decided, 1),
    }


def raw_requests(files: int, rng: random.Random):
    """What parents of the territory might send: homes and schools where people live, one in eight with two homes."""
    spots = draw_spots(2 * files, rng)
    for n in range(files):
        birth = datetime(2012, 1, 1, tzinfo=UTC) + timedelta(days=rng.randrange(3650))
        shared = n % 8 == 0
        yield {
            "first_name": f"Prénom {n}",
            "last_name": f"Nom {n}",
            "birth": birth.date().isoformat(),
            "level": rng.choice(LEVELS),
            "school_name": "École des Pins",
            "school": _place(spots[2 * n]),
            "home": _place(spots[2 * n + 1]),
            "shared": shared,
            **({"second_home": _place(spots[2 * n])} if shared else {}),
            "in_care": n % 200 == 0,
            "contact": {"name": f"Parent {n}", "email": f"parent{n}@example.org"},
            "sincere": {"agreed": True, "name": f"Parent {n}"},
        }


def _place(spot: tuple[float, float, str]) -> dict:
    return {"lon": spot[0], "lat": spot[1], "address": "1 rue de la République"}
