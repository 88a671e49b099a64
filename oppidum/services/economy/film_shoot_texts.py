"""The words of film shoots: kinds, needs, letters, mails, and what is counted (system S49 of the activity report: 150 searches for locations)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Article, Column, Letter, Notice, Paragraph, Table, Visa
from oppidum.figures.declaration import Count
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, filed_with, of_service

KINDS = {"feature": _("Feature film"), "series": _("Series"), "short": _("Short film"), "documentary": _("Documentary"), "advert": _("Advertisement, clip"), "photo": _("Photographs"), "school": _("Film of a school")}
ASKS = {"search": _("Help to find a place"), "shoot": _("A permit for places and days that I know")}
HOURS = {"day": _("By day"), "evening": _("In the evening, until 10 p.m."), "night": _("At night")}
NEEDS = {
    "parking": _("Parking kept free"), "traffic": _("Traffic stopped for minutes at a time"), "closed": _("A street closed"), "drone": _("A drone"),
    "weapons": _("Weapons, fire or explosions shown"), "lights": _("Strong lights, a crane"), "power": _("Electricity"),
}
LAW = (_("CG3P, articles L2122-1 to L2122-4 and L2125-1"),)
FOLLOW = _("Follow your request: {link}\nIts code, also by telephone: {code}\n\n{authority}")

LETTERS = (
    Letter("places", subject=_("places for “{title}”"), body=(
        _("You look for places for “{title}”. Here is what we propose; each is seen with the one who keeps it."),
        Table("proposals", (Column(_("Place"), "{what}"), Column(_("Why it fits"), "{why}"), Column(_("Whom to ask"), "{whom}"))),
        _("Choose a place with your days on the page of your request: {link}."),
    )),
    Letter("permit", kind="grant", template="order", signed_by="president", series="film", subject=_("Permit to film “{title}” on public land"), body=(
        Visa(_("CG3P, articles L2122-1 to L2122-4 and L2125-1")), Visa(_("the request of {production}, received on {received_on} under number {code}")),
        Article(_("{production} may film “{title}” at {where}, {during}.")),
        Article(_("It keeps to these conditions: {conditions}")),
        Article(_("Settled with works and events: {weighed}"), optional=True),
        Article(_("The permit is personal, temporary and can be revoked. It gives no right over the police of traffic, nor over persons and buildings that are filmed. It is at hand on the spot.")),
    )),
    Letter("refusal", kind="refusal", template="decision", signed_by="president", law=LAW, facts="reasons", subject=_("Your request to film “{title}”"), body=(
        Article(_("The permit to film “{title}” on public land is refused.")),
    )),
    Letter("invoice", template="invoice", kind="bill", subject=_("Filming on public land"), law=LAW, body=(
        Paragraph(_("Reference to be named when paying: {reference}.")),
        Table("bill", (Column(_("Charged for"), "{label}"), Column(_("Reckoning"), "{says}"), Column(_("Amount"), "{amount_cents}", money=True)), total=_("To be paid")),
        Paragraph(_("To be paid by {pay_by}, at {link} or as it is said there.")),
    )),
)


def _notice(act, subject, text):
    return Notice(act, subject, format_lazy("{}\n\n{}", text, FOLLOW))


NOTICES = (
    _notice("file", _("We have your request for a film shoot"), _("Our film office calls you within three working days.")),
    _notice("propose_places", _("Places for your film"), _("We propose places. The letter on the page of your request says which, and whom to ask.")),
    _notice("permit", _("You may film"), _("The permit is on the page of your request. Have it with you on the spot.")),
    _notice("refuse", _("Your request for a film shoot is refused"), _("The letter on the page of your request says why, and how to contest it.")),
    _notice("move_days", _("Your shoot: other days asked for"), _("We look again at what else happens there in these days.")),
    _notice("cancel", _("Your shoot is cancelled"), _("The permit no longer holds. What you have paid is given back to you.")),
)

_OWNER, _CODE = "economy", "film-shoot"
FIGURES = (
    Count("film-requests", _("Film shoots and searches for locations followed"), states="cinema-location-search-cases", unit=_("files"), owner=_OWNER, counts=FILED_CASES,
          where=of_service(_CODE), splits=("month", "channel", "commune"), method=_("Each file counts once, on the day it was filed.")),
    Count("film-searches", _("Searches for locations"), unit=_("files"), owner=_OWNER, counts=FILED_CASES, where=filed_with(_CODE, "asks", "search"),
          splits=("month",), method=_("Files of productions that ask for help to find a place.")),
    Count("film-permits", _("Permits to film on public land"), unit=_("permits"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "permit"),
          splits=("month", "commune"), method=_("Each permit counts once, on the day it was given.")),
)
