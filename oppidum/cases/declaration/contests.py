"""Competitions (mise en concurrence): a service whose requests answer a call that a case of another service has opened.

    contest = Contest("marina-occupancy", step="published", question="call", until="closes_on", opened_by="publish",
                      shows=("harbour", "where", "criteria"), sealed=("project", "yearly_fee"), goes_on={"chosen": "choose"})

A call is open while its case stands in `step`, up to the midnight that ends the day of its fact `until`. A request names its call in the
answer `question`; one that comes later is refused, with the hour. Until that midnight nobody at the authority reads the answers `sealed`,
nor any file of the request, whatever their rights (CG3P, art. L2122-1-1: selection without favour). `shows`: the facts of the call that
everybody reads; `opened_by`: the action, or the actions, whose files are the documents of the call. `goes_on`: as in `Open`, the action that the engine takes
on the call when a request ends in a step.
"""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field


@dataclass(frozen=True)
class Contest:
    """Which calls the requests of a service answer; see the head of the module."""

    service: str
    _: KW_ONLY
    step: str
    question: str
    until: str
    opened_by: tuple[str, ...] | str
    shows: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    goes_on: Mapping[str, str] = field(default_factory=dict)

    @property
    def openers(self) -> tuple[str, ...]:
        """The actions of the call that open it, for the first time or again."""
        return (self.opened_by,) if isinstance(self.opened_by, str) else self.opened_by


def contest_faults(service) -> Iterator[str]:
    """What is wrong with the contest within the service itself, a sentence each."""
    contest = service.contest
    if contest is None:
        return
    question = service.form.get(contest.question)
    if question is None or question.kind != "reference" or question.to != "case" or question.required is not True:
        yield f"contest: question='{contest.question}' names the call: make it Reference(..., to=\"case\", required=True)"
    for name in contest.sealed:
        if name not in service.form:
            yield f"contest: sealed names '{name}', which the form doesn't ask: correct the name"
        elif name in service.facts_read:
            yield f"contest: '{name}' is sealed and a fact, which the journal shows: leave fact=True out, and let no rule read it"


def contest_faults_between(service, services) -> Iterator[str]:
    """What is wrong between the service and the one whose calls it answers, a sentence each."""
    contest = service.contest
    if contest is None:
        return
    other = services.get(contest.service)
    if other is None:
        yield f"contest: '{contest.service}' is no service of the catalogue: declare it or correct the code"
        return
    if contest.step not in other.flow.steps:
        yield f"contest: '{contest.step}' is no step of '{contest.service}': correct the name"
    for name in contest.openers:
        if name not in other.flow.actions:
            yield f"contest: opened_by='{name}' is no action of '{contest.service}': correct the name"
    for name in (contest.until, *contest.shows):
        if name not in other.facts_read:
            yield f"contest: '{name}' is no fact of '{contest.service}': ask it there with fact=True"
    for step, follower in contest.goes_on.items():
        if step not in service.flow.steps or not service.flow.steps[step].is_end:
            yield f"contest: goes_on names '{step}', which is no end of this service: name an end"
        if follower not in other.flow.actions or "system" not in other.flow.actions[follower].by:
            yield f"contest: goes_on='{follower}' is no action that the engine may take on '{contest.service}': say by=\"system\" there"
