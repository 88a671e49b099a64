"""Works in the street (chantiers): what a building or road site does to those who pass."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, Text, YesNo, answered
from oppidum.services.living_environment.report_categories.dangers import FIRE_BRIGADE, gas, somebody_hurt

GROUP = Group("works", _("Works in the street"), icon="hard-hat")

CATEGORIES = (
    Category(
        "works.unsafe",
        _("Works badly protected"),
        promise=1,
        hint=_("Open trench, barriers down, no light at night, a pipe or cable torn."),
        words=_("works trench barrier site scaffolding crane unsafe pipe torn gas"),
        questions={
            "what": Choice(
                _("What is wrong?"),
                {
                    "barriers": _("Barriers missing or down"),
                    "trench": _("Open trench or hole"),
                    "light": _("No light at night"),
                    "scaffolding": _("Scaffolding or crane that moves"),
                    "gas": _("A gas pipe was torn"),
                },
                required=True,
            ),
            "hurt": YesNo(_("Has somebody been hurt?")),
            "company": Text(_("Name of the company on the panel"), longest=120),
        },
        dangers=(
            gas("what", "gas"),
            somebody_hurt("hurt"),
            Danger(
                _("Keep people away from below and call the fire brigade now."),
                FIRE_BRIGADE,
                when=answered("what", "scaffolding"),
            ),
        ),
    ),
    Category(
        "works.blocked",
        _("Way blocked by works"),
        promise=3,
        hint=_(
            "No way left for people on foot, in a wheelchair or on a bicycle; no access to a house or a shop."
        ),
        words=_("works diversion blocked pavement pedestrian access closed wheelchair"),
        questions={
            "who": Choice(
                _("Who can't pass?"),
                {
                    "foot": _("People on foot"),
                    "wheelchair": _("Wheelchairs and prams"),
                    "cycle": _("Bicycles"),
                    "car": _("Cars"),
                    "residents": _("Residents or shops"),
                },
                many=True,
                required=True,
            ),
            "sign": YesNo(_("Is another way signposted?")),
        },
    ),
)
