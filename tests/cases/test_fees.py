"""What is due, as the deliberation of Castelmer says it: a port, a canteen and a bin."""

from datetime import date

import pytest
from django.utils import translation

from oppidum.cases.declaration import (
    ANY,
    Action,
    Exemption,
    Fee,
    FeeLine,
    Flow,
    Grant,
    GrantPart,
    Instalments,
    NoPrice,
    Over,
    Prorata,
    Reduction,
    Rounding,
    Service,
    Surcharge,
    Tariff,
    TariffVersion,
    UpTo,
    answer,
    compute_fee,
    compute_grant,
    end,
    lookup,
    step,
)
from oppidum.cases.declaration.fees import fee_faults
from oppidum.core.money import share_out

BERTH = Tariff(
    "Berth",
    by=("length_m", "season"),
    versions=(
        TariffVersion("2024-01-01", source="délibération n° 1", rows=((UpTo(8), "summer", 12_000), (UpTo(8), ANY, 9_000), (Over(8), ANY, 20_000))),
        TariffVersion("2025-01-01", source="délibération n° 2", rows=((UpTo(8.5), ANY, 13_000), (ANY, ANY, 21_000))),
    ),
)  # fmt: skip
LITRE = Tariff(
    "Litre", by=("stream",), per=1000, versions=(TariffVersion("2024-01-01", source="d", rows=(("residual", 3_450), ("paper", 0))),)
)
MEAL = Tariff(
    "Meal",
    by=("quotient",),
    versions=(TariffVersion("2024-01-01", source="d", rows=((UpTo(450), 100), (UpTo(900), 250), (ANY, 420))),),
)


def service_with(*lines, **fee):
    class Town(Service):
        code = "town"
        tariffs = {"berth": BERTH, "litre": LITRE, "meal": MEAL}
        fees = (Fee("fee", "Fee", lines=lines, **fee),)
        flow = Flow(step("open", Action("pay", "Pay", by="system") >> "done", label="Open"), end("done", label="Done"))

    return Town


def bill(*lines, known=None, today="2024-06-01", **fee):
    with translation.override("en"):
        return compute_fee(service_with(*lines, **fee), "fee", {"today": today, **(known or {})})


def test_a_boat_of_eight_metres_pays_the_first_row_and_one_centimetre_more_the_next():
    berth = FeeLine("Berth", price="berth")
    assert bill(berth, known={"length_m": 8, "season": "summer"}).total_cents == 12_000
    assert bill(berth, known={"length_m": 8, "season": "winter"}).total_cents == 9_000
    assert bill(berth, known={"length_m": 8.01, "season": "summer"}).total_cents == 20_000


def test_a_tariff_holds_from_its_day_on():
    berth = FeeLine("Berth", price="berth")
    known = {"length_m": 8.5, "season": "summer"}
    assert bill(berth, known=known, today="2024-12-31").total_cents == 20_000
    assert bill(berth, known=known, today="2025-01-01").total_cents == 13_000
    assert bill(berth, known=known, today="2025-01-01").sources == ("délibération n° 2",)


def test_before_the_first_tariff_there_is_no_price_and_it_says_so():
    with pytest.raises(NoPrice, match="no price on 2023-12-31"):
        bill(FeeLine("Berth", price="berth"), known={"length_m": 8, "season": "summer"}, today="2023-12-31")


def test_a_fee_may_keep_the_tariff_of_the_day_of_filing():
    known = {"length_m": 8, "season": "summer", "filed_on": "2024-11-30"}
    assert bill(FeeLine("Berth", price="berth"), known=known, today="2025-02-01", day=answer("filed_on")).total_cents == 12_000


def test_without_proof_of_income_the_full_price_is_due():
    meals = FeeLine("Meals", quantity=10, unit="meals", price="meal")
    assert [bill(meals, known={"quotient": q}).total_cents for q in (450, 451, 901)] == [1_000, 2_500, 4_200]
    assert bill(meals).total_cents == 4_200


def test_each_bin_has_its_line_with_its_reckoning_in_words():
    line = FeeLine(
        "Bin", each="bins", named=answer("size"), quantity=answer("litres"), unit="litres", price="litre", by=(answer("stream"),)
    )
    found = bill(
        line,
        known={"bins": [{"size": 660, "litres": 34_320, "stream": "residual"}, {"size": 240, "litres": 12_480, "stream": "paper"}]},
    )
    assert [(b.label, b.says, b.amount_cents) for b in found.lines] == [
        ("Bin (660)", "34,320 litres × €34.50 for 1,000 litres = €1,184.04", 118_404),
        ("Bin (240)", "12,480 litres × €0.00 for 1,000 litres = €0.00", 0),
    ]
    assert found.total_cents == 118_404


def test_half_a_cent_is_rounded_up():
    assert bill(FeeLine("x", quantity=0.5, price=1)).total_cents == 1
    assert bill(FeeLine("x", quantity=0.49, price=1)).total_cents == 0


def test_a_contract_of_the_first_of_march_pays_306_days_of_the_leap_year():
    line = FeeLine("Year", price=36_600, prorata=Prorata(since=answer("since"), until=answer("until"), year=2024))
    found = bill(line, known={"since": "2024-03-01"})
    assert found.total_cents == 30_600
    assert found.lines[0].says == "€366.00 × 306 days of 366 = €306.00"
    assert bill(line, known={"since": "2020-01-01", "until": "2024-01-01"}).total_cents == 100
    assert bill(line, known={"since": "2025-01-01"}).lines == ()


def test_a_month_begun_is_a_month():
    line = FeeLine("Year", price=12_000, prorata=Prorata(since=answer("since"), year=2024, by="months"))
    assert bill(line, known={"since": "2024-09-30"}).total_cents == 4_000


OFF = "2027-10-11/2027-10-31 2027-12-18/2028-01-02"


@pytest.mark.parametrize(
    ("since", "until", "due", "says"),
    [
        (None, None, 12_000, ""),
        ("2027-09-15", None, 12_000, ""),
        ("2027-09-16", None, 10_000, "€120.00 × 5 of 6 lessons = €100.00"),  # the day after the first lesson
        ("2027-10-20", None, 4_000, "€120.00 × 2 of 6 lessons = €40.00"),  # three weeks without lessons don't count
        ("2027-11-04", None, 2_000, "€120.00 × 1 of 6 lessons = €20.00"),
        (None, "2027-09-14", 0, None),
        ("2027-09-23", "2027-10-06", 4_000, "€120.00 × 2 of 6 lessons = €40.00"),
        ("2027-11-12", None, 0, None),
    ],
)
def test_lessons_are_paid_one_by_one_and_there_are_none_in_the_holidays(since, until, due, says):
    lessons = Prorata(since=answer("since"), until=answer("until"), first=answer("first"), last="2027-11-12", by="lessons", off=OFF)
    found = bill(FeeLine("Course", price=12_000, prorata=lessons), known={"first": "2027-09-15", "since": since, "until": until})
    assert found.total_cents == due
    assert [line.says for line in found.lines] == ([] if says is None else [says])


def test_while_the_group_is_not_known_the_whole_course_is_foretold():
    lessons = Prorata(first=answer("first"), last="2027-11-12", by="lessons", off=OFF)
    assert bill(FeeLine("Course", price=12_000, prorata=lessons), known={"first": None}).total_cents == 12_000


@pytest.mark.parametrize("off", ["2027-10-20", "2027-11-05/2027-10-13", "soon/late"])
def test_holidays_that_cannot_be_read_stop_the_start(off):
    line = FeeLine("Course", price=1, prorata=Prorata(first="2027-09-15", last="2027-11-12", by="lessons", off=off))
    assert any(f"prorata off='{off}' is no list of days" in fault for fault in fee_faults(service_with(line)))


def test_reductions_come_one_after_the_other_and_never_below_nothing():
    found = bill(FeeLine("x", amount=10_000), Reduction("Half", percent=50), Reduction("Voucher", amount=8_000))
    assert [b.amount_cents for b in found.lines] == [10_000, -5_000, -5_000]
    assert found.lines[1].says == "50 % of €100.00 = €50.00"
    assert found.total_cents == 0


def test_who_is_exempt_sees_what_was_waived_and_why():
    found = bill(
        FeeLine("x", amount=10_000),
        Exemption("Schools", when=answer("kind").is_("school"), source="art. 4"),
        known={"kind": "school"},
    )
    assert (found.total_cents, found.exempt) == (0, "Schools")
    assert found.lines[-1].amount_cents == -10_000
    assert found.lines[-1].says == "art. 4"


def test_a_late_registration_costs_more():
    late = Surcharge("Late", amount=1_500, when=answer("late").is_(True))
    assert bill(FeeLine("x", amount=9_000), late, known={"late": True}).total_cents == 10_500
    assert bill(FeeLine("x", amount=9_000), late).total_cents == 9_000
    assert bill(FeeLine("x", amount=0), late, known={"late": True}).total_cents == 0


def test_the_ceiling_and_the_least_amount_are_lines_of_the_bill():
    high = bill(FeeLine("x", amount=10_000), ceiling=7_500)
    low = bill(FeeLine("x", amount=10), floor=500)
    assert (high.total_cents, high.lines[-1].amount_cents) == (7_500, -2_500)
    assert (low.total_cents, low.lines[-1].says) == (500, "at least €5.00")


def test_the_total_ends_as_the_rounding_rule_says():
    assert bill(FeeLine("x", amount=12_345), rounding=Rounding(10, "down")).total_cents == 12_340
    assert bill(FeeLine("x", amount=12_345), rounding=Rounding(10)).total_cents == 12_350
    assert bill(FeeLine("x", amount=12_341), rounding=Rounding(100, "up")).lines[-1].says == "up to a multiple of €1.00"


def test_under_fifteen_euros_nothing_is_asked_for():
    assert bill(FeeLine("x", amount=1_499), waived_under=1_500).total_cents == 0
    assert bill(FeeLine("x", amount=1_500), waived_under=1_500).total_cents == 1_500


def test_a_hundred_euros_in_three_parts_make_a_hundred_euros():
    parts = bill(FeeLine("x", amount=10_000), instalments=Instalments(shares=(1, 1, 1), months=(0, 1, 2))).instalments
    assert [(p.due_on, p.amount_cents) for p in parts] == [
        (date(2024, 6, 1), 3_334), (date(2024, 7, 1), 3_333), (date(2024, 8, 1), 3_333),
    ]  # fmt: skip


def test_a_loan_is_repaid_every_month_for_as_long_as_was_agreed_after_months_of_grace():
    plan = Instalments(every_month=answer("parts"), grace=answer("grace"), agreed=True)
    parts = bill(FeeLine("x", amount=10_000), instalments=plan, known={"parts": 3, "grace": 1}, today="2024-01-31").instalments
    assert [(str(part.due_on), part.amount_cents) for part in parts] == [
        ("2024-03-31", 3_334), ("2024-04-30", 3_333), ("2024-05-31", 3_333)
    ]  # fmt: skip


def test_instalments_on_fixed_days_are_the_next_ones_and_small_bills_have_none():
    plan = Instalments(shares=(50, 50), days=("10-01", "02-01"), over=5_000)
    parts = bill(FeeLine("x", amount=5_000), instalments=plan, today="2024-11-15").instalments
    assert [p.due_on for p in parts] == [date(2025, 10, 1), date(2026, 2, 1)]
    assert bill(FeeLine("x", amount=4_999), instalments=plan).instalments == ()


def test_a_grant_pays_seven_tenths_at_once_and_the_rest_on_the_report():
    class Aid(Service):
        code = "aid"
        grants = (
            Grant(
                "works", "Works", base=answer("cost"), percent=30, ceiling=500_000,
                parts=(GrantPart("On signature", 70), GrantPart("On the report", 30, when=answer("report").is_(True))),
            ),
        )  # fmt: skip

    with translation.override("en"):
        award = compute_grant(Aid, "works", {"cost": 1_000_001})
        capped = compute_grant(Aid, "works", {"cost": 9_000_000, "report": True})
    assert (award.total_cents, award.says) == (300_000, "30 % of €10,000.01 = €3,000.00")
    assert [(p.amount_cents, p.is_due) for p in award.parts] == [(210_000, True), (90_000, False)]
    assert capped.total_cents == 500_000
    assert capped.parts[1].is_due


def test_amounts_are_said_as_the_french_write_them():
    with translation.override("fr"):
        assert (
            compute_fee(service_with(FeeLine("x", quantity=2, unit="repas", price=123_450)), "fee", {"today": "2024-01-01"})
            .lines[0]
            .says
            == "2 repas × 1\u202f234,50\u00a0€ = 2\u202f469,00\u00a0€"
        )


def test_a_wrong_declaration_is_told_before_anybody_pays():
    class Wrong(
        service_with(FeeLine("a", price="nowhere"), FeeLine("b"), FeeLine("c", price="litre", by=("x", "y")), on_paid="vanish")
    ):
        tariffs = {
            "litre": Tariff("x", by=("a",), versions=(TariffVersion("2024-01-01", source="", rows=((1, 2, 3), ("a", 1.5))),)),
            "none": Tariff("y"),
        }

    told = "\n".join(fee_faults(Wrong))
    for fault in (
        "'nowhere' is no tariff", "'b': give amount= or price=", "is read by a: give as many", "on_paid='vanish'", "name the deliberation",
        "needs 1 keys (a) and a price", "a price is whole cents", "tariff 'none': give it a version",
    ):  # fmt: skip
        assert fault in told


def test_the_first_part_takes_what_does_not_divide():
    assert share_out(100, [40, 30, 30]) == [40, 30, 30]
    assert share_out(1, [1, 1, 1]) == [1, 0, 0]


def test_a_price_can_be_looked_up_inside_an_amount():
    line = FeeLine("Two kinds", amount=lookup("meal", answer("quotient")) * 3 + lookup("litre", "residual") * 1_000)
    assert bill(line, known={"quotient": 800}).total_cents == 750 + 3_450
