"""Deciding whether conditions can hold together: a small own procedure, exact for what declarations write.

A condition compares answers with values written down. Between two such values nothing changes, so it is enough to try, for each
answer, every choice, yes and no, each boundary, a point between boundaries, and "no answer". What is more than an answer (a sum,
a distance, two answers compared) is tried as an unknown of its own; its parts are not tied to it. So "can't hold" is always
right; an example with such an unknown may be one that no case has, and says what it assumed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Any

from oppidum.cases.declaration.expressions import (
    All,
    Amount,
    Answer,
    AnyOf,
    Comparison,
    Either,
    Expression,
    Given,
    Literal,
    Not,
    OneOf,
    Rule,
    euros,
)
from oppidum.cases.declaration.fields import Condition

MOST_TRIES = 50_000
_OPEN = object()  # not tried yet
_SIGNS = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


class Undecided(Exception):
    """Too many answers stand in the conditions to try them all."""


@dataclass(frozen=True)
class Domain:
    """What an answer can be. `kind`: "choice" (one of `values`, or a list of them with `many`), "yes_no", "number", "money", "day",
    or "other" (present, and nothing more is known). Numbers lie from `least` to `most`; `may_lack`: it can be unasked or empty."""

    kind: str
    values: tuple[Any, ...] = ()
    many: bool = False
    least: float | None = None
    most: float | None = None
    whole: bool = False
    may_lack: bool = True


def find_example(
    holding: Iterable[Any], failing: Iterable[Any], domains: Mapping[str, Domain], rules: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """Answers for which all of `holding` hold and none of `failing` does, or None if there are none.

    Keys are names of answers, or words for what isn't an answer. `rules`: values in force of dated rules. Raises `Undecided`.
    """
    wanted = [(_plain(c, rules or {}), True) for c in holding] + [(_plain(c, rules or {}), False) for c in failing]
    unknowns: dict[str, list[Any]] = {}
    for condition, _sense in wanted:
        for key, term, constants in _terms(condition):
            unknowns.setdefault(key, []).append((term, constants))
    tries = {key: _values_to_try(key, found, domains) for key, found in unknowns.items()}
    found = _search(wanted, tries)
    return None if found is None else {_word(key): value for key, value in found.items()}


def show_example(example: Mapping[str, Any], domains: Mapping[str, Domain]) -> str:
    """An example in words: "kind = sale, price = €23,000.01, floor unanswered"."""
    return ", ".join(_show(name, value, domains.get(name)) for name, value in sorted(example.items())) or "whatever is answered"


def _show(name: str, value: Any, domain: Domain | None) -> str:
    if value is None:
        return f"{name} unanswered"
    if isinstance(value, bool):
        return f"{name} = {'yes' if value else 'no'}"
    if domain and domain.kind == "money" and isinstance(value, int):
        return f"{name} = {euros(value)}"
    if isinstance(value, list):
        return f"{name} = {' + '.join(map(str, value))}"
    return f"{name} = {float(value):g}" if isinstance(value, Fraction) else f"{name} = {value}"


def _search(wanted: list[tuple[Any, bool]], tries: Mapping[str, list[Any]]) -> dict[str, Any] | None:
    """Depth first, the shortest lists first; a branch is left as soon as one condition is decided the wrong way."""
    keys = sorted(tries, key=lambda key: len(tries[key]))
    left = [MOST_TRIES]

    def go(depth: int, chosen: dict[str, Any]) -> dict[str, Any] | None:
        left[0] -= 1
        if left[0] < 0:
            raise Undecided
        if any(truth(condition, chosen) not in (sense, _OPEN) for condition, sense in wanted):
            return None
        if depth == len(keys):
            return dict(chosen)
        for value in tries[keys[depth]]:
            if (found := go(depth + 1, {**chosen, keys[depth]: value})) is not None:
                return found
        return None

    return go(0, {})


def truth(condition: Any, chosen: Mapping[str, Any]) -> Any:
    """Whether the condition holds for the values chosen by key; `_OPEN` while that depends on what isn't chosen yet."""
    match condition:
        case All(each=each):
            found = [truth(one, chosen) for one in each]
            return False if False in found else _OPEN if _OPEN in found else True
        case AnyOf(each=each):
            found = [truth(one, chosen) for one in each]
            return True if True in found else _OPEN if _OPEN in found else False
        case Not(one=one):
            found = truth(one, chosen)
            return _OPEN if found is _OPEN else not found
        case Either(condition=first, then=then, otherwise=otherwise):
            found = truth(first, chosen)
            return _OPEN if found is _OPEN else truth(then if found else otherwise, chosen)
        case Literal(literal=value):
            return value is True
        case Comparison(sign=sign, left=left, right=right):
            return _compared(sign, left, right, chosen)
        case OneOf(one=one, options=options):
            value = chosen.get(_key(one), _OPEN)
            return value if value is _OPEN else any(v in options for v in value) if isinstance(value, list) else value in options
        case Given(one=one):
            value = chosen.get(_key(one), _OPEN)
            return value if value is _OPEN else value is not None
    value = chosen.get(_key(condition), _OPEN)
    return value if value is _OPEN else value is True


def _compared(sign: str, left: Expression, right: Expression, chosen: Mapping[str, Any]) -> Any:
    if isinstance(left, Literal) and isinstance(right, Literal):
        return _SIGNS[sign](_scalar(left.literal), _scalar(right.literal))
    if not isinstance(left, Literal) and not isinstance(right, Literal):
        ahead = chosen.get(_pair(left, right), _OPEN)
        return ahead if ahead is _OPEN or ahead is None else _SIGNS[sign](ahead, 0)
    term, constant, turned = (left, right, False) if isinstance(right, Literal) else (right, left, True)
    value = chosen.get(_key(term), _OPEN)
    if value is _OPEN or value is None:
        return False if value is None else value
    constant = _scalar(constant.literal)
    if isinstance(value, list):
        return (constant in value) == (sign == "==")
    try:
        return _SIGNS[sign](*((constant, _scalar(value)) if turned else (_scalar(value), constant)))
    except TypeError:
        return False


def _terms(condition: Any) -> Iterator[tuple[str, Any, list[Any]]]:
    """The unknowns of a condition: key, the term, the values that it is compared with."""
    match condition:
        case All() | AnyOf() | Not() | Either():
            for part in condition.parts():
                yield from _terms(part)
        case Literal():
            return
        case Comparison(left=Literal(), right=Literal()):
            return
        case Comparison(left=left, right=Literal(literal=value)) | Comparison(left=Literal(literal=value), right=left):
            yield _key(left), left, [_scalar(value)]
        case Comparison(left=left, right=right):
            yield _pair(left, right), (left, right), []
        case OneOf(one=one, options=options):
            yield _key(one), one, list(options)
        case Given(one=one):
            yield _key(one), one, []
        case _:
            yield _key(condition), condition, [True, False]


def _values_to_try(key: str, found: Sequence[tuple[Any, list[Any]]], domains: Mapping[str, Domain]) -> list[Any]:
    """Values of which one stands for each that could be given."""
    term = found[0][0]
    constants = list(dict.fromkeys(c for _term, each in found for c in each))
    if isinstance(term, tuple):
        return [-1, 0, 1, None]
    domain = domains.get(term.name) if isinstance(term, Answer) else None
    if domain is None:
        return [*_around(constants, Domain("number")), *_others(constants), None]
    lacking = [None] if domain.may_lack else []
    match domain.kind:
        case "choice":
            return [*(_lists(domain.values) if domain.many else domain.values), *lacking]
        case "yes_no":
            return [True, False, *lacking]
        case "number" | "money" | "day":
            return [*_around(constants, domain), *lacking]
    return [*_others(constants), *_around(constants, Domain("number")), *lacking]


def _lists(values: tuple[Any, ...]) -> list[list[Any]]:
    """The answers to a question with many answers: all sets of few choices; of many, each alone, all but one, all."""
    if len(values) <= 4:
        return [list(chosen) for size in range(1, len(values) + 1) for chosen in combinations(values, size)]
    return [[v] for v in values] + [[w for w in values if w != v] for v in values] + [list(values)]


def _around(constants: Sequence[Any], domain: Domain) -> list[Any]:
    """Each boundary and a value on either side, within the domain; any value of it where there is no boundary."""
    numbers = sorted({c for c in constants if isinstance(c, int | Fraction) and not isinstance(c, bool)})
    days = sorted({c for c in constants if isinstance(c, date)})
    if days or domain.kind == "day":
        return [one for c in days for one in (c - timedelta(days=1), c, c + timedelta(days=1))] or ["some day"]
    step = 1 if domain.whole or domain.kind == "money" else Fraction(1, 100)
    least, most = (None if end is None else Fraction(str(end)) for end in (domain.least, domain.most))
    ends = [one for one in (least, most) if one is not None]
    tried = {one for c in (*numbers, *ends) for one in (c - step, c, c + step)} or {1}
    return sorted(c for c in tried if (least is None or c >= least) and (most is None or c <= most))


def _others(constants: Sequence[Any]) -> list[Any]:
    """Words and booleans that it is compared with, and something else."""
    words = [c for c in constants if isinstance(c, str | bool)]
    return [*words, "something else"] if any(isinstance(c, str) for c in words) else words or ["something"]


def _scalar(value: Any) -> Any:
    """A value that compares: numbers exact, days as days."""
    if isinstance(value, float):
        return Fraction(str(value))
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _key(term: Any) -> str:
    return f"={term.name}" if isinstance(term, Answer) else repr(term)


def _pair(left: Any, right: Any) -> str:
    return f"{_word(_key(left))} compared with {_word(_key(right))}"


def _word(key: str) -> str:
    return key.removeprefix("=")


def _plain(condition: Any, rules: Mapping[str, Any]) -> Any:
    """The condition with dated rules replaced by their values, and the short form of conditions by the long one."""
    if isinstance(condition, Condition):
        return OneOf(Answer(condition.name), condition.values)
    if isinstance(condition, Rule) and condition.name in rules:
        value = rules[condition.name]
        return Amount(value) if isinstance(value, int) else Literal(value)
    if isinstance(condition, Comparison):
        return Comparison(condition.sign, _plain(condition.left, rules), _plain(condition.right, rules))
    if isinstance(condition, All | AnyOf):
        return type(condition)(tuple(_plain(one, rules) for one in condition.each))
    if isinstance(condition, Not | Given):
        return type(condition)(_plain(condition.one, rules))
    if isinstance(condition, Either):
        return Either(*(_plain(one, rules) for one in (condition.condition, condition.then, condition.otherwise)))
    return condition
