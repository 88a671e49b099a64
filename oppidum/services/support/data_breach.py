"""Data breach (violation de données à caractère personnel): told to the CNIL in 72 hours, to persons where the risk is high.

GDPR, art. 33 and 34. The hours run from the moment at which the authority knows. A breach that isn't told to anybody is written down
all the same (art. 33(5)); the notification may come in steps (art. 33(4)); what is late says why (art. 33(1)).
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    STAY,
    Action,
    Branch,
    Choice,
    Clock,
    Flow,
    Form,
    Kept,
    Moment,
    Number,
    Page,
    Privacy,
    Service,
    Text,
    answer,
    end,
    hours,
    step,
)
from oppidum.cases.declaration.privacy import LEGAL_OBLIGATION
from oppidum.cases.declaration.profile import Profile
from oppidum.cases.declaration.routing import Escalation, Route
from oppidum.privacy.marks import BREACH
from oppidum.services.support.data_breach_figures import FIGURES
from oppidum.services.support.data_breach_letters import LETTERS
from oppidum.services.support.data_breach_texts import DATA, EXCUSES, KINDS, PERSONS, RISKS

late, explained = answer("late").is_(True), answer("explained").is_(True)
high = answer("risk").is_("high")
persons_settled = answer("persons_told").is_(True)

assess = Action("assess", _("Assess the risk"), by=("privacy", "act"), demands={
    "risk": Choice(_("Risk to the rights and freedoms of persons"), RISKS, required=True, fact=True),
    "consequences": Text(_("Likely consequences"), lines=4, required=True),
    "measures": Text(_("Measures taken or proposed"), lines=4, required=True),
    "persons_count": Number(_("About how many persons?"), minimum=0, whole=True, fact=True),
})
pass_deadline = Action("pass_deadline", _("72 hours are over"), by="system", tells=False, sets={"late": True})
explain = Action("explain", _("Say why it is late"), by=("privacy", "act"), when=late & ~explained, sets={"explained": True}, demands={
    "late_because": Text(_("Reasons for the delay"), lines=3, required=True),      # Art. 33(1)
})
notify = Action("notify", _("Notify the CNIL"), by="privacy", when=~late | explained, letter="notification", demands={
    "cnil_reference": Text(_("Number of the notification"), longest=60, required=True),
    "whole": Choice(_("Is everything said?"), {"yes": _("yes, it is complete"), "no": _("no, more will follow")}, required=True, fact=True),
})
add = Action("add", _("Tell the CNIL more"), by="privacy", demands={               # In steps, without undue further delay: art. 33(4)
    "added": Text(_("What was added"), lines=3, required=True),
})
complete = Action("complete", _("The notification is complete"), by="privacy")
tell_persons = Action("tell_persons", _("Tell the persons concerned"), by="privacy", letter="persons", demands={
    "told_how": Choice(_("How?"), {"each": _("each one directly"), "public": _("by a public communication")}, required=True, fact=True),
    "what_to_do": Text(_("What they can do to protect themselves"), lines=4, required=True),
}, sets={"persons_told": True})
need_not_tell = Action("need_not_tell", _("The persons need not be told"), by="privacy", demands={
    "not_told_because": Choice(_("Why?"), EXCUSES, required=True, fact=True),      # Art. 34(3)
}, sets={"persons_told": True})
no_breach = Action("no_breach", _("It was no breach"), by="privacy", demands={
    "no_breach_because": Text(_("Why?"), lines=3, required=True),
})
record = Action("record", _("Write it down without notifying"), by="privacy", demands={
    "not_notified_because": Text(_("Why is a risk unlikely?"), lines=3, required=True),
})
close = Action("close", _("Close"), by="privacy")
reassess = Action("reassess", _("Assess anew"), by="privacy")
note = Action("note", _("Add an internal note"), by=("privacy", "act", "note"), tells=False, demands={
    "note": Text(_("Internal note"), lines=3, required=True, private=True),
})

AFTER = Branch((answer("whole").is_("no"), "in_steps"), "notified")
LATE = (pass_deadline >> STAY, explain >> STAY)


class DataBreach(Service):
    """Violation de données à caractère personnel (RGPD, art. 33 et 34): assessed, notified, told, written down."""

    code = "data-breach"
    name = _("Data breach")
    says = _("Personal data were lost, changed, seen or handed out where they should not have been. Say so at once: hours count.")
    words = _("breach, leak, lost laptop, stolen, sent to the wrong person, ransomware, data")
    owner, icon, minutes = "support", "shield-alert", 5
    marks = (BREACH,)
    applicants = ()         # Officers and processors declare it at the desk: no form of the portal.
    form = Form(
        Page("what", _("What happened"),
             known_at=Moment(_("When did we know of it?"), hint=_("Day and hour, like 05/03/2027 18:30: the 72 hours run from it."), latest=0, required=True, fact=True),
             happened_at=Moment(_("When did it happen, as far as is known?"), latest=0),
             kinds=Choice(_("What happened to the data?"), KINDS, many=True, required=True, fact=True),
             story=Text(_("What happened?"), hint=_("Name nobody who is concerned."), lines=6, required=True)),
        Page("whom", _("Whom it concerns"),
             persons=Choice(_("Which persons?"), PERSONS, many=True, required=True, fact=True),
             data=Choice(_("Which data?"), DATA, many=True, required=True, fact=True),
             about=Number(_("About how many persons, as far as is known?"), minimum=0, whole=True),
             protected=Choice(_("Were the data protected, for example encrypted?"), {"yes": _("yes"), "no": _("no"), "unknown": _("not known")}, required=True, fact=True)),
        Page("who", _("Who tells it"),
             teller=Text(_("Who noticed it, and how can they be reached?"), longest=300, private=True)),
    )
    escalations = (Escalation("cnil", before=1, to="team:data-protection", says=_("One day is left to notify a breach to the CNIL")),)
    clocks = (
        Clock("cnil", _("Notification to the CNIL"), lasts=hours(72), starts_from="known_at", stopped_by=("notify", "record", "no_breach"),
              silence="pass_deadline", means="breach", warns=(2, 1), source="RGPD, art. 33(1)", verified=True),
    )
    flow = Flow(
        step("declared", assess >> Branch((answer("risk").is_("none"), "unlikely"), "to_notify"), no_breach >> "no_breach", *LATE,
             label=_("Declared"), says=_("The risk is being assessed.")),
        step("unlikely", record >> "recorded", reassess >> "declared", *LATE,
             label=_("Risk unlikely"), says=_("No notification is needed; it is written into the register.")),
        step("to_notify", notify >> Branch((high & ~persons_settled, "to_tell"), *AFTER.ways, AFTER.otherwise), tell_persons >> STAY, need_not_tell >> STAY,
             reassess >> "declared", no_breach >> "no_breach", *LATE,
             label=_("To be notified"), says=_("The CNIL is being told.")),
        step("to_tell", tell_persons >> AFTER, need_not_tell >> AFTER, add >> STAY,
             label=_("Persons to be told"), says=_("The risk is high: the persons concerned are being told.")),
        step("in_steps", add >> STAY, complete >> "notified",
             label=_("Notified in part"), says=_("The CNIL knows; more will follow.")),
        step("notified", add >> STAY, close >> "closed",
             label=_("Notified"), says=_("The CNIL knows everything.")),
        end("closed", reassess >> "declared", label=_("Closed, notified")),
        end("recorded", reassess >> "declared", label=_("Written down, not notified")),
        end("no_breach", reassess >> "declared", label=_("No breach")),
        always=(note >> STAY,),
    )
    routes = (Route(says=_("Data protection has all of them"), team="data-protection"),)
    letters, figures = LETTERS, FIGURES
    privacy = Privacy(
        purpose=_("Handle data breaches: assess, notify the CNIL, tell the persons, keep the register of breaches"),
        basis=LEGAL_OBLIGATION, source="RGPD, art. 33, 34",
        persons=(_("who noticed the breach"), _("officers who handle it")),
        categories=(_("how to reach who noticed it"), _("what happened, without the names of those concerned")),
        recipients=(_("the data protection officer"), _("the CNIL")),
        # No text sets a time; five years are the usual proof of compliance.
        retention={"*": Kept("P5Y", reason=_("proof of compliance (GDPR, art. 33(5))"), source="RGPD, art. 5(2)", verified=False)},
        security=(_("seen by the data protection team alone"),),
    )
    rehearsal = Profile(
        per_year=14, source="Rapport d'activité 2023: 11 violations notifiées",
        shares={"declared.assess": 0.93, "declared.no_breach": 0.07, "to_notify.notify": 1.0, "to_tell.tell_persons": 1.0, "unlikely.record": 1.0, "in_steps.complete": 1.0, "notified.close": 1.0},
        days={"declared": 1, "unlikely": 1, "to_notify": 1, "to_tell": 3, "in_steps": 10, "notified": 20},
        answers={"protected": {"yes": 0.2, "no": 0.6, "unknown": 0.2}, "risk": {"none": 0.15, "risk": 0.6, "high": 0.25}},
    )
