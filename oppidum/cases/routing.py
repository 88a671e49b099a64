"""Which team gets a case: the authority's own rules, then the service's, then the remits; the journal says which one fired, and why."""

from datetime import datetime
from typing import Any

from oppidum.cases.declaration import Service
from oppidum.cases.rules.decide import ROUTE
from oppidum.cases.rules.standing import SYSTEM, Fact, Standing
from oppidum.people.remits import Remits


def route(service: type[Service], case: Standing, filing: Fact, remits: Remits, now: datetime) -> Fact:
    """The entry that routes a case just filed. A service that names steps for it (`routing`) lets the case stand there."""
    data = find_team(case, remits)
    routed, unrouted = service.routing
    to = (routed if "team" in data else unrouted) or service.flow.first
    return Fact(2, filing.valid_at, now, SYSTEM, ROUTE, service.flow.first, to, data)


def find_team(case: Standing, remits: Remits) -> dict[str, Any]:
    found = remits.find_team(case.category, case.commune or None)
    return {"team": found.team, "rule": found.rule} if found else {}
