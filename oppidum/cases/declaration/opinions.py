"""Opinions (avis): decisions of other bodies on a case, asked for side by side, and joined when all are in or due.

    opinions = (
        Opinion("heritage", _("Heritage architect"), of="third:heritage", due=30, silence="favourable"),
        Opinion("sports", _("Sports directorate"), of="team:sports", due=21),
    )
    ask = Action("ask_opinions", _("Ask for opinions"), by="act", asks=("heritage", "sports"))
    decide = Action("decide", _("Decide"), by="act", when=joined("heritage", "sports"))

The answer to "heritage" is the fact "opinion:heritage", the day until which it may come the fact "asked:heritage".
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.expressions import All, Expression, Literal, answer
from oppidum.core.calendar import Length, days

ASKED, GIVEN, NO_ANSWER = "asked:", "opinion:", "none"
OPTIONS = {"favourable": _("Favourable"), "conditional": _("Favourable with conditions"), "unfavourable": _("Unfavourable")}


@dataclass(frozen=True)
class Opinion:
    """An opinion that may be asked for. `of`: who gives it ("third:ROLE", "team:CODE", "body:CODE"). `due`: days from the asking, a length of
    time, or an expression that chooses one.

    `when`: it is asked for only where that holds of the case (a drone, a protected ground). `silence`: the option that no answer stands
    for, or "none": the case goes on without one. `reminds`: days before the end on which
    the body is reminded. `confidential`: its reasons are for officers alone. `source`: the article.
    """

    name: str
    label: Any
    _: KW_ONLY
    of: str
    due: int | Length | Expression
    when: Expression | None = None
    silence: str = NO_ANSWER
    reminds: tuple[int, ...] = (7,)
    confidential: bool = False
    options: Mapping[str, Any] = field(default_factory=lambda: OPTIONS)
    source: str = ""
    verified: bool = True

    def last_day(self, known: Mapping[str, Any], day: date) -> date:
        """Until when it may come, asked for on `day`; `known` is what rules read of the case."""
        given = self.due.value(known) if isinstance(self.due, Expression) else self.due
        return (days(given) if isinstance(given, int) else given).last_day(day)


def opinion(name: str) -> Expression:
    """What the body answered, or what its silence stands for; None as long as it may still answer."""
    return answer(GIVEN + name)


def answered(*names: str) -> Expression:
    """Of these opinions, those that were asked for are in, or their time is over."""
    return All(tuple(opinion(name).given() | ~answer(ASKED + name).given() for name in names)) if names else Literal(True)


def joined(*names: str) -> Expression:
    """All these opinions are in, or their time is over."""
    return All(tuple(opinion(name).given() for name in names)) if names else Literal(True)
