"""Small services for the tests of the engine: a permission with opinions and inspections, put into the catalogue for one test."""

from oppidum.cases.declaration import Action, Branch, Choice, Flow, Number, Service, answer, end, step
from oppidum.cases.declaration.linking import Open
from oppidum.cases.declaration.opinions import Opinion, joined, opinion
from oppidum.cases.declaration.registry import _versions, catalogue
from oppidum.cases.declaration.routing import Escalation, Route

OPINIONS = (
    Opinion("heritage", "Heritage", of="third:heritage", due=30, silence="favourable"),
    Opinion("roads", "Roads", of="team:roads", due=10),
)

ask = Action("ask", "Ask for opinions", by="act", asks=("heritage", "roads"))
weigh = Action("weigh", "All opinions are in", by=("act", "system"), when=joined("heritage", "roads"))
grant = Action("grant", "Grant", by="act", numbers="order", when=~opinion("heritage").is_("unfavourable"))
refuse = Action("refuse", "Refuse", by="act", numbers="order", demands={"reason": Choice("Why?", {"law": "Law", "fact": "Fact"})})
inspect = Action("inspect", "Inspect", by="act", opens=Open("small-inspection", {"metres": "metres"}, goes_on={"*": "inspected"}))
inspected = Action("inspected", "Inspected", by="system")
measure = Action("measure", "Measure", by="act", demands={"metres": Number("Metres", required=True)})
note_it = Action("seen", "Seen", by="act", demands={"result": Choice("Result", {"good": "Good", "bad": "Bad"}, required=True)})


class SmallPermit(Service):
    """A permission (permission) with everything that the engine does beside steps."""

    code = "small-permit"
    name = "Small permit"
    owner = "living-environment-water"
    retention = "P2Y"
    form = {"metres": Number("Metres", required=True), "colour": Choice("Colour", {"red": "Red", "blue": "Blue"})}
    opinions = OPINIONS
    routes = (
        Route(when=answer("metres") > 100, team="roads", priority="high", promise=5, says="Long ones"),
        Route(when=answer("colour").is_("blue"), priority="low", says="Blue ones"),
    )
    escalations = (Escalation("promise", before=2, to="team:roads", says="Two days are left"),)
    flow = Flow(
        step(
            "filed",
            ask >> "asked",
            inspect >> "inspecting",
            measure >> Branch((answer("metres") > 1000, "refused"), "ready"),
            label="Filed",
        ),
        step("asked", weigh >> "ready", label="Opinions", joined="weigh"),
        step("inspecting", inspected >> "ready", label="Inspecting"),
        step("ready", grant >> "granted", refuse >> "refused", label="Ready"),
        end("granted", label="Granted"),
        end("refused", label="Refused"),
    )


class SmallInspection(Service):
    """A sub-case (sous-dossier)."""

    code = "small-inspection"
    name = "Small inspection"
    owner = "living-environment-water"
    retention = "P1Y"
    form = {"metres": Number("Metres")}
    flow = Flow(step("to_do", note_it >> "done", label="To do"), end("done", label="Done"))


def declare(monkeypatch, *services):
    """Put services into the catalogue until the test ends."""
    for service in services:
        monkeypatch.setitem(catalogue(), service.code, service)
        monkeypatch.setitem(_versions(), service.code, service.version())
