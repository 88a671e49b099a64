"""The words of the notice of intended sale: what is sold, how, the documents that may be asked for, the purposes of a purchase."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "flat": _("A flat"),
    "house": _("A house with its land"),
    "building": _("A whole building"),
    "premises": _("Business premises"),
    "land": _("Land without a building"),
    "shares": _("Shares of a property company"),
}
FORMS = {
    "sale": _("Sale by agreement"),
    "annuity": _("Sale against an annuity"),
    "exchange": _("Exchange"),
    "contribution": _("Contribution to a company"),
    "in_kind": _("Sale with a part paid in kind"),
}
OCCUPIED = {"seller": _("The seller"), "tenant": _("A tenant"), "vacant": _("Nobody"), "other": _("Somebody else")}

# The closed list of code de l'urbanisme, art. R213-7 II (décret 2014-1572). Not held against the text: see the marks of the rules.
DOCUMENTS = {
    "diagnostics": _("the technical diagnosis file (CCH, art. L271-4)"),
    "pollution": _("information on soil pollution (code de l'environnement, art. L125-7)"),
    "area": _("the floor area of the premises, where it must be told"),
    "contract": _("the extracts of the preliminary contract that tell of the state and the make-up of the building"),
    "servitudes": _("agreements, easements and leases that burden the property"),
    "company": _("for shares of a property company: its statutes, accounts and the deeds of its property"),
}

# Operations for which the right may be exercised: code de l'urbanisme, art. L210-1 and L300-1.
PURPOSES = {
    "housing": _("local housing policy, social housing among it"),
    "renewal": _("urban renewal and the fight against unfit housing"),
    "business": _("keeping, extending or welcoming economic activities"),
    "facilities": _("public facilities"),
    "nature": _("protection of natural areas and recovery of open land"),
    "reserve": _("land reserve for one of these operations"),
}
