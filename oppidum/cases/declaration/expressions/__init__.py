"""Expressions: what a condition, a guard, a fee or a clock reads from a case, as data.

    answer("surface") > 9                          a comparison
    answer("kind").one_of("sale", "gift") & answer("price").given()
    items("lines").sum(answer("amount"))           over the rows of a list
    either(answer("income") < money(900), money(30), money(90))

An expression is plain frozen data, so that a version of a service can be stored and run again. It is evaluated on one mapping, `known`:
answers and facts by name, `"rule:NAME"` for the rules in force, `"today"` for the day. What was not asked or left empty is None, and
None travels: a sum with an empty part is empty, a comparison with it does not hold. Amounts are integer cents.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from oppidum.cases.declaration.expressions.choosing import Either, Extreme, FromTable, Rounded
from oppidum.cases.declaration.expressions.core import (
    All,
    Amount,
    Answer,
    AnyOf,
    Arithmetic,
    Comparison,
    Expression,
    Given,
    Known,
    Literal,
    Not,
    OneOf,
    Rule,
    as_expression,
    euros,
    number,
    plain_number,
    round_half_up,
)
from oppidum.cases.declaration.expressions.reading import (
    AgeOn,
    DayOf,
    Distance,
    EndOf,
    EveOf,
    InZone,
    List,
    Nights,
    OverItems,
    StartsAt,
    Today,
    is_point,
)
from oppidum.core.calendar import Length

__all__ = [
    "AgeOn",
    "All",
    "Amount",
    "Answer",
    "AnyOf",
    "Arithmetic",
    "Comparison",
    "Distance",
    "Either",
    "EndOf",
    "EveOf",
    "Expression",
    "Extreme",
    "FromTable",
    "Given",
    "InZone",
    "Known",
    "List",
    "Literal",
    "Nights",
    "Not",
    "OneOf",
    "OverItems",
    "Rounded",
    "Rule",
    "StartsAt",
    "Today",
    "age_on",
    "answer",
    "as_expression",
    "distance_km",
    "either",
    "end_of",
    "eve_of",
    "euros",
    "from_table",
    "greatest",
    "in_zone",
    "is_point",
    "items",
    "least",
    "money",
    "days_of",
    "first_day",
    "last_day",
    "nights_of",
    "number",
    "plain_number",
    "round_half_up",
    "rounded",
    "rule",
    "starts_at",
    "today",
]


def answer(name: str) -> Answer:
    """The answer, or fact, of that name."""
    return Answer(name)


def rule(name: str) -> Rule:
    """The dated rule of that name."""
    return Rule(name)


def money(euro: int | str | Decimal) -> Amount:
    """A sum in euros, as cents: `money(23_000)`, `money("12.50")`."""
    return Amount(int((Decimal(str(euro)) * 100).to_integral_exact()))


def items(name: str) -> List:
    """The list answered under that name."""
    return List(name)


def either(condition: Expression, then: Any, otherwise: Any) -> Either:
    return Either(condition, as_expression(then), as_expression(otherwise))


def from_table(one: Expression, table: Mapping[Any, Any]) -> FromTable:
    """What the table says of the answer: `from_table(answer("what"), {"sofa": 1.5, "mattress": 0.5})`. A value may be an expression:
    `from_table(answer("kind"), {"house": rule("two_months"), "other": rule("three_months")})`."""
    return FromTable(one, tuple(table.items()))


def least(*each: Any) -> Extreme:
    return Extreme("least", tuple(map(as_expression, each)))


def greatest(*each: Any) -> Extreme:
    return Extreme("greatest", tuple(map(as_expression, each)))


def rounded(one: Expression, step: int = 1) -> Rounded:
    return Rounded(one, step)


def distance_km(start: str, end: str) -> Distance:
    return Distance(start, end)


def days_of(period: str) -> Nights:
    """The days of a period, both ends counted: `days_of("during")`."""
    return Nights(period, as_days=True)


def nights_of(period: str) -> Nights:
    """The nights of a stay: `nights_of("stay")`."""
    return Nights(period)


def first_day(place: str) -> DayOf:
    """The day from which a place is booked, or the first of a period: `first_day("berth")`."""
    return DayOf(place)


def starts_at(place: str) -> StartsAt:
    """The instant at which a booked time begins: `starts_at("slot") < end_of(rule("least"), answer("died_at"))`."""
    return StartsAt(place)


def last_day(place: str) -> DayOf:
    """The last day whose night is booked."""
    return DayOf(place, is_last=True)


def in_zone(place: str, zone: str) -> InZone:
    return InZone(place, zone)


def age_on(birth: str, day: Any = None) -> AgeOn:
    """Age in full years; `day` is an answer's name, an expression, or today when left out."""
    return AgeOn(answer(birth), Today() if day is None else answer(day) if isinstance(day, str) else as_expression(day))


def end_of(length: Length | Rule, since: Expression) -> EndOf:
    """The last day of a length of time counted from a day: `answer("received_day") <= end_of(rule("month"), answer("filed_on"))`."""
    return EndOf(as_expression(length), since)


def eve_of(day: Expression) -> EveOf:
    """The day before a day: what a clock counts from that is to be over when that day begins."""
    return EveOf(day)


def today() -> Today:
    return Today()
