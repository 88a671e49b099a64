"""Values as people say them, in both languages."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from oppidum.core.numbers import find_number
from oppidum.figures.wording import say_change, say_period, say_qualified, say_unit, say_value


@pytest.mark.parametrize(
    ("value", "unit", "french", "english"),
    [
        ("1234.5", "t", "1 234,5 t", "1,234.5 t"),
        ("12", "%", "12 %", "12%"),
        ("1200000", "EUR", "1,2 million d’euros", "€1.2 million"),
        ("2000000", "EUR", "2 millions d’euros", "€2 million"),
        ("10000000000", "EUR", "10 milliards d’euros", "€10 billion"),
        ("27345612", "EUR", "27 345 612 €", "€27,345,612"),
        ("-76007", "EUR", "−76 007 €", "−€76,007"),
        ("12.5", "EUR", "12,50 €", "€12.50"),
        ("92.000000", "count", "92", "92"),
        ("1", "rank", "1er", "1st"),
        ("3", "rank", "3e", "3rd"),
        ("1.5", "years", "1,5 an", "1.5 years"),
        ("1890000", "inhabitants", "1 890 000 habitants", "1,890,000 inhabitants"),
        ("3", "barrels", "3 barrels", "3 barrels"),
    ],
)
def test_a_value_is_said_with_its_unit(value, unit, french, english):
    plain = lambda text: text.replace("\u00a0", " ").replace("\u202f", " ")  # noqa: E731
    with override("fr"):
        assert plain(say_value(Decimal(value), unit)) == french
    with override("en"):
        assert plain(say_value(Decimal(value), unit)) == english


def test_how_exact_a_value_is_and_what_it_covers():
    with override("fr"):
        assert say_qualified(Decimal(120), "count", "at-least") == "au moins 120"
        assert say_qualified(None, "count", "about") == "—"
        assert say_period("as-of-2023-12-31", 2023) == "au 31\u00a0décembre\u00a02023"
        assert say_period("2021-2027", 2023) == "de 2021 à 2027"
        assert say_unit("persons") == "personnes"
        assert say_change(Decimal(45), Decimal(40), "count") == "+12,5\u00a0%"
        assert say_change(Decimal(45), Decimal(48), "%") == "−3\u00a0points"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1 234,5", "1234.5"), ("1\u202f234", "1234"), ("1,234.5", "1234.5"), ("1.234.567", "1234567"), ("−12", "-12"), ("0,5", "0.5"),
     ("douze", None), ("", None), ("12 t", None), ("1e5", None), ("٣", None)],
)  # fmt: skip
def test_a_number_is_read_as_it_was_typed(typed, read):
    assert find_number(typed) == (Decimal(read) if read else None)
