"""Who gets a ticket, and how urgent it is: by what it is about and by its priority. Security comes first, whatever its priority."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import answer
from oppidum.cases.declaration.routing import Route
from oppidum.services.support.it_desk.levels import LEVELS, level
from oppidum.services.support.it_desk.texts import ABOUT

PRIORITIES = {"p1": "urgent", "p2": "high", "p3": "normal", "p4": "low"}
TEAMS = {
    "it-systems": (_("Networks and systems"), ("network", "phone", "files")),
    "it-applications": (_("Software"), ("application", "mail")),
    "it-desk": (_("Service desk"), ("workstation", "printer", "account", "meeting", "arrival", "other")),
}
about = answer("about")


def _route(team, one):
    label, matters = TEAMS[team]
    says = format_lazy("{}, {}", label, LEVELS[one])
    return Route(says=says, when=about.one_of(*matters) & level.is_(one), team=team, priority=PRIORITIES[one])


ROUTES = (
    Route(says=format_lazy("{}", ABOUT["security"]), when=about.is_("security"), team="it-security", priority="urgent"),
    *(_route(team, one) for team in TEAMS for one in LEVELS),
)
