"""Each fault of what stands beside the steps is one sentence that says where, and what to do."""

import pytest

from oppidum.cases.declaration import Action, Flow, Service, end, step
from oppidum.cases.declaration.checks import beside
from oppidum.cases.declaration.opinions import Opinion
from oppidum.cases.declaration.routing import Escalation, Route
from tests.cases.small_services import SmallPermit

HERITAGE = Opinion("heritage", "Heritage", of="third:heritage", due=30)
ask = Action("ask", "Ask", by="act", asks=("roads",))
done = Action("done", "Done", by="act")


def service(**parts):
    flow = Flow(step("filed", ask >> "filed", done >> "end", label="Filed", joined="done"), end("end", label="End"))
    return type("Broken", (Service,), {"__doc__": "x", "code": "broken", "flow": flow} | parts)


def test_a_sound_service_has_no_fault():
    assert [*beside.asks_who_can_answer(SmallPermit), *beside.routes_and_escalates(SmallPermit)] == []


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({}, "action 'ask': asks for 'roads'"),
        ({}, "step 'filed': joined='done'"),
        ({"opinions": (Opinion("a", "A", of="somebody", due=3),)}, "opinion 'a': say who gives it"),
        ({"opinions": (Opinion("a", "A", of="team:a", due=0),)}, "opinion 'a': give at least one day"),
        ({"opinions": (Opinion("a", "A", of="team:a", due=3, silence="maybe"),)}, "silence='maybe'"),
        ({"routes": (Route(says="nothing"),)}, "route 'nothing': it changes nothing"),
        ({"routes": (Route(says="odd", priority="huge"),)}, "route 'odd': priority is one of"),
        ({"escalations": (Escalation("answer", to="supervisor", says="x"),)}, "there is no clock 'answer'"),
        ({"escalations": (Escalation("promise", to="a", says="x"),) * 2}, "declared twice"),
    ],
)
def test_a_fault_is_told(parts, says):
    broken = service(**parts)
    faults = [*beside.asks_who_can_answer(broken), *beside.routes_and_escalates(broken)]
    assert any(says in fault for fault in faults), faults
