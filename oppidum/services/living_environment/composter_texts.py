"""The models of composters, what households read about theirs, and what is counted (system S11 of the activity report)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Notice
from oppidum.figures.declaration import Count, Share
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, filed_with, of_service

DWELLINGS = {"house": _("A house"), "flat": _("A flat")}
WITH_GARDEN = {"wood": _("Wooden composter, 400 litres"), "plastic": _("Composter of recycled plastic, 300 litres")}
MODELS = WITH_GARDEN | {"worms": _("Worm-composter of three trays, for a flat or a balcony")}

_OWNER, _CODE = "living-environment-water", "composter"
_UNIT = _("composters")

FIGURES = (
    Count("composters-reserved", _("Individual composters reserved"), states="composters-individual-reserved", unit=_UNIT, owner=_OWNER, counts=FILED_CASES,
          where=filed_with(_CODE, "model", *WITH_GARDEN), splits=("month", "channel", "commune"), method=_("Each reservation counts once, on the day it was made.")),
    Count("worm-composters-reserved", _("Worm-composters reserved"), states="wormeries-reserved", unit=_UNIT, owner=_OWNER, counts=FILED_CASES,
          where=filed_with(_CODE, "model", "worms"), splits=("month", "channel", "commune"), method=_("Each reservation counts once, on the day it was made.")),
    Count("composter-reservations", _("Reservations of composters"), unit=_("reservations"), owner=_OWNER, counts=FILED_CASES, where=of_service(_CODE),
          splits=("month", "channel", "commune"), method=_("Composters and worm-composters together.")),
    Count("composters-handed-over", _("Composters handed over"), unit=_UNIT, owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "hand_over"),
          splits=("month", "commune"), method=_("Each one that a household fetched, on the day it did.")),
    Share("composters-handed-over-share", _("Share of reserved composters that were fetched"), unit="%", owner=_OWNER, part="composters-handed-over",
          whole="composter-reservations", method=_("Handed over in the period, in the reservations of the period.")),
)

CHANGE = _("You can choose another distribution, or cancel, until 6 p.m. on the day before: {link}\nIts code, to be shown there: {code}\n\n{authority}")
WHERE = _("When: {booked}\nWhere: {booked_where}")
FOLLOW = _("Follow your request: {link}\nIts code, also by telephone: {code}\n\n{authority}")
# What can no longer be changed: these mails don't say that it could.
OVER = frozenset({"hand_over", "cancel", "lapse"})


def _notice(act, subject, *paragraphs, short=""):
    return Notice(act, subject, format_lazy("\n\n".join(["{}"] * (len(paragraphs) + 1)), *paragraphs, FOLLOW if act in OVER else CHANGE), short)


NOTICES = (
    _notice("file", _("Your composter is reserved: {booked}"), _("It is put aside for you."), WHERE,
            _("Bring this code and something that shows your address. The contribution is paid from the page of your reservation, or there by card.")),
    _notice("move", _("Your composter: {booked}"), _("You have chosen another distribution."), WHERE),
    _notice("rebook", _("Your composter: {booked}"), _("You have chosen another distribution."), WHERE),
    _notice("moved_by_us", _("The distribution of your composter is moved: {booked}"), _("The distribution that you had chosen does not take place. We kept one for you at the nearest date."), WHERE),
    _notice("unplaced", _("The distribution of your composter is cancelled: choose another"), _("The distribution that you had chosen does not take place. Choose another one within sixty days.")),
    _notice("remind", _("Tomorrow you fetch your composter"), WHERE, _("It comes in parts: it fits into a car, and is put up with a mallet."), short=_("Tomorrow you fetch your composter: {booked}.")),
    _notice("hand_over", _("Your composter: how to begin"), _("Put it in half shade, on bare ground, and begin with a bed of twigs. One part of kitchen waste, one part of dry leaves or cardboard: that is all.")),
    _notice("not_fetched", _("Your composter waited for you"), _("You did not come to the distribution ({booked}). The composter went back into the stock: choose another distribution within sixty days, or cancel.")),
    _notice("cancel", _("Your reservation of a composter is cancelled"), _("What you have paid is given back to you.")),
    _notice("lapse", _("Your reservation of a composter is closed"), _("You chose no new distribution within sixty days. What you have paid is given back to you.")),
)
