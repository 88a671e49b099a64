"""Pests and animals (nuisibles, animaux errants): public health and stray animals are the mayor's police
(CGCT, art. L2212-2; code rural, art. L211-22)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, YesNo, answered
from oppidum.services.living_environment.report_categories.dangers import (
    AMBULANCE,
    POLICE,
    somebody_hurt,
)

GROUP = Group("animals", _("Pests and animals"), icon="rat")

CATEGORIES = (
    Category(
        "animals.rats",
        _("Rats, mice or cockroaches"),
        promise=5,
        remit="commune",
        hint=_("In the street, a park, a school or around a building."),
        words=_("rat mouse cockroach pest rodent burrow vermin"),
        questions={
            "what": Choice(
                _("Which animals?"),
                {
                    "rats": _("Rats or mice"),
                    "cockroaches": _("Cockroaches"),
                    "other": _("Something else"),
                },
                required=True,
            ),
            "where": Choice(
                _("Where did you see them?"),
                {
                    "street": _("In the street"),
                    "park": _("In a park or a playground"),
                    "sewer": _("They come out of a drain"),
                    "building": _("In the common parts of a building"),
                    "home": _("In a home"),
                },
                required=True,
            ),
            "food": YesNo(
                _("Is there waste or food on the ground?"), when=answered("where", "street", "park")
            ),
        },
    ),
    Category(
        "animals.insects",
        _("Insects: mosquitoes, hornets, caterpillars"),
        promise=5,
        remit="commune",
        hint=_("Nests, stagnant water, processionary caterpillars in pines."),
        words=_("mosquito tiger wasp hornet nest bees caterpillar processionary pine bedbug stagnant"),
        questions={
            "what": Choice(
                _("Which animals?"),
                {
                    "mosquitoes": _("Mosquitoes"),
                    "hornets": _("Wasps or hornets"),
                    "bees": _("A swarm of bees"),
                    "caterpillars": _("Processionary caterpillars"),
                    "other": _("Something else"),
                },
                required=True,
            ),
            "place": Choice(
                _("Where is it?"),
                {
                    "school": _("Near a school or a playground"),
                    "public": _("On public land"),
                    "private": _("On private land"),
                },
            ),
            "stung": YesNo(_("Was somebody stung who breathes badly or swells?")),
        },
        dangers=(
            Danger(
                _("It may be an allergy that kills within minutes: call the ambulance now."),
                AMBULANCE,
                when=answered("stung", True),
            ),
        ),
    ),
    Category(
        "animals.stray",
        _("Stray or injured animal"),
        promise=1,
        remit="commune",
        hint=_("A dog alone, a herd on the road, an injured animal."),
        words=_("dog stray lost cat injured boar horse goat bite"),
        questions={
            "what": Choice(
                _("Which animals?"),
                {
                    "dog": _("Dog"),
                    "cat": _("Cat"),
                    "boar": _("Wild boar"),
                    "farm": _("Horse, sheep or other farm animal"),
                    "bird": _("Bird"),
                    "other": _("Something else"),
                },
                required=True,
            ),
            "state": Choice(
                _("How is it?"),
                {
                    "calm": _("Calm"),
                    "injured": _("Injured"),
                    "threatening": _("It threatens people"),
                    "bitten": _("It has bitten somebody"),
                    "road": _("On a busy road"),
                },
                required=True,
            ),
            "collar": YesNo(_("Does it wear a collar?"), when=answered("what", "dog", "cat")),
        },
        dangers=(
            somebody_hurt("state", "bitten"),
            Danger(
                _("Go away slowly, don't run, shelter others and call the police now."),
                POLICE,
                when=answered("state", "threatening"),
            ),
            Danger(
                _("Drivers are in danger: keep off the road and call the police now."),
                POLICE,
                when=answered("state", "road"),
            ),
        ),
    ),
    Category(
        "animals.dead",
        _("Dead animal"),
        promise=1,
        hint=_("On a street, a beach or a bank. Don't touch it."),
        words=_("dead animal cat dog pigeon bird boar carcass"),
        questions={
            "size": Choice(
                _("How big is it?"),
                {
                    "small": _("Small: a bird, a rat"),
                    "medium": _("Medium: a cat, a dog"),
                    "large": _("Large: a boar, a dolphin"),
                },
                required=True,
            ),
            "birds": YesNo(_("Are there several dead birds?"), when=answered("size", "small")),
        },
    ),
)
