"""The way of a film shoot: places proposed and chosen, those who keep them heard, works and events weighed, the permit, its days, the place left clean."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    STAY,
    Action,
    Choice,
    Day,
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
from oppidum.cases.declaration.opinions import answered
from oppidum.services.economy.film_shoot_texts import KINDS, PAPERS
from oppidum.services.shared import papers
from oppidum.services.shared.notes import internal_note

HEARD = ("roads", "communes", "nature", "prefecture")
DAYS = {"during": Period(_("From which day to which?"), earliest=1, latest=240, longest=60, required=True, fact=True)}
SOON = (Ineligible(first_day("during") < end_of(rule("notice"), today()), _("A shoot is asked for ten days ahead at least: those who live and work in the street are told."),
                   _("Choose a later day.")),)
REASONS = {"reasons": Text(_("Reasons, in law and in fact"), required=True, lines=4, longest=4000)}
is_shoot = answer("wish").is_("shoot")

propose_places = Action("propose_places", _("Propose places"), by="act", bulk=False, letter="places", when=~is_shoot, demands={
    "proposals": Items(_("Places"), row=_("Place"), least=1, most=20, required=True, fields={
        "what": Text(_("Which place?"), required=True, longest=200), "fits_because": Text(_("Why it fits"), longest=400),
        "whom": Text(_("Whom to ask, and under which conditions"), required=True, longest=300)}),
})
choose_place = Action("choose_place", _("Choose a place and days"), by=("resident", "act"), bulk=False, barred=SOON, sets={"wish": "shoot"},
                      demands={"where": Place(_("Where do you film?"), required=True)} | DAYS)
found_elsewhere = Action("found_elsewhere", _("Found without a permit of ours"), by=("resident", "act"))
ask_papers = papers.ask_papers(PAPERS, fact=True)
papers_in = papers.papers_in(required=True)
ask_opinions = Action("ask_opinions", _("Ask those who keep the places"), by="act", asks=HEARD, when=is_shoot)
opinions_in = Action("opinions_in", _("The opinions are in"), by=("system", "act"), when=answered(*HEARD))
permit = Action("permit", _("Give the permit"), by="act", bulk=False, letter="permit", numbers="film", charges="land", demands={
    "met": YesNo(_("Does the shoot meet works, an event or another shoot?"), hint=_("What is open there in these days stands beside the case."), required=True, fact=True),
    "weighed": Text(_("What was settled with them?"), when=answer("met").is_(True), required=True, lines=3, longest=2000),
    "conditions": Text(_("Conditions of the permit"), required=True, lines=6, longest=4000),
})
# Other days are another request: whoever keeps the places is asked anew, and a permit that was given no longer holds.
move_days = Action("move_days", _("Ask for other days"), by=("resident", "act"), bulk=False, demands=DAYS, barred=SOON, voids=HEARD)
change_days = Action("change_days", _("Ask for other days than permitted"), by=("resident", "act"), bulk=False, demands=DAYS, barred=SOON, voids=HEARD, charges="nothing")
refuse = Action("refuse", _("Refuse"), by="act", letter="refusal", demands=REASONS)
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "act"))
cancel = Action("cancel", _("The shoot is cancelled"), by=("resident", "act"), charges="nothing")
revoke = Action("revoke", _("Take the permit back"), by="assign", letter="revocation", charges="nothing", demands=REASONS)
support = Action("support", _("The metropolis supports the film"), by="assign", demands={
    "supported_as": Choice(_("As what?"), KINDS, required=True, prefill="kind", fact=True),
    "support": Text(_("With what?"), hint=_("Rooms, places, people, technical help. Money is asked for as a grant."), lines=2, longest=1000, required=True),
})
over = Action("over", _("The days of the permit are over"), by="system")
left_clean = Action("left_clean", _("The place was left as it was"), by="act")
damage = Action("damage", _("The place was not left as it was"), by="act", letter="damage", demands={
    "found": Text(_("What was found?"), lines=3, longest=2000, required=True), "mend_by": Day(_("To be put right by"), earliest=1, required=True),
})
lapse = Action("lapse", _("Nobody chose a place"), by="system")
unchecked = Action("unchecked", _("Nothing was found within a month"), by="system")
note = internal_note()
STOP = (refuse >> "refused", withdraw >> "dropped")

FLOW = Flow(
    step("asked", propose_places >> "proposed", ask_opinions >> "opinions", ask_papers >> "incomplete", found_elsewhere >> "dropped", *STOP,
         label=_("Received"), says=_("Our film office looks at what you ask for.")),
    papers.incomplete(papers_in >> "asked", withdraw >> "dropped", papers.abandon >> "abandoned"),
    step("proposed", choose_place >> "asked", propose_places >> STAY, support >> STAY, found_elsewhere >> "dropped", lapse >> "dropped", waits=180, then="lapse", pauses=True,
         label=_("Places proposed"), says=_("Look at the places, then choose one with your days.")),
    step("opinions", opinions_in >> "review", move_days >> "asked", *STOP, joined="opinions_in", label=_("Opinions asked for"), says=_("Those who keep the places are heard.")),
    step("review", permit >> "permitted", move_days >> "asked", support >> STAY, *STOP,
         label=_("Works and events weighed"), says=_("We look at what else happens there in these days.")),
    step("permitted", over >> "to_check", change_days >> "asked", cancel >> "dropped", revoke >> "revoked", support >> STAY,
         rests=True, label=_("Permitted"), says=_("You may film: have the permit with you, and keep to its conditions.")),
    step("to_check", left_clean >> "filmed", damage >> STAY, support >> STAY, unchecked >> "filmed", waits=30, then="unchecked",
         label=_("Days over"), says=_("The days are over: we look whether the place was left as it was.")),
    end("filmed", support >> STAY, label=_("Filmed"), says=_("The shoot took place. Tell us when it is shown!")),
    end("refused", label=_("Refused"), says=_("The request is refused, with reasons.")),
    end("revoked", label=_("Permit taken back"), says=_("The permit no longer holds; the letter says why.")),
    end("dropped", label=_("No shoot here"), says=_("No shoot on our ground: there is nothing left to do.")),
    end("abandoned", label=_("Closed without papers"), says=_("The papers were not sent: the request is closed. You can ask anew.")),
    always=(note >> STAY, *money_moves(bill="invoice")),
)
