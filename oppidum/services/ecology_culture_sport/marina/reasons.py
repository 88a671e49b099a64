"""What a harbour office chooses from: uses, grounds of refusal, reasons to leave, cases without competition."""

from django.utils.translation import gettext_lazy as _

USES = {
    "shop": _("Shop or restaurant"), "yard": _("Shipyard, repairs"), "rental": _("Boat hire, sailing school"),
    "passengers": _("Passenger boats"), "event": _("Event"), "other": _("Another business"),
}
# What needs no competition (CG3P, art. L2122-1-2 and L2122-1-3).
EXCEPTIONS = {
    "urgent": _("Urgency: a year at most (CG3P, art. L2122-1-2)"),
    "only_one": _("Only one person can hold the title (CG3P, art. L2122-1-3)"),
    "failed": _("A competition brought no usable application (CG3P, art. L2122-1-3)"),
    "security": _("Security or conditions of operation (CG3P, art. L2122-1-3)"),
}
REFUSALS = {
    "incomplete": _("The boat's papers are missing or not valid"),
    "not_owner": _("The applicant is not the owner of the boat"),
    "debt": _("Fees of an earlier occupation are still owed"),
    "too_large": _("No berth of this harbour holds a boat of that size"),
}
LEAVING = {"resident": _("At the holder's wish"), "sold": _("The boat is sold: a berth does not follow it"), "moved": _("Another harbour")}
