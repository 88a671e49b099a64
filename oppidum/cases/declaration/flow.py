"""The flow of a service: steps, and the actions that lead from one to another.

    plan = Action("plan", _("Plan"), by="act", demands={"day": Day(_("Which day?"), required=True)})
    Flow(step("assigned", plan >> "planned", ...), ends("done", ...))

An action says who may take it (`by`: a right of officers, or "resident", "system"), what it demands, and what residents read.
`>> BACK` returns to the step the case came from; `>> STAY` changes no step; `>> Branch((amount > money(23_000), "agreement"), "paid")`
goes where the first condition that holds leads, else to the last.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from oppidum.cases.declaration.eligibility import Ineligible
from oppidum.cases.declaration.expressions import Expression
from oppidum.cases.declaration.fields import Field

BACK = "<back>"
STAY = "<stay>"


@dataclass(frozen=True)
class Action:
    """An act on a case. `label` is the verb on the button.

    `by`: the rights of which one is needed ("act", "assign", ...), or "resident", "system", "partner".
    `demands`: the fields it needs. `within`: days since the case entered its step after which it is no longer offered.
    `tells`: whether the resident sees it in the timeline. `bulk`: whether it makes sense on a selection.
    `photo`: whether a picture may come with it. `sets`: facts that it writes by itself ("public": False).
    `adds`: facts that grow by a number or an amount that it demands: {"paid_in_all": "paid"}; the first time from zero.
    `joins`: the actor becomes a follower of the case. `routes`: the remits name the team when the act leaves it open.

    `by` may also be "third:ROLE" (a third party by a signed link), "commune" (an officer of the case's commune) or "body:CODE".
    `when`: offered only where it holds; time itself (silence, a wait that runs out) is not held back by it. `barred`: what can't be said with
    it (see `Ineligible`): refused with its sentence, read with what the act itself says.
    `letter`: the code of the letter that it sends. `numbers`: the series that gives the act its number, without gaps; "{commune}" in it: one for each commune.
    `books`, `frees`: the booking that it takes or gives back. `charges`: the fee that becomes due. `asks`: opinions that it opens.
    `voids`: opinions that no longer hold after it, and can be asked for anew.
    `opens`: cases that it files on other services (see `links.Open`). `goes_on`: the action that the engine takes right after it.
    `hands_to`: the effect by which another room goes on from here (`outbox.handler`): it is given the case and the action.
    `parts`: the action that the engine takes then on each request that answers this case's call (see `contests.py`).
    """

    name: str
    label: Any
    _: KW_ONLY
    by: tuple[str, ...] | str = ()
    demands: Mapping[str, Field] = field(default_factory=dict)
    within: int | None = None
    tells: bool = True
    bulk: bool = True
    photo: bool = False
    sets: Mapping[str, Any] = field(default_factory=dict)
    adds: Mapping[str, str] = field(default_factory=dict)
    joins: bool = False
    routes: bool = False
    when: Expression | None = None
    barred: tuple[Ineligible, ...] = ()
    letter: str = ""
    numbers: str = ""
    books: str = ""
    frees: str = ""
    charges: str = ""
    asks: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()
    opens: tuple[Any, ...] = ()
    goes_on: str = ""
    parts: str = ""
    hands_to: str = ""

    def __post_init__(self):
        for name in ("by", "asks", "voids"):
            if isinstance(given := getattr(self, name), str):
                object.__setattr__(self, name, (given,))
        if not isinstance(self.opens, tuple):
            object.__setattr__(self, "opens", (self.opens,))

    def __rshift__(self, target: "str | Branch") -> "Move":
        return Move(self, target.otherwise, target.ways) if isinstance(target, Branch) else Move(self, target)


class Branch:
    """Where an action leads, after what the case holds: `Branch((condition, "step"), ..., "otherwise")`."""

    def __init__(self, *ways: tuple[Expression, str] | str):
        self.ways: tuple[tuple[Expression, str], ...] = ways[:-1]
        self.otherwise: str = ways[-1]


@dataclass(frozen=True)
class Move:
    """An action offered in a step, and where it leads: to the first of `ways` whose condition holds, else to `to`."""

    action: Action
    to: str
    ways: tuple[tuple[Expression, str], ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """Every step that it can lead to."""
        return (*(step for _condition, step in self.ways), self.to)

    def choose(self, known: Mapping[str, Any]) -> str:
        """Where it leads with what is known."""
        return next((step for condition, step in self.ways if condition.holds(known)), self.to)


@dataclass(frozen=True)
class Step:
    """Where a case can stand. `says` is the sentence for the resident.

    `pauses`: promised clocks stop here (waiting for the resident). `waits`/`then`: after that many days here with nothing
    happening, the engine takes the action `then` by itself. `is_end`: the case is closed while it stands here.
    `joined`: the action that the engine takes when the last opinion that was asked for is in, or due.
    `rests`: nobody has anything to do about a case that stands here until time or somebody wakes it (a valid pass, an agreement in force):
    it leaves the inbox for the view of what is in force. `sleeps_through`: acts of residents and of time that change nothing of this;
    `unless`: while it holds, somebody has something to do all the same.
    """

    name: str
    label: Any
    says: Any
    moves: Mapping[str, Move]
    pauses: bool = False
    waits: int | None = None
    then: str | None = None
    is_end: bool = False
    joined: str = ""
    rests: bool = False
    sleeps_through: tuple[str, ...] = ()
    unless: Expression | None = None


def step(
    name: str,
    *moves: Move,
    label: Any,
    says: Any = None,
    pauses: bool = False,
    waits: int | None = None,
    then: str | None = None,
    is_end: bool = False,
    joined: str = "",
    rests: bool = False,
    sleeps_through: tuple[str, ...] = (),
    unless: Expression | None = None,
) -> Step:
    """Declare a step with its moves; see `Step`."""
    by_name = {m.action.name: m for m in moves}
    told = label if says is None else says
    return Step(name, label, told, by_name, pauses, waits, then, is_end, joined, rests, sleeps_through, unless)


def end(name: str, *moves: Move, label: Any, says: Any = None) -> Step:
    """Declare a step in which the case is closed; its moves are the ways to open it again."""
    return step(name, *moves, label=label, says=says, is_end=True)


class Flow:
    """All steps of a service, the first being where a filed case starts. `anywhere`: moves offered in every open step;
    `always`: in every step, ended ones too."""

    def __init__(self, *steps: Step, anywhere: tuple[Move, ...] = (), always: tuple[Move, ...] = ()):
        self.first = steps[0].name
        self.steps: dict[str, Step] = {}
        for each in steps:
            shared = {m.action.name: m for m in (() if each.is_end else anywhere)} | {m.action.name: m for m in always}
            self.steps[each.name] = Step(**{**vars(each), "moves": {**shared, **each.moves}})
        self.actions: dict[str, Action] = {m.action.name: m.action for s in self.steps.values() for m in s.moves.values()}

    def find_move(self, step_name: str, action: str) -> Move | None:
        return self.steps[step_name].moves.get(action)
