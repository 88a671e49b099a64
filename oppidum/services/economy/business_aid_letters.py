"""The letters of an aid to a business: what the Regulation wants said in them (art. 6: de minimis, by name, with the amount) stands in each."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Article, Letter, Notice, Visa, Word, answer
from oppidum.services.shared.papers import papers_letter

EU = _("Regulation (EU) 2023/2831 of 13 December 2023 on de minimis aid")
LAW = _("the general code of local authorities, articles L1511-2 and L1511-3")
SUM = {"sum": Word(answer("granted"), "money")}
NAMED = Article(_("This aid of {sum} is de minimis aid under Regulation (EU) 2023/2831: name it whenever you are asked for the aid of the last three years."))
JOBS = Article(_("Within three years of the last payment the business says how many jobs were made; {jobs_planned} were planned."))

LETTERS = (
    Letter("acknowledgement", kind="acknowledgement", at=("file",), subject=_("your request for aid: {title}"), body=(
        _("{company} asks us for {requested} for the project {title}."),
        _("A request for money is refused by two months of silence (code des relations entre le public et l'administration, art. L231-4); the vote may still come after."),
    )),
    papers_letter(lacks=_("Your request of {received_on} for the project {title} lacks papers that are needed to examine it.")),
    Letter("notification", kind="grant", template="decision", signed_by="president", amount="granted", words=SUM, subject=_("Aid for {title}"), body=(
        Visa(EU), Visa(LAW), Article(_("An aid of {sum} is given to {company} for the project {title}.")), NAMED, JOBS,
    )),
    Letter("agreement", kind="agreement", template="agreement", signed_by="president", amount="granted", words=SUM, subject=_("Agreement on aid for {title}"), body=(
        Visa(EU), Visa(LAW),
        Article(_("The authority supports the project {title} of {company} with {sum}."), title=_("Object")),
        Article(_("It is paid on the bills of the project, the last part when it is finished."), title=_("Payment")),
        NAMED, JOBS,
        Article(_("If the project is not carried out, or the business leaves the territory within five years, the sums are claimed back in whole or in part (CRPA, art. L242-2)."), title=_("Claim")),
    )),
    Letter("refusal", kind="refusal", template="decision", signed_by="president", law=(LAW,), facts="reasons", subject=_("Your request for aid: {title}"), body=(
        Article(_("The aid asked for by {company} for the project {title} is refused.")),
    )),
    Letter("jobs", subject=_("the jobs of your project {title}"), body=(
        _("Your project was helped by {granted}. Three years are over since the last payment: {jobs_planned} jobs were planned."),
        _("Tell us from the page of your request how many were made: {link}."),
    )),
    Letter("announcement", subject=_("claim of your aid considered"), registered=True, body=(
        _("We consider claiming back the aid given to {company} for the project {title}."), _("Reasons: {reasons}"),
        _("You may send us written remarks by {remarks_by}, and ask to be heard, with the adviser of your choice (CRPA, art. L122-1)."),
    )),
    Letter("claim", kind="refusal", template="decision", signed_by="president", law=(LAW, _("CRPA, article L242-2")), facts="reasons", registered=True,
           words={"back": Word(answer("claimed"), "money")}, subject=_("Claim of the aid for {title}"), body=(
        Article(_("The aid given to {company} for the project {title} is withdrawn for {back}, which is to be paid back.")),
    )),
)

NOTICES = (
    Notice("file", _("We have your request {code} for aid"), _("Your request arrived on {received_on}. Its receipt, and what happens next, is on its page:\n{link}\n\n{authority}")),
    Notice("complete", _("Your request {code} is complete"), _("Your file is complete; our team examines your project with you.\n{link}\n\n{authority}")),
    Notice("grant", _("Your request {code}: voted"), _("Your aid was voted. The agreement follows.\n{link}\n\n{authority}")),
    Notice("grant_bureau", _("Your request {code}: voted"), _("Your aid was voted. The letter follows.\n{link}\n\n{authority}")),
)
