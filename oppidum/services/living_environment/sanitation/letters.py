"""What an owner is written about the installation: the visit, the report with its works, the sale, the project, the fee."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Bullets, Column, Letter, Notice, Paragraph, Table, Word, answer, end_of, rule
from oppidum.cases.declaration.letters import Remedies

LAW = (_("CGCT, article L2224-8"), _("CSP, articles L1331-1-1 and L1331-11-1"), _("arrêté of 27 April 2012 on the checks of on-site sanitation"))
# By post, to who owns the house now: its seller may be the one who asked.
TO = {"owner": "owner_address"}
WORKS = Table("works", (Column(_("Works"), "{what}"),), title=_("Works to be carried out"))
SEEN = (_("Your installation was checked on {visited_on}."), Paragraph(_("What was seen: {observations}")))
SERVES = {"serves_until": Word(end_of(rule("report_valid"), answer("visited_on")), "day")}
WRONG = Bullets("defects", title=_("What is wrong:"))
# A service of industry and commerce: what it charges is contested before the civil judge.
CIVIL = Remedies(civil=_("the civil court of your home"))
FOLLOW = _("Everything about your installation is here: {link}\nIts code, also by telephone: {code}\n\n{authority}")

LETTERS = (
    Letter("visit", to=TO, subject=_("check of your on-site sanitation: {visit}"), body=(
        _("Our inspector comes to see the on-site sanitation of your house: {visit}. The law has each installation checked at least every ten years (CGCT, article L2224-8)."),
        _("Please be there or have somebody there, uncover the lids, and have at hand the last report and the bill of the last emptying. Tell who lives there."),
        Paragraph(_("Does the day not suit you? Choose another one until 6 p.m. on the day before, at {link} or at {team_phone}."), optional=True),
        _("Whoever keeps the inspector out owes the fee, increased (CSP, articles L1331-8 and L1331-11)."),
    )),
    Letter("absent", to=TO, subject=_("nobody let our inspector in"), body=(
        _("Our inspector came for the check that you had been told, and could not see the installation."),
        _("We write to you with another day. If the check is not possible then either, the fee is due, increased (CSP, articles L1331-8 and L1331-11)."),
    )),
    Letter("compliant", to=TO, words=SERVES, law=LAW, subject=_("report on your on-site sanitation: compliant"), body=(
        *SEEN, _("It is compliant: no works are asked of you."),
        _("This report serves for a sale until {serves_until} (CSP, article L1331-11-1). Have the tank emptied when the sludge fills half of it."),
    )),
    Letter("incomplete", to=TO, words=SERVES, law=LAW, subject=_("report on your on-site sanitation: not compliant, without danger"), body=(
        *SEEN, WRONG, WORKS,
        _("No danger for health or environment was found. These works have to be done if the house is sold, by the buyer, within a year of the deed."),
        _("This report serves for a sale until {serves_until} (CSP, article L1331-11-1)."),
    )),
    Letter("dangerous", kind="conditions", template="decision", signed_by="president", registered=True, to=TO, words=SERVES, law=LAW, facts="defects",
           subject=_("report on your on-site sanitation: works within four years"), body=(
        *SEEN, WORKS,
        _("These works are to be done within four years of the day on which you receive this report, within one year of the deed if the house is sold (CGCT, article L2224-8)."),
        _("Show us the project before you build, and call us before anything is covered. This report serves for a sale until {serves_until}."),
    )),
    Letter("for_sale", template="certificate", signed_by="president", words=SERVES, title=_("REPORT ON ON-SITE SANITATION FOR A SALE"), subject=_("Sale of a house"), body=(
        _("The on-site sanitation of the house of {owner}, file {code}, was checked on {visited_on}."),
        Paragraph(_("It was found compliant."), when=answer("finding").is_("compliant")),
        Paragraph(_("It was found not compliant, without a danger for health or environment."), when=answer("finding").is_("incomplete")),
        Paragraph(_("It was found not compliant, with a danger for health or environment."), when=answer("finding").is_("dangerous")),
        _("This report is joined to the file of technical diagnoses of the sale (CCH, article L271-4). It serves until {serves_until}."),
        Paragraph(_("An installation that is not compliant is mended by the buyer within one year of the deed."), when=answer("finding").is_not("compliant")),
    )),
    Letter("new_owner", to=TO, subject=_("your house has its own sanitation"), body=(
        _("You have bought a house on {sold_on} whose waste water is treated on the spot. The file of its installation now stands in your name, under number {code}."),
        Paragraph(_("The last check found it not compliant: the law gives you one year from the deed to mend it (CCH, article L271-4). Show us the project before you build."),
                  when=answer("finding").one_of("incomplete", "dangerous")),
    )),
    Letter("project_fine", kind="grant", template="certificate", signed_by="president", series="sanitation", title=_("CERTIFICATE OF COMPLIANCE OF A PROJECT"),
           subject=_("On-site sanitation"), body=(
        _("The project of {owner} complies with the rules of on-site sanitation: {project}"),
        _("This certificate is joined to the request for a building permit (code de l'urbanisme, article R431-16). Call us before anything is covered: the works are checked too."),
    )),
    Letter("project_unfit", kind="refusal", template="decision", signed_by="president", law=LAW, facts="reasons", subject=_("your project of on-site sanitation"), body=(
        _("The project as you sent it does not comply with the rules of on-site sanitation. Change it, and show it to us again from the page of your file: {link}."),
    )),
    Letter("works_late", registered=True, to=TO, subject=_("works of on-site sanitation: the time is over"), body=(
        _("The works on your installation were to be done by now. Tell us within a month when they are done, from the page of your file: {link}."),
        _("Without them you owe the fee, increased as the assembly has decided, until they are done (CSP, article L1331-8)."),
    )),
    Letter("invoice", template="invoice", kind="bill", to=TO, subject=_("Fee of on-site sanitation"), law=LAW, remedies=CIVIL, body=(
        Paragraph(_("Reference to be named when paying: {reference}.")),
        Table("bill", (Column(_("Charged for"), "{label}"), Column(_("Reckoning"), "{says}"), Column(_("Amount"), "{amount_cents}", money=True)), total=_("To be paid")),
        Paragraph(_("To be paid by {pay_by}, at {link} or as it is said there.")),
    )),
)


def _notice(act, subject, text, short=""):
    return Notice(act, subject, format_lazy("{}\n\n{}", text, FOLLOW), short)


NOTICES = (
    _notice("file", _("We have your request about on-site sanitation"), _("We write to you with the day of the visit, at least ten days ahead; a project is examined without one.")),
    _notice("announce", _("Visit of your on-site sanitation: {booked}"), _("Our inspector comes: {booked}. The letter on the page of your file says what to prepare; you may choose another day there.")),
    _notice("move", _("Visit of your on-site sanitation: {booked}"), _("The visit has another time: {booked}.")),
    _notice("moved_by_us", _("Visit of your on-site sanitation: {booked}"), _("We had to move the visit: {booked}. Does it not suit you? Choose another day on the page of your file.")),
    _notice("remind", _("Tomorrow we check your on-site sanitation"), _("Our inspector comes: {booked}. Please uncover the lids."),
            short=_("Tomorrow our inspector checks your on-site sanitation: {booked}. Please uncover the lids.")),
    _notice("compliant", _("The report on your on-site sanitation is here"), _("Your installation is compliant. The report is on the page of your file.")),
    _notice("incomplete", _("The report on your on-site sanitation is here"), _("Your installation is not compliant, and no danger was found. The report says what it means for you.")),
    _notice("dangerous", _("The report on your on-site sanitation is here"), _("Works are to be done on your installation. The report comes by registered letter and stands on the page of your file.")),
    _notice("project_fine", _("Your project of on-site sanitation complies"), _("The certificate is on the page of your file. Call us before anything is covered.")),
    _notice("comes_due", _("Your on-site sanitation is due for its check"), _("The time since the last check is over. We write to you with the day of the visit.")),
    _notice("same", _("Your installation has a file already"), _("Your house has a file already, {original}. From now on you follow that one.")),
)
