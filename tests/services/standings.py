"""A case that stands in a step of a service, without a database and without the way that led there."""

from datetime import UTC, datetime

from oppidum.cases.rules.evolve import begin
from oppidum.cases.rules.standing import RESIDENT, Fact

FILED = datetime(2027, 1, 4, 9, tzinfo=UTC)


def standing_in(service, step, clocks=None, **facts):
    """Filed in January; its clocks have stopped but those that are given."""
    data = {"category": "", "promise": 0, "commune": "", "definition": service.version(), "facts": facts}
    case = begin(service, 7, Fact(1, FILED, FILED, RESIDENT, "file", None, step, data))
    stopped = {clock.name: [["start", "2027-01-04"], ["stop", "2027-01-05"]] for clock in service.clocks if "file" in clock.starts}
    return case._replace(rests=False, clocks=stopped | (clocks or {}))
