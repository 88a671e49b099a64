"""Legal clocks: a time that the law gives on a case, what starts, holds and ends it, and what silence at its end means.

    clocks = (
        Clock("decision", _("Decision"), lasts="delay", starts="file", suspended_by="ask_papers", resumed_by="papers_in",
              stopped_by=("grant", "refuse"), silence="tacit", means="approval", warns=(10, 3),
              source="CCH, art. L635-4", verified=True),
    )

A clock belongs to the case, not to a step: a case sent back doesn't get its month again. `docs/reference/clocks.md` tells the rules with
numbers.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.expressions import Either, Expression, FromTable, Literal, Rule
from oppidum.core.calendar import Length

FILE = "file"
# What silence can mean in law, and how it is said.
MEANINGS = {
    "approval": _("Silence grants the request"),
    "refusal": _("Silence refuses the request"),
    "waiver": _("Silence gives up the right"),
    "withdrawal": _("Silence withdraws the request"),
    "breach": _("Silence is a breach of the law"),
}


@dataclass(frozen=True)
class Clock:
    """A legal clock. `lasts`: a length, the name of a dated rule, or an expression that chooses between lengths.

    What moves it, each an action's name or several ("file" being the filing):
    `starts`: it begins; `suspended_by` and `resumed_by`: it stands still, then what was left runs on, at least `least_left`, and once
    only where `suspends_once`; `interrupted_by`: it stands still for the `interruption` (a length, a rule, or an answer of the action
    that holds the last day), or until `resumed_by` if that comes earlier; `waits_for`: it counts as not started (an incomplete file)
    until `restarted_by`, which begins it all anew; `extended_by`: it lasts longer by `extension`; `stopped_by`: it is over, as an
    answer was given; `revived_by`: a silence that was recorded is taken back, as it turns out that the time had stood still.
    `extension` may also be an expression over the case and what the act says.
    `when`: the clock counts only while it holds, so that of two that the same acts move one may grant by silence and the other refuse.
    What waits or extends counts only within `waits_within` or `extends_within` of its start.
    `dated_by`: the demand of an action that holds the day on which it counts (the day of receipt), where that isn't the day of the act.
    `starts_from`: the answer or fact that holds the day or instant from which its start counts. Of a place booked, here and in
    `dated_by`, the first day counts; of a period, its last.

    `in_hours`: it counts hours from instants and not days; said where `lasts` names rules, else known from the lengths themselves.

    At its end comes `silence`: an action of the flow, which the engine takes whatever is blank; none: the silence is a fact beside the
    step. `means` says what it is in law. A clock with neither is a date that is shown. `whose`: whose time it is, "authority" or
    "applicant". `warns`: days before the end on which officers are to be told. `is_due`: its end counts as the case's due date.
    """

    name: str
    label: Any
    _: KW_ONLY
    lasts: Length | str | Expression
    when: Expression | None = None
    starts: tuple[str, ...] | str = FILE
    waits_for: tuple[str, ...] | str = ()
    suspended_by: tuple[str, ...] | str = ()
    resumed_by: tuple[str, ...] | str = ()
    restarted_by: tuple[str, ...] | str = ()
    interrupted_by: tuple[str, ...] | str = ()
    extended_by: tuple[str, ...] | str = ()
    stopped_by: tuple[str, ...] | str = ()
    revived_by: tuple[str, ...] | str = ()
    interruption: Length | str | None = None
    extension: Length | str | Expression | None = None
    least_left: Length | str | None = None
    waits_within: Length | str | None = None
    extends_within: Length | str | None = None
    suspends_once: bool = False
    dated_by: Mapping[str, str] = field(default_factory=dict)
    starts_from: str = ""
    silence: str | None = None
    means: str = ""
    whose: str = "authority"
    warns: tuple[int, ...] = ()
    in_hours: bool = False
    is_due: bool = True
    source: str = ""
    verified: bool = False
    says: Any = ""

    def __post_init__(self):
        for name in MOVERS:
            if isinstance(given := getattr(self, name), str):
                object.__setattr__(self, name, (given,) if given else ())
        if any(length.is_in_hours for length in lengths_of(self.lasts, {})):
            object.__setattr__(self, "in_hours", True)

    @property
    def falls(self) -> bool:
        """Whether its end is a fact of the case, and not only a date."""
        return bool(self.silence or self.means)

    @property
    def is_plain(self) -> bool:
        """Runs from the day of filing and from nothing else: until something happens its events need not be kept."""
        return FILE in self.starts and not self.starts_from and not self.in_hours

    def actions(self) -> frozenset[str]:
        """Every action that moves it."""
        return frozenset().union(*(getattr(self, name) for name in MOVERS)) - {FILE}


def lengths_of(lasts: Any, rules: Mapping[str, Any]) -> list[Length]:
    """Every length that a clock can have, the shortest first. `rules`: the values in force, by name."""
    match lasts:
        case Either(then=then, otherwise=otherwise):
            found = lengths_of(then, rules) + lengths_of(otherwise, rules)
        case FromTable(pairs=pairs):
            found = [length for _key, value in pairs for length in lengths_of(value, rules)]
        case Rule(name=name) | str(name):
            found = lengths_of(rules.get(name), rules)
        case Literal(literal=Length() as length) | (Length() as length):
            found = [length]
        case _:
            found = []
    return sorted(dict.fromkeys(found), key=lambda each: (each.months, each.days, each.hours))


# The events that each of a clock's movers makes, in the order in which one act makes them.
MOVERS = {
    "revived_by": "revive",
    "stopped_by": "stop",
    "resumed_by": "resume",
    "restarted_by": "restart",
    "starts": "start",
    "waits_for": "wait",
    "suspended_by": "suspend",
    "interrupted_by": "interrupt",
    "extended_by": "extend",
}
