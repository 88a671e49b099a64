"""What is counted of bulky waste appointments (system S09 of the activity report)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count, Share
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, adding, of_service, said

_OWNER = "living-environment-water"

FIGURES = (
    Count("bulky-appointments", _("Bulky waste appointments"), unit=_("appointments"), owner=_OWNER, counts=FILED_CASES,
          where=of_service("bulky-waste"), splits=("month", "channel", "commune"),
          method=_("Each appointment counts once, on the day it was made.")),
    Count("bulky-pickups", _("Bulky waste pick-ups"), unit=_("pick-ups"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=action("bulky-waste", "fetched"), splits=("month", "commune"),
          method=_("Each time the team fetched objects, on the day it did.")),
    Count("bulky-volume", _("Volume of bulky waste fetched"), unit=_("litres"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=action("bulky-waste", "fetched"), adds=adding("fetched_m3", times=1000), splits=("month", "commune"),
          method=_("What the team says that it loaded, added up; a cubic metre is a thousand litres.")),
    Count("bulky-in-window", _("Pick-ups within the promised window"), unit=_("pick-ups"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=said("bulky-waste", "fetched", "in_window", True), splits=("month", "commune"),
          method=_("Pick-ups of which the team says that it came between the two hours that had been promised.")),
    Share("bulky-windows-kept", _("Share of promised windows kept"), unit="%", owner=_OWNER, part="bulky-in-window",
          whole="bulky-pickups", method=_("Pick-ups within the promised window, in all pick-ups.")),
    Count("bulky-missed", _("Appointments with nothing presented"), unit=_("appointments"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=action("bulky-waste", "not_presented"), splits=("month", "commune"),
          method=_("Each time the team came and found nothing.")),
)
