"""The core of expressions: literals, answers, dated rules, comparisons, logic and arithmetic."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

Known = Mapping[str, Any]


@dataclass(frozen=True)
class Expression:
    """Base of all expressions. `value` is None where what it reads is unasked or empty; `holds` only where it is true."""

    def value(self, known: Known) -> Any:
        raise NotImplementedError

    def holds(self, known: Known) -> bool:
        return self.value(known) is True

    def parts(self) -> Iterator["Expression"]:
        """The expressions that this one is made of."""
        for one in fields(self):
            held = getattr(self, one.name)
            yield from (part for part in (held if isinstance(held, tuple) else (held,)) if isinstance(part, Expression))

    def names(self) -> frozenset[str]:
        """The answers and facts that it reads; of a list, the list's own name."""
        return frozenset().union(*(part.names() for part in self.parts()))

    def rules(self) -> frozenset[str]:
        """The dated rules that it reads."""
        return frozenset().union(*(part.rules() for part in self.parts()))

    def say(self, labels: Mapping[str, Any]) -> str:
        """In words of the current language; `labels` names the answers."""
        raise NotImplementedError

    def is_(self, other: Any) -> "Comparison":
        return Comparison("==", self, as_expression(other))

    def is_not(self, other: Any) -> "Comparison":
        return Comparison("!=", self, as_expression(other))

    def one_of(self, *options: Any) -> "OneOf":
        return OneOf(self, options)

    def given(self) -> "Given":
        return Given(self)

    def __gt__(self, other: Any) -> "Comparison":
        return Comparison(">", self, as_expression(other))

    def __ge__(self, other: Any) -> "Comparison":
        return Comparison(">=", self, as_expression(other))

    def __lt__(self, other: Any) -> "Comparison":
        return Comparison("<", self, as_expression(other))

    def __le__(self, other: Any) -> "Comparison":
        return Comparison("<=", self, as_expression(other))

    def __add__(self, other: Any) -> "Arithmetic":
        return Arithmetic("+", self, as_expression(other))

    def __radd__(self, other: Any) -> "Arithmetic":
        return Arithmetic("+", as_expression(other), self)

    def __sub__(self, other: Any) -> "Arithmetic":
        return Arithmetic("-", self, as_expression(other))

    def __rsub__(self, other: Any) -> "Arithmetic":
        return Arithmetic("-", as_expression(other), self)

    def __mul__(self, other: Any) -> "Arithmetic":
        return Arithmetic("*", self, as_expression(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> "Arithmetic":
        return Arithmetic("/", self, as_expression(other))

    def __and__(self, other: "Expression") -> "All":
        return All((self, other))

    def __or__(self, other: "Expression") -> "AnyOf":
        return AnyOf((self, other))

    def __invert__(self) -> "Not":
        return Not(self)

    def __bool__(self) -> bool:
        raise TypeError("an expression has no truth of its own: write & | ~ instead of and, or, not")


@dataclass(frozen=True)
class Literal(Expression):
    """A value written in the declaration."""

    literal: Any

    def value(self, known):
        return self.literal

    def say(self, labels):
        if isinstance(self.literal, bool):
            return _("yes") if self.literal else _("no")
        return str(self.literal)


@dataclass(frozen=True)
class Amount(Literal):
    """A sum of money, in cents."""

    def say(self, labels):
        return euros(self.literal)


@dataclass(frozen=True)
class Answer(Expression):
    """What was answered to a question, or a fact that an action set."""

    name: str

    def value(self, known):
        found = known.get(self.name)
        return None if found in ("", []) else found

    def names(self):
        return frozenset({self.name})

    def say(self, labels):
        return str(labels.get(self.name, self.name))


@dataclass(frozen=True)
class Rule(Expression):
    """A dated rule of the service, in force on the day that counts."""

    name: str

    def value(self, known):
        found = known.get(f"rule:{self.name}")
        # A threshold in euros is declared as money(23_000).
        return found.value(known) if isinstance(found, Expression) else found

    def rules(self):
        return frozenset({self.name})

    def say(self, labels):
        return str(labels.get(f"rule:{self.name}", self.name.replace("_", " ")))


@dataclass(frozen=True)
class Comparison(Expression):
    """Two values compared; does not hold where one is missing, or where they can't be compared."""

    sign: str
    left: Expression
    right: Expression
    SIGNS: ClassVar[dict[str, str]] = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "==": "=", "!=": "≠"}

    def value(self, known):
        left, right = self.left.value(known), self.right.value(known)
        if left is None or right is None:
            return None
        match self.sign:
            case "==":
                return left == right or (isinstance(left, list) and right in left)
            case "!=":
                return not (left == right or (isinstance(left, list) and right in left))
        try:
            match self.sign:
                case ">":
                    return left > right
                case ">=":
                    return left >= right
                case "<":
                    return left < right
            return left <= right
        except TypeError:
            return None

    def say(self, labels):
        right = self.right.say(labels)
        if isinstance(self.left, Answer) and isinstance(self.right, Literal):
            # The word of a choice is said by its label.
            right = str(labels.get(f"{self.left.name}:{self.right.literal}", right))
        return f"{self.left.say(labels)} {self.SIGNS[self.sign]} {right}"


@dataclass(frozen=True)
class OneOf(Expression):
    """An answer among several; of a question with many answers, one of them."""

    one: Expression
    options: tuple[Any, ...]

    def value(self, known):
        found = self.one.value(known)
        if found is None:
            return None
        return any(each in self.options for each in found) if isinstance(found, list) else found in self.options

    def say(self, labels):
        shown = [str(labels.get(f"{name}:{option}", option)) for name in self.one.names() for option in self.options]
        return f"{self.one.say(labels)} : {_(' or ').join(shown)}"


@dataclass(frozen=True)
class Given(Expression):
    """Whether there is an answer at all; never None."""

    one: Expression

    def value(self, known):
        return self.one.value(known) is not None

    def say(self, labels):
        return _("%(answer)s is given") % {"answer": self.one.say(labels)}


@dataclass(frozen=True)
class All(Expression):
    """All hold."""

    each: tuple[Expression, ...]

    def value(self, known):
        return all(one.holds(known) for one in self.each)

    def say(self, labels):
        return _(" and ").join(one.say(labels) for one in self.each)


@dataclass(frozen=True)
class AnyOf(Expression):
    """At least one holds."""

    each: tuple[Expression, ...]

    def value(self, known):
        return any(one.holds(known) for one in self.each)

    def say(self, labels):
        return _(" or ").join(one.say(labels) for one in self.each)


@dataclass(frozen=True)
class Not(Expression):
    """Does not hold: also where what it reads is missing."""

    one: Expression

    def value(self, known):
        return not self.one.holds(known)

    def say(self, labels):
        return _("not: %(condition)s") % {"condition": self.one.say(labels)}


@dataclass(frozen=True)
class Arithmetic(Expression):
    """A sum, difference, product or quotient; exact (a quotient is a fraction until it is rounded), None where a part is missing."""

    sign: str
    left: Expression
    right: Expression

    def value(self, known):
        left, right = number(self.left.value(known)), number(self.right.value(known))
        if left is None or right is None or (self.sign == "/" and right == 0):
            return None
        match self.sign:
            case "+":
                exact = left + right
            case "-":
                exact = left - right
            case "*":
                exact = left * right
            case _:
                exact = left / right
        return plain_number(exact)

    def say(self, labels):
        return f"{self.left.say(labels)} {self.sign.replace('*', '×')} {self.right.say(labels)}"


def as_expression(value: Any) -> Expression:
    return value if isinstance(value, Expression) else Literal(value)


def number(value: Any) -> Fraction | None:
    """An exact number, or None for what is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        return Fraction(str(value))
    return Fraction(value) if isinstance(value, int | Fraction | Decimal) else None


def plain_number(exact: Fraction) -> int | Fraction:
    return exact.numerator if exact.denominator == 1 else exact


def round_half_up(exact: Fraction) -> int:
    return int((Decimal(exact.numerator) / Decimal(exact.denominator)).to_integral_value(ROUND_HALF_UP))


def euros(cents: int) -> str:
    """ "1 234,50 €" in French, "€1,234.50" in English, after the current language."""

    sign, whole, rest = "-" if cents < 0 else "", abs(cents) // 100, abs(cents) % 100
    if (get_language() or "fr").startswith("fr"):
        return f"{sign}{whole:,}".replace(",", "\u202f") + (f",{rest:02d}" if rest else "") + "\u00a0€"
    return f"{sign}€{whole:,}" + (f".{rest:02d}" if rest else "")
