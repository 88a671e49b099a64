"""A flow drawn as text: Mermaid's stateDiagram-v2, which code forges, wikis and the Mermaid tools show as a picture."""

from collections.abc import Iterator

from django.utils.translation import ngettext

from oppidum.cases.declaration.flow import BACK, STAY, Step
from oppidum.cases.declaration.service import Service

# Words that Mermaid reads as its own; a step of such a name gets an underscore.
RESERVED = frozenset({"end", "state", "note", "direction", "class", "default"})


def draw_mermaid(service: type[Service]) -> str:
    """The steps of `service` and what leads from one to another, labels in the current language.

    Actions that change no step are left out; those that lead back to the step before are told in a note.
    """
    steps = service.flow.steps.values()
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{_quiet(step.label)}" as {_id(step.name)}' for step in steps]
    lines += [f"    [*] --> {_id(service.flow.first)}"]
    lines += [f"    {_id(service.flow.first)} --> {_id(name)}" for name in service.routing if name]
    for step in steps:
        lines += _edges(step)
        lines += _notes(step)
        lines += [f"    {_id(step.name)} --> [*]"] if step.is_end else []
    return "\n".join(lines) + "\n"


def _edges(step: Step) -> Iterator[str]:
    """One arrow for each step that can follow, with all the verbs that lead there."""
    verbs: dict[str, list[str]] = {}
    for move in step.moves.values():
        late = ngettext("after %(days)d day", "after %(days)d days", step.waits or 0) % {"days": step.waits or 0}
        verb = f"{move.action.label} ({late})" if move.action.name == step.then else move.action.label
        for target in dict.fromkeys(move.targets):
            if target not in (BACK, STAY):
                verbs.setdefault(target, []).append(_quiet(verb))
    for target, labels in verbs.items():
        yield f"    {_id(step.name)} --> {_id(target)} : {' / '.join(labels)}"


def _notes(step: Step) -> Iterator[str]:
    back = [_quiet(move.action.label) for move in step.moves.values() if BACK in move.targets]
    if back:
        yield f"    note right of {_id(step.name)} : {' / '.join(back)} ↩"


def _id(name: str) -> str:
    return f"{name}_" if name in RESERVED else name


def _quiet(label: object) -> str:
    """A label without the signs that end a Mermaid statement."""
    return str(label).translate(str.maketrans({":": " ", ";": ",", '"': "'", "#": "", "\n": " "})).strip()
