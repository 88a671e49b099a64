"""Illegal dumping (dépôts sauvages): code de l'environnement, art. L541-3."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, Text, YesNo, answered
from oppidum.services.living_environment.report_categories.dangers import FIRE_BRIGADE, POLICE, fire

GROUP = Group("dumping", _("Illegal dumping"), icon="sofa")

VOLUME = Choice(
    _("How much is it?"),
    {
        "bag": _("A few bags"),
        "boot": _("A car boot"),
        "van": _("A van"),
        "lorry": _("A lorry or more"),
    },
)
SEEN = YesNo(_("Did you see who left it?"))
PLATE = Text(
    _("Number plate of the vehicle, or what you saw"),
    longest=300,
    when=answered("seen", True),
    private=True,
    hint=_("Only the officers in charge read this."),
)

CATEGORIES = (
    Category(
        "dumping.objects",
        _("Furniture, bags or objects left in the street"),
        promise=3,
        hint=_("Mattress, fridge, boxes, bags beside the containers."),
        words=_("dumping furniture mattress sofa fridge bags boxes bulky fly-tipping"),
        questions={
            "what": Choice(
                _("What was left?"),
                {
                    "furniture": _("Furniture or mattress"),
                    "appliance": _("Household appliance"),
                    "bags": _("Bags of waste"),
                    "boxes": _("Cardboard"),
                    "tyres": _("Tyres"),
                },
                many=True,
            ),
            "volume": VOLUME,
            "seen": SEEN,
            "plate": PLATE,
        },
    ),
    Category(
        "dumping.rubble",
        _("Rubble or waste of building works"),
        promise=5,
        hint=_("Rubble, plaster, wood, roofing left on public land."),
        words=_("rubble building site plaster gravel wood earth tiles"),
        questions={
            "volume": VOLUME,
            "asbestos": YesNo(
                _("Are there grey corrugated sheets or pipes that may hold asbestos?"),
                hint=_("Don't touch them."),
            ),
            "seen": SEEN,
            "plate": PLATE,
        },
    ),
    Category(
        "dumping.hazardous",
        _("Dangerous waste"),
        promise=1,
        hint=_("Chemicals, gas bottles, batteries, asbestos. Don't touch it."),
        words=_("dangerous chemical gas bottle battery oil paint asbestos toxic"),
        questions={
            "what": Choice(
                _("What was left?"),
                {
                    "chemicals": _("Cans, drums or unknown liquids"),
                    "gas_bottle": _("Gas bottle"),
                    "asbestos": _("Asbestos"),
                    "batteries": _("Batteries"),
                    "explosive": _("Ammunition, flare or firework"),
                },
                required=True,
            ),
            "state": Choice(
                _("What do you notice?"),
                {
                    "nothing": _("Nothing special"),
                    "leak": _("It leaks or smells strongly"),
                    "fire": _("It smokes or burns"),
                },
            ),
            "seen": SEEN,
            "plate": PLATE,
        },
        dangers=(
            fire("state", "fire"),
            Danger(
                _("It leaks: keep away from it, with the wind at your back, and call the fire brigade now."),
                FIRE_BRIGADE,
                when=answered("state", "leak"),
            ),
            Danger(
                _("It may explode: don't touch it, keep people away and call the police now."),
                POLICE,
                when=answered("what", "explosive"),
            ),
        ),
    ),
)
