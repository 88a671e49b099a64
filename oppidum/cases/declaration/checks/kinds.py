"""Expressions fit what they read: amounts with amounts, numbers with numbers, days with days, choices among those offered.

A comparison of two kinds never holds, and nobody would notice; so it is refused at start.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from oppidum.cases.declaration.checks.conditions import expressions_of
from oppidum.cases.declaration.deciding import Domain
from oppidum.cases.declaration.domains import domains_of, fields_of
from oppidum.cases.declaration.expressions import (
    AgeOn,
    Amount,
    Answer,
    Arithmetic,
    Comparison,
    Distance,
    Either,
    EndOf,
    EveOf,
    Expression,
    Extreme,
    InZone,
    Literal,
    OneOf,
    OverItems,
    Rounded,
    Today,
)
from oppidum.cases.declaration.fields import Condition
from oppidum.cases.declaration.service import Service

WORDS = {"money": "an amount", "number": "a number", "day": "a day", "yes_no": "yes or no", "choice": "a choice", "words": "a text"}
_KINDS = {"text": "words", "choice": "choice", "yes_no": "yes_no", "number": "number", "money": "money", "day": "day"}


def fit_what_they_read(service: type[Service]) -> Iterator[str]:
    domains, asked = domains_of(service), dict(fields_of(service))
    rows = {name: dict(getattr(one, "fields", {})) for name, one in asked.items() if getattr(one, "fields", None)}
    kinds = {name: _KINDS.get(one.kind) for name, one in asked.items()} | _written_kinds(domains, asked)
    for where, expression in expressions_of(service):
        inside = _row_kinds(where, rows)
        for fault in dict.fromkeys(_faults(expression, kinds | inside, domains, rows)):
            yield f"{where}: {fault}"


def _written_kinds(domains: Mapping[str, Domain], asked: Mapping[str, Any]) -> dict[str, str | None]:
    """The kinds of what isn't asked: facts of the engine, what actions set, computed values."""
    return {
        name: one.kind if one.kind in ("number", "money", "day", "yes_no") else None
        for name, one in domains.items()
        if name not in asked or asked[name].kind == "computed"
    }


def _row_kinds(where: str, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, str | None]:
    """In a condition that stands inside a list's own rows, the columns are read by their names."""
    return {
        column: _KINDS.get(one.kind) for name, row in rows.items() if where.endswith(f"'{name}'") for column, one in row.items()
    }


def _faults(one: Any, kinds: Mapping[str, str | None], domains: Mapping[str, Domain], rows: Mapping) -> Iterator[str]:
    if isinstance(one, Condition):
        one = OneOf(Answer(one.name), one.values)
    match one:
        case Comparison(sign=sign, left=left, right=right):
            yield from _comparison(sign, left, right, kinds, rows)
            yield from _offered(left, [right.literal] if type(right) is Literal else [], domains)
        case OneOf(one=read, options=options):
            yield from _offered(read, options, domains)
        case Arithmetic(sign=sign, left=left, right=right):
            yield from _arithmetic(sign, kind_of(left, kinds, rows), kind_of(right, kinds, rows))
        case AgeOn(birth=birth, day=day):
            yield from (
                f"reads an age from {_of(k)}, not a day"
                for e in (birth, day)
                if (k := kind_of(e, kinds, rows)) not in (None, "day")
            )
        case OverItems(name=name, each=each) if each is not None:
            row = {column: _KINDS.get(field.kind) for column, field in rows.get(name, {}).items()}
            yield from _faults(each, {**kinds, **row}, {k: v for k, v in domains.items() if k not in row}, rows)
            return
    for part in one.parts() if isinstance(one, Expression) else ():
        yield from _faults(part, kinds, domains, rows)


def _comparison(sign: str, left: Any, right: Any, kinds: Mapping, rows: Mapping) -> Iterator[str]:
    one, other = kind_of(left, kinds, rows), kind_of(right, kinds, rows)
    if None in (one, other) or _is_zero(left) or _is_zero(right):
        return
    if {one, other} <= {"choice", "words"} or one == other == "yes_no":
        if sign not in ("==", "!="):
            yield f"compares {_of(one)} by order ({sign}): use .is_() or .one_of()"
    elif one != other:
        hint = ": write amounts as money(...)" if "money" in (one, other) else ""
        yield f"compares {_of(one)} with {_of(other)}, which never holds{hint}"


def _is_zero(one: Any) -> bool:
    return isinstance(one, Literal) and one.literal == 0 and not isinstance(one.literal, bool)


def _offered(read: Any, options: Any, domains: Mapping[str, Domain]) -> Iterator[str]:
    domain = domains.get(read.name) if isinstance(read, Answer) else None
    if domain is None or domain.kind != "choice" or not domain.values:
        return
    for option in options:
        if option not in domain.values:
            yield f"'{read.name}' is never '{option}'; its answers: {', '.join(map(str, domain.values))}"


def _arithmetic(sign: str, one: str | None, other: str | None) -> Iterator[str]:
    for kind in (one, other):
        if kind not in (None, "number", "money"):
            yield f"reckons ({sign}) with {_of(kind)}"
            return
    if sign in "+-" and None not in (one, other) and one != other:
        yield f"reckons {_of(one)} {sign} {_of(other)}: write amounts as money(...)"
    if sign == "*" and one == other == "money":
        yield "multiplies two amounts: one of them should be a number"
    if sign == "/" and (one, other) == ("number", "money"):
        yield "divides a number by an amount"


def kind_of(one: Any, kinds: Mapping[str, str | None], rows: Mapping[str, Mapping[str, Any]]) -> str | None:
    """What an expression gives: "money", "number", "day", "yes_no", "choice", "words"; None where that can't be told."""
    match one:
        case Amount():
            return "money"
        case Literal(literal=value):
            return _kind_of_value(value)
        case Answer(name=name):
            return kinds.get(name)
        case Today() | EndOf() | EveOf():
            return "day"
        case AgeOn() | Distance() | OverItems(how="count"):
            return "number"
        case OverItems(how="any" | "all") | InZone():
            return "yes_no"
        case OverItems(name=name, each=each):
            row = {column: _KINDS.get(field.kind) for column, field in rows.get(name, {}).items()}
            return kind_of(each, {**kinds, **row}, rows)
        case Rounded(one=part):
            return kind_of(part, kinds, rows)
        case Arithmetic(sign=sign, left=left, right=right):
            found = kind_of(left, kinds, rows), kind_of(right, kinds, rows)
            if sign == "/" and found == ("money", "money"):
                return "number"
            return "money" if "money" in found else None if None in found else "number"
        case Either(then=then, otherwise=otherwise):
            found = {kind_of(then, kinds, rows), kind_of(otherwise, kinds, rows)}
            return found.pop() if len(found) == 1 else None
        case Extreme(each=each):
            found = {kind_of(part, kinds, rows) for part in each}
            return found.pop() if len(found) == 1 else None
    return None


def _kind_of_value(value: Any) -> str | None:
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int | float | Fraction):
        return "number"
    if isinstance(value, date):
        return "day"
    if isinstance(value, str):
        try:
            date.fromisoformat(value)
        except ValueError:
            return "words"
        return "day"
    return None


def _of(kind: str | None) -> str:
    return WORDS.get(kind or "", "something")
