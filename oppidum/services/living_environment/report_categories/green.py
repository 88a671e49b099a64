"""Green spaces (espaces verts): parks, playgrounds and public trees, mostly the communes'."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Group, Text, YesNo, answered
from oppidum.services.living_environment.report_categories.dangers import (
    falling_on_people,
    fire,
    somebody_hurt,
)

GROUP = Group("green", _("Parks, playgrounds and trees"), icon="trees")

CATEGORIES = (
    Category(
        "green.dangerous_tree",
        _("Dangerous tree or fallen branch"),
        promise=1,
        remit="commune",
        hint=_("Broken, cracked, leaning, or lying across the way."),
        words=_("tree branch fallen leaning broken storm wind trunk"),
        questions={
            "state": Choice(
                _("What do you see?"),
                {
                    "falling": _("It is about to fall where people pass"),
                    "lying": _("A tree or a branch on the ground"),
                    "cracked": _("A broken or cracked branch"),
                    "leaning": _("A tree that leans more than before"),
                    "burning": _("It smokes or burns"),
                },
                required=True,
            ),
            "blocks": Choice(
                _("Does it block the way?"),
                {
                    "no": _("No"),
                    "pavement": _("Yes, the pavement"),
                    "road": _("Yes, the road"),
                },
                when=answered("state", "lying", "cracked"),
            ),
            "land": Choice(
                _("Where does it stand?"),
                {
                    "public": _("On public land"),
                    "private": _("In a private garden"),
                    "unknown": _("I don't know"),
                },
            ),
        },
        dangers=(falling_on_people("state", "falling"), fire("state", "burning")),
    ),
    Category(
        "green.overgrown",
        _("Plants in the way"),
        promise=15,
        remit="commune",
        hint=_("Hedge, brambles or branches over a pavement, a sign or a lamp; dry grass."),
        words=_("hedge brambles weeds grass branches pruning overgrown brush"),
        questions={
            "what": Choice(
                _("What do they block?"),
                {
                    "pavement": _("The pavement"),
                    "view": _("The view of drivers"),
                    "sign": _("A sign or a traffic light"),
                    "lamp": _("A lamp"),
                    "dry": _("Nothing, but they are dry and could burn"),
                },
                required=True,
            ),
            "from": Choice(
                _("Where do they grow?"),
                {
                    "public": _("On public land"),
                    "private": _("In a private garden"),
                    "unknown": _("I don't know"),
                },
            ),
            "address": Text(
                _("Address of the garden"), longest=200, when=answered("from", "private"), private=True
            ),
        },
    ),
    Category(
        "green.playground",
        _("Playground or sports ground"),
        promise=3,
        remit="commune",
        hint=_("A broken swing, a hard or dirty floor, a gate that does not close."),
        words=_("playground swing slide game children sports ground goal basket"),
        questions={
            "what": Choice(
                _("What is wrong with it?"),
                {
                    "broken": _("A game is broken"),
                    "sharp": _("Something sharp or loose"),
                    "floor": _("The soft floor is damaged"),
                    "gate": _("Gate or fence"),
                    "dirty": _("It is dirty"),
                },
                required=True,
            ),
            "hurt": YesNo(_("Has somebody been hurt?")),
            "which": Text(
                _("Which game, in a few words?"), longest=200, when=answered("what", "broken", "sharp")
            ),
        },
        dangers=(somebody_hurt("hurt"),),
    ),
    Category(
        "green.upkeep",
        _("Upkeep of a park or garden"),
        promise=10,
        remit="commune",
        hint=_("Lawn, flower beds, watering, paths, opening hours."),
        words=_("park garden lawn mowing flowers watering path closed gate leak sprinkler"),
        questions={
            "what": Choice(
                _("What is it about?"),
                {
                    "lawn": _("Lawn and flower beds"),
                    "watering": _("Watering that leaks or fails"),
                    "paths": _("Paths"),
                    "hours": _("Opening and closing"),
                    "dead_tree": _("A dead tree to replace"),
                    "other": _("Something else"),
                },
                required=True,
            ),
        },
    ),
)
