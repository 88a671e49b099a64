"""A small service with outside parties: an operator's system, the next city's Open311, a notary with a link."""

from oppidum.cases.declaration import (
    STAY,
    Action,
    Contact,
    Flow,
    Form,
    Number,
    Page,
    Partner,
    Place,
    Service,
    Text,
    Third,
    answer,
    end,
    step,
)
from oppidum.cases.declaration.opinions import Opinion

hand_over = Action("hand_over", "Hand over", by="act")
pass_on = Action("pass_on", "Pass on to the next city", by="act")
ask_notary = Action("ask_notary", "Ask the notary", by="act", asks="deed", demands={"notary_email": Contact("The notary")})
sign = Action("sign", "Sign", by=("third:notary", "act"), demands={"signed_price": Number("Price in the deed", required=True)})
finish = Action("finish", "Done", by=("act", "partner"), demands={"what_was_done": Text("What was done?", required=True)})
begin = Action("begin", "Work begins", by="act")


class Leak(Service):
    """A leak, for tests (fuite)."""

    code = "leak"
    name = "A leak"
    owner = "living-environment-water"
    retention = "P1Y"
    form = Form(
        Page(
            "where",
            "Where",
            place=Place("Where?", required=True),
            meter=Text("Number of the meter", fact=True),
            description=Text("What?", required=True),
            where=Text("Road or pavement"),
            price=Number("Price", fact=True),
            contact=Contact("You"),
        )
    )
    flow = Flow(
        step("open", begin >> "working", hand_over >> STAY, pass_on >> STAY, ask_notary >> STAY, sign >> STAY, label="Open"),
        step("working", finish >> "done", hand_over >> STAY, label="Working"),
        end("done", label="Done"),
    )
    opinions = (Opinion("deed", "The deed", of="third:notary", due=30),)
    partners = (
        Partner(
            "operator", "Water operator", on=("file", "hand_over"), when=answer("meter").given(), sends=("meter",),
            accepts={"repaired": "finish"}, words="what_was_done",
        ),
        Partner(
            "next-city", "The next city", by="open311", on="pass_on", service_code="roads.pothole", sends=("description", "where"),
            accepts={"closed": "finish"}, words="what_was_done",
        ),
        Third("notary", "Notary", to="notary_email", on=(), sees=("price", "meter")),
    )  # fmt: skip
