"""Parking and abandoned vehicles (stationnement, véhicules ventouses, épaves).

The mayor's police: CGCT, art. L2213-2; the tow-away: code de la route, art. L325-1.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, Text, YesNo, answered
from oppidum.services.living_environment.report_categories.dangers import EUROPE, fire

GROUP = Group("parking", _("Parking and abandoned vehicles"), icon="car")

CATEGORIES = (
    Category(
        # Seven days in one place make a parking abusive: code de la route, art. R417-12.
        "parking.abandoned_vehicle",
        _("Abandoned vehicle"),
        promise=15,
        public=False,
        remit="commune",
        hint=_("It has not moved for more than seven days, or it is a wreck."),
        words=_("abandoned car wreck vehicle burnt car tow away not moved"),
        questions={
            "state": Choice(
                _("What state is it in?"),
                {
                    "good": _("It seems to run"),
                    "flat": _("Flat tyres, broken windows"),
                    "wreck": _("A wreck: parts are missing"),
                    "burnt": _("Burnt"),
                    "burning": _("It smokes or burns"),
                },
                required=True,
            ),
            "since": Choice(
                _("Since when is it there?"),
                {
                    "week": _("Less than a week"),
                    "month": _("One to four weeks"),
                    "longer": _("More than a month"),
                },
            ),
            "plate": Text(
                _("Number plate"),
                longest=20,
                private=True,
                hint=_("If you can read it. It is never made public."),
            ),
            "land": Choice(
                _("Where does it stand?"),
                {
                    "public": _("On a public street or car park"),
                    "private": _("In a residence or on private land"),
                },
                hint=_("On private land the owner of the land asks for its removal."),
            ),
        },
        dangers=(fire("state", "burning"),),
    ),
    Category(
        "parking.blocking",
        _("Obstructive parking"),
        promise=1,
        public=False,
        remit="commune",
        hint=_("On a crossing, a pavement, a cycle lane, before a garage, on a place for disabled people."),
        words=_("parking badly parked pavement garage crossing disabled place double parked delivery"),
        questions={
            "what": Choice(
                _("What does it block?"),
                {
                    "pavement": _("Pavement or crossing"),
                    "cycle": _("Cycle lane"),
                    "disabled": _("Place for disabled people"),
                    "garage": _("Garage or entrance"),
                    "bus": _("Bus lane or stop"),
                    "rescue": _("Way for the fire brigade"),
                },
                required=True,
            ),
            "rescue_now": YesNo(_("Are rescuers blocked right now?"), when=answered("what", "rescue")),
            "often": YesNo(_("Does it happen often in this place?")),
            "plate": Text(
                _("Number plate"),
                longest=20,
                private=True,
                hint=_("If you can read it. It is never made public."),
            ),
        },
        dangers=(
            Danger(
                _("Rescuers are blocked: call the emergency services now."),
                EUROPE,
                when=answered("rescue_now", True),
            ),
        ),
    ),
    Category(
        "parking.scooter",
        _("Bicycle or scooter left in the way"),
        promise=3,
        hint=_("A shared or private bicycle or scooter, thrown down or abandoned."),
        words=_("scooter bicycle bike shared thrown wreck chained"),
        questions={
            "whose": Choice(
                _("Whose is it?"),
                {
                    "shared": _("A hire service"),
                    "private": _("Somebody's own"),
                    "unknown": _("I don't know"),
                },
            ),
            "operator": Text(
                _("Name of the hire service and number of the vehicle"),
                longest=80,
                when=answered("whose", "shared"),
            ),
            "blocks": YesNo(_("Does it block the way?")),
        },
    ),
)
