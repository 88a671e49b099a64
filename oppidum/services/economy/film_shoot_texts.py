"""The words of film shoots: kinds, needs, papers, mails, and what is counted (system S49 of the activity report)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Notice
from oppidum.figures.declaration import Count, Quantile
from oppidum.figures.sources import DAYS_SINCE_FILING, FILED_CASES, JOURNAL_ENTRIES, action, actions, filed_with, of_service, said

KINDS = {"feature": _("Feature film"), "series": _("Television series"), "short": _("Short film"), "documentary": _("Documentary"), "advert": _("Advertisement, music video"),
         "photo": _("Photographs"), "school": _("Film of a school")}
WISHES = {"search": _("Help to find a place"), "shoot": _("A permit, for places and days that I know")}
HOURS = {"day": _("By day"), "evening": _("In the evening, until 10 p.m."), "night": _("At night")}
NEEDS = {
    "parking": _("Parking kept free"), "traffic": _("Traffic stopped for minutes at a time"), "closed": _("A street closed"), "drone": _("A drone"),
    "weapons": _("Weapons, fire or explosions, real or not"), "lights": _("Strong lights, a crane"), "power": _("Electricity"),
}
PAPERS = {"insurance": _("certificate of liability insurance"), "plan": _("plan of the set and of the vehicles"), "drone": _("declaration of the drone's operator"), "scenario": _("pages of the scenario filmed there")}
FOLLOW = _("Follow your request: {link}\nIts code, also by telephone: {code}\n\n{authority}")


def _notice(act, subject, *paragraphs):
    return Notice(act, subject, format_lazy("\n\n".join(["{}"] * (len(paragraphs) + 1)), *paragraphs, FOLLOW))


NOTICES = (
    _notice("file", _("We have your request for a film shoot"), _("Our film office calls you within three working days.")),
    _notice("ask_papers", _("Papers missing for your film shoot"), _("The letter on the page of your request says which, and by when.")),
    _notice("propose_places", _("Places for your film"), _("We propose places. The letter on the page of your request says which, and whom to ask.")),
    _notice("permit", _("You may film"), _("The permit is on the page of your request. Have it with you on the spot."),
            _("Put a notice into the letter boxes of the street three days before, with a telephone number.")),
    _notice("refuse", _("Your request for a film shoot is refused"), _("The letter on the page of your request says why, and how to contest it.")),
    _notice("move_days", _("Your shoot: other days asked for"), _("We look again at what else happens there in these days.")),
    _notice("change_days", _("Your shoot: other days asked for"), _("The permit that you have no longer holds. We look again at what else happens there in these days, and give you another.")),
    _notice("cancel", _("Your shoot is cancelled"), _("The permit no longer holds. What you have paid is given back to you.")),
    _notice("revoke", _("The permit of your shoot is taken back"), _("The letter on the page of your request says why, and how to contest it. What you have paid is given back to you.")),
    _notice("damage", _("After your shoot: something to put right"), _("The letter on the page of your request says what we found, and by when we ask you to put it right.")),
    _notice("left_clean", _("Thank you for your shoot"), _("The place was left as it was. Tell us when the film is shown!")),
)

_OWNER, _CODE = "economy", "film-shoot"
_FILMS = _("films")
FIGURES = (
    Count("film-requests", _("Requests to the film office"), unit=_("files"), owner=_OWNER, counts=FILED_CASES, where=of_service(_CODE),
          splits=("month", "channel"), method=_("Each file counts once, on the day it was filed: searches for locations and requests for a permit.")),
    Count("film-searches", _("Files of searches for locations followed"), states="cinema-location-search-cases", unit=_("files"), owner=_OWNER, counts=FILED_CASES,
          where=filed_with(_CODE, "wish", "search"), splits=("month", "channel"), method=_("Files of productions that ask for help to find a place, on the day they were filed.")),
    Count("film-permits", _("Permits to film on public land"), unit=_("permits"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "permit"),
          splits=("month", "commune"), method=_("Each permit counts once, on the day it was given; other days ask for another.")),
    Count("film-permits-weighed", _("Permits settled with works, an event or another shoot"), unit=_("permits"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=said(_CODE, "permit", "met", True),
          splits=("month", "commune"), method=_("Permits of which the officer says that the shoot met something else on that ground in those days.")),
    Quantile("film-permit-days", _("Median time from the request to the permit"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "permit"), of=DAYS_SINCE_FILING,
             splits=("month",), method=_("Calendar days from the filing to the permit; for a search, the search included.")),
    Count("film-shoots-not-held", _("Shoots given up, or whose permit was taken back"), unit=_("files"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=actions(_CODE, "cancel", "revoke"),
          splits=("month",), method=_("After a permit: cancelled by the production, or revoked by us.")),
    Count("films-supported", _("Films and series supported"), states="cinema-projects-supported", unit=_FILMS, owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "support"),
          splits=("month",), method=_("Each film counts once, on the day on which its support was entered.")),
    Count("short-films-supported", _("Short films supported"), states="cinema-short-films-supported", unit=_FILMS, owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=said(_CODE, "support", "supported_as", "short"), splits=("month",), method=_("Of the films supported, the short ones.")),
    Count("series-supported", _("Television series supported"), states="cinema-tv-series-supported", unit=_FILMS, owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=said(_CODE, "support", "supported_as", "series"), splits=("month",), method=_("Of the films supported, the series.")),
    Count("feature-films-supported", _("Feature films supported"), states="cinema-feature-films-supported", unit=_FILMS, owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=said(_CODE, "support", "supported_as", "feature"), splits=("month",), method=_("Of the films supported, the long ones.")),
)
