"""Expressions read a case the same way wherever they stand."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from oppidum.cases.declaration.expressions import (
    age_on,
    answer,
    distance_km,
    either,
    end_of,
    euros,
    eve_of,
    from_table,
    greatest,
    in_zone,
    items,
    least,
    money,
    rounded,
    rule,
    starts_at,
)
from oppidum.core.calendar import days, hours, months

SALE = {
    "price": 23_000_00,
    "kinds": ["house", "land"],
    "lines": [{"amount": 100, "paid": True}, {"amount": 250}],
    "home": {"lon": 5.3698, "lat": 43.2965, "zones": ["centre"]},
    "school": {"lon": 5.4474, "lat": 43.5297},
    "born": "2012-02-29",
    "rule:threshold": 23_000_00,
    "today": "2027-02-28",
}


def test_a_comparison_with_what_was_not_answered_does_not_hold_nor_does_its_contrary():
    assert not (answer("rent") > 3).holds(SALE) and not (answer("rent") <= 3).holds(SALE)
    assert (~(answer("rent") > 3)).holds(SALE)


def test_the_threshold_itself_is_not_above_the_threshold():
    assert not (answer("price") > rule("threshold")).holds(SALE) and (answer("price") >= rule("threshold")).holds(SALE)


def test_of_several_answers_one_is_enough():
    assert answer("kinds").one_of("land", "forest").holds(SALE) and answer("kinds").is_("house").holds(SALE)


def test_lists_are_summed_counted_and_searched():
    lines = items("lines")
    assert lines.sum(answer("amount")).value(SALE) == 350
    assert lines.count(answer("amount") > 100).value(SALE) == 1
    assert lines.any(answer("paid").is_(True)).holds(SALE) and not lines.all(answer("paid").is_(True)).holds(SALE)
    assert items("nothing").sum(answer("amount")).value(SALE) == 0


def test_a_row_is_compared_with_the_case_around_it():
    assert items("lines").all(answer("amount") < answer("price")).holds(SALE)


def test_cents_are_exact_until_they_are_rounded_half_up():
    third = answer("price") / 3
    assert third.value(SALE) == Fraction(2_300_000, 3)
    assert rounded(third).value(SALE) == 766_667
    assert rounded(money("0.25"), 10).value(SALE) == 30


def test_the_road_from_marseille_to_aix_is_26_kilometres_long_as_the_crow_flies():
    assert distance_km("home", "school").value(SALE) == pytest.approx(26.7, abs=0.3)


def test_a_child_of_29_february_is_a_year_older_on_1_march():
    assert age_on("born").value(SALE) == 14
    assert age_on("born").value(SALE | {"today": "2027-03-01"}) == 15


def test_a_place_knows_its_zones():
    assert in_zone("home", "centre").holds(SALE) and not in_zone("school", "centre").holds(SALE)


def test_a_choice_between_amounts():
    fee = either(answer("price") > money(10_000), money(90), money(30))
    assert fee.value(SALE) == 9000 and fee.value({"price": 1}) == 3000
    assert least(money(5), answer("absent"), money(3)).value({}) == 300 and greatest(answer("absent")).value({}) is None


def test_an_expression_is_said_in_words():
    with override("fr"):
        said = ((answer("price") > money(23_000)) & answer("lines").given()).say({"price": "Prix", "lines": "Lignes"})
    assert said == "Prix > 23\u202f000\u00a0€ et Lignes\u00a0: renseigné"


def test_euros_are_written_as_the_reader_writes_them():
    with override("fr"):
        assert euros(123_450) == "1\u202f234,50\u00a0€"
    with override("en"):
        assert euros(-500) == "-€5"


def test_an_expression_has_no_truth_by_itself():
    with pytest.raises(TypeError):
        bool(answer("price") > 3)


def test_an_expression_says_what_it_reads():
    whole = (answer("price") > rule("threshold")) | items("lines").any(answer("amount") > answer("most"))
    assert whole.names() == {"price", "lines"} and whole.rules() == {"threshold"}


def test_a_table_may_hold_what_is_worked_out():
    chosen = from_table(answer("kind"), {"house": rule("threshold"), "land": either(answer("price") > money(1), 2, 3)})
    assert [chosen.value(SALE | {"kind": kind}) for kind in ("house", "land", "boat")] == [23_000_00, 2, None]
    assert chosen.names() == {"kind", "price"} and chosen.rules() == {"threshold"}


def test_hours_from_an_instant_end_at_an_instant_that_compares_with_a_booked_time():
    died = {"died_at": "2027-03-27T15:00:00+00:00"}
    too_soon = starts_at("time") < end_of(hours(24), answer("died_at"))
    # The clocks go forward in the night: 24 hours later it is five in the afternoon where the authority is.
    assert too_soon.holds(died | {"time": "room@2027-03-28T16:00/17:00"}) and not too_soon.holds(
        died | {"time": "room@2027-03-28T17:00/18:00"}
    )
    assert not too_soon.holds(died) and starts_at("time").value({"time": "berth@2027-03-28/2027-03-29"}) is None
    # A day counted from an instant is that of the authority: 23:30 in Universal Time is the day after.
    assert end_of(days(14), answer("died_at")).value({"died_at": "2027-03-27T23:30:00+00:00"}) == "2027-04-11"


def test_the_end_of_a_length_of_time_is_a_day_that_compares():
    told_in_time = answer("told_on") <= end_of(rule("month"), answer("filed_on"))
    known = {"rule:month": months(1), "filed_on": "2027-01-31"}
    assert told_in_time.holds(known | {"told_on": "2027-02-28"}) and not told_in_time.holds(known | {"told_on": "2027-03-01"})
    assert not told_in_time.holds(known) and end_of(months(1), answer("born")).value(SALE) == "2012-03-29"
    assert end_of(months(1), answer("nothing")).value(SALE) is None


def test_the_eve_of_a_day_is_the_day_before_over_the_end_of_a_month():
    assert eve_of(answer("day")).value({"day": "2028-03-01"}) == "2028-02-29" and eve_of(answer("day")).value({}) is None
