"""Waste collection (collecte): containers, drop-off points, bulky objects, recycling centres."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Day, Group, Text, answered
from oppidum.services.living_environment.report_categories.dangers import fire

GROUP = Group("collection", _("Waste collection"), icon="trash-2")

WASTE = {
    "residual": _("Household waste"),
    "recyclables": _("Packaging and paper"),
    "glass": _("Glass"),
    "biowaste": _("Food waste"),
    "cardboard": _("Cardboard"),
}

CATEGORIES = (
    Category(
        "collection.missed",
        _("Collection missed"),
        promise=2,
        public=False,
        hint=_("Bins were put out on the right day and not emptied."),
        words=_("bin collection missed not emptied lorry bin bag dustbin"),
        questions={
            "waste": Choice(_("Which waste?"), WASTE, required=True),
            "day": Day(_("On which day should it have been collected?"), earliest=-30, latest=0),
            "how_far": Choice(
                _("Who is concerned?"),
                {
                    "me": _("My building only"),
                    "street": _("The whole street"),
                    "area": _("Several streets"),
                },
            ),
        },
    ),
    Category(
        "collection.bulky",
        _("Bulky objects: appointment missed"),
        promise=3,
        public=False,
        hint=_(
            "You had an appointment and nobody came. For objects left in the street see “Illegal dumping”."
        ),
        words=_("bulky appointment furniture mattress fridge pick-up"),
        questions={
            "day": Day(_("Which day was the appointment?"), required=True, earliest=-60, latest=0),
            "appointment": Text(_("Number of the appointment"), longest=40, private=True),
            "left": Choice(_("What remains there?"), {"all": _("Everything"), "part": _("A part of it")}),
        },
    ),
    Category(
        "collection.container",
        _("Container damaged or missing"),
        promise=10,
        hint=_("A wheeled bin of a building, or a public container of the street."),
        words=_("container bin wheel lid broken stolen burnt new bin wheelie"),
        questions={
            "whose": Choice(
                _("Which container?"),
                {
                    "building": _("The bin of my building"),
                    "street": _("A public container of the street"),
                },
                required=True,
            ),
            "state": Choice(
                _("What is wrong with it?"),
                {
                    "wheel": _("Wheel or lid broken"),
                    "burnt": _("Burnt or destroyed"),
                    "gone": _("It is gone"),
                    "small": _("Too small for the building"),
                },
                required=True,
            ),
            "number": Text(
                _("Number on the container"),
                hint=_("Often on a label on its front or its lid."),
                longest=40,
                when=answered("whose", "building"),
                private=True,
            ),
        },
    ),
    Category(
        "collection.drop_off",
        _("Drop-off point full or damaged"),
        promise=2,
        hint=_("The columns for glass, packaging, paper or food waste."),
        words=_("drop-off column glass bottle bank full recycling sorting underground"),
        questions={
            "waste": Choice(_("Which waste?"), WASTE, required=True),
            "state": Choice(
                _("What is wrong with it?"),
                {
                    "full": _("It is full"),
                    "blocked": _("It is blocked"),
                    "bags": _("Bags lie around it"),
                    "damaged": _("It is damaged"),
                    "fire": _("It smokes or burns"),
                },
                required=True,
            ),
            "number": Text(_("Number on the column"), longest=40),
        },
        dangers=(fire("state", "fire"),),
    ),
    Category(
        "collection.recycling_centre",
        _("Recycling centre"),
        promise=5,
        hint=_("Reception, opening hours, access, a full skip."),
        words=_("recycling centre tip dump closed skip access card"),
        questions={
            "centre": Text(_("Which recycling centre?"), required=True, longest=120),
            "what": Choice(
                _("What is it about?"),
                {
                    "closed": _("Closed during opening hours"),
                    "full": _("A skip was full"),
                    "access": _("Access was refused"),
                    "reception": _("Reception"),
                    "other": _("Something else"),
                },
            ),
        },
    ),
)
