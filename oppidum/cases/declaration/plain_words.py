"""The flow of a service in plain words: what its public page, its paper form and the description of its graph say.

Nothing is written twice: the sentences come from the labels of steps and actions, and change with them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from oppidum.cases.declaration.expressions import Expression
from oppidum.cases.declaration.flow import BACK, STAY, Action, Move, Step
from oppidum.cases.declaration.service import Service


@dataclass(frozen=True)
class PlainStep:
    """A step as a resident reads it: its `label`, what it means (`says`), and in `ways` one sentence for each way on.

    `name` is the declaration's. `is_end`: the case is closed there; its ways are then those that open it again.
    """

    name: str
    label: str
    says: str
    is_end: bool
    ways: tuple[str, ...]


def plain_steps(service: type[Service], language: str = "") -> list[PlainStep]:
    """The steps in the order in which a case can come to them, ends last; in `language`, else in the current one.

    What changes no step, and what residents are never told (`tells=False`), is left out.
    """
    with override(language or get_language()):
        return [
            PlainStep(step.name, str(step.label), str(step.says), step.is_end, tuple(_ways(service, step)))
            for step in _in_order(service)
        ]


def _in_order(service: type[Service]) -> list[Step]:
    """Breadth first from the step where a case starts, so that the usual way reads from top to bottom."""
    steps = service.flow.steps
    found = dict.fromkeys((*(name for name in service.routing if name in steps), service.flow.first))
    todo = list(found)
    while todo:
        for move in steps[todo.pop(0)].moves.values():
            for target in move.targets:
                if target in steps and target not in found:
                    found[target] = None
                    todo.append(target)
    return sorted((steps[name] for name in found), key=lambda step: step.is_end)


def _ways(service: type[Service], step: Step) -> Iterator[str]:
    names = labels_of(service)
    for move in step.moves.values():
        if set(move.targets) != {STAY} and move.action.tells:
            told = [_late(service, step, move) or _silence(service, move) or _way(service, move)]
            condition = move.action.when
            if condition is not None and _has_words(condition, names):
                told.append(_("Only if %(condition)s.") % {"condition": condition.say(names)})
            told += [str(one.says) for one in move.action.barred if "{" not in str(one.says)]
            if move.action.within is not None:
                told.append(_time_left(move.action.within))
            yield " ".join(told)


def _silence(service: type[Service], move: Move) -> str:
    """What the end of a legal clock does, if this move is its action."""
    clock = next((one for one in service.clocks if one.silence == move.action.name), None)
    if clock is None or move.to == BACK:
        return ""
    words = {"clock": clock.label, "action": move.action.label, "step": _target(service, move)}
    return _("When the time for “%(clock)s” is over: “%(action)s”, which leads to “%(step)s”.") % words


def _way(service: type[Service], move: Move) -> str:
    words = {"action": str(move.action.label), "step": _target(service, move)}
    if move.to == BACK:
        return {
            "you": _("You: “%(action)s”. The case then goes on where it stood."),
            "time": _("“%(action)s”, by itself: the case then goes on where it stood."),
        }.get(who_acts(move.action), _("The authority: “%(action)s”. The case then goes on where it stood.")) % words
    return {
        "you": _("You: “%(action)s” leads to “%(step)s”."),
        "time": _("“%(action)s”, by itself, leads to “%(step)s”."),
        "other": _("A third party: “%(action)s” leads to “%(step)s”."),
    }.get(who_acts(move.action), _("The authority: “%(action)s” leads to “%(step)s”.")) % words


def who_acts(action: Action) -> str:
    """ "you" (the resident), "time" (the system), "other" (a third party, a commune, a partner) or "officers", bodies included."""
    kinds = [who.partition(":")[0] for who in action.by]
    if "resident" in kinds:
        return "you"
    if all(kind == "system" for kind in kinds):
        return "time"
    return "other" if all(kind in ("third", "partner", "commune") for kind in kinds) else "officers"


def _late(service: type[Service], step: Step, move: Move) -> str:
    """What a delay that runs out does, if this move is its action."""
    if move.action.name != step.then:
        return ""
    sentence = ngettext(
        "After %(days)d day without news: “%(action)s”, which leads to “%(step)s”.",
        "After %(days)d days without news: “%(action)s”, which leads to “%(step)s”.",
        step.waits,
    )
    return sentence % {"days": step.waits, "action": str(move.action.label), "step": _target(service, move)}


def _target(service: type[Service], move: Move) -> str:
    """Where it leads; of a branch, each step with the condition under which it leads there."""
    steps, names = service.flow.steps, labels_of(service)
    told = []
    for condition, to in move.ways:
        if to in steps:
            words = {"step": steps[to].label, "condition": condition.say(names)}
            told.append(_("%(step)s (if %(condition)s)") % words if _has_words(condition, names) else str(steps[to].label))
    return ", ".join(dict.fromkeys([*told, *([str(steps[move.to].label)] if move.to in steps else [])]))


def _has_words(condition: Expression, names: Mapping[str, str]) -> bool:
    """Whether all that it reads is called something that people understand."""
    return condition.names() | {f"rule:{name}" for name in condition.rules()} <= set(names)


def labels_of(service: type[Service]) -> Mapping[str, str]:
    """What each answer is called, those of actions included, each choice of it ("name:choice"), and each rule ("rule:name"), as
    conditions say them, in the current language."""
    return _labels_in(service, get_language())


@lru_cache(maxsize=256)
def _labels_in(service: type[Service], language: str | None) -> Mapping[str, str]:
    """Gathered once a language: each sentence about a step asks for them, and a report has thousands."""
    labels: dict[str, str] = {f"rule:{name}": str(one.label) for name, one in service.rules.items() if one.label}
    forms = [service.form, *(c.questions for c in service.categories.values()), *(a.demands for a in service.flow.actions.values())]
    for name, question in ((name, question) for form in forms for name, question in form.items()):
        labels.setdefault(name, str(question.label).rstrip(" ?\u00a0\u202f"))
        for choice, label in getattr(question, "options", {}).items():
            labels.setdefault(f"{name}:{choice}", str(label))
    return labels


def _time_left(days: int) -> str:
    return ngettext("Possible for %(days)d day.", "Possible for %(days)d days.", days) % {"days": days}
