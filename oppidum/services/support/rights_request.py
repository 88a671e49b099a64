"""Rights request (demande d'exercice de droits): a person asks for their data, or for what is to happen with them.

GDPR, art. 12 and 15 to 22. One month from receipt; two more where it is complex, told with reasons within the first. There is no tacit
decision: an answer that doesn't come is a breach of the law, and is written down as one.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    BACK,
    STAY,
    Action,
    Choice,
    Clock,
    Contact,
    Day,
    Files,
    Flow,
    Form,
    Kept,
    Page,
    Privacy,
    Service,
    Since,
    Text,
    answer,
    answered,
    dated,
    end,
    months,
    step,
)
from oppidum.cases.declaration.privacy import LEGAL_OBLIGATION
from oppidum.cases.declaration.profile import Profile
from oppidum.cases.declaration.routing import Escalation, Route
from oppidum.privacy.marks import DATA_RIGHTS
from oppidum.services.support.rights_request_figures import FIGURES
from oppidum.services.support.rights_request_letters import LETTERS, NOTICES
from oppidum.services.support.rights_request_texts import CHECKS, FOR_WHOM, REFUSALS, RIGHTS

IDENTITY_DAYS = 60
OFFICERS = ("privacy",)

message = {"message": Text(_("Your message"), lines=5, longest=5000, required=True, private=True)}
identified = Action("identified", _("The identity is sure"), by=OFFICERS, demands={
    "checked_how": Choice(_("How was it checked?"), CHECKS, required=True, fact=True),
}, sets={"identified": True})
doubt = Action("doubt", _("Ask who they are"), by=OFFICERS, bulk=False, demands={      # Reasonable doubt, and no more than is needed: art. 12(6)
    "message": Text(_("What do we need to be sure?"), hint=_("Ask for no copy of a paper where an answer from the known mailbox is enough."), lines=4, required=True, private=True),
})
prove = Action("prove", _("Say who I am"), by=("resident", "intake", *OFFICERS), photo=True, bulk=False, demands=message)
extend = Action("extend", _("Take two more months"), by=OFFICERS, letter="extension", when=~answer("extended").is_(True), sets={"extended": True}, demands={
    "extended_because": Text(_("Why is it complex, or are there many requests?"), lines=3, required=True),
})
hand_out = Action("hand_out", _("Hand the data out"), by=OFFICERS, letter="answer", demands={
    "answer_text": Text(_("What is handed out, and how"), lines=5, required=True),
}, sets={"outcome": "followed"})
comply = Action("comply", _("Done as asked"), by=OFFICERS, letter="answer", demands={
    "answer_text": Text(_("What was done"), lines=5, required=True),
}, sets={"outcome": "followed"})
partly = Action("partly", _("Follow it in part"), by=OFFICERS, letter="partly", demands={
    "answer_text": Text(_("What was done"), lines=5, required=True),
    "refused_because": Choice(_("Why not all of it?"), REFUSALS, many=True, required=True, fact=True),
    "reasons": Text(_("Reasons in fact"), lines=4, required=True),
}, sets={"outcome": "partly"})
refuse = Action("refuse", _("Refuse"), by=OFFICERS, letter="refusal", demands={
    "refused_because": Choice(_("On what ground?"), REFUSALS, many=True, required=True, fact=True),
    "reasons": Text(_("Reasons in fact"), lines=4, required=True),
}, sets={"outcome": "refused"})
not_identified = Action("not_identified", _("Close: not identified"), by=("system", *OFFICERS))
withdraw = Action("withdraw", _("Withdraw my request"), by=("resident", "intake"), bulk=False)
reopen = Action("reopen", _("Open again"), by=OFFICERS)
write = Action("message", _("Write to the person"), by=OFFICERS, demands=message)
reply = Action("reply", _("Add a message"), by=("resident", "intake"), photo=True, bulk=False, demands=message)
note = Action("note", _("Add an internal note"), by=(*OFFICERS, "note"), tells=False, demands={
    "note": Text(_("Internal note"), lines=3, required=True, private=True),
})

ANSWERS = (hand_out >> "answered", comply >> "answered", partly >> "partly", refuse >> "refused")
ANSWERED = ("hand_out", "comply", "partly", "refuse", "withdraw", "not_identified")


class RightsRequest(Service):
    """Demande d'exercice de droits sur ses données personnelles (RGPD, art. 15 à 22)."""

    code = "rights-request"
    name = _("Your personal data: use your rights")
    says = _("See what we hold about you, have it corrected or erased, take it with you, or object. You have an answer within a month.")
    words = _("personal data, privacy, GDPR, access, erase, rectify, portability, object, data protection officer")
    owner, icon, minutes = "support", "shield-check", 5
    marks = (DATA_RIGHTS,)
    applicants = ("person",)
    form = Form(
        Page("what", _("What you ask for"),
             right=Choice(_("What do you want?"), RIGHTS, required=True, fact=True),
             details=Text(_("Which data, which service, which dates?"), hint=_("The more you say, the faster we find it."), lines=5, longest=4000, private=True)),
        Page("who", _("Who you are"),
             contact=Contact(_("How do we reach you?"), hint=_("Use the e-mail address or telephone number that you gave us before: it is the simplest proof."), needs=("name",), required=True),
             born_on=Day(_("Day of birth"), hint=_("It helps to tell apart persons of the same name."), latest=0, private=True),
             number=Text(_("A number that we gave you (contract, case, SIRET)"), longest=60, private=True),
             for_whom=Choice(_("For whom do you ask?"), FOR_WHOM, required=True, fact=True),
             mandate=Files(_("What shows that you may act for them"), when=answered("for_whom", "child", "other"), required=True, most=3)),
    )
    rules = {
        "delay": dated(Since("2018-05-25", months(1), source="RGPD, art. 12(3)", verified=True)),
        "extension": dated(Since("2018-05-25", months(2), source="RGPD, art. 12(3)", verified=True)),
    }
    escalations = (Escalation("answer", before=7, to="team:data-protection", says=_("Seven days are left to answer a rights request")),)
    clocks = (
        # It stands still, once, while the person is asked who they are: EDPB, guidelines 01/2022, par. 157.
        Clock("answer", _("Answer to the person"), lasts="delay", suspended_by="doubt", resumed_by="prove", suspends_once=True,
              extended_by="extend", extension="extension", extends_within="delay", stopped_by=ANSWERED, means="breach", warns=(10, 3),
              source="RGPD, art. 12(3), 12(4)", verified=True),
    )
    flow = Flow(
        step("received", identified >> "searching", doubt >> "identity", refuse >> "refused", extend >> STAY,
             label=_("Received"), says=_("We have your request and make sure who asks.")),
        step("identity", prove >> BACK, identified >> "searching", not_identified >> "not_identified", refuse >> "refused",
             label=_("Identity asked"), says=_("We need an answer from you to be sure who asks."), pauses=True, waits=IDENTITY_DAYS, then="not_identified"),
        step("searching", *ANSWERS, extend >> STAY, doubt >> "identity",
             label=_("Being answered"), says=_("We look for your data in every service.")),
        end("answered", reopen >> "searching", label=_("Answered")),
        end("partly", reopen >> "searching", label=_("Answered in part")),
        end("refused", reopen >> "searching", label=_("Refused")),
        end("not_identified", reopen >> "received", label=_("Not identified")),
        end("withdrawn", label=_("Withdrawn")),
        anywhere=(withdraw >> "withdrawn",),
        always=(write >> STAY, reply >> STAY, note >> STAY),
    )
    routes = (Route(says=_("Data protection has all of them"), team="data-protection"),)
    letters, notices, figures = LETTERS, NOTICES, FIGURES
    privacy = Privacy(
        purpose=_("Answer persons who use their rights over their data"), basis=LEGAL_OBLIGATION, source="RGPD, art. 12, 15 à 22",
        persons=(_("persons who ask, and those for whom they ask"),),
        categories=(_("identity and contact"), _("the request and its answer"), _("proof that one may act for another")),
        recipients=(_("the data protection officer"), _("the department that holds the data, for what it has to look up")),
        # Five years: a complaint and its court; three for identity is the CNIL's yardstick, no text sets a time.
        retention={"withdrawn": "P1Y", "not_identified": "P1Y", "*": Kept("P5Y", reason=_("proof of the answer, time for a complaint"), source="RGPD, art. 5(2)", verified=False)},
        identity_papers=("mandate",),
        security=(_("seen by the data protection team alone"), _("no copy of identity papers is kept after the answer")),
    )
    rehearsal = Profile(
        per_year=60, shares={"received.identified": 0.8, "received.doubt": 0.2, "searching.hand_out": 0.55, "searching.comply": 0.3, "searching.partly": 0.1, "searching.refuse": 0.05},
        days={"received": 3, "identity": 6, "searching": 15}, answers={"for_whom": {"me": 0.9, "child": 0.05, "other": 0.05}},
    )
