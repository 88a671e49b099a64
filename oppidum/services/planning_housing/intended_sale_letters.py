"""The letters of the notice of intended sale, and the mails that tell of steps."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Article, Bullets, Considering, Letter, Notice, Remedies, Visa

CODE = _("the code of town planning, articles L210-1, L211-1, L213-1 to L213-18 and R213-4 to R213-21")
RIGHT = _("the deliberation that sets up the urban right of pre-emption")
NOTICE = _("the notice of intended sale of {seller}, filed by {notary}, received on {received_on} under number {code}, for the property at {property} at the price of {price}")
VISAS = (Visa(CODE), Visa(RIGHT), Visa(NOTICE))
# Art. L213-2: the decision goes to the seller, the notary and the buyer named in the notice; art. R213-6: to the tax office.
TOLD = {"notary": _("The notary"), "buyer": _("The buyer named in the notice"), "tax": _("Direction départementale des finances publiques")}
SELLER = {"seller": "seller_address"}
COURT = Remedies(source="CJA, art. R421-1 et R421-5; CRPA, art. L411-2")

LETTERS = (
    Letter("acknowledgement", kind="acknowledgement", at=("file",), to={"notary": "notary_address"}, subject=_("notice of intended sale of the property at {property}"), body=(
        _("You tell us of the sale of the property at {property} at the price of {price}."),
        _("From this receipt the metropolis has two months to answer (code of town planning, article L213-2). This time is suspended if it asks once for documents or to visit the property."),
    )),
    Letter("documents", kind="papers", to=SELLER, registered=True, copies={"notary": _("The notary")}, subject=_("documents on the property at {property}"), body=(
        _("The metropolis examines whether it buys the property at {property}. Under article L213-2 of the code of town planning it asks you, once, for:"),
        Bullets("documents", title=_("Please send us:")),
        _("The two months of the metropolis are suspended from the day on which you receive this letter, and run again from the day on which it has the documents. If less than a month is then left, it has one month."),
    )),
    Letter("visit", to=SELLER, registered=True, copies={"notary": _("The notary")}, subject=_("request to visit the property at {property}"), body=(
        _("The metropolis wishes to visit the property at {property}, of which you told it on {received_on} under number {code} (code of town planning, articles L213-2 and D213-13-1)."),
        _("You have eight days from receipt of this letter to accept or refuse; without an answer the visit is refused (article D213-13-3). If you accept, the visit takes place within fifteen days, "
          "not on a Saturday, a Sunday or a public holiday, in your presence or that of somebody you send; a report is signed by both (article D213-13-2)."),
        _("The two months of the metropolis are suspended from receipt of this letter, and run again from the visit or its refusal. If less than a month is then left, it has one month."),
        _("To agree on a day, write to {team}."),
    )),
    Letter("waiver", kind="grant", signed_by="president", to=SELLER, copies=TOLD, subject=_("the metropolis does not buy the property at {property}"), body=(
        _("The metropolis waives its right of pre-emption on the property at {property}, of which it was told on {received_on} under number {code}."),
        _("The property may be sold at {price} or above, on the conditions of the notice, for three years from this letter (code of town planning, article L213-8). After that, or at a lower price, a new notice is needed."),
    )),
    Letter("purchase", kind="refusal", template="order", signed_by="president", series="preemption", amount="price", to=SELLER, copies=TOLD, registered=True, law=(CODE, RIGHT), facts="grounds", remedies=COURT,
           subject=_("Exercise of the right of pre-emption on the property at {property}"), body=(
        *VISAS, Considering(_("the property is bought for: {purpose}")),
        Article(_("The metropolis buys the property at {property} at the price of {price} and on the conditions of the notice.")),
        Article(_("The deed is signed within three months, and the price paid or deposited within four months, failing which the owner is free to sell (code of town planning, articles R213-12 and L213-14).")),
        Article(_("This decision is published, and notified to the seller, the notary and the buyer named in the notice.")),
    )),
    Letter("offer", kind="refusal", template="order", signed_by="president", series="preemption", amount="offered", to=SELLER, copies=TOLD, registered=True, law=(CODE, RIGHT), facts="grounds", remedies=COURT,
           subject=_("Offer to buy the property at {property} at another price"), body=(
        *VISAS, Considering(_("the property is bought for: {purpose}")),
        Article(_("The metropolis offers to buy the property at {property} at the price of {offered}, exclusive of any other payment (code of town planning, article R213-8, c).")),
        Article(_("The owner has two months from receipt to accept this price, to keep the declared price and leave it to the judge of expropriation, or to give up the sale. Silence gives up the sale (article R213-10).")),
        Article(_("If the price is not accepted, the metropolis intends to have it set by the judge of expropriation.")),
    )),
    Letter("not_subject", to={"notary": "notary_address"}, subject=_("the sale of the property at {property} needs no notice"), body=(
        _("The sale of the property at {property} is not subject to the urban right of pre-emption: {not_subject_reason}"),
    )),
    Letter("paid", to=SELLER, copies={"notary": _("The notary")}, subject=_("the price of the property at {property} is paid"), body=(
        _("The price of {paid} for the property at {property} was paid or deposited on {paid_day}."),
        _("If the property is put to another use within five years, it is first offered to you, then to the buyer named in the notice (code of town planning, article L213-11)."),
    )),
    Letter("free", to=SELLER, copies=TOLD, subject=_("you are free to sell the property at {property}"), body=(
        _("The price of the property at {property} was not paid or deposited within four months: you are free to sell (code of town planning, article L213-14)."),
    )),
)

NOTICES = (
    Notice("file", _("We have your notice of intended sale {code}"), _("Your notice arrived on {received_on}. The acknowledgement, with the date of the answer, is on its page:\n{link}\n\n{authority}")),
    Notice("waive", _("Notice {code}: the metropolis does not buy"), _("The property may be sold at the declared price. The letter is on the page of your notice:\n{link}\n\n{authority}")),
    Notice("waived_by_silence", _("Notice {code}: time is over"), _("The metropolis has not answered in time: it has waived its right of pre-emption.\n{link}\n\n{authority}")),
    Notice("buy", _("Notice {code}: the metropolis buys"), _("The decision is on the page of your notice, and is sent by registered post:\n{link}\n\n{authority}")),
    Notice("offer", _("Notice {code}: offer at another price"), _("The offer is on the page of your notice, and is sent by registered post:\n{link}\n\n{authority}")),
    Notice("ask_documents", _("Notice {code}: documents asked for"), _("The request is on the page of your notice:\n{link}\n\n{authority}")),
    Notice("ask_visit", _("Notice {code}: request to visit"), _("The request is on the page of your notice; the owner has eight days to answer:\n{link}\n\n{authority}")),
)
