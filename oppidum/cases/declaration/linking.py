"""Cases that a case files: sub-cases, sister cases, renewals.

works = Action("order_works", _("Follow up the works"), by="act", opens=Open("works-follow-up", {"dwelling": "dwelling"}, goes_on={"made_good": "confirm"}))
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PART, SPLIT, FOLLOWS, RELATED = "part", "split", "follows", "related"


@dataclass(frozen=True)
class Open:
    """A case filed on `service` when the action is taken. `answers`: its fields, each from an answer of this case by name; `says`: answers
    that are always the same.

    `kind`: how it is tied to this one. `goes_on`: the action that the engine takes on this case when the other ends in a step
    ("*": in any); a sub-case whose parent is closed meanwhile goes on by itself.
    """

    service: str
    answers: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, Any] = field(default_factory=dict)
    kind: str = PART
    goes_on: Mapping[str, str] = field(default_factory=dict)
