"""The way of a film shoot: places proposed and chosen, those who keep them heard, works and events weighed, the permit, its days."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    STAY,
    Action,
    Flow,
    Ineligible,
    Items,
    Period,
    Place,
    Text,
    YesNo,
    answer,
    end,
    end_of,
    first_day,
    money_moves,
    rule,
    step,
    today,
)
from oppidum.cases.declaration.opinions import joined

DAYS = {"during": Period(_("From which day to which?"), longest=60, required=True, fact=True)}
SOON = (Ineligible(first_day("during") < end_of(rule("notice"), today()), _("A shoot is asked for ten days ahead at least: the street is told."), _("Choose a later day.")),)
REASONS = {"reasons": Text(_("Reasons, in law and in fact"), required=True, lines=4, longest=4000)}
is_search = answer("asks").is_("search")

propose_places = Action("propose_places", _("Propose places"), by="act", bulk=False, letter="places", when=is_search, demands={
    "proposals": Items(_("Places"), row=_("Place"), least=1, most=20, required=True, fields={
        "what": Text(_("Which place?"), required=True, longest=200), "why": Text(_("Why it fits"), longest=400),
        "whom": Text(_("Whom to ask, and under which conditions"), required=True, longest=300)}),
})
choose_place = Action("choose_place", _("Choose a place and days"), by=("resident", "act"), bulk=False, barred=SOON,
                      demands={"where": Place(_("Where do you film?"), required=True)} | DAYS, sets={"asks": "shoot"})
ask_opinions = Action("ask_opinions", _("Ask those who keep the places"), by="act", asks=("roads", "communes"), when=~is_search)
opinions_in = Action("opinions_in", _("The opinions are in"), by=("system", "act"), when=joined("roads", "communes"))
permit = Action("permit", _("Give the permit"), by="act", bulk=False, letter="permit", numbers="film", charges="land", demands={
    "met": YesNo(_("Does the shoot meet works, an event or another shoot?"), hint=_("What is open there in these days stands beside the case."), required=True),
    "weighed": Text(_("What was settled with them?"), when=answer("met").is_(True), required=True, lines=3, longest=2000),
    "conditions": Text(_("Conditions of the permit"), required=True, lines=6, longest=4000),
})
move_days = Action("move_days", _("Ask for other days"), by=("resident", "act"), bulk=False, demands=DAYS, barred=SOON)
refuse = Action("refuse", _("Refuse"), by="act", letter="refusal", demands=REASONS)
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "act"))
drop = Action("drop", _("Not filmed here"), by=("resident", "act"))
cancel = Action("cancel", _("The shoot is cancelled"), by=("resident", "act"), charges="nothing")
shot = Action("shot", _("The shoot took place"), by=("act", "resident"))
lapse = Action("lapse", _("Nobody chose a place"), by="system")
over = Action("over", _("The days of the permit are over"), by="system")
note = Action("note", _("Add an internal note"), by=("act", "note"), tells=False, demands={
    "note": Text(_("Internal note"), required=True, lines=3, longest=5000, private=True),
})

FLOW = Flow(
    step("asked", propose_places >> "proposed", ask_opinions >> "opinions", refuse >> "refused", withdraw >> "dropped", drop >> "dropped",
         label=_("Received"), says=_("Our film office looks at what you ask for.")),
    step("proposed", choose_place >> "asked", propose_places >> STAY, drop >> "dropped", lapse >> "dropped", waits=180, then="lapse", pauses=True,
         label=_("Places proposed"), says=_("Look at the places, then choose one with your days.")),
    step("opinions", opinions_in >> "review", withdraw >> "dropped", joined="opinions_in", label=_("Opinions asked for"), says=_("Those who keep the places are heard.")),
    step("review", permit >> "permitted", refuse >> "refused", move_days >> "asked", withdraw >> "dropped",
         label=_("Works and events weighed"), says=_("We look at what else happens there in these days.")),
    step("permitted", shot >> "over", move_days >> "asked", cancel >> "dropped", over >> "over", waits=400, then="over",
         label=_("Permitted"), says=_("You may film: have the permit with you, and its conditions.")),
    end("over", label=_("Filmed"), says=_("The shoot took place. Tell us when it is shown!")),
    end("refused", label=_("Refused"), says=_("The request is refused, with reasons.")),
    end("dropped", label=_("No shoot here"), says=_("The shoot does not take place here.")),
    always=(note >> STAY, *money_moves(bill="invoice")),
)
