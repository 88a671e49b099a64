"""Street furniture (mobilier urbain)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, Text, YesNo, answered
from oppidum.services.living_environment.report_categories.dangers import EUROPE, somebody_hurt

GROUP = Group("furniture", _("Street furniture"), icon="armchair")

CATEGORIES = (
    Category(
        "furniture.object",
        _("Bench, bollard or barrier"),
        promise=15,
        hint=_("Benches, bollards, barriers, bicycle stands, planters."),
        words=_("bench bollard barrier post stand planter fountain torn off bent"),
        questions={
            "what": Choice(
                _("What is it?"),
                {
                    "bench": _("Bench"),
                    "bollard": _("Bollard or post"),
                    "barrier": _("Barrier"),
                    "cycle_stand": _("Bicycle stand"),
                    "planter": _("Planter"),
                    "other": _("Something else"),
                },
                required=True,
            ),
            "state": Choice(
                _("What is wrong with it?"),
                {
                    "broken": _("It is damaged"),
                    "gone": _("It is gone"),
                    "lying": _("Torn off, lying in the way"),
                    "hole": _("It left a hole or a stump"),
                },
                required=True,
            ),
            "hurt": YesNo(_("Has somebody been hurt?")),
        },
        dangers=(somebody_hurt("hurt"),),
    ),
    Category(
        "furniture.shelter",
        _("Bus shelter or public display"),
        promise=5,
        hint=_("Broken glass, seat, light or information board."),
        words=_("bus shelter stop glass display panel advertising screen"),
        questions={
            "what": Choice(
                _("What is wrong with it?"),
                {
                    "glass": _("Broken glass"),
                    "seat": _("Seat or roof"),
                    "light": _("No light"),
                    "information": _("Timetable or screen"),
                    "dirty": _("It is dirty"),
                },
                required=True,
            ),
            "stop": Text(_("Name of the stop"), longest=120),
        },
    ),
    Category(
        "furniture.toilets",
        _("Public toilets"),
        promise=2,
        remit="commune",
        hint=_("Dirty, closed, or out of order."),
        words=_("toilets lavatory wc closed dirty door"),
        questions={
            "state": Choice(
                _("What is wrong with it?"),
                {
                    "dirty": _("It is dirty"),
                    "closed": _("It does not open"),
                    "broken": _("It is damaged"),
                    "locked_in": _("Somebody is locked in"),
                },
                required=True,
            ),
            "wheelchair": YesNo(
                _("Are they the toilets for wheelchair users?"), when=answered("state", "closed", "broken")
            ),
        },
        dangers=(
            Danger(
                _("Somebody is locked in: call the emergency services now."),
                EUROPE,
                when=answered("state", "locked_in"),
            ),
        ),
    ),
)
