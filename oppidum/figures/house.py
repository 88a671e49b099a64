"""Figures that no single service owns: all requests, letters, messages to partners, bills and payments."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.accounts.sources import ACCOUNT_LINES, QUANTITY, of_account
from oppidum.figures.bookings import BOOKINGS, booked
from oppidum.figures.correspondence import LETTERS, PARTNER_MESSAGES
from oppidum.figures.declaration import INTERNAL, Change, Count
from oppidum.figures.models.account import AccountKind
from oppidum.figures.money import EUROS, EUROS_PAID, MONEY_LINES, of_kind
from oppidum.figures.sources import FILED_CASES
from oppidum.payments.models import Movement

_RELATIONS, _SUPPORT = "resident-relations", "support"

FIGURES = (
    Count("cases-filed", _("Requests of all services"), unit=_("requests"), owner=_RELATIONS, counts=FILED_CASES,
          splits=("month", "service", "channel", "commune", "team"), method=_("Each request, report or notice counts once, on the day on which it was filed.")),
    Change("cases-filed-change", _("Change in requests of all services"), unit="%", owner=_RELATIONS, of="cases-filed",
           method=_("Against the year before; while the year is running, against its same days.")),
    Count("places-booked", _("Places booked"), unit=_("places"), owner=_RELATIONS, counts=BOOKINGS, where=booked(),
          splits=("month", "kind", "outcome", "service", "commune"), method=_("Each slot or stay counts once, on the day on which it was taken; those that were freed again don’t count.")),
    Count("letters-made", _("Letters and orders made"), unit=_("letters"), owner=_SUPPORT, counts=LETTERS, splits=("month", "kind", "fate", "service", "commune"),
          method=_("Each letter, order, certificate or card, copies included, on the day on which it was made.")),
    Count("partner-messages", _("Messages exchanged with partners"), unit=_("messages"), owner=_SUPPORT, counts=PARTNER_MESSAGES, splits=("month", "partner", "fate", "service"),
          publication=INTERNAL, method=_("Each message to or from a partner’s system, whatever became of it.")),
    Count("fees-charged", _("Fees charged"), unit="€", owner=_SUPPORT, counts=MONEY_LINES, where=of_kind(Movement.Kind.CHARGE), adds=EUROS,
          splits=("month", "fee", "service", "commune"), method=_("The bills of the period, before reductions.")),
    Count("fees-paid", _("Fees paid"), unit="€", owner=_SUPPORT, counts=MONEY_LINES, where=of_kind(Movement.Kind.PAYMENT), adds=EUROS_PAID,
          splits=("month", "fee", "service", "commune"), method=_("Payments of the period, whenever they were charged; refunds are not taken off.")),
    Count("waste-weighed-in", _("Waste weighed on arrival"), unit="t", owner="living-environment-water", counts=ACCOUNT_LINES, where=of_account(AccountKind.WASTE, way="in"),
          adds=QUANTITY, splits=("month", "flow", "site", "commune"), method=_("The tonnes weighed where waste arrives, from the files of the sites (oppidum import accounts).")),
    Count("waste-weighed-out", _("Waste weighed on departure"), unit="t", owner="living-environment-water", counts=ACCOUNT_LINES, where=of_account(AccountKind.WASTE, way="out"),
          adds=QUANTITY, splits=("month", "flow", "site", "commune"), method=_("The tonnes that leave the sites for recovery or landfill, from their files.")),
)  # fmt: skip
