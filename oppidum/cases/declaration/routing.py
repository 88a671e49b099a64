"""Routing and escalation as data: which team gets a case, how urgent it is, what is promised, and who is told when a date comes near.

    routes = (
        Route(when=answer("volume") > 3, team="bulky-heavy", priority="high", says=_("More than 3 m³")),
        Route(says=_("All others"), team="bulky"),
    )
    escalations = (Escalation("opinion", before=5, to="supervisor", says=_("Five days are left to decide")),)

Rules are tried in their order, an authority's own before those declared; the first that holds fires. Without one, the remits decide.
"""

from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from oppidum.cases.declaration.expressions import Expression
from oppidum.core.calendar import Length
from oppidum.core.clock import midnight

PRIORITIES = ("low", "normal", "high", "urgent")
PROMISE = "promise"


@dataclass(frozen=True)
class Route:
    """Where it holds (always, without `when`): the `team`'s code, the `priority`, the `promise` in working days; each may be left out.

    It reads answers and facts, and of the case: "category", "commune", "channel", "weekday" (0 is Monday), "hour" of the filing.
    """

    _: KW_ONLY
    says: Any
    when: Expression | None = None
    team: str = ""
    priority: str = ""
    promise: int | None = None
    name: str = ""


class End(NamedTuple):
    """The end of a time: its last day, and the instant at which it is over."""

    on: date
    at: datetime


@dataclass(frozen=True)
class Escalation:
    """Told once, `before` days before the end of a clock (or of the promise), to a role of the team's directorate, or to a team
    ("team:CODE"). Zero: on its last day; negative: when it is over. A length in hours: so many of them before the instant of its end."""

    clock: str
    _: KW_ONLY
    to: str
    says: Any
    before: int | Length = 0
    name: str = ""

    @property
    def key(self) -> str:
        """Names it in the journal."""
        when = f"-{self.before}" if isinstance(self.before, Length) else f"{-self.before:+d}"
        return self.name or f"{self.clock}{when}:{self.to}"

    def tells_at(self, end: End) -> datetime:
        """The instant from which it is told of a time that ends so."""
        if isinstance(self.before, Length):
            return self.before.instant_before(end.at)
        return midnight(end.on - timedelta(days=self.before))
