"""What holds for every bill, whatever the numbers: sums, signs, order."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from oppidum.cases.declaration import (
    Action,
    Fee,
    FeeLine,
    Flow,
    Instalments,
    Prorata,
    Reduction,
    Rounding,
    Service,
    Surcharge,
    Tariff,
    TariffVersion,
    answer,
    compute_fee,
    end,
    step,
)
from oppidum.core.money import exact, rounded, share_out

cents = some.integers(0, 10**9)
quantities = some.one_of(some.integers(0, 10**6), some.decimals(0, 10**6, places=3).map(float))
percents = some.integers(0, 150)
ways = some.sampled_from(["nearest", "down", "up"])


def declare(price, per, percent, step_cents, way, ceiling, floor, waived):
    class Town(Service):
        code = "town"
        flow = Flow(step("open", Action("go", "Go", by="system") >> "done", label="Open"), end("done", label="Done"))
        tariffs = {"t": Tariff("t", by=("k",), per=per, versions=(TariffVersion("2000-01-01", source="d", rows=(("a", price),)),))}
        fees = (
            Fee(
                "fee",
                "Fee",
                lines=(
                    FeeLine("q", quantity=answer("quantity"), price="t"),
                    FeeLine("y", amount=answer("amount"), prorata=Prorata(since=answer("since"), year=2024)),
                    Reduction("less", percent=min(percent, 100)),
                    Surcharge("more", percent=percent),
                ),
                rounding=Rounding(step_cents, way),
                ceiling=ceiling,
                floor=floor,
                waived_under=waived,
                instalments=Instalments(shares=(5, 3, 2), months=(0, 1, 6)),
            ),
        )

    return Town


towns = some.builds(
    declare,
    price=some.integers(0, 10**6),
    per=some.sampled_from([1, 10, 1000]),
    percent=percents,
    step_cents=some.sampled_from([1, 5, 10, 100]),
    way=ways,
    ceiling=some.one_of(some.none(), some.integers(10_000, 10**8)),
    floor=some.one_of(some.none(), some.integers(0, 10_000)),
    waived=some.sampled_from([0, 1_500]),
)


def bill_of(town, quantity, amount, days=0):
    since = (date(2024, 1, 1) + timedelta(days)).isoformat()
    return compute_fee(town, "fee", {"today": "2024-05-01", "k": "a", "quantity": quantity, "amount": amount, "since": since})


@given(towns, quantities, cents, some.integers(0, 365))
def test_lines_and_instalments_sum_to_a_total_that_is_never_negative(town, quantity, amount, days):
    bill = bill_of(town, quantity, amount, days)
    assert sum(line.amount_cents for line in bill.lines) == bill.total_cents >= 0
    assert not bill.instalments or sum(part.amount_cents for part in bill.instalments) == bill.total_cents
    assert all(part.amount_cents >= 0 for part in bill.instalments)
    assert all(type(line.amount_cents) is int for line in bill.lines)


@given(towns, quantities, quantities, cents, some.integers(0, 365))
def test_who_uses_more_never_pays_less(town, one, other, amount, days):
    less, more = sorted((one, other))
    assert bill_of(town, less, amount, days).total_cents <= bill_of(town, more, amount, days).total_cents


@given(towns, quantities, cents, some.integers(0, 364))
def test_who_comes_a_day_later_never_pays_more(town, quantity, amount, days):
    assert bill_of(town, quantity, amount, days + 1).total_cents <= bill_of(town, quantity, amount, days).total_cents


@given(cents, some.lists(some.integers(1, 100), min_size=1, max_size=12))
def test_parts_sum_to_the_whole_and_each_is_its_share_but_for_some_cents(total, weights):
    parts = share_out(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * weight / sum(weights)) < len(weights) for part, weight in zip(parts, weights, strict=True))


@given(some.decimals(-(10**6), 10**6, places=4), some.sampled_from([1, 5, 10, 100]), ways)
def test_rounding_is_that_of_the_decimal_module(number, step_cents, way):
    names = {"nearest": "ROUND_HALF_UP", "down": "ROUND_DOWN", "up": "ROUND_UP"}
    expected = (Decimal(number) / step_cents).quantize(Decimal(1), rounding=names[way]) * step_cents
    assert rounded(exact(number), step_cents, way) == int(expected)
