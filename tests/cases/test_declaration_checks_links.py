"""Services that open cases on one another: what would fail in the night is told at start."""

import pytest

from oppidum.cases.declaration import Action, Flow, Number, Text, step
from oppidum.cases.declaration.checks.linking import check_links
from oppidum.cases.declaration.linking import Open
from tests.cases.declaring import CLOSED, close, small_service

inspected = Action("inspected", "Inspected", by="system")
OTHER = small_service(
    Flow(step("to_do", close >> "closed", label="To do"), CLOSED),
    code="inspection",
    routing=("", ""),
    form={"metres": Number("Metres", required=True), "words": Text("Words")},
)


def faults(opens):
    inspect = Action("inspect", "Inspect", by="act", opens=opens)
    flow = Flow(
        step("open", inspect >> "waiting", label="Open"),
        step("waiting", inspected >> "closed", close >> "closed", label="Waiting"),
        CLOSED,
    )
    opener = small_service(flow, form={"surface": Number("Surface")})
    return check_links({"small": opener, "inspection": OTHER})


@pytest.mark.parametrize(
    "opens, says",
    [
        (Open("inspections", {"metres": "surface"}), "opens 'inspections', which is no service of the catalogue"),
        (Open("inspection", {"metres": "surface", "colour": "surface"}), "it has no question 'colour'"),
        (
            Open("inspection", {"metres": "surface"}, says={"colour": "red"}),
            "it has no question 'colour': correct the name in says=",
        ),
        (Open("inspection", {"metres": "surfaces"}), "'metres' is taken from 'surfaces', which nothing asks or sets here"),
        (Open("inspection", {"words": "surface"}), "its question 'metres' needs an answer"),
        (Open("inspection", {"metres": "surface"}, goes_on={"to_do": "inspected"}), "goes_on names 'to_do', which is no end of it"),
        (
            Open("inspection", {"metres": "surface"}, goes_on={"*": "inspect_again"}),
            "goes_on='inspect_again' is no action of this service",
        ),
        (Open("inspection", {"metres": "surface"}, goes_on={"*": "close"}), "goes_on='close' is not the engine's to take"),
    ],
    ids=["service", "question", "constant", "source", "needed", "end", "follower", "system"],
)
def test_a_wrong_link_is_told(opens, says):
    assert any(f"small: action 'inspect': opens '{opens.service}'" in fault and says in fault for fault in faults(opens)), faults(
        opens
    )


def test_a_link_that_leads_on_is_right():
    assert faults(Open("inspection", {"metres": "surface"}, goes_on={"closed": "inspected"})) == []
