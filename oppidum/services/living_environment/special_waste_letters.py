"""The letters of the special waste fee: contract, amendment, yearly bill, end, and who isn't concerned."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Article, Column, Letter, Paragraph, Table, Visa
from oppidum.cases.declaration.letters import Remedies

BINS = Table("collected", (
    Column(_("Collected"), "{stream}"),
    Column(_("Size"), "{size}", right=True),
    Column(_("Bins"), "{bins}", right=True),
    Column(_("Pick-ups a week"), "{pickups}", right=True),
    Column(_("Litres a week"), "{litres}", right=True),
), title=_("Bins put out for collection"))
BILL = Table("bill", (
    Column(_("Charged for"), "{label}"),
    Column(_("Reckoning"), "{says}"),
    Column(_("Amount"), "{amount_cents}", money=True),
), total=_("To be paid"))
LAW = ("CGCT, art. L2333-78", "CGCT, art. L2224-14")

LETTERS = (
    Letter("contract", template="agreement", kind="agreement", signed_by="president", series="special-waste", law=LAW,
        subject=_("Contract of collection of business waste"),
        body=(
            Visa(_("the general code of local authorities, articles L2224-14, L2224-16 and L2333-78")),
            Article(_("The authority collects the waste of {applicant} at {place} from {starts_on} on."), title=_("Object")),
            BINS,
            Article(_("The fee is reckoned each year by the litres collected, at the tariff in force that year."), title=_("Price")),
            Article(_("A change of the bins is told a month ahead; it counts from the day on which it is carried out, by days."), title=_("Changes")),
            Article(_("Either side ends the contract with a month's notice; the fee is then due by days until the last."), title=_("End")),
        )),
    Letter("amendment", template="letter", subject=_("Your bins from now on"), body=(
        Paragraph(_("Your contract was changed at your request. From now on these bins are collected; those that end are kept in the list with their last day.")),
        BINS,
    )),
    Letter("invoice", template="invoice", kind="bill", subject=_("Special waste fee"), law=LAW,
        # Disputes on a fee of an administrative service go to the administrative court.
        remedies=Remedies(court=2, gracious=2),
        body=(
            Paragraph(_("Reference to be named when paying: {reference}.")),
            BILL,
            Paragraph(_("To be paid by {pay_by}, at {link} or as it is said there.")),
        )),
    Letter("papers", kind="papers", subject=_("Papers for your declaration"), body=(
        Paragraph(_("To go on with your declaration we need the following, within sixty days; after that it is closed:")),
        Paragraph("{wanted}"),
    )),
    Letter("excluded", kind="refusal", template="decision", signed_by="president", subject=_("Your waste is not collected by contract"),
        law=LAW, facts="reason",
        body=(Article(_("The establishment of {applicant} is not admitted to the public collection of business waste.")),)),
    Letter("closing", template="letter", subject=_("End of your contract"), body=(
        Paragraph(_("Your contract ends on {ends_on}. The fee of the year until that day is billed separately.")),
    )),
)
