"""Who can't ask, told as soon as the answers are known: why, and what to do instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from oppidum.cases.declaration.expressions import Expression


@dataclass(frozen=True)
class Ineligible:
    """Who meets `when` can't ask: `says` tells why in plain words, `instead` what to do (another service, another body, nothing).

    Both may hold {answers}: "expenses exceed income by {missing}".
    """

    when: Expression
    says: Any
    instead: Any = ""

    def tell(self, fields: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
        """Why, and what to do, with the answers that the words name as people read them."""
        return " ".join(filter(None, self.tell_apart(fields, answers)))

    def tell_apart(self, fields: Mapping[str, Any], answers: Mapping[str, Any]) -> tuple[str, str]:
        """Why, then what to do instead."""
        told = {name for text in (self.says, self.instead) for _, name, _, _ in Formatter().parse(str(text)) if name}
        shown = _Shown({name: fields[name].show(answers[name]) for name in told if name in fields and name in answers})
        return str(self.says).format_map(shown), str(self.instead).format_map(shown)


class _Shown(dict):
    """An answer that isn't given leaves a dash."""

    def __missing__(self, name: str) -> str:
        return "—"


def find_ineligible(rules: Iterable[Ineligible], known: Mapping[str, Any], settled: Iterable[str]) -> Ineligible | None:
    """The first rule that holds, among those whose answers are all settled: sound, or not asked. What is still open decides nothing,
    for "not in the zone" would hold of a place that nobody has given yet."""
    decided = set(settled)
    return next((one for one in rules if one.when.names() <= decided and one.when.holds(known)), None)
