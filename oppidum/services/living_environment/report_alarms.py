"""Words of a search that should be a telephone call: somebody who writes "it smells of gas" is told the number at once.

The question of the category would stop them too, but three pages later. The number is offered beside what was found, never
instead of it: "gas bottle" is said of waste as well.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Danger
from oppidum.cases.searching.wording import plain_words
from oppidum.services.living_environment.report_categories import dangers


@dataclass(frozen=True)
class Alarm:
    """`words`: sayings separated by commas; one is heard when all its words were written."""

    asks: Any
    words: Any
    danger: Danger


ALARMS = (
    Alarm(_("Does it smell of gas?"), _("gas"), Danger(dangers.SMELLS_OF_GAS, dangers.GAS_EMERGENCY)),
    Alarm(_("Is something burning?"), _("burning, on fire, caught fire, flames"), Danger(dangers.BURNS, dangers.FIRE_BRIGADE)),
    Alarm(_("Is somebody hurt?"), _("hurt, injured, wounded, unconscious"), Danger(dangers.HURT, dangers.AMBULANCE)),
)


def find_alarm(words: str) -> Alarm | None:
    """The alarm that `words` give in the reader's language, if they do."""
    written = set(plain_words(words))
    return next((alarm for alarm in ALARMS if written and any(_is_in(saying, written) for saying in str(alarm.words).split(","))), None)


def _is_in(saying: str, written: set[str]) -> bool:
    needed = set(plain_words(saying))
    return bool(needed) and needed <= written
