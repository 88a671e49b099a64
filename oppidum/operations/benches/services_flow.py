"""How many rental permits a second go through all their steps, in batches and one by one; and what other engines do with the same flow."""

import time
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from oppidum.cases.acting import act
from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.sampling import Sampler
from oppidum.cases.filing import NewCase, file_cases
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.operations.benches import peers
from oppidum.operations.benches.answer import Answer
from oppidum.operations.benches.scratch import own_siren, scratch_database

SERVICE = "rental-permit"
OFFICER = Actor("officer", 1, "Bench", frozenset({"act"}))


def run(cases: int = 10_000, alone: int = 500, peer_cases: int = 300) -> Answer:
    """Lead `cases` through all steps in batches of 1,000, `alone` one by one, and `peer_cases` by each of the others."""
    with scratch_database(own_siren()) as url:
        figures = measure(cases, alone)
        others = peers.measure(url, peer_cases)
    settings = {"cases": cases, "alone": alone, "peer_cases": peer_cases, "acts": list(peers.ACTS), "service": SERVICE}
    return Answer("services_flow", figures, peers=others, settings=settings)


def measure(cases: int, alone: int) -> dict[str, float]:
    """Cases a second, filing and five acts included, on the database in use. Fails if one does not come to its end."""
    return {
        "permits_per_second": round(cases / _lead(cases, 1000)),
        "permits_one_by_one_per_second": round(alone / _lead(alone, 1), 1),
    }


def _lead(cases: int, batch: int) -> float:
    requests = _requests(cases)
    began = time.perf_counter()
    for start in range(0, cases, batch):
        ids = [filed.case_id for filed in file_cases(requests[start : start + batch])]
        for name in peers.ACTS:
            outcomes = act([(case_id, Command(name, OFFICER, _DATA[name]())) for case_id in ids])
            if refused := [one.refusal for one in outcomes if one.refusal]:
                raise RuntimeError(f"{len(refused)} cases did not {name}: {refused[0]!r}")
    return time.perf_counter() - began


def _requests(cases: int) -> list[NewCase]:
    """Different answers for each, drawn from the form before the watch starts."""
    sampler = Sampler(Random(1), clock.today())
    form = get_service(SERVICE).form
    return [NewCase(service=SERVICE, channel="portal", answers=sampler.answers(form)) for _ in range(cases)]


_DATA: dict[str, Callable[[], dict[str, Any]]] = {
    "complete": dict,
    "visit": lambda: {"visit_on": (clock.today() + timedelta(days=3)).isoformat(), "visit_at": "morning"},
    "visited": lambda: {"visit_outcome": "seen"},
    "favourable": dict,
    "let": lambda: {"lease_on": clock.today().isoformat()},
}
