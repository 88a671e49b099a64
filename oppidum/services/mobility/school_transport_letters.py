"""Letters of school transport: the card, the bill, papers wanted, refusal."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Algorithm, Column, Letter, Paragraph, Table, rule
from oppidum.cases.declaration.letters import Word

LAW = ("C. transp., art. L3111-7", "Règlement des transports scolaires de la métropole")
BY_RULE = Algorithm(
    _("to find whether the distance gives the right to the pass, and its price"), _("the rules and prices on the page of this service"),
)

LETTERS = (
    Letter("card", template="card", kind="notice", title=_("School transport card"), subject=_("School transport card"), series="school-card",
        words={"last_day": Word(rule("last_day"), "day")},
        body=(
            Paragraph("{first_name} {last_name}"),
            Paragraph(_("Card No. {number}")),
            Paragraph("{school_name}"),
            Paragraph(_("Valid until {last_day}")),
        ), at=("issue", "issue_again")),
    Letter("bill", template="invoice", kind="bill", subject=_("School transport"), law=LAW, algorithm=BY_RULE, body=(
        Paragraph(_("{first_name} {last_name} may travel by school transport. Reference to be named when paying: {reference}.")),
        Table("bill", (
            Column(_("Charged for"), "{label}"),
            Column(_("Reckoning"), "{says}"),
            Column(_("Amount"), "{amount_cents}", money=True),
        ), total=_("To be paid")),
        Paragraph(_("To be paid by {pay_by}, at once or in parts, at {link}. The card is sent once it is paid.")),
    )),
    Letter("papers", kind="papers", subject=_("Papers for your request"), body=(
        Paragraph(_("To go on with your request we need the following, within thirty days; after that it is closed:")),
        Paragraph("{wanted}"),
    )),
    Letter("refusal", kind="refusal", template="decision", signed_by="president", subject=_("School transport is refused"),
        law=LAW, facts="reason",
        body=(Paragraph(_("Your request for school transport is refused.")),)),
)
