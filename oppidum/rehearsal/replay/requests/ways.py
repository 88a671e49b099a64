"""What can happen next to a case in a step, and how likely it is: read from flow and profile once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oppidum.cases.declaration import STAY, Action, Service
from oppidum.cases.declaration.opinions import GIVEN
from oppidum.cases.rules.standing import RESIDENT, Actor
from oppidum.people.models import Right

# What people do about a case now and then, and not what moves it on, unless its share is declared.
ASIDE = frozenset({"note", "message", "reply", "hide", "show", "give_to", "move_team", "withdraw", "cancel"})
FIRST_DECLARED, OTHERS = 6.0, 1.0
LATER = "2999-12-31"
RIGHTS = frozenset(Right.values)


@dataclass(frozen=True)
class Way:
    """An action that people may take in a step. `by_officer`: taken at the desk, in office hours."""

    action: Action
    actor: Actor
    weight: float
    by_officer: bool


@dataclass(frozen=True)
class Ways:
    """All ways out of a step; `rest` is the share of cases that are left to time. `asking`: the action that asks for opinions."""

    ways: tuple[Way, ...]
    rest: float
    asking: Way | None
    guarded: bool


def read_ways(service: type[Service], step: str, officer: Actor) -> Ways:
    """The ways out of a step: those whose shares are declared; without any, those that lead on, the one declared first most likely."""
    moves = service.flow.steps[step].moves.values()
    shares = service.rehearsal.shares
    declared = [move for move in moves if f"{step}.{move.action.name}" in shares]
    found = [way for move in declared if (way := _way(move.action, officer, shares[f"{step}.{move.action.name}"]))]
    asking = next((way for move in moves if move.action.asks and move.to == STAY and (way := _way(move.action, officer, 1))), None)
    rest = 0.0
    if declared:
        rest = max(0.0, 1 - sum(way.weight for way in found))
    elif not _is_left_to_others(service, step):
        leading = [m for m in moves if m.to != STAY and m.action.name not in ASIDE and "system" not in m.action.by]
        weights = [FIRST_DECLARED, *(OTHERS for _ in leading)]
        found = [way for move, weight in zip(leading, weights, strict=False) if (way := _way(move.action, officer, weight))]
    return Ways(tuple(found), rest, asking, any(way.action.when is not None for way in found))


def _way(action: Action, officer: Actor, weight: float) -> Way | None:
    """Who takes it: the applicant where they may, else an officer, else whom the flow names. What bodies decide is their sittings'."""
    if "resident" in action.by:
        return Way(action, RESIDENT, weight, False)
    if not RIGHTS.isdisjoint(action.by):
        return Way(action, officer, weight, True)
    others = [who for who in action.by if who not in ("system", "partner") and not who.startswith("body:")]
    return Way(action, Actor(others[0]), weight, False) if others else None


def _is_left_to_others(service: type[Service], step: str) -> bool:
    return any(who.startswith("body:") for move in service.flow.steps[step].moves.values() for who in move.action.by)


def is_open(way: Way, known: Mapping[str, Any]) -> bool:
    """Whether the flow allows it now."""
    return way.action.when is None or way.action.when.holds(known)


def may_open(way: Way, known: Mapping[str, Any], ways: Ways) -> bool:
    """Whether it is allowed, or will be: once its day has come, or the opinions that can be asked for are in."""
    if is_open(way, known) or is_open(way, {**known, "today": LATER}):
        return True
    about_opinions = any(name.startswith(GIVEN) for name in way.action.when.names())
    return about_opinions and ways.asking is not None and is_open(ways.asking, known)
