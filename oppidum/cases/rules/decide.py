"""Deciding: from where a case stands and what is asked, to what happens. Pure: no I/O, no clock, no ORM."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from oppidum.cases.declaration.domains import ENGINE
from oppidum.cases.declaration.eligibility import find_ineligible
from oppidum.cases.declaration.fields import Items, Money, Text
from oppidum.cases.declaration.flow import BACK, STAY, Action, Move
from oppidum.cases.declaration.outside import told_of
from oppidum.cases.declaration.recorded import (
    CLOSED_TOO,
    CORRECT,
    ESCALATE,
    FELL,
    HEARD,
    QUARANTINE,
    RECORDED,
    REDEFINE,
    REMIND,
    SPLIT,
)
from oppidum.cases.declaration.service import Service
from oppidum.cases.rules.asking import OPINION, asking, give_opinion, voiding
from oppidum.cases.rules.errors import Itself, NotEligible, NotNow, Stale, TooLate
from oppidum.cases.rules.resting import is_heard
from oppidum.cases.rules.standing import Command, Contact, Decision, Fact, Standing, Words
from oppidum.core.clock import local_day, midnight
from oppidum.core.errors import NotAllowed


def decide(service: type[Service], case: Standing, command: Command, now: datetime) -> Decision:
    """What `command` does to `case`. `command.data` is already cleaned against the action's demands.

    Raises `NotNow`, `NotAllowed`, `TooLate` or `Stale`; then nothing happens at all.
    """
    if command.actor.kind == "system" and command.seen is not None and command.seen != case.version:
        raise Stale(seen=command.seen)
    if command.action in RECORDED:
        return _record(service, case, command, now)
    if command.action == OPINION:
        return give_opinion(service, case, command, now)
    move = service.flow.steps[case.step].moves.get(command.action)
    if command.seen is not None and command.seen != case.version and (move is None or move.to != STAY):
        raise Stale(seen=command.seen)
    if move is None:
        raise NotNow(step=case.step, action=command.action)
    action = move.action
    _check_actor(action, case, command)
    if command.other == case.case_id:
        raise Itself()
    valid_at = command.valid_at or now
    if action.within is not None and (local_day(valid_at) - case.step_since).days > action.within:
        raise TooLate(within=action.within)
    data, words, answers = _split(service, action, case, command)
    to = _lead(service, case, move, command, data, local_day(valid_at))
    if to != case.step and local_day(valid_at) < case.step_since:
        valid_at = _once_there(case, command, data, valid_at)
    joins = (command.contact or Contact()) if action.joins else None
    if joins is not None:
        data["joins"] = "contactable" if joins.is_reachable else "quiet"
    if action.asks:
        data["asks"] = asking(service, action, case, local_day(valid_at))
    if action.voids and (voided := voiding(action, case)):
        data["voids"] = voided
    if service.flow.steps[to].rests and is_heard(action, command.actor, case.team_id):
        data[HEARD] = True
    fact = Fact(case.version + 1, valid_at, now, command.actor, command.action, case.step, to, data)
    return Decision(fact, words, _effects(service, action, case, fact), command.photos, joins, answers)


def _lead(service: type[Service], case: Standing, move: Move, command: Command, data: Mapping[str, Any], day: date) -> str:
    """The step that the action leads to; its condition is proved on the way. Time itself is not held back by conditions: silence
    falls at its legal instant, whatever is blank."""
    action = move.action
    if action.when is None and not move.ways and not action.barred:
        to = move.to
    else:
        known = service.known(case, day)
        # Its condition looks at what was there and what is demanded; where it leads, also at what the action itself sets.
        given = known | {name: value for name, value in data.items() if name in action.demands}
        if action.when is not None and command.actor.kind != "system" and not action.when.holds(given):
            raise NotNow(step=case.step, action=action.name)
        if action.barred and command.actor.kind != "system":
            _check_said(service, action, given)
        to = move.choose(known | data)
    return case.step if to == STAY else (case.back_to or service.flow.first) if to == BACK else to


def _once_there(case: Standing, command: Command, data: dict[str, Any], at: datetime) -> datetime:
    """When an act moves the case that counts from before its coming into the step: on the day of coming, for nobody leaves before, and a
    stock is the sum of such movements. What a silence means in law counts from its instant all the same, which `data` then keep."""
    if command.actor.kind == "system" and data.get("means"):
        data[FELL] = at.astimezone(UTC).isoformat()
    return midnight(case.step_since)


def _check_said(service: type[Service], action: Action, given: Mapping[str, Any]) -> None:
    """Raises `NotEligible` with the sentence of the first rule that bars what is said."""
    if found := find_ineligible(action.barred, given, frozenset().union(*(one.when.names() for one in action.barred))):
        sums = {tally.name: Money(tally.label) for tally in service.tallies}
        demanded = {name: asked for each in service.flow.actions.values() for name, asked in each.demands.items()}
        # What the engine tells of the case itself (its commune) isn't what another act demands by the same name (the commune's share).
        demanded = {name: asked for name, asked in demanded.items() if name not in ENGINE}
        fields = {**demanded, **service.form, **action.demands, **sums}
        raise NotEligible(found.tell(fields, given), field=min(found.when.names() & action.demands.keys(), default=None))


def may_act(action: Action, actor_kind: str, rights: frozenset[str]) -> bool:
    """Whether somebody of that kind, with those rights, may take the action at all."""
    return actor_kind in action.by or not rights.isdisjoint(action.by)


def _check_actor(action: Action, case: Standing, command: Command) -> None:
    if not may_act(action, command.actor.kind, command.actor.rights_over(case.team_id)):
        raise NotAllowed(action=action.name)


def _split(
    service: type[Service], action: Action, case: Standing, command: Command
) -> tuple[dict[str, Any], Words | None, dict[str, Any]]:
    """What goes into the journal, the words that go beside it, and the answers that go into the case's document.

    Private text is a message; any other private answer that the action demands, and what it asks that the form asked too, changes the
    document: what the engine tells under the same name doesn't. Of rows with private columns the journal holds the others. A new category
    brings its promise with it.
    """
    data, words, answers = {}, None, {}
    for name, value in command.data.items():
        question = action.demands.get(name)
        if question is not None and question.private and isinstance(question, Text):
            words = Words(_kind_of_words(name, command), value)
            continue
        has_private_columns = isinstance(question, Items) and any(column.private for column in question.fields.values())
        if question is not None and (question.private or has_private_columns or name in service.form):
            answers[name] = value
        if question is None or not question.private:
            data[name] = question.fact_of(value) if has_private_columns else value
    if "category" in data and data["category"] in service.categories:
        data["promise"] = service.categories[data["category"]].promise
    data.update(action.sets)
    data.update({name: case.facts.get(name, 0) + data[asked] for name, asked in action.adds.items() if asked in data})
    return data, words, answers


def _kind_of_words(name: str, command: Command) -> str:
    if name == "note":
        return "note"
    return "from_resident" if command.actor.kind == "resident" else "to_resident"


def _effects(service: type[Service], action: Action, case: Standing, fact: Fact) -> tuple:
    """What leaves because of this act, in the order in which it is written: mails, letters, money, opinions, other cases."""
    effects: list[tuple[str, dict[str, Any]]] = []
    if case.contactable and service.has_notice(action.name):
        effects.append(("notify", {}))
    if "original" in fact.data:
        effects.append(("adopt", {"original": fact.data["original"]}))
    if action.name in service.lettered:
        effects.append(("letter", {}))
    if action.charges:
        effects.append(("charge", {"fee": action.charges}))
    effects += [("ask", {"opinion": name}) for name in fact.data.get("asks", ())]
    if partners := _partners_told(service, action, case, fact):
        effects.append(("partner", {"partners": partners}))
    if action.opens:
        effects.append(("open", {"action": action.name}))
    if action.parts:
        effects.append(("parts", {"action": action.parts}))
    if action.hands_to:
        effects.append((action.hands_to, {"action": action.name}))
    if action.goes_on:
        effects.append(("go_on", {"action": action.goes_on}))
    if "parent" in case.facts and fact.to_step != case.step and service.flow.steps[fact.to_step].is_end:
        effects.append(("ended", {"parent": case.facts["parent"], "step": fact.to_step}))
    return tuple(effects)


def _partners_told(service: type[Service], action: Action, case: Standing, fact: Fact) -> list[str]:
    """The outside parties that hear of the action, as the case stands with it."""
    told = told_of(service, action.name) if service.partners else []
    if not told:
        return []
    known = service.known(case, local_day(fact.valid_at)) | fact.data
    return [one.code for one in told if getattr(one, "when", None) is None or one.when.holds(known)]


def _record(service: type[Service], case: Standing, command: Command, now: datetime) -> Decision:
    """What the law or the engine makes: nothing that is blank or unassigned holds it back."""
    if command.actor.kind != "system" and RECORDED[command.action] not in command.actor.rights_over(case.team_id):
        raise NotAllowed(action=command.action)
    if command.action in (CORRECT, SPLIT):
        return _mend(service, case, command, now)
    data = dict(command.data)
    effects = (("tell", {"to": data["to"]}),) if command.action == ESCALATE else ()
    if command.action == QUARANTINE:
        effects = (("quarantined", {"papers": data.pop("put_aside")}),)
    if command.action == REMIND and "late_cents" in data:
        effects = (("letter", {}),)
    to = data.pop("step", case.step) if command.action == REDEFINE else case.step
    if command.action == REDEFINE and case.contactable and service.has_notice(REDEFINE):
        effects = (("notify", {}),)
    fact = Fact(case.version + 1, command.valid_at or now, now, command.actor, command.action, case.step, to, data)
    return Decision(fact, effects=effects)


def _mend(service: type[Service], case: Standing, command: Command, now: datetime) -> Decision:
    """A correction, or a split. Nobody writes over what they haven't seen; what is closed is split no more, and corrected by right."""
    if command.seen is not None and command.seen != case.version:
        raise Stale(seen=command.seen)
    may = case.is_open or (command.action == CORRECT and CLOSED_TOO in command.actor.rights_over(case.team_id))
    if not may or case.forgotten_on is not None:
        raise NotNow(step=case.step, action=command.action)
    data = dict(command.data)
    words = Words("to_resident", data.pop("message")) if data.get("message") else None
    fact = Fact(case.version + 1, now, now, command.actor, command.action, case.step, case.step, data)
    effects: list[tuple[str, dict[str, Any]]] = [("notify", {})] if case.contactable and service.has_notice(command.action) else []
    if service.fees and case.is_open and "correction" in data:
        effects.append(("recharge", {}))
    return Decision(fact, words, tuple(effects), answers=command.mended.answers if command.mended else {}, mended=command.mended)


def actions_open_to(service: type[Service], case: Standing, kind: str, rights: frozenset[str], today: date) -> list[Action]:
    """The actions that the flow allows to this actor now, in the declaration's order: what a page offers as buttons."""
    offered = [
        move.action
        for move in service.flow.steps[case.step].moves.values()
        if may_act(move.action, kind, rights)
        and (move.action.within is None or (today - case.step_since).days <= move.action.within)
    ]
    if all(action.when is None for action in offered):
        return offered
    known = service.known(case, today)
    return [action for action in offered if action.when is None or action.when.holds(known)]
