"""Visit of a commune (S61): the metropolis meets a commune on its ground, and what was said is followed up."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PUBLIC_TASK,
    STAY,
    Action,
    Choice,
    Day,
    Flow,
    Form,
    Kept,
    Number,
    Page,
    Place,
    Privacy,
    Profile,
    Service,
    Text,
    end,
    step,
)
from oppidum.figures.declaration import Count, Spread
from oppidum.figures.sources import JOURNAL_ENTRIES, action
from oppidum.services.shared.notes import internal_note
from oppidum.services.support.commune_request_texts import POSTS, SUBJECTS

MET = {
    "met_on": Day(_("On which day?"), required=True, latest=0, fact=True),
    "met_people": Number(_("How many persons of the commune?"), whole=True, minimum=1, maximum=200, fact=True),
    "minutes_said": Text(_("What was said, and who does what by when?"), hint=_("The commune reads it."), lines=6, longest=5000, required=True),
}

hold = Action("hold", _("The visit took place"), by="act", bulk=False, demands=MET)
postpone = Action("postpone", _("Another day"), by="act", bulk=False, demands={"planned_on": Day(_("Planned for which day?"), earliest=0, required=True, fact=True)})
drop = Action("drop", _("It will not take place"), by="act")
forgotten = Action("forgotten", _("Closed: nothing was written down"), by="system")
note = internal_note()


class CommuneVisit(Service):
    """Rencontre d'une commune sur site, avec son relevé de décisions."""

    code = "commune-visit"
    name = _("Visit of a commune")
    says = _("A meeting with a commune on its ground: planned, held, and what was agreed written down for both.")
    owner, icon, minutes = "support", "map-pin", 2
    applicants = ("officer",)
    for_communes = "cases"
    splits = False
    form = Form(
        Page(
            "visit",
            _("The visit"),
            place=Place(_("Where?"), required=True),
            planned_on=Day(_("Planned for which day?"), required=True, fact=True),
            with_whom=Choice(_("With whom?"), POSTS, many=True, required=True, fact=True),
            subjects=Choice(_("About what?"), SUBJECTS, many=True, required=True, fact=True),
        )
    )
    flow = Flow(
        step("planned", hold >> "held", postpone >> STAY, drop >> "dropped", forgotten >> "dropped", waits=365, then="forgotten", label=_("Planned"), says=_("The visit is planned.")),
        end("held", label=_("Held"), says=_("What was agreed stands here.")),
        end("dropped", label=_("Dropped"), says=_("It did not take place.")),
        always=(note >> STAY,),
    )
    figures = (
        Count(
            "commune-visits",
            _("Visits of the communes"),
            unit=_("visits"),
            owner="support",
            counts=JOURNAL_ENTRIES,
            where=action("commune-visit", "hold"),
            splits=("month", "commune"),
            method=_("Each visit counts once, on the day on which it was recorded as held."),
        ),
        Spread(
            "communes-visited",
            _("Communes met on their ground"),
            states="communes-met-on-site",
            unit=_("communes"),
            owner="support",
            of="commune-visits",
            method=_("Communes that were visited at least once in the year."),
        ),
    )
    privacy = Privacy(
        purpose=_("Keep account of the meetings with the communes"),
        basis=PUBLIC_TASK,
        source="CGCT, art. L5211-11-2",
        persons=(_("those who met"),),
        categories=(_("what was said, without names"),),
        recipients=(_("those in charge of relations with the communes"), _("the commune")),
        retention={"*": Kept("P5Y", reason=_("the account of the relations with the communes"), verified=False)},
    )
    rehearsal = Profile(
        per_year=150, source="Rapport d'activité 2023: 88 communes rencontrées sur site (number of visits assumed)", shares={"planned.hold": 0.92, "planned.drop": 0.08}, days={"planned": 12}
    )
