"""Beaches and harbours (plages et ports)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, Text, YesNo, answered
from oppidum.services.living_environment.report_categories.dangers import SEA_RESCUE

GROUP = Group("coast", _("Beaches and harbours"), icon="anchor")

CATEGORIES = (
    Category(
        "coast.beach",
        _("Beach to clean or repair"),
        promise=2,
        remit="commune",
        hint=_("Litter, glass, showers, buoys, wheelchair access, signs."),
        words=_("beach sand litter shower buoy access jellyfish lifeguard"),
        questions={
            "what": Choice(
                _("What is wrong?"),
                {
                    "litter": _("Litter or glass in the sand"),
                    "shower": _("Shower or tap"),
                    "access": _("Access, stairs, handrail"),
                    "buoys": _("Buoys or signs"),
                    "stranded": _("Something washed ashore"),
                },
                required=True,
            ),
            "distress": YesNo(_("Is somebody in distress in the water?")),
        },
        dangers=(
            Danger(
                _(
                    "Somebody is in distress at sea: call the rescue at sea now, keep them in sight, "
                    "don't go in alone."
                ),
                SEA_RESCUE,
                when=answered("distress", True),
            ),
        ),
    ),
    Category(
        "coast.pollution",
        _("Water pollution"),
        promise=1,
        hint=_("Oil, foam, colour or dead fish in the sea, a lake or a stream."),
        words=_("pollution sea oil fuel foam fish dead lagoon stream colour"),
        questions={
            "what": Choice(
                _("What do you see?"),
                {
                    "oil": _("Oil or fuel"),
                    "foam": _("Foam or colour"),
                    "sewage": _("Sewage"),
                    "fish": _("Dead fish"),
                    "waste": _("Floating waste"),
                },
                required=True,
            ),
            "where": Choice(
                _("Where is it?"),
                {
                    "beach": _("At a beach"),
                    "harbour": _("In a harbour"),
                    "stream": _("In a stream or a lake"),
                    "sea": _("Out at sea"),
                },
                required=True,
            ),
            "vessel": Text(_("Name or number of the boat, if one is the cause"), longest=120, private=True),
        },
    ),
    Category(
        "coast.harbour",
        _("Harbour: quay, pontoon, boats"),
        promise=5,
        hint=_("In the marinas of the metropolis."),
        words=_("harbour marina quay pontoon boat mooring wreck ladder power"),
        questions={
            "what": Choice(
                _("What is it about?"),
                {
                    "quay": _("Quay, ladder or pontoon"),
                    "power": _("Water or power supply"),
                    "wreck": _("Sunken or abandoned boat"),
                    "adrift": _("Boat adrift"),
                    "dirty": _("Cleanliness"),
                },
                required=True,
            ),
            "aboard": YesNo(
                _("Is somebody aboard and in difficulty?"), when=answered("what", "adrift", "wreck")
            ),
            "boat": Text(
                _("Name or number of the boat"),
                longest=120,
                private=True,
                when=answered("what", "adrift", "wreck"),
            ),
        },
        dangers=(
            Danger(
                _("Somebody is in distress at sea: call the rescue at sea now."),
                SEA_RESCUE,
                when=answered("aboard", True),
            ),
        ),
    ),
)
