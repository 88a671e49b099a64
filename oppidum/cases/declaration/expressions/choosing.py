"""Expressions that choose among values, or round one."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.declaration.expressions.core import Expression, number, round_half_up


@dataclass(frozen=True)
class Either(Expression):
    """`then` where the condition holds, `otherwise` where it doesn't."""

    condition: Expression
    then: Expression
    otherwise: Expression

    def value(self, known):
        return (self.then if self.condition.holds(known) else self.otherwise).value(known)

    def say(self, labels):
        return _("%(then)s if %(condition)s, else %(otherwise)s") % {
            "then": self.then.say(labels),
            "condition": self.condition.say(labels),
            "otherwise": self.otherwise.say(labels),
        }


@dataclass(frozen=True)
class FromTable(Expression):
    """The value that a table of (answer, value) pairs has for an answer; None for one that isn't in it. A value may be worked out."""

    one: Expression
    pairs: tuple[tuple[Any, Any], ...]

    def value(self, known):
        found = self.one.value(known)
        chosen = next((value for key, value in self.pairs if key == found), None)
        return chosen.value(known) if isinstance(chosen, Expression) else chosen

    def parts(self):
        yield self.one
        yield from (value for _key, value in self.pairs if isinstance(value, Expression))

    def say(self, labels):
        return _("the table's value for %(answer)s") % {"answer": self.one.say(labels)}


@dataclass(frozen=True)
class Extreme(Expression):
    """The least or the greatest of several values; missing ones are left out."""

    kind: str
    each: tuple[Expression, ...]

    def value(self, known):
        found = [v for one in self.each if (v := one.value(known)) is not None]
        return (min(found) if self.kind == "least" else max(found)) if found else None

    def say(self, labels):
        each = ", ".join(one.say(labels) for one in self.each)
        return (
            _("the least of %(each)s") % {"each": each} if self.kind == "least" else _("the greatest of %(each)s") % {"each": each}
        )


@dataclass(frozen=True)
class Rounded(Expression):
    """To whole cents (or whole units), half up, by `step`."""

    one: Expression
    step: int = 1

    def value(self, known):
        found = number(self.one.value(known))
        return None if found is None else round_half_up(found / self.step) * self.step

    def say(self, labels):
        return self.one.say(labels)
