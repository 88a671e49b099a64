"""What every question of a form has in common, and the condition under which one is asked."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any, ClassVar, Protocol

from django.utils.translation import gettext_lazy as _

Known = Mapping[str, Any]


class Holds(Protocol):
    """What `when=` and `required=` take: an expression, or the short `answered(name, value)`."""

    def holds(self, known: Known) -> bool: ...

    def names(self) -> frozenset[str]: ...

    def say(self, labels: Mapping[str, Any]) -> str: ...


@dataclass(frozen=True)
class Condition:
    """Holds when the earlier answer `name` is one of `values`."""

    name: str
    values: tuple[Any, ...]

    def holds(self, answers: Known) -> bool:
        given = answers.get(self.name)
        return any(v in self.values for v in given) if isinstance(given, list) else given in self.values

    def names(self) -> frozenset[str]:
        return frozenset({self.name})

    def rules(self) -> frozenset[str]:
        return frozenset()

    def say(self, labels: Mapping[str, Any]) -> str:
        shown = [str(labels.get(f"{self.name}:{value}", value)) for value in self.values]
        return f"{labels.get(self.name, self.name)} : {' / '.join(shown)}"


def answered(name: str, *values: Any) -> Condition:
    """Condition for `when=`: the earlier question `name` was answered with one of `values`."""
    return Condition(name, values)


@dataclass(frozen=True)
class Field:
    """One question. `label` is the question as asked, `hint` the help below it.

    `when`: the condition under which it is asked; `required`: always, never, or under a condition.
    `private` answers stay between the applicant and the officers: never on a public page, in open data or in an API for all; they
    go when personal data go. `prefill` names what people are asked in many forms ("applicant", "contact"): the answer of their last
    request is offered again. `fact`: kept among the facts of the case, which the rules of its flow read; never for personal data.
    """

    label: Any
    _: KW_ONLY
    hint: Any = ""
    required: bool | Holds = False
    when: Holds | None = None
    private: bool = False
    prefill: str = ""
    fact: bool = False
    kind: ClassVar[str] = "text"
    # Told to who leaves it empty though it is needed: what to do.
    owed: ClassVar[Any] = _("Write an answer: it is needed to go on.")
    # The names of the inputs that a page, a spreadsheet or a telephone form draws for it; empty: one input of its own name.
    parts: ClassVar[tuple[str, ...]] = ()

    @property
    def first_part(self) -> str:
        """The input that an empty answer is told at."""
        return self.parts[0] if self.parts else ""

    def asked(self, known: Known) -> bool:
        return self.when is None or self.when.holds(known)

    def needed(self, known: Known) -> bool:
        """Whether an empty answer is a fault."""
        return self.required if isinstance(self.required, bool) else self.required.holds(known)

    def clean(self, raw: Any, today: date) -> Any:
        """What came in (text of a page, JSON of a program) as the plain JSON that is stored; cleaning twice changes nothing.

        Raises `Invalid` with a sentence that says what to do, or `InvalidForm` when several parts are at fault.
        """
        raise NotImplementedError

    def take(self, raw: Any, today: date, known: Known) -> Any:
        """The answer that `raw` comes to after what is `known`; None when it is empty."""
        return None if is_empty(raw) else self.clean(raw, today)

    def show(self, value: Any) -> str:
        """The value in words, for pages and letters."""
        return str(value)

    def fact_of(self, value: Any) -> Any:
        """What of the value rules may keep beside the case: nothing personal."""
        return value


Fields = Mapping[str, Field]


def is_empty(raw: Any) -> bool:
    """Whether nothing was given: blank text, an empty list, or a group of parts that are all blank."""
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, Mapping):
        return all(is_empty(part) for part in raw.values())
    if isinstance(raw, list | tuple):
        return all(is_empty(one) for one in raw)
    return raw is None
