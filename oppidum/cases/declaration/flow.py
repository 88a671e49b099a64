"""The flow of a service: steps, and the actions that lead from one to another.

    plan = Action("plan", _("Plan"), by="act", demands={"day": Day(_("Which day?"), required=True)})
    Flow(step("assigned", plan >> "planned", ...), ends("done", ...))

An action says who may take it (`by`: a right of officers, or "resident", "system"), what it demands, and what residents read.
`>> BACK` returns to the step the case came from; `>> STAY` changes no step.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

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
    `joins`: the actor becomes a follower of the case. `routes`: the remits name the team when the act leaves it open.
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
    joins: bool = False
    routes: bool = False

    def __post_init__(self):
        if isinstance(self.by, str):
            object.__setattr__(self, "by", (self.by,))

    def __rshift__(self, target: str) -> "Move":
        return Move(self, target)


@dataclass(frozen=True)
class Move:
    """An action offered in a step, and where it leads."""

    action: Action
    to: str


@dataclass(frozen=True)
class Step:
    """Where a case can stand. `says` is the sentence for the resident.

    `pauses`: promised clocks stop here (waiting for the resident). `waits`/`then`: after that many days here with nothing
    happening, the engine takes the action `then` by itself. `is_end`: the case is closed while it stands here.
    """

    name: str
    label: Any
    says: Any
    moves: Mapping[str, Move]
    pauses: bool = False
    waits: int | None = None
    then: str | None = None
    is_end: bool = False


def step(
    name: str,
    *moves: Move,
    label: Any,
    says: Any = None,
    pauses: bool = False,
    waits: int | None = None,
    then: str | None = None,
    is_end: bool = False,
) -> Step:
    """Declare a step with its moves; see `Step`."""
    return Step(name, label, label if says is None else says, {m.action.name: m for m in moves}, pauses, waits, then, is_end)


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
