"""Sewers and storm drains (assainissement, avaloirs, eaux pluviales)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, Text, answered
from oppidum.services.living_environment.report_categories.dangers import FIRE_BRIGADE, gas

GROUP = Group("sewers", _("Sewers and storm drains"), icon="waves")

CATEGORIES = (
    Category(
        "sewers.drain",
        _("Blocked storm drain"),
        promise=5,
        hint=_("The inlet at the kerb is full of leaves or waste, or the street floods when it rains."),
        words=_("drain inlet gutter blocked rain flood leaves puddle"),
        questions={
            "state": Choice(
                _("What do you see?"),
                {
                    "full": _("Full of leaves or waste"),
                    "puddle": _("A puddle that stays"),
                    "grating": _("Grating broken or missing"),
                    "flood": _("Water is entering buildings"),
                },
                required=True,
            ),
            "trapped": Choice(
                _("Is somebody trapped by the water?"),
                {"yes": _("Yes"), "no": _("No")},
                when=answered("state", "flood"),
            ),
        },
        dangers=(
            Danger(
                _("Go up to an upper floor, stay out of cellars and cars, and call the fire brigade now."),
                FIRE_BRIGADE,
                when=answered("trapped", "yes"),
            ),
        ),
    ),
    Category(
        "sewers.overflow",
        _("Sewage overflow"),
        promise=1,
        hint=_("Dirty water comes out of a manhole, a cellar or onto a beach."),
        words=_("sewer sewage overflow dirty water toilet cellar backs up"),
        questions={
            "where": Choice(
                _("Where does it come out?"),
                {
                    "manhole": _("From a manhole in the street"),
                    "building": _("In a building"),
                    "nature": _("In a stream or the sea"),
                },
                required=True,
            ),
            "amount": Choice(
                _("How much is it?"),
                {
                    "trace": _("A trace"),
                    "running": _("It is running now"),
                    "flooding": _("It floods the street"),
                },
            ),
            "address": Text(
                _("Your address: number, street, floor"),
                longest=200,
                private=True,
                when=answered("where", "building"),
            ),
        },
    ),
    Category(
        "sewers.smell",
        _("Bad smell"),
        promise=5,
        hint=_("Smell of drains, of waste, or of gas."),
        words=_("smell smells stench odour gas leak drains rotten eggs"),
        questions={
            "what": Choice(
                _("What does it smell of?"),
                {
                    "sewer": _("Drains"),
                    "gas": _("Gas"),
                    "waste": _("Waste"),
                    "industry": _("Smoke or chemicals"),
                    "unknown": _("I don't know"),
                },
                required=True,
            ),
            "when": Choice(
                _("When does it smell?"),
                {
                    "always": _("All the time"),
                    "rain": _("Before or after rain"),
                    "night": _("In the evening or at night"),
                    "heat": _("When it is hot"),
                },
                many=True,
                when=answered("what", "sewer", "waste", "industry", "unknown"),
            ),
        },
        dangers=(gas("what", "gas"),),
    ),
)
