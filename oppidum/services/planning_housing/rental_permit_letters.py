"""The letters of the rental permit, and the mails that tell of steps."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Article, Bullets, Column, Considering, Letter, Notice, Paragraph, Table, Visa

CODE = _("the code of construction and housing, articles L635-1 to L635-11 and R635-1 to R635-5")
DECENCY = _("loi 89-462 of 6 July 1989, article 6, and décret 2002-120 of 30 January 2002 on decent housing")
AREA = _("the deliberation that sets the areas of the rental permit")
REQUEST = _("the request of {landlord}, received on {received_on} under number {code}, for the dwelling at {dwelling} ({dwelling_kind}, {surface})")
VISAS = (Visa(CODE), Visa(DECENCY), Visa(AREA), Visa(REQUEST))
ATTACHED = Article(_("This order is attached to the lease at each new letting. It is not transferred with the dwelling unless the new owner declares it."))
LAPSES = Article(_("It lapses if the dwelling is not let within two years."))
# Refusals are told to those who pay housing aids, to the tax office and to the housing committee: CCH, art. L635-6 and L635-10.
TOLD = {
    "caf": _("Caisse d'allocations familiales"), "msa": _("Mutualité sociale agricole"),
    "tax": _("Direction départementale des finances publiques"), "pdalhpd": _("Committee of the housing plan for the deprived (PDALHPD)"),
}
WORKS = Table("works", (Column(_("Works"), "{what}"), Column(_("To be done by"), "{by}")), title=_("Works to be carried out"))

LETTERS = (
    Letter("acknowledgement", kind="acknowledgement", at=("file",), subject=_("your request to let the dwelling at {dwelling}"), body=(
        _("You ask to let this dwelling: {dwelling_kind}, {surface}, in an area of the rental permit."),
        _("This letter is the filing receipt of article R635-3 of the code of construction and housing. The dwelling may be visited within the month, between 6:00 and 21:00."),
    )),
    Letter("papers", kind="papers", subject=_("papers missing in your request {code}"), body=(
        _("Your request of {received_on} to let the dwelling at {dwelling} lacks papers that the texts require."),
        Bullets("papers", title=_("Please send us:")),
        _("Send them by {papers_by}, from the page of your request or by post. The month after which silence authorises the letting begins only on the day on which all "
          "of them are here (code des relations entre le public et l'administration, art. L114-5). Without them your request will be closed."),
    )),
    Letter("visit", subject=_("visit of the dwelling at {dwelling}"), body=(
        _("Our inspector will visit the dwelling on {visit_on}, {visit_at} (CCH, art. L635-3). Please be there, or have somebody there with the keys, and tell the occupant."),
        _("The occupant may object to the visit; the judge may then allow it. Another day: write to us on the page of your request."),
    )),
    Letter("favourable", kind="grant", template="order", signed_by="president", series="rental-permit", subject=_("Authorisation to let the dwelling at {dwelling}"), body=(
        *VISAS, Considering(_("nothing was found that endangers the safety or health of the occupants")),
        Article(_("{landlord} is authorised to let the dwelling at {dwelling}.")), LAPSES, ATTACHED,
    )),
    Letter("conditional", kind="conditions", template="order", signed_by="president", series="rental-permit", law=(CODE, DECENCY), facts="defects",
           subject=_("Authorisation, with conditions, to let the dwelling at {dwelling}"), body=(
        Visa(AREA), Visa(REQUEST),
        Article(_("{landlord} is authorised to let the dwelling at {dwelling} once the works below are done, by {works_by} at the latest.")), WORKS,
        Article(_("The landlord tells the authority when they are done; the dwelling is then seen again. If they are not done in time the authorisation may be withdrawn.")),
        LAPSES, ATTACHED,
    )),
    Letter("unfavourable", kind="refusal", template="order", signed_by="president", series="rental-permit", law=(CODE, DECENCY), facts="defects", copies=TOLD, registered=True,
           subject=_("Refusal of the authorisation to let the dwelling at {dwelling}"), body=(
        Visa(AREA), Visa(REQUEST),
        Article(_("The authorisation to let the dwelling at {dwelling} is refused.")), Article(_("A new request may be filed when the works below are done.")), WORKS,
        Article(_("Letting in spite of this refusal is fined up to 15,000 EUR (CCH, art. L635-7).")),
        Article(_("This order is sent to those who pay housing aids, to the tax office and to the committee of the housing plan (CCH, art. L635-6 and L635-10).")),
    )),
    Letter("withdrawn", kind="refusal", template="order", signed_by="president", series="rental-permit", law=(CODE, DECENCY), facts="withdrawal_reasons", copies=TOLD, registered=True,
           subject=_("Withdrawal of the authorisation to let the dwelling at {dwelling}"), body=(
        Visa(REQUEST), Considering(_("the works set as a condition were to be done by {works_by}")),
        Article(_("The authorisation to let the dwelling at {dwelling} is withdrawn: its conditions were not met (CRPA, art. L242-2).")), WORKS,
    )),
    Letter("more_time", subject=_("more time for the works in the dwelling at {dwelling}"), body=(_("The works that were asked for may be done until {works_by}."), WORKS)),
    Letter("made_good", kind="grant", signed_by="president", subject=_("the works in the dwelling at {dwelling} are done"), body=(
        _("The works asked for were found done. You may let the dwelling; this letter is attached to the lease with the order."),
    )),
    Letter("attestation", kind="tacit", template="certificate", signed_by="president", title=_("CERTIFICATE OF TACIT AUTHORISATION"), subject=_("Letting of the dwelling at {dwelling}"), body=(
        _("The request of {landlord} was received on {received_on} under number {code}. No decision was notified within the month that article L635-4 of the code of construction "
          "and housing gives: the letting of the dwelling at {dwelling} ({dwelling_kind}, {surface}) is authorised by silence."),
        _("Issued under article L232-3 of the code des relations entre le public et l'administration, to be attached to the lease."),
    )),
    Letter("transfer", template="receipt", to={"new_owner": "new_owner_address"}, subject=_("Transfer of the authorisation to let the dwelling at {dwelling}"), body=(
        _("The declaration that names {new_owner} as the new owner was received. The authorisation is transferred (CCH, art. R635-3)."),
    )),
    Letter("lapsed", kind="lapse", subject=_("the authorisation to let the dwelling at {dwelling} has lapsed"), body=(
        _("The dwelling was not let within two years: the authorisation has lapsed (CCH, art. R635-3). Before letting it, file a new request."),
    )),
    Letter("not_needed", subject=_("no authorisation is needed for the dwelling at {dwelling}"), body=(
        _("Your request of {received_on} needs no authorisation. Reason: {not_needed_reason}."), Paragraph(_("You may let the dwelling.")),
    )),
)

NOTICES = (
    Notice("file", _("We have your request {code} to let a dwelling"), _("Your request arrived on {received_on}. Its receipt is on its page:\n{link}\n\n{authority}")),
    Notice("made_good", _("Your request {code}: the works are done"), _("You may let the dwelling. The letter is on the page of your request:\n{link}\n\n{authority}")),
    Notice("tacit", _("Your request {code}: authorised"), _("No decision was taken within the month: you may let the dwelling. Ask for the certificate on the page of your request:\n{link}\n\n{authority}")),
)
