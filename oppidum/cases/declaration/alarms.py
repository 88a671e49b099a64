"""Words of a search that should be a telephone call, declared by the service that somebody would otherwise fill in.

alarms = (Alarm(_("Does it smell of gas?"), _("gas"), Danger(_("Leave the place and call from outside."), "0 800 47 33 33")),)
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Alarm:
    """`asks`: the question that is put; `words`: sayings separated by commas, one is heard when all its words were written; `danger`: whom to call."""

    asks: Any
    words: Any
    danger: Any
