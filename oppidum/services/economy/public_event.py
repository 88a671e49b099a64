"""Event on public ground (S49): markets, festivals, races of the metropolis and its communes, entered once: where, when, who came.

Works and film shoots on the same ground in the same days stand beside it, as it stands beside theirs.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PUBLIC_TASK,
    STAY,
    Action,
    Choice,
    Clock,
    Contact,
    Flow,
    Form,
    Items,
    Kept,
    Number,
    Page,
    Period,
    Place,
    Privacy,
    Profile,
    Service,
    Text,
    YesNo,
    answer,
    days,
    end,
    step,
)
from oppidum.cases.declaration.overlaps import Overlap
from oppidum.cases.declaration.routing import Route
from oppidum.figures.declaration import Count
from oppidum.figures.sources import JOURNAL_ENTRIES, action, adding
from oppidum.services.shared.notes import internal_note

KINDS = {"market": _("Market, fair"), "festival": _("Festival, concert"), "sport": _("Race, sports event"), "ceremony": _("Ceremony, commemoration"), "show": _("Trade fair, exhibition"), "other": _("Another event")}
DAYS = {"during": Period(_("From which day to which?"), earliest=0, latest=730, longest=120, required=True, fact=True)}

move = Action("move", _("Other days"), by="act", bulk=False, demands=DAYS)
cancel = Action("cancel", _("Cancelled"), by="act", demands={"cancelled_because": Text(_("Why?"), longest=300, required=True)})
over = Action("over", _("Its days are over"), by="system")
held = Action("held", _("It took place"), by="act", when=~answer("is_counted").is_(True), sets={"is_counted": True}, demands={
    "visitors": Number(_("How many came, as far as is known?"), whole=True, minimum=0, maximum=5_000_000, required=True, fact=True),
})
uncounted = Action("uncounted", _("Nobody said how many came"), by="system")
note = internal_note()
_OWNER, _CODE = "economy", "public-event"


class PublicEvent(Service):
    """Événement sur l'espace public: marché, festival, course, de la métropole ou d'une commune."""

    code = _CODE
    name = _("Event on public ground")
    owner = _OWNER
    says = _("Enter an event once, with its places and days: whoever plans works or a film shoot there sees it, and you see them.")
    words = _("event, market, festival, race, ceremony, fair, calendar")
    icon, minutes = "calendar-days", 3
    applicants = ("officer",)
    for_communes = "cases"
    form = Form(
        Page("event", _("The event"),
             title=Text(_("Name"), longest=120, required=True),
             kind=Choice(_("What is it?"), KINDS, required=True, fact=True),
             where=Place(_("Where?"), hint=_("The main place; the others below."), required=True),
             **DAYS,
             others=Items(_("Other places"), row=_("Place"), most=12, least=0, fields={
                 "where": Place(_("Where?"), required=True), "during": Period(_("Other days there"), longest=120)}),
             closes=YesNo(_("Are streets closed?"), required=True, fact=True)),
        Page("who", _("Who organises it"),
             organiser=Text(_("Who organises it?"), longest=200, required=True),
             contact=Contact(_("Who answers for it?"), required=True)),
    )
    overlaps = (Overlap(place="where", period="during", rows="others", metres=300, services={_CODE: "during", "film-shoot": "during", "project": ""}),)
    flow = Flow(
        step("planned", move >> STAY, over >> "to_count", cancel >> "cancelled", rests=True, label=_("Planned"), says=_("The event is planned.")),
        step("to_count", held >> "held", cancel >> "cancelled", uncounted >> "held", waits=60, then="uncounted",
             label=_("Over, to be counted"), says=_("The days are over: say how many came.")),
        end("held", held >> STAY, label=_("Held"), says=_("The event took place.")),
        end("cancelled", label=_("Cancelled"), says=_("The event did not take place.")),
        always=(note >> STAY,),
    )
    clocks = (
        Clock("days", _("Days of the event"), lasts=days(1), starts=("file", "move"), restarted_by="move", starts_from="during", dated_by={"move": "during"},
              stopped_by="cancel", silence="over", is_due=False, source=_("the calendar of events")),
    )
    routes = (Route(says=_("The events team keeps the calendar"), team="events"),)
    figures = (
        Count("events-held", _("Events on public ground"), unit=_("events"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "held"),
              splits=("month", "commune"), method=_("Each event counts once, when it was said how many came.")),
        Count("events-visitors", _("Visitors of events on public ground"), unit=_("visitors"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "held"), adds=adding("visitors"),
              splits=("month", "commune"), method=_("As far as the organisers know, added up over the events.")),
    )
    privacy = Privacy(
        purpose=_("Keep the calendar of events on public ground"), basis=PUBLIC_TASK, source="CGCT, art. L5217-2",
        persons=(_("organisers of events"),), categories=(_("name and telephone at work"),), recipients=(_("the departments concerned"),),
        retention={"*": Kept("P3Y", reason=_("the event may come back each year"), verified=False)},
    )
    rehearsal = Profile(
        220, source="house estimate: two or three events a year in each of the 92 communes",
        months=(0.5, 0.6, 0.8, 1.1, 1.5, 1.8, 1.6, 1.2, 1.3, 0.9, 0.7, 1.0), shares={"planned.move": 0.06, "planned.cancel": 0.05, "to_count.held": 0.95}, days={"planned": 15, "to_count": 8},
        answers={"kind": {"market": 0.35, "festival": 0.25, "sport": 0.2, "ceremony": 0.1, "show": 0.05, "other": 0.05}}, typical={"during": (2, 1.6), "visitors": (900, 3.5)},
    )
