"""Roads and pavements (voirie)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, YesNo, answered
from oppidum.services.living_environment.report_categories.dangers import FIRE_BRIGADE, POLICE, somebody_hurt

GROUP = Group("roads", _("Roads and pavements"), icon="construction")

CATEGORIES = (
    Category(
        "roads.pothole",
        _("Pothole"),
        promise=10,
        hint=_("A hole in the road, a cycle lane or the pavement."),
        words=_("hole road pothole"),
        questions={
            "where": Choice(
                _("Where is it?"), {"road": _("On the road"), "pavement": _("On the pavement")}, required=True
            ),
            "accident": YesNo(_("Has somebody been hurt?")),
        },
        dangers=(somebody_hurt("accident"),),
    ),
    Category(
        "roads.pavement",
        _("Damaged pavement or kerb"),
        promise=20,
        hint=_("Loose slabs, roots, a kerb that a wheelchair or a pram can't pass."),
        words=_("pavement slab kerb root trip wheelchair pram accessibility"),
        questions={
            "what": Choice(
                _("What is wrong with it?"),
                {
                    "loose": _("Loose or broken slabs"),
                    "roots": _("Lifted by roots"),
                    "kerb": _("Kerb too high or broken"),
                    "tactile": _("Tactile paving missing or damaged"),
                },
                required=True,
            ),
            "passage": Choice(
                _("Can a wheelchair or a pram pass?"),
                {
                    "yes": _("Yes"),
                    "hardly": _("Hardly"),
                    "no": _("No, one has to walk on the road"),
                },
            ),
            "accident": YesNo(_("Has somebody been hurt?")),
        },
        dangers=(somebody_hurt("accident"),),
    ),
    Category(
        "roads.collapse",
        _("Ground giving way"),
        promise=1,
        hint=_("A hollow that grows, a road or a wall that sinks or cracks."),
        words=_("collapse subsidence sinkhole crack wall landslide hollow"),
        questions={
            "open": YesNo(_("Is it open, or growing while you watch?")),
            "where": Choice(
                _("Where is it?"),
                {
                    "road": _("On the road"),
                    "pavement": _("On the pavement"),
                    "wall": _("A retaining wall or a slope"),
                },
                required=True,
            ),
        },
        dangers=(
            Danger(
                _("The ground is giving way: keep everybody away from it and call the fire brigade now."),
                FIRE_BRIGADE,
                when=answered("open", True),
            ),
        ),
    ),
    Category(
        "roads.manhole",
        _("Manhole or grating"),
        promise=1,
        hint=_("A cover that is missing, broken, loose or noisy."),
        words=_("manhole cover grating lid plate noisy missing stolen"),
        questions={
            "state": Choice(
                _("What is wrong with it?"),
                {
                    "open": _("Open: one could fall in"),
                    "broken": _("Broken or sunk"),
                    "loose": _("Loose or noisy"),
                },
                required=True,
            ),
            "mark": Choice(
                _("What is written on it?"),
                {
                    "water": _("Water"),
                    "sewer": _("Sewer"),
                    "electricity": _("Electricity"),
                    "telecom": _("Telephone or fibre"),
                    "gas": _("Gas"),
                    "none": _("Nothing, or I don't know"),
                },
            ),
        },
        dangers=(
            Danger(
                _(
                    "An open manhole can kill: stay beside it if it is safe, warn people and call the "
                    "police now."
                ),
                POLICE,
                when=answered("state", "open"),
            ),
        ),
    ),
    Category(
        "roads.obstacle",
        _("Obstacle or slippery road"),
        promise=1,
        hint=_("Something fallen on the road, oil, gravel, mud, ice."),
        words=_("obstacle oil gravel mud ice slippery stones rock fallen"),
        questions={
            "what": Choice(
                _("What is it?"),
                {
                    "object": _("An object on the road"),
                    "oil": _("Oil or fuel"),
                    "gravel": _("Gravel, mud or stones"),
                    "ice": _("Ice or snow"),
                },
                required=True,
            ),
            "accident": Choice(
                _("What has happened?"),
                {
                    "nothing": _("Nothing so far"),
                    "avoided": _("Vehicles swerve to avoid it"),
                    "hurt": _("Somebody is hurt"),
                },
            ),
        },
        dangers=(
            somebody_hurt("accident", "hurt"),
            Danger(
                _("Vehicles are in danger: keep off the road and call the police now."),
                POLICE,
                when=answered("accident", "avoided"),
            ),
        ),
    ),
    Category(
        "roads.markings",
        _("Faded road markings"),
        promise=30,
        hint=_("Crossings, stop lines, cycle lanes, parking bays."),
        words=_("paint marking zebra crossing line cycle lane faded"),
        questions={
            "what": Choice(
                _("Which marking?"),
                {
                    "crossing": _("Pedestrian crossing"),
                    "stop": _("Stop or give-way line"),
                    "cycle": _("Cycle lane"),
                    "parking": _("Parking bay"),
                    "other": _("Something else"),
                },
                required=True,
            ),
            "school": YesNo(_("Is it near a school?"), when=answered("what", "crossing")),
        },
    ),
)
