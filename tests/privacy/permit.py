"""A small service that asks for what persons guard: a permit, granted or refused, that can be appealed against."""

from oppidum.cases.declaration import (
    LEGAL_OBLIGATION,
    STAY,
    Action,
    Category,
    Choice,
    Day,
    Flow,
    Hold,
    Kept,
    Number,
    Privacy,
    Sees,
    Service,
    Text,
    answer,
    end,
    step,
)
from oppidum.cases.declaration.service import Group

grant = Action("grant", "Grant", by="act")
refuse = Action("refuse", "Refuse", by="act", demands={"amount": Number("What do they owe?", whole=True)})
appeal = Action("appeal", "Appeal", by="act", sets={"appealed": True})
settle = Action("settle", "Settle", by="act", sets={"appealed": False})
reopen = Action("reopen", "Reopen", by="act")
write = Action("write", "Write", by="resident", demands={"message": Text("Message", private=True)})

QUESTIONS = {
    "landlord": Text("Who lets the dwelling?", private=True),
    "born_on": Day("Born on?", private=True),
    "siret": Text("SIRET?", private=True),
    "income": Number("Your income?", unit="EUR", private=True),
    "kind": Choice("What kind?", {"flat": "A flat", "house": "A house"}),
    "remarks": Text("Anything else?"),
}


class Permit(Service):
    """Permission to let a dwelling (permis de louer), for tests."""

    code = "permit"
    name = "Permit to let"
    owner = "living-environment-water"
    routing = ("open", "open")
    groups = (Group("let", "Letting"),)
    categories = {"let.dwelling": Category("let.dwelling", "A dwelling", promise=20, public=False, questions=QUESTIONS)}
    flow = Flow(
        step("open", grant >> "granted", refuse >> "refused", label="Open"),
        end("granted", reopen >> "open", label="Granted"),
        end("refused", reopen >> "open", label="Refused"),
        always=(appeal >> STAY, settle >> STAY, write >> STAY),
    )
    privacy = Privacy(
        purpose="Let no unworthy dwelling",
        basis=LEGAL_OBLIGATION,
        source="CCH, art. L635-1",
        persons=("landlords",),
        categories=("identity", "income"),
        recipients=("the housing team",),
        retention={"granted": Kept("P5Y", reason="a permit can be withdrawn"), "refused": Kept("P1Y", "appeal"), "*": "P2Y"},
        sees=(Sees(("income",), rights=("figures",), why="only who checks it"),),
        sensitive=("remarks",),
        holds=(Hold(answer("appealed").is_(True), "an appeal is being heard"),),
        security=("encryption",),
        transfers="",
        dpia=True,
        dpia_reason="income of many households",
    )
