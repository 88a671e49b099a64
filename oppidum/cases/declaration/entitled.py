"""Who may ask because another case gives the right: a commune that has signed an agreement on a shared service, say.

entitled = (Entitled("it-agreement", step="in_force", same={"body": "body", "shared": "shared"}, when=answer("side").is_("commune"),
                     says=_("Your commune has no agreement in force for this service."), instead=_("Call us.")),)
"""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from oppidum.cases.declaration.expressions import Expression

# Kinds of answers that can be held against each other, and what of each is compared: a party by its SIREN.
COMPARED: Mapping[str, tuple[str, ...]] = {"party": ("siren",), "place": ("commune",), "choice": (), "text": (), "reference": ()}


@dataclass(frozen=True)
class Entitled:
    """Where `when` holds (always, without it), a case of `service` must stand in `step` that says the `same`: our answer -> its answer.

    `says` and `instead` are told to who has none.
    """

    service: str
    _: KW_ONLY
    step: str
    same: Mapping[str, str] = field(default_factory=dict)
    when: Expression | None = None
    says: Any
    instead: Any = ""


def entitled_faults(service: Any) -> Iterator[str]:
    """What is wrong with the rights within the service itself, a sentence each."""
    for one in service.entitled:
        for name in one.same:
            if getattr(service.form.get(name), "kind", "") not in COMPARED:
                yield f"entitled: same names '{name}', which the form doesn't ask as {', '.join(COMPARED)}: correct the name"


def entitled_faults_between(service: Any, services: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong between the service and the one whose cases give the right."""
    for one in service.entitled:
        other = services.get(one.service)
        if other is None:
            yield f"entitled: '{one.service}' is no service of the catalogue: declare it or correct the code"
            continue
        if one.step not in other.flow.steps or other.flow.steps[one.step].is_end:
            yield f"entitled: '{one.step}' is no open step of '{one.service}': a right lasts as long as its case is open"
        for ours, theirs in one.same.items():
            if ours in service.form and getattr(other.form.get(theirs), "kind", "") != service.form[ours].kind:
                yield f"entitled: '{one.service}' doesn't ask '{theirs}' as a question of the kind of '{ours}': correct the name"
