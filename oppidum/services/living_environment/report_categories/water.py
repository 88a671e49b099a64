"""Water (eau potable): leaks in the street, supply, fountains and hydrants."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, Text, answered
from oppidum.services.living_environment.report_categories.dangers import AMBULANCE, FIRE_BRIGADE

GROUP = Group("water", _("Water leaks and supply"), icon="droplet")

CATEGORIES = (
    Category(
        "water.leak",
        _("Water leak in the street"),
        promise=1,
        hint=_("Clear water that runs without rain, from the ground or a meter box."),
        words=_("leak water pipe burst running meter flooding"),
        questions={
            "flow": Choice(
                _("How much water runs?"),
                {
                    "drip": _("It seeps"),
                    "steady": _("It runs along the gutter"),
                    "burst": _("It gushes: ground or cellars are being flooded"),
                },
                required=True,
            ),
            "source": Choice(
                _("Where does it come from?"),
                {
                    "ground": _("From the road or the pavement"),
                    "box": _("From a meter box"),
                    "unknown": _("I don't know"),
                },
            ),
            "since": Choice(
                _("Since when does it run?"),
                {
                    "today": _("Today"),
                    "days": _("A few days"),
                    "weeks": _("More than a week"),
                },
            ),
        },
        dangers=(
            Danger(
                _("Keep away from the ground that is washed out and call the fire brigade now."),
                FIRE_BRIGADE,
                when=answered("flow", "burst"),
            ),
        ),
    ),
    Category(
        "water.supply",
        _("No water, low pressure or odd water"),
        promise=1,
        public=False,
        hint=_("At your tap. Ask a neighbour first: if they have water, the fault is in your building."),
        words=_("no water cut pressure colour taste brown tap quality"),
        questions={
            "what": Choice(
                _("What do you notice?"),
                {
                    "none": _("No water"),
                    "low": _("Low pressure"),
                    "colour": _("Coloured or cloudy"),
                    "taste": _("Odd taste or smell"),
                    "ill": _("Several people fell ill after drinking it"),
                },
                required=True,
            ),
            "who": Choice(
                _("Who is concerned?"),
                {
                    "me": _("My building only"),
                    "street": _("The whole street"),
                    "area": _("Several streets"),
                },
                required=True,
            ),
            "address": Text(_("Your address: number, street, floor"), longest=200, private=True),
        },
        dangers=(
            Danger(
                _("Don't drink this water, warn your neighbours and call the ambulance now."),
                AMBULANCE,
                when=answered("what", "ill"),
            ),
        ),
    ),
    Category(
        "water.hydrant",
        _("Hydrant or drinking fountain"),
        promise=3,
        hint=_("An opened or damaged hydrant, a fountain that does not run."),
        words=_("hydrant fire hydrant opened fountain drinking geyser"),
        questions={
            "what": Choice(
                _("What is it?"),
                {
                    "hydrant_open": _("A hydrant that gushes"),
                    "hydrant_broken": _("A damaged hydrant"),
                    "fountain_dry": _("A fountain without water"),
                    "fountain_leak": _("A fountain that runs all the time"),
                },
                required=True,
            ),
            "under_jet": Choice(
                _("Are people playing under the jet?"),
                {"yes": _("Yes"), "no": _("No")},
                when=answered("what", "hydrant_open"),
            ),
        },
        dangers=(
            Danger(
                _("The jet can kill a child: keep people away and call the fire brigade now."),
                FIRE_BRIGADE,
                when=answered("under_jet", "yes"),
            ),
        ),
    ),
)
