"""The letters of a film shoot: places proposed, papers, the permit (an order), its refusal and its revocation, what is to be put right, the bill."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Article, Column, Letter, Paragraph, Table, Visa
from oppidum.services.shared.papers import papers_letter

CODE = _("the general code of public property (CG3P), articles L2122-1 to L2122-4 and L2125-1")
LAW = (CODE,)

LETTERS = (
    Letter("acknowledgement", kind="acknowledgement", at=("file",), subject=_("your request for “{film}”"), body=(
        _("You ask us for a film shoot or for places for “{film}”. Our film office calls you within three working days."),
    )),
    Letter("places", subject=_("places for “{film}”"), body=(
        _("You look for places for “{film}”. Here is what we propose; each is seen with the one who keeps it."),
        Table("proposals", (Column(_("Place"), "{what}"), Column(_("Why it fits"), "{fits_because}"), Column(_("Whom to ask"), "{whom}"))),
        _("Choose a place with your days on the page of your request: {link}."),
    )),
    papers_letter(subject=_("papers missing for “{film}”"), lacks=_("Your request of {received_on} for “{film}” lacks papers that are needed to examine it.")),
    Letter("permit", kind="grant", template="order", signed_by="president", series="film", subject=_("Permit to film “{film}” on public land"), body=(
        Visa(CODE), Visa(_("the request of {production}, received on {received_on} under number {code}")),
        Article(_("{production} may film “{film}” at {where}, {during}."), title=_("Object")),
        Table("others", (Column(_("Other places"), "{where}"), Column(_("Days"), "{during}"))),
        Article(_("It keeps to these conditions: {conditions}"), title=_("Conditions")),
        Article(_("Settled with works and events: {weighed}"), title=_("Works and events"), optional=True),
        Article(_("The permit is personal, temporary and can be revoked. It gives no right over the police of traffic and parking, which is the mayor's, nor over persons and buildings that are filmed. It is at hand on the spot."), title=_("Nature of the permit")),
        Article(_("The place is left as it was found. What is broken or dirty is put right by {production}, at its cost."), title=_("State of the place")),
        Article(_("The price follows from the tariff of the metropolis; it is due whether or not all the days are used, unless the shoot is cancelled before they begin."), title=_("Price")),
    )),
    Letter("refusal", kind="refusal", template="decision", signed_by="president", law=LAW, facts="reasons", subject=_("Your request to film “{film}”"), body=(
        Article(_("The permit to film “{film}” on public land is refused.")),
    )),
    Letter("revocation", kind="refusal", template="decision", signed_by="president", law=LAW, facts="reasons", registered=True, subject=_("Permit to film “{film}” taken back"), body=(
        Article(_("The permit to film “{film}” at {where}, {during}, is revoked.")),
        Article(_("What was paid for it is given back.")),
    )),
    Letter("damage", subject=_("the place after the shoot of “{film}”"), body=(
        _("After the shoot of “{film}” we found this: {found}"),
        _("Put it right by {mend_by}, or tell us from the page of your request why it isn't yours: {link}. After that day we do it at your cost."),
    )),
    Letter("invoice", template="invoice", kind="bill", subject=_("Filming on public land"), law=LAW, body=(
        Paragraph(_("Reference to be named when paying: {reference}.")),
        Table("bill", (Column(_("Charged for"), "{label}"), Column(_("Reckoning"), "{says}"), Column(_("Amount"), "{amount_cents}", money=True)), total=_("To be paid")),
        Paragraph(_("To be paid by {pay_by}, at {link} or as it is said there.")),
    )),
)
