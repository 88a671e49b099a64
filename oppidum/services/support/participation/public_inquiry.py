"""An observation in the register of a public inquiry or a consultation (S07): deposited online, anonymously if one likes, read by everybody.

Code de l'environnement, art. L123-13 and R123-13: what comes electronically can be read on the site of the inquiry. What is hidden there is
in the commissioner's hands all the same.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    LEGAL_OBLIGATION,
    STAY,
    Action,
    Choice,
    Contact,
    Contest,
    Files,
    Flow,
    Form,
    Kept,
    Page,
    Place,
    Privacy,
    Profile,
    Reference,
    Service,
    Text,
    YesNo,
    answer,
    end,
    step,
)
from oppidum.publishing.marks import OBSERVATION
from oppidum.services.shared.notes import internal_note
from oppidum.services.support.participation.inquiry_texts import ABOUT, FIGURES, HIDDEN, NOTICES

REASON = {"hidden_because": Choice(_("Why? Everybody reads the reason."), HIDDEN, required=True, fact=True)}

publish = Action("publish", _("Show it"), by="act")
shorten = Action("shorten", _("Show it without a passage"), by="act", bulk=False, demands={
    **REASON, "shown_text": Text(_("The text without the passage"), hint=_("Put […] where words are left out; change nothing else."), required=True, lines=8, longest=8000, private=True),
})
hide = Action("hide", _("Hide it"), by="act", bulk=False, demands=REASON)
reply = Action("reply", _("Answer in the register"), by="act", bulk=False, demands={
    "reply": Text(_("Answer, for everybody"), required=True, lines=6, longest=4000),
})
withdraw = Action("withdraw", _("Withdraw it"), by=("resident", "act"))
taken_down = Action("taken_down", _("The year of publication is over"), by="system")
# What happens to the whole inquiry (code de l'environnement, art. L123-14), told to those who wrote in it.
stands_still = Action("stands_still", _("The inquiry is suspended"), by="system")
goes_on = Action("goes_on", _("The inquiry goes on"), by="system")
note = internal_note()


class PublicInquiry(Service):
    """Observation, contre-proposition ou question déposée au registre dématérialisé."""

    code = "public-inquiry"
    name = _("Public inquiries: have your say")
    owner = "support"
    says = _("See the inquiries and consultations that are open, read their files, and write in the register. You need not give your name; everybody reads what you write.")
    words = _("public inquiry, register, observation, consultation, opinion, commissioner, planning")
    icon, minutes, splits = "message-square-text", 5, False
    applicants = ("person", "company", "association", "commune")
    marks = (OBSERVATION,)
    for_communes = "cases"
    notices, figures = NOTICES, FIGURES
    contest = Contest("inquiry-register", step="open", question="register", until="closes_on", opened_by=("announce", "resume"),
                      shows=("title", "kind", "subject", "opens_on", "holder", "places"))

    form = Form(
        Page("say", _("Your observation"),
             register=Reference(_("In which register?"), to="case", required=True, hint=_("Its code stands on the page of the inquiry: ten signs.")),
             about=Choice(_("What is it?"), ABOUT, required=True, fact=True),
             text=Text(_("What do you say?"), hint=_("Everybody reads it: name no private person."), required=True, lines=10, longest=8000),
             papers=Files(_("Papers, photographs, plans"), hint=_("They go to the commissioner with your text."), accept=DOCUMENTS, most=5, largest_mb=20),
             where=Place(_("Is it about a place?"), hint=_("Nothing if it is about the whole."))),
        Page("who", _("Who says it?"), hint=_("You can leave all of it empty."),
             signs=YesNo(_("Do you want your name to stand under it?"), required=True, fact=True),
             name=Text(_("Your name, as it will stand there"), when=answer("signs").is_(True), required=True, longest=120),
             contact=Contact(_("Where do we tell you that it is shown, or answered?"))),
    )
    flow = Flow(
        step("received", publish >> "shown", shorten >> "shown", hide >> "hidden", withdraw >> "withdrawn", taken_down >> "over", stands_still >> STAY, goes_on >> STAY,
             label=_("To be read"), says=_("It is read once, for unlawful words and personal data alone.")),
        end("shown", hide >> "hidden", shorten >> STAY, reply >> STAY, withdraw >> "withdrawn", taken_down >> "over", stands_still >> STAY, goes_on >> STAY,
            label=_("In the register"), says=_("Everybody can read it in the register.")),
        end("hidden", publish >> "shown", shorten >> "shown", withdraw >> "withdrawn", taken_down >> "over", stands_still >> STAY, goes_on >> STAY,
            label=_("Not shown"), says=_("The public page doesn't show it; the commissioner has it.")),
        end("withdrawn", label=_("Withdrawn"), says=_("You have withdrawn it.")),
        end("over", label=_("No longer online"), says=_("The year of publication is over.")),
        always=(note >> STAY,),
    )
    privacy = Privacy(
        purpose=_("Hold public inquiries and consultations, and take their observations"), basis=LEGAL_OBLIGATION, source="code de l'environnement, art. L123-13, R123-13",
        persons=(_("who writes in a register"),), categories=(_("what they say"), _("the name, if they want it shown"), _("how to reach them, if they want an answer")),
        recipients=(_("everybody, for the text and the name that is to be shown"), _("the commissioner")),
        retention={"*": Kept("P5Y", reason=_("claims against what was decided after the inquiry"), verified=False)},
    )
    rehearsal = Profile(
        640, source="activity report 2023, lines 2323 and 2340: 25 registers, 170 questions; some 25 observations a register are an assumption",
        shares={"received.publish": 0.93, "received.shorten": 0.04, "received.hide": 0.03},
        days={"received": 1},
        answers={"about": {"observation": 0.634, "proposal": 0.1, "question": 0.266}, "signs": {True: 0.45, False: 0.55}, "where": {None: 1.0}},
    )
