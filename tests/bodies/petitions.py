"""A service made for tests: a petition that the council grants or refuses, after an opinion of the committee."""

from oppidum.cases.declaration import Action, Flow, Service, Text, end, step
from oppidum.cases.declaration.opinions import Opinion

ask = Action("ask_committee", "Ask the committee", by="act", asks="committee")
present = Action("present", "Present", by="act")
grant = Action("grant", "Grant", by="body:council")
refuse = Action("refuse", "Refuse", by="body:council")
sign = Action("sign_it", "Sign", by="body:president", sets={"series": "order"})
to_president = Action("to_president", "To the president", by="act")
withdraw = Action("withdraw", "Withdraw", by="resident")
act_enforceable = Action("act_enforceable", "Binding", by=("system", "act"))


class Petition(Service):
    """A petition (pétition) to the council."""

    code = "petition"
    name = "Petition"
    owner = "institution"
    retention = "P1Y"
    form = {"title": Text("What do you ask for?", required=True), "why": Text("Why?"), "name": Text("Who?", private=True)}
    opinions = (Opinion("committee", "Committee", of="body:committee", due=30),)
    flow = Flow(
        step("filed", ask >> "filed", present >> "waiting", to_president >> "signing", label="Filed"),
        step("waiting", grant >> "granted", refuse >> "refused", withdraw >> "withdrawn", label="Waits for the council"),
        step("signing", sign >> "granted", label="Waits for the president"),
        step("granted", act_enforceable >> "binding", label="Granted"),
        end("binding", label="Binding"),
        end("refused", label="Refused"),
        end("withdrawn", label="Withdrawn"),
    )
