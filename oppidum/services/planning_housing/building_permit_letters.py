"""The letters and orders on building rights, and the mails that tell of steps."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Article, Bullets, Considering, Notice, Paragraph, Remedies, Visa, answer, letters
from oppidum.services.planning_housing.building_permit_clocks import IS_PERMIT, SILENCE_REFUSES, kind
from oppidum.services.planning_housing.building_permit_texts import CERTIFICATES

CODE = _("the code of town planning, articles L421-1 to L424-9 and R421-1 to R424-24")
CERTIFICATE = _("the code of town planning, articles L410-1 and R410-1 to R410-21")
CONFORMITY = _("the code of town planning, articles L462-1, L462-2 and R462-1 to R462-10")
PLAN = _("the land use plan in force on the land")
REQUEST = _("the request of {applicant}, received on {received_on} under number {code}: {kind}, on the land at {land}")
# Only where the commune gave its power to the metropolis: else its mayor decides (art. L422-1).
DELEGATION = Visa(_("{power}, which gives this power to the authority (code of town planning, article L422-3)"), optional=True)
VISAS = (Visa(CODE), Visa(PLAN), DELEGATION, Visa(REQUEST))
# What is written about a request is the commune's, also where its instruction may be signed for it (art. L422-1, L423-1, R423-15).
Letter = partial(letters.Letter, issuer="commune")
# Since 28 November 2025: one month for the administrative appeal, which no longer prolongs the delay to go to court.
APPEAL = Remedies(gracious=1, prolongs=False, source="Code de l'urbanisme, art. L600-12-2; CJA, art. R421-1")
RIGHTS = Article(_("This decision is given subject to the rights of third parties: it says whether the project conforms to the rules of town planning, and nothing of private law."))
LIFE = Article(_("It is no longer valid if the works have not begun within three years, or if they stop for over a year (article R424-17). Two extensions of a year may be asked for, two months before its end (article R424-21)."))
SIGN = Article(_("It is displayed on the land during all of the works, in a place seen from outside. Third parties may contest it within two months of the first day of two months of unbroken display (articles R424-15 and R600-2)."))
BEGIN = Article(_("The holder declares the beginning of the works, then their completion and conformity. An insurance against damage to the works is taken out before they begin (code des assurances, article L242-1)."))
SENT = Article(_("This decision is sent to the representative of the State (code of town planning, article L424-7)."))

LETTERS = (
    Letter("acknowledgement", kind="acknowledgement", template="receipt", at=("file",), remedies=APPEAL, subject=_("your request for the land at {land}"), body=(
        _("You ask for: {kind}. This receipt is that of articles R423-3 to R423-5 of the code of town planning."),
        _("Within a month of your filing we may tell you that pieces are missing, or that the examination takes longer because other bodies are consulted. If you hear of neither, the date below stands."),
        Paragraph(_("Where silence grants the permit, the works may begin after the sign stands on the land, and this receipt with it. Check with us that no permit was refused or withdrawn."), when=~SILENCE_REFUSES & ~kind.one_of(*CERTIFICATES)),
    )),
    Letter("pieces", signed_by="mayor", kind="papers", registered=True, subject=_("pieces missing in your request {code}"), body=(
        _("Your request of {received_on} for the land at {land} lacks pieces that the code of town planning asks for. This list is exhaustive (article R423-38)."),
        Bullets("pieces", title=_("Please send us:")),
        _("Send them all to the town hall, or on the page of your request, within three months of receipt of this letter. Failing that, your request will be refused by silence, or your declaration opposed (article R423-39)."),
        _("The time of the examination begins on the day on which all of them are here."),
    )),
    Letter("longer", signed_by="mayor", registered=True, subject=_("the examination of your request {code} takes longer"), body=(
        _("Your request of {received_on} for the land at {land} asks for more time than the receipt says (code of town planning, articles R423-24 to R423-33 and R423-42)."),
        _("Reason: {extension}."),
        Paragraph(_("At the end of this time, silence refuses the permit: {refuses}."), when=answer("refuses").given()),
        Paragraph(_("At the end of this time, silence grants what you ask for, unless the heritage architect gives an unfavourable opinion, or one with conditions (article R424-3)."), when=~answer("refuses").given()),
        _("The heritage architect's opinion may be contested before the prefect of the region; the examination would then take two months more (article R423-35)."),
    )),
    Letter("inquiry", signed_by="mayor", registered=True, subject=_("a public inquiry on your request {code}"), body=(
        _("Your project on the land at {land} is subject to a public inquiry. The two months of our examination begin with the receipt of its report (code of town planning, articles R423-20 and R423-32)."),
        _("At the end of this time, silence refuses the permit (article R424-2)."),
    )),
    Letter("prefect", signed_by="mayor", registered=True, subject=_("the prefect of the region is seized on your request {code}"), body=(
        _("We contest the opinion of the heritage architect on your project before the prefect of the region. The examination takes two months more (code of town planning, articles R423-35 and R423-44)."),
    )),
    Letter("grant", kind="grant", template="order", signed_by="mayor", series="planning-{commune}", registered=True, subject=_("Building rights on the land at {land}"), body=(
        *VISAS, Considering(_("the project conforms to the rules of town planning that apply to the land")),
        Article(_("The works that {applicant} declared are not opposed."), when=~IS_PERMIT), Article(_("The permit is granted to {applicant}, for the project described in the request."), when=IS_PERMIT),
        LIFE, SIGN, BEGIN, RIGHTS, SENT,
    )),
    Letter("conditions", kind="conditions", template="order", signed_by="mayor", series="planning-{commune}", registered=True, law=(CODE, PLAN), facts="prescriptions", remedies=APPEAL,
           subject=_("Building rights, with conditions, on the land at {land}"), body=(
        DELEGATION, Visa(REQUEST),
        Article(_("The works that {applicant} declared are not opposed, on the conditions of the next article."), when=~IS_PERMIT),
        Article(_("The permit is granted to {applicant}, for the project described in the request, on the conditions of the next article."), when=IS_PERMIT), Article(_("Conditions: {prescriptions}")), LIFE, SIGN, BEGIN, RIGHTS, SENT,
    )),
    Letter("refusal", kind="refusal", template="order", signed_by="mayor", series="planning-{commune}", registered=True, law=(CODE, PLAN), facts="reasons", remedies=APPEAL,
           subject=_("Refusal of building rights on the land at {land}"), body=(
        DELEGATION, Visa(REQUEST), Article(_("The works that {applicant} declared are opposed. They may not be carried out."), when=~IS_PERMIT),
        Article(_("The permit that {applicant} asks for is refused. The works may not be carried out."), when=IS_PERMIT), SENT,
    )),
    Letter("certificate", kind="grant", template="certificate", signed_by="mayor", series="planning-{commune}", title=_("TOWN PLANNING CERTIFICATE"), subject=_("Land at {land}"), body=(
        _("Number {number}. Request of {applicant}, received on {received_on}: {kind}."), _("Rules, easements, taxes and equipment: {rules_told}"),
        Paragraph(_("The land may be used for the project that is described."), when=kind.is_("certificate_project")),
        _("A request filed within eighteen months can't be refused by rules that are not in this certificate, but for safety and public health (code of town planning, article L410-1). It may be extended by a year if this is asked for two months before its end (article R410-17)."),
    )),
    Letter("certificate_no", kind="refusal", template="decision", signed_by="mayor", series="planning-{commune}", law=(CERTIFICATE,), facts="reasons", remedies=APPEAL,
           subject=_("Town planning certificate for the land at {land}"), body=(
        Visa(REQUEST), Article(_("The land may not be used for the project that is described.")), Article(_("The rules of the day remain in force for a request filed within eighteen months (article L410-1).")),
    )),
    Letter("missing_pieces", kind="lapse", remedies=APPEAL, subject=_("your request {code} is refused: pieces are missing"), body=(
        Paragraph(_("The pieces that we asked for were not sent within three months: your request for the land at {land} is refused by silence (code of town planning, article R423-39)."), when=~kind.is_("declaration")),
        Paragraph(_("The pieces that we asked for were not sent within three months: your declaration for the land at {land} is opposed by silence (code of town planning, article R423-39)."), when=kind.is_("declaration")),
        _("You may file a new request, with all of the pieces."),
    )),
    Letter("attestation", kind="tacit", template="certificate", signed_by="mayor", title=_("CERTIFICATE OF TACIT DECISION"), subject=_("Land at {land}"), body=(
        _("The request of {applicant}, received on {received_on} under number {code}, is about this: {kind}. It was not answered within the time of its examination."),
        Paragraph(_("It is granted by silence (code of town planning, article R424-1)."), when=~kind.is_("declaration")),
        Paragraph(_("The works are not opposed, by silence (code of town planning, article R424-1)."), when=kind.is_("declaration")),
        _("This certificate is issued under article R424-13 of the code of town planning."),
    )),
    Letter("transfer", kind="grant", template="decision", signed_by="mayor", series="planning-{commune}", to={"new_holder": "new_holder_address"}, subject=_("transfer of the building rights on the land at {land}"), body=(
        _("The decision on the request {code} is transferred to {new_holder}, with its conditions and for what remains of its life."),
    )),
    Letter("longer_life", kind="grant", template="decision", signed_by="mayor", series="planning-{commune}", subject=_("one year more for the land at {land}"), body=(
        Visa(CODE), Article(_("The life of the decision on the request {code} is extended by a year (article R424-21).")),
    )),
    Letter("no_longer_life", kind="refusal", template="decision", signed_by="mayor", series="planning-{commune}", law=(CODE,), facts="reasons", remedies=APPEAL, subject=_("no extension for the land at {land}"), body=(
        Article(_("The life of the decision on the request {code} is not extended.")),
    )),
    Letter("announcement", signed_by="mayor", registered=True, subject=_("withdrawal of the decision on {code} considered"), body=(
        _("We consider withdrawing the decision on your request for the land at {land}, as it is unlawful (code of town planning, article L424-5)."), _("Reasons: {reasons}"),
        _("You may send us written remarks by {remarks_by}, and ask to be heard, with the adviser of your choice (CRPA, art. L122-1)."),
    )),
    Letter("taken_back", kind="refusal", template="order", signed_by="mayor", series="planning-{commune}", registered=True, law=(CODE,), facts="reasons", remedies=APPEAL, subject=_("Withdrawal of the decision for the land at {land}"), body=(
        Visa(REQUEST), Article(_("The decision on the request {code} is withdrawn. The works may not be carried out.")), SENT,
    )),
    Letter("completion", template="receipt", subject=_("completion of the works on the land at {land}"), body=(
        _("Your declaration that the works were completed on {completed_on} was received on {today}."),
        _("We may contest their conformity within three months of it, five where they must be inspected (code of town planning, articles R462-6 and R462-7)."),
    )),
    Letter("conformity", kind="grant", template="certificate", signed_by="mayor", title=_("CERTIFICATE OF CONFORMITY"), subject=_("Land at {land}"), body=(
        _("The conformity of the works declared under number {code} with the decision is not contested (code of town planning, article R462-10)."),
    )),
    Letter("not_conform", kind="refusal", template="decision", signed_by="mayor", registered=True, law=(CONFORMITY,), facts="reasons", remedies=APPEAL, subject=_("the works on the land at {land} don't conform"), body=(
        Article(_("The works are made to conform to the decision by {mend_by}, or a new request is filed for what was changed (article R462-9).")),
    )),
)

NOTICES = (
    Notice("file", _("We have your request {code}"), _("Your request arrived on {received_on}. Its receipt, with the date of the decision, is on its page:\n{link}\n\n{authority}")),
    Notice("ask_pieces", _("Request {code}: pieces are missing"), _("The list is on the page of your request. You have three months to send them all:\n{link}\n\n{authority}")),
    Notice("longer", _("Request {code}: the examination takes longer"), _("The reason and the new date are on the page of your request:\n{link}\n\n{authority}")),
    Notice("much_longer", _("Request {code}: the examination takes longer"), _("The reason and the new date are on the page of your request:\n{link}\n\n{authority}")),
    Notice("grant", _("Request {code}: granted"), _("The decision is on the page of your request:\n{link}\n\n{authority}")),
    Notice("conditions", _("Request {code}: granted with conditions"), _("The decision and its conditions are on the page of your request:\n{link}\n\n{authority}")),
    Notice("refuse", _("Request {code}: refused"), _("The decision, with its reasons and how to contest it, is on the page of your request:\n{link}\n\n{authority}")),
    Notice("certify", _("Request {code}: your certificate"), _("The certificate is on the page of your request:\n{link}\n\n{authority}")),
    Notice("tacit", _("Request {code}: granted by silence"), _("No decision was taken in time: what you ask for is granted, or not opposed. Ask for the certificate on the page of your request:\n{link}\n\n{authority}")),
    Notice("tacit_refusal", _("Request {code}: refused by silence"), _("No decision was taken in time; for this project silence refuses (code of town planning, articles R424-2 and R424-3). You may contest it within two months.\n{link}\n\n{authority}")),
    Notice("conform_by_silence", _("Request {code}: your works are in order"), _("The conformity of your works is no longer contested. Ask for the certificate on the page of your request:\n{link}\n\n{authority}")),
)
