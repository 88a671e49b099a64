"""Cleanliness (propreté): what lies, sticks or is painted in the street."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Group, Text, YesNo, answered
from oppidum.services.living_environment.report_categories.dangers import somebody_hurt

GROUP = Group("cleanliness", _("Cleanliness"), icon="brush-cleaning")

CATEGORIES = (
    Category(
        "cleanliness.dirty_street",
        _("Dirty street or square"),
        promise=2,
        hint=_("Litter, leaves, broken glass: the street needs sweeping or washing."),
        words=_("dirty litter sweep leaves glass rubbish paper wash market"),
        questions={
            "what": Choice(
                _("What is on the ground?"),
                {
                    "litter": _("Litter and wrappings"),
                    "leaves": _("Dead leaves"),
                    "glass": _("Broken glass"),
                    "grease": _("Grease or stains"),
                    "market": _("What a market left behind"),
                },
                many=True,
            ),
            "where": Choice(
                _("Where is it?"),
                {
                    "pavement": _("On the pavement"),
                    "road": _("On the road"),
                    "square": _("On a square or a path"),
                },
            ),
        },
    ),
    Category(
        "cleanliness.litter_bin",
        _("Litter bin full or damaged"),
        promise=2,
        hint=_("The small public bins of streets and squares. For containers see “Waste collection”."),
        words=_("litter bin full overflowing bin bag broken burnt"),
        questions={
            "state": Choice(
                _("What is wrong with it?"),
                {
                    "full": _("It overflows"),
                    "broken": _("It is damaged"),
                    "gone": _("It is gone"),
                },
                required=True,
            ),
            "often": YesNo(_("Does it happen often in this place?"), when=answered("state", "full")),
        },
    ),
    Category(
        "cleanliness.graffiti",
        _("Graffiti or fly-posting"),
        promise=10,
        hint=_("Insulting or hateful words are removed first."),
        words=_("graffiti tag paint poster sticker wall racist insult"),
        questions={
            "surface": Choice(
                _("What is it on?"),
                {
                    "public": _("A public building or wall"),
                    "private": _("A private wall or shutter"),
                    "furniture": _("A bench, a pole, a box"),
                    "monument": _("A monument or a work of art"),
                },
                required=True,
            ),
            "hateful": YesNo(_("Is it insulting, racist or hateful?")),
            "owner": Choice(
                _("Are you the owner of this wall?"),
                {
                    "owner": _("Yes, the owner or the manager of the building"),
                    "tenant": _("No, I live there"),
                    "no": _("No"),
                },
                when=answered("surface", "private"),
                private=True,
                hint=_("A private wall is cleaned with its owner's consent."),
            ),
            "height": Choice(
                _("How high is it?"),
                {
                    "low": _("Within reach from the ground"),
                    "high": _("Above three metres"),
                },
            ),
        },
    ),
    Category(
        "cleanliness.dog_fouling",
        _("Dog fouling"),
        promise=2,
        hint=_("Mess on the ground, or a bag dispenser that is empty."),
        words=_("dog mess droppings excrement bag dispenser"),
        questions={
            "what": Choice(
                _("What do you see?"),
                {
                    "mess": _("Mess on the ground"),
                    "dispenser": _("An empty or broken bag dispenser"),
                },
                required=True,
            ),
            "playground": YesNo(_("Is it near a school or a playground?"), when=answered("what", "mess")),
        },
    ),
    Category(
        "cleanliness.syringes",
        _("Syringe or sharp object"),
        promise=1,
        public=False,
        hint=_("Don't touch it. Keep children away."),
        words=_("syringe needle drug sharp blade"),
        questions={
            "pricked": YesNo(_("Has somebody been pricked or cut?")),
            "count": Choice(
                _("How many are there?"),
                {"one": _("One"), "few": _("Two to five"), "many": _("More than five")},
            ),
            "exact": Text(
                _("Where exactly?"),
                hint=_("For example: at the foot of the slide, under the bench."),
                longest=300,
            ),
        },
        dangers=(somebody_hurt("pricked"),),
    ),
)
