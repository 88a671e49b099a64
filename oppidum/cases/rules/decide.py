"""Deciding: from where a case stands and what is asked, to what happens. Pure: no I/O, no clock, no ORM."""

from datetime import date, datetime
from typing import Any

from oppidum.cases.declaration.flow import BACK, STAY, Action
from oppidum.cases.declaration.service import Service
from oppidum.cases.rules.errors import Itself, NotNow, Stale, TooLate
from oppidum.cases.rules.standing import Command, Contact, Decision, Fact, Standing, Words
from oppidum.core.clock import local_day
from oppidum.core.errors import NotAllowed

# Facts that the engine itself records, whatever the flow of the service.
SILENCE, FORGET = "silence", "forget"
# Acts on personal data and archives, which no flow declares: who may take them besides the engine (see `retaining.py`).
RECTIFY, PROPOSE, VISA, ARCHIVE = "rectify", "propose_destruction", "visa", "archive"
RECORDED = {SILENCE: "", FORGET: "privacy", RECTIFY: "privacy", PROPOSE: "privacy", VISA: "privacy", ARCHIVE: "privacy"}


def decide(service: type[Service], case: Standing, command: Command, now: datetime) -> Decision:
    """What `command` does to `case`. `command.data` is already cleaned against the action's demands.

    Raises `NotNow`, `NotAllowed`, `TooLate` or `Stale`; then nothing happens at all.
    """
    if command.action in RECORDED:
        return _record(case, command, now)
    move = service.flow.steps[case.step].moves.get(command.action)
    if command.seen is not None and command.seen != case.version and (move is None or move.to != STAY):
        raise Stale(seen=command.seen)
    if move is None:
        raise NotNow(step=case.step, action=command.action)
    action = move.action
    _check_actor(action, command)
    if command.other == case.case_id:
        raise Itself()
    valid_at = command.valid_at or now
    if action.within is not None and (local_day(valid_at) - case.step_since).days > action.within:
        raise TooLate(within=action.within)
    to = case.step if move.to == STAY else (case.back_to or service.flow.first) if move.to == BACK else move.to
    data, words = _split(service, action, command)
    joins = (command.contact or Contact()) if action.joins else None
    if joins is not None:
        data["joins"] = "contactable" if joins.email else "quiet"
    fact = Fact(case.version + 1, valid_at, now, command.actor, command.action, case.step, to, data)
    return Decision(fact, words, _effects(service, action, case, data), command.photos, joins)


def may_act(action: Action, actor_kind: str, rights: frozenset[str]) -> bool:
    """Whether somebody of that kind, with those rights, may take the action at all."""
    return actor_kind in action.by or not rights.isdisjoint(action.by)


def _check_actor(action: Action, command: Command) -> None:
    if not may_act(action, command.actor.kind, command.actor.rights):
        raise NotAllowed(action=action.name)


def _split(service: type[Service], action: Action, command: Command) -> tuple[dict[str, Any], Words | None]:
    """Private text goes beside the journal, everything else into it; a new category brings its promise with it."""
    data, words = {}, None
    for name, value in command.data.items():
        question = action.demands.get(name)
        if question is not None and question.private:
            words = Words(_kind_of_words(name, command), value)
        else:
            data[name] = value
    if "category" in data:
        data["promise"] = service.categories[data["category"]].promise
    data.update(action.sets)
    return data, words


def _kind_of_words(name: str, command: Command) -> str:
    if name == "note":
        return "note"
    return "from_resident" if command.actor.kind == "resident" else "to_resident"


def _effects(service: type[Service], action: Action, case: Standing, data: dict[str, Any]) -> tuple:
    effects = []
    if case.contactable and service.has_notice(action.name):
        effects.append(("notify", {}))
    if "original" in data:
        effects.append(("adopt", {"original": data["original"]}))
    return tuple(effects)


def _record(case: Standing, command: Command, now: datetime) -> Decision:
    """Silence and forgetting are facts that the law makes: nothing that is blank or unassigned holds them back."""
    if command.actor.kind != "system" and RECORDED[command.action] not in command.actor.rights:
        raise NotAllowed(action=command.action)
    data = dict(command.data)
    return Decision(Fact(case.version + 1, command.valid_at or now, now, command.actor, command.action, case.step, case.step, data))


def actions_open_to(service: type[Service], case: Standing, kind: str, rights: frozenset[str], today: date) -> list[Action]:
    """The actions that the flow allows to this actor now, in the declaration's order: what a page offers as buttons."""
    return [
        move.action
        for move in service.flow.steps[case.step].moves.values()
        if may_act(move.action, kind, rights)
        and (move.action.within is None or (today - case.step_since).days <= move.action.within)
    ]
