"""Notices of the special waste fee (courriers individuels de la redevance spéciale): each business on the list is written to, once a mailing.

The year's mailing is one import of the list (docs/how-to/send-a-mailing.md): a row a business, its key the mailing and the SIRET, so that the same list
imported again files nothing twice. Each case makes its letter as it is filed, and keeps what came of it: declared, not concerned, come back.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PUBLIC_TASK,
    Action,
    Choice,
    Flow,
    Form,
    Kept,
    Letter,
    Page,
    Paragraph,
    Party,
    Place,
    Privacy,
    Service,
    Text,
    end,
    step,
)
from oppidum.cases.declaration.profile import Profile
from oppidum.figures.correspondence import LETTERS, letters_of
from oppidum.figures.declaration import Count
from oppidum.services.living_environment.special_waste_letters import LAW

CODE = "special-waste-notice"
ABOUT = {
    "rules": _("The single rule for all businesses, from 1 January 2024"),
    "tariff": _("The tariff of the year to come"),
    "stop": _("The end of collection in a business area"),
}

declared = Action("declared", _("They have declared their waste"), by="act")
not_concerned = Action("not_concerned", _("Not concerned: a private company collects everything, or there is no waste"), by="act")
returned = Action("returned", _("The letter came back"), by="act")
send_again = Action("send_again", _("Send it to the corrected address"), by="act", letter="again", bulk=False, demands={
    "new_address": Text(_("Address, as the post wants it"), required=True, lines=3, longest=300, private=True),
})
gone = Action("gone", _("The business is gone"), by="act")
unanswered = Action("unanswered", _("Close without an answer"), by="system")

TELLS = (
    Paragraph(_("From 1 January 2024 one rule holds in all communes: who isn’t a household and gives waste to the public collection pays for it, by the litres collected.")),
    Paragraph(_("Declare your bins on our website, under “Collection of business waste”, and name the code {code}; or send us the contract of a private company that collects everything.")),
    Paragraph(_("The team answers your questions: {team}."), optional=True),
)


class SpecialWasteNotice(Service):
    """Courrier individuel de la redevance spéciale (CGCT, art. L2333-78): who may owe the fee is told of it before it counts."""

    code = CODE
    name = _("Notice of the special waste fee")
    says = _("A business is written to about the fee for its waste, and what came of the letter is kept.")
    words = _("mailing, letter to businesses, list, SIRET")
    owner, icon, minutes = "living-environment-water", "mail", 2
    applicants = ("officer",)
    form = Form(
        Page("business", _("The business"),
             applicant=Party(_("Who is written to?"), kinds=("company", "association", "commune"), required=True),
             place=Place(_("Address of the establishment"), required=True),
             about=Choice(_("What about?"), ABOUT, required=True, fact=True)),
    )
    flow = Flow(
        step("sent", declared >> "declared", not_concerned >> "not_concerned", returned >> "come_back", unanswered >> "unanswered", waits=365, then="unanswered",
             rests=True, label=_("Written to"), says=_("The letter is on its way.")),
        step("come_back", send_again >> "sent", gone >> "gone", unanswered >> "unanswered", waits=365, then="unanswered", label=_("Letter come back")),
        end("declared", label=_("Declared")), end("not_concerned", label=_("Not concerned")), end("gone", label=_("Gone")), end("unanswered", label=_("No answer")),
    )
    letters = (
        Letter("notice", at=("file",), subject=_("The fee for the waste of your business"), law=LAW, body=TELLS),
        Letter("again", subject=_("The fee for the waste of your business"), law=LAW, body=TELLS),
    )
    figures = (
        Count(
            "special-waste-letters", _("Letters on the special waste fee"), states="special-levy-letters", unit=_("letters"), owner="living-environment-water",
            method=_("Each letter of a mailing to a business, on the day on which it was made; a second one to a corrected address counts too."),
            counts=LETTERS, where=letters_of(CODE), splits=("letter", "fate", "commune", "month"),
        ),
    )
    privacy = Privacy(
        purpose=_("Tell businesses of the special waste fee before it counts"), basis=PUBLIC_TASK, source="CGCT, art. L2333-78, L2224-14",
        persons=(_("those who represent an establishment"),), categories=(_("identity and contact"), _("establishment and its waste")),
        recipients=(_("waste collection team"),), retention={"*": Kept("P2Y", reason=_("the next mailing is made from it"))},
    )
    rehearsal = Profile(
        77_000, source="Rapport d'activité 2023: « l'envoi de 77 000 courriers individuels » avant le règlement unique du 1er janvier 2024; months and answers supposed",
        months=(0, 0, 0, 0, 0.1, 0.1, 0, 0, 0.25, 0.25, 0.25, 0.05), weekdays=(1, 1, 1, 1, 1, 0, 0), channels={"import": 1.0}, letters=True,
        shares={"sent.declared": 0.05, "sent.not_concerned": 0.12, "sent.returned": 0.06, "come_back.send_again": 0.4, "come_back.gone": 0.5},
        days={"sent": 45, "come_back": 20}, answers={"about": {"rules": 0.9, "tariff": 0.06, "stop": 0.04}},
    )
