"""Signals and lighting (signalisation, éclairage public)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, Text, answered
from oppidum.services.living_environment.report_categories.dangers import (
    EUROPE,
    FIRE_BRIGADE,
    POLICE,
    falling_on_people,
    somebody_hurt,
)

GROUP = Group("lighting", _("Signals and lighting"), icon="lightbulb")

CATEGORIES = (
    Category(
        "lighting.traffic_light",
        _("Traffic light out of order"),
        promise=1,
        hint=_("Dark, blinking, stuck, turned, or silent for the blind."),
        words=_("traffic light signal red light dark blinking pedestrian"),
        questions={
            "state": Choice(
                _("What is wrong with it?"),
                {
                    "dark": _("All lights are out"),
                    "stuck": _("Stuck on one colour"),
                    "lamp": _("One lamp is out"),
                    "turned": _("Turned or knocked over"),
                    "sound": _("The sound for blind people is missing"),
                },
                required=True,
            ),
            "traffic": Choice(
                _("How is the traffic?"),
                {
                    "calm": _("People pass with care"),
                    "dangerous": _("It is dangerous: vehicles nearly collide"),
                    "accident": _("Somebody is hurt"),
                },
            ),
        },
        dangers=(
            somebody_hurt("traffic", "accident"),
            Danger(
                _("The crossing is dangerous: call the police now, they will direct the traffic."),
                POLICE,
                when=answered("traffic", "dangerous"),
            ),
        ),
    ),
    Category(
        "lighting.street_lamp",
        _("Street lamp out"),
        promise=10,
        hint=_("Out, blinking, or lit by day."),
        words=_("street lamp light dark night lighting bulb out lit by day"),
        questions={
            "state": Choice(
                _("What is wrong with it?"),
                {
                    "out": _("It is out"),
                    "blinking": _("It blinks"),
                    "day": _("It is lit by day"),
                },
                required=True,
            ),
            "how_many": Choice(
                _("How many lamps?"),
                {
                    "one": _("One"),
                    "few": _("Two to five"),
                    "street": _("The whole street"),
                },
            ),
            "number": Text(
                _("Number on the pole"), hint=_("On a plate or painted, at eye level."), longest=40
            ),
        },
    ),
    Category(
        "lighting.wires",
        _("Pole damaged or wires bare"),
        promise=1,
        hint=_("Don't touch it, even if it seems to be dead."),
        words=_("electric cable wire bare pole leaning fallen hatch shock"),
        questions={
            "what": Choice(
                _("What do you see?"),
                {
                    "wire_down": _("A wire hanging or on the ground"),
                    "bare": _("Bare wires in an open hatch"),
                    "leaning": _("A pole about to fall"),
                    "bent": _("A bent or rusty pole that stands"),
                    "telephone": _("A telephone cable hanging"),
                },
                required=True,
            ),
            "shock": Choice(_("Has somebody had an electric shock?"), {"yes": _("Yes"), "no": _("No")}),
        },
        dangers=(
            Danger(
                _("Don't touch the person while the current is on: call the emergency services now."),
                EUROPE,
                when=answered("shock", "yes"),
            ),
            Danger(
                _(
                    "An electric wire kills at a distance: stay ten metres away, keep others away and "
                    "call the fire brigade now. "
                    "Then call Enedis: 09 72 67 50 followed by the two digits of the department."
                ),
                FIRE_BRIGADE,
                when=answered("what", "wire_down"),
            ),
            Danger(
                _("Keep children away and call the fire brigade now: they have the current cut off."),
                FIRE_BRIGADE,
                when=answered("what", "bare"),
            ),
            falling_on_people("what", "leaning"),
        ),
    ),
    Category(
        "lighting.sign",
        _("Road sign or street name plate"),
        promise=15,
        hint=_("Missing, damaged, turned or hidden."),
        words=_("sign panel stop sign street name plate hidden fallen"),
        questions={
            "which": Choice(
                _("Which sign?"),
                {
                    "stop": _("Stop, give way or no entry"),
                    "other": _("Another road sign"),
                    "direction": _("Direction sign"),
                    "name": _("Street name or house number"),
                },
                required=True,
            ),
            "state": Choice(
                _("What is wrong with it?"),
                {
                    "gone": _("It is gone"),
                    "fallen": _("It has fallen or leans"),
                    "hidden": _("It is hidden by leaves or graffiti"),
                    "wrong": _("It says something wrong"),
                },
            ),
        },
    ),
)
