"""The letters of grants to associations, and the mails that tell of steps."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Article, Letter, Notice, Paragraph, Visa, Word, answer
from oppidum.services.shared.papers import papers_letter

LAW = _("loi 2000-321 of 12 April 2000, articles 9-1, 10 and 10-1")
DECREE = _("décret 2001-495 of 6 June 2001")
MONEY = {"sum": Word(answer("granted"), "money")}
USE = _("The grant is used for the project {title} alone. It may not be given on to another body.")
REPORT = _("The financial report (Cerfa 15059) is sent within six months of the end of the year for which the grant was given, with the activity report.")
COMMITMENT = _("The association keeps to the contract of republican commitment; a breach may lead to the withdrawal of the grant (loi 2000-321, art. 10-1).")

LETTERS = (
    Letter("acknowledgement", kind="acknowledgement", at=("file",), subject=_("your request for a grant: {title}"), body=(
        _("{association} asks us for {requested} for the project {title}."),
        _("A request for money is refused by two months of silence (code des relations entre le public et l'administration, art. L231-4); the vote may still come after."),
    )),
    papers_letter(lacks=_("Your request of {received_on} for the project {title} lacks papers that are needed to examine it.")),
    Letter("notification", kind="grant", template="decision", signed_by="president", amount="granted", words=MONEY, subject=_("Your grant for {title}"), body=(
        Visa(LAW), Visa(DECREE),
        Article(_("A grant of {sum} is given to {association} for the project {title}.")),
        Article(_("It is paid in {instalments} payments, from {pay_from} to {pay_until}."), optional=True),
        Article(USE), Article(REPORT), Article(COMMITMENT),
    )),
    Letter("agreement", kind="agreement", template="agreement", signed_by="president", amount="granted", words=MONEY, subject=_("Agreement on a grant for {title}"), body=(
        Visa(LAW), Visa(DECREE),
        Article(_("The authority supports the project {title} of {association}."), title=_("Object")),
        Article(_("The grant is {sum} for a year. It is paid in {instalments} payments, from {pay_from} to {pay_until}."), title=_("Amount and payment")),
        Article(USE, title=_("Use")), Article(REPORT, title=_("Accounts")), Article(COMMITMENT, title=_("Republican commitment")),
        Article(_("If the project is not carried out, or the grant not used for it, the sums are claimed back in whole or in part (CRPA, art. L242-2)."), title=_("Withdrawal")),
    )),
    Letter("refusal", kind="refusal", template="decision", signed_by="president", law=(LAW,), facts="reasons", subject=_("Your request for a grant: {title}"), body=(
        Article(_("The grant asked for by {association} for the project {title} is refused.")),
    )),
    Letter("reminder", subject=_("financial report of your grant {code}"), body=(
        _("You received a grant for the project {title}. Its financial report was due within six months of the end of the year (loi 2000-321, art. 10) and is not here."),
        Paragraph(_("Send it now from the page of your request: {link}. Without it the grant may be claimed back.")),
    )),
    Letter("announcement", subject=_("withdrawal of your grant considered"), registered=True, body=(
        _("We consider claiming back the grant given to {association} for the project {title}."),
        _("Reasons: {reasons}"),
        _("You may send us written remarks by {remarks_by}, and ask to be heard, with the adviser of your choice (CRPA, art. L122-1)."),
    )),
    Letter("withdrawal", kind="refusal", template="decision", signed_by="president", law=(LAW, _("CRPA, article L242-2")), facts="reasons", registered=True,
           words={"back": Word(answer("claimed"), "money")}, subject=_("Withdrawal of your grant for {title}"), body=(
        Article(_("The grant given to {association} for the project {title} is withdrawn for {back}, which is to be paid back.")),
    )),
)

NOTICES = (
    Notice("file", _("We have your request {code} for a grant"), _("Your request arrived on {received_on}. Its receipt, and what happens next, is on its page:\n{link}\n\n{authority}")),
    Notice("complete", _("Your request {code} is complete"), _("Your file is complete; the departments concerned now examine it.\n{link}\n\n{authority}")),
    Notice("grant", _("Your request {code}: voted"), _("Your grant was voted. The letter follows once the deliberation is published.\n{link}\n\n{authority}")),
    Notice("grant_bureau", _("Your request {code}: voted"), _("Your grant was voted. The letter follows once the deliberation is published.\n{link}\n\n{authority}")),
    Notice("remind_report", _("Your grant {code}: financial report due in a month"), _("Send the financial report of your grant within a month, from its page:\n{link}\n\n{authority}")),
)
