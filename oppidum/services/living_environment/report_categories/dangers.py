"""The numbers to call where life is at risk, and the hard stops that several categories share.

15 SAMU, 17 police, 18 fire brigade, 112 in all Europe, 196 rescue at sea; 0 800 47 33 33 is Urgence sécurité
gaz, free, day and night. The sentence says what to do and who to call; the page shows the number beside it.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Danger, answered

AMBULANCE = "15"
POLICE = "17"
FIRE_BRIGADE = "18"
EUROPE = "112"
SEA_RESCUE = "196"
GAS_EMERGENCY = "0 800 47 33 33"

SMELLS_OF_GAS = _(
    "It may be a gas leak: go away from the place, light nothing, touch no switch, then "
    "call the gas emergency service."
)
BURNS = _("Something is burning: go away from it and call the fire brigade now.")
HURT = _("Somebody is hurt: call the ambulance now.")


def somebody_hurt(question: str, *values: Any) -> Danger:
    """Stop when the answer to `question` says that somebody is hurt."""
    return Danger(HURT, AMBULANCE, when=answered(question, *values or (True,)))


def gas(question: str, *values: Any) -> Danger:
    """Stop when the answer to `question` says that there is gas."""
    return Danger(SMELLS_OF_GAS, GAS_EMERGENCY, when=answered(question, *values or (True,)))


def fire(question: str, *values: Any) -> Danger:
    """Stop when the answer to `question` says that something burns."""
    return Danger(BURNS, FIRE_BRIGADE, when=answered(question, *values or (True,)))


def falling_on_people(question: str, *values: Any) -> Danger:
    """Stop when the answer to `question` says that something is about to fall where people pass."""
    return Danger(
        _("Keep people away from below and call the fire brigade now."),
        FIRE_BRIGADE,
        when=answered(question, *values or (True,)),
    )
