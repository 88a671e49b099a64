"""Opinions of other bodies: asked for side by side, answered or silent, each a fact of the journal."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from oppidum.cases.declaration.flow import Action
from oppidum.cases.declaration.opinions import ASKED, GIVEN, Opinion
from oppidum.cases.declaration.service import Service
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import SYSTEM, Actor, Command, Decision, Fact, Standing, Words
from oppidum.core.errors import Invalid, NotAllowed

OPINION = "opinion"


def asking(service: type[Service], action: Action, case: Standing, day: date) -> dict[str, str]:
    """Of each opinion that the action asks for and the case needs, the last day on which it may come. One that was given is not asked again,
    unless it was made void."""
    known = service.known(case, day)
    return {
        one.name: one.last_day(known, day).isoformat()
        for one in service.opinions
        if one.name in action.asks and GIVEN + one.name not in case.facts and (one.when is None or one.when.holds(known))
    }


def voiding(action: Action, case: Standing) -> list[str]:
    """The opinions asked for or given that the action makes void: what they were about is no longer what is asked for."""
    return [name for name in action.voids if ASKED + name in case.facts]


def without_void(facts: Mapping[str, Any], voided: Sequence[str]) -> dict[str, Any]:
    """The facts without what those opinions said: they can be asked for anew."""
    gone = {prefix + name for name in voided for prefix in (ASKED, GIVEN)}
    return {name: value for name, value in facts.items() if name not in gone}


def give_opinion(service: type[Service], case: Standing, command: Command, now: datetime) -> Decision:
    """A body's answer: `data` holds `opinion` (its name), `answer` (one of its options) and perhaps `reasons`, which stand beside the
    journal. One that comes after its silence was recorded is kept as a fact, and changes nothing that was decided."""
    found = find_opinion(service, str(command.data.get("opinion", "")))
    if found is None or ASKED + found.name not in case.facts or not case.is_open:
        raise NotNow(step=case.step, action=OPINION)
    if not may_give(found, command.actor, case.team_id):
        raise NotAllowed(action=OPINION)
    if command.actor.kind != "system" and command.data.get("answer") not in found.options:
        raise Invalid(field="answer")
    data: dict[str, Any] = {"opinion": found.name, "answer": command.data["answer"]}
    if GIVEN + found.name in case.facts:
        data["late"] = True
    reasons = command.data.get("reasons")
    words = Words("note" if found.confidential else "opinion", reasons) if reasons else None
    effects = (("go_on", {"joined": True}),) if _joins(service, case, found.name) else ()
    fact = Fact(case.version + 1, command.valid_at or now, now, command.actor, OPINION, case.step, case.step, data)
    return Decision(fact, words, effects, command.photos)


def find_opinion(service: type[Service], name: str) -> Opinion | None:
    return next((one for one in service.opinions if one.name == name), None)


def may_give(one: Opinion, actor: Actor, team: int | None) -> bool:
    """Of a case that `team` holds: the body itself, or an officer who enters what came on paper; time for a silent one."""
    return actor.kind in (one.of, "system") or (actor.kind == "officer" and "act" in actor.rights_over(team))


def open_opinions(service: type[Service], case: Standing) -> list[tuple[Opinion, date]]:
    """Those asked for and not answered, each with its last day."""
    if not case.facts or not service.opinions:
        return []
    return [
        (one, date.fromisoformat(case.facts[ASKED + one.name]))
        for one in service.opinions
        if ASKED + one.name in case.facts and GIVEN + one.name not in case.facts
    ]


def silent_opinion(one: Opinion) -> Command:
    """The command by which time answers for a silent body."""
    return Command(OPINION, SYSTEM, {"opinion": one.name, "answer": one.silence})


def _joins(service: type[Service], case: Standing, name: str) -> bool:
    """Whether this was the last of the opinions asked for, and the step waits for them."""
    waiting = {one.name for one, _last in open_opinions(service, case)}
    return waiting == {name} and bool(service.flow.steps[case.step].joined)
