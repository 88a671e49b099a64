"""Noise (bruit): the mayor's police (CGCT, art. L2212-2, 2°; code de la santé publique, art. R1336-5)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, Text, YesNo, answered
from oppidum.services.living_environment.report_categories.dangers import POLICE

GROUP = Group("noise", _("Noise"), icon="volume-2")

WHEN = Choice(
    _("When does it happen?"),
    {
        "day": _("By day"),
        "evening": _("In the evening"),
        "night": _("At night, from 10 p.m. to 7 a.m."),
        "weekend": _("At the weekend"),
    },
    many=True,
)

CATEGORIES = (
    Category(
        "noise.neighbours",
        _("Noise of neighbours or gatherings"),
        promise=10,
        public=False,
        remit="commune",
        hint=_("Music, shouting, dogs, engines. If it is happening now at night, call the police station."),
        words=_("noise neighbour music party shouting dog barking rodeo motorbike night"),
        questions={
            "what": Choice(
                _("What kind of noise?"),
                {
                    "music": _("Music or party"),
                    "voices": _("Voices, gatherings"),
                    "animal": _("Barking"),
                    "engines": _("Engines, street racing"),
                    "works": _("Tools or do-it-yourself"),
                },
                required=True,
            ),
            "when": WHEN,
            "violence": YesNo(_("Do you hear blows, threats or calls for help?")),
            "where": Text(
                _("Where does it come from?"),
                hint=_("Number, floor or name: only officers read this."),
                longest=300,
                private=True,
            ),
        },
        dangers=(
            Danger(
                _(
                    "Somebody may be in danger: call the police now. If you can't speak, send a text "
                    "message to 114."
                ),
                POLICE,
                when=answered("violence", True),
            ),
        ),
    ),
    Category(
        "noise.business",
        _("Noise of a business or a building site"),
        promise=10,
        public=False,
        remit="commune",
        hint=_("Bar, terrace, machine, deliveries, works outside the permitted hours."),
        words=_("noise bar terrace restaurant nightclub building site machine fan delivery early"),
        questions={
            "what": Choice(
                _("Where does the noise come from?"),
                {
                    "bar": _("Bar, restaurant or terrace"),
                    "machine": _("Machine or fan"),
                    "deliveries": _("Deliveries"),
                    "site": _("Building site"),
                },
                required=True,
            ),
            "when": WHEN,
            "name": Text(_("Name of the place"), longest=200, private=True),
            "often": Choice(
                _("How often?"), {"once": _("Once"), "week": _("Every week"), "day": _("Every day")}
            ),
        },
    ),
)
