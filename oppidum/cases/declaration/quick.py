"""A contact logged in seconds: what an officer gives of it on one screen of the desk, with a few keys.

    quick = Quick("subject", sets={"wants": "answer"})

`asks`: the one question that is put, a choice of at most nine, each with its key. `sets`: what the other questions are answered by itself.
`ways`: how contacts come, the usual one first. The commune is typed beside; nothing else is asked, so whatever the form demands besides must
not be demanded with these answers: this is tried, answer by answer, when the declaration is checked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from oppidum.cases.declaration.fields import survey
from oppidum.core import clock

WAYS = ("front_desk", "phone", "email", "letter")
MOST = 9


@dataclass(frozen=True)
class Quick:
    """See the head of the module."""

    asks: str
    _: KW_ONLY
    sets: Mapping[str, Any] = field(default_factory=dict)
    ways: tuple[str, ...] = ("front_desk", "phone", "email")


def quick_faults(service) -> Iterator[str]:
    """What is wrong with it, a sentence each."""
    quick = service.quick
    if quick is None:
        return
    question = service.form.get(quick.asks)
    if question is None or question.kind != "choice" or question.many or not 1 < len(question.options) <= MOST:
        yield f"quick: asks '{quick.asks}', which must be a Choice of the form with two to {MOST} answers, one of them given"
        return
    if unknown := sorted(set(quick.ways) - set(WAYS)) or not quick.ways:
        yield f"quick: ways {unknown}: name some of {', '.join(WAYS)}"
    if gone := sorted(set(quick.sets) - set(service.form)):
        yield f"quick: sets {', '.join(gone)}, which the form doesn't ask: correct the name"
    owed = {
        str(fault.field)
        for option in question.options
        for fault in survey(service.form, {quick.asks: option, **quick.sets}, clock.today()).faults
    }
    if owed:
        yield f"quick: the form still demands {', '.join(sorted(owed))}: let sets answer it, or let it be asked only when it is needed"
