"""The regulation of the special waste fee, as sentences; its bills by hand."""

from datetime import date

import pytest
from django.utils import translation

from oppidum.cases import outbox
from oppidum.cases.acting import act, act_on
from oppidum.cases.declaration import compute_fee, foretell_fees
from oppidum.cases.filing import file_case, file_cases
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case, Entry, Live
from oppidum.cases.rules.errors import NotEligible
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core.errors import InvalidForm
from oppidum.payments.models import Charge
from oppidum.services.living_environment.special_waste_fee import SpecialWasteFee
from tests.territory.town import IN_AUBANE

OFFICER = Actor("officer", None, "Ana", frozenset({"act"}))
SIRET = "73282932000074"
BAKERY = {"stream": "residual", "size": 660, "bins": 1, "pickups": 5}


def bill_of(year, *bins, starts_on="2024-01-01", **more):
    """The yearly bill, without a database: each bin with its litres."""
    rows = [{**row, "litres": row["size"] * row["bins"] * row["pickups"]} for row in bins]
    rules = {f"rule:{name}": value for name, value in SpecialWasteFee.rules_on(date(2024, 6, 1)).items()}
    known = {"collected": rows, "year": year, "starts_on": starts_on, "today": f"{year}-12-31", **rules, **more}
    with translation.override("en"):
        return compute_fee(SpecialWasteFee, "yearly", known)


def declare(*bins, **more):
    lon, lat = IN_AUBANE
    raw = {
        "applicant": {"kind": "company", "name": "Boulangerie du Port", "number": SIRET},
        "activity": "food",
        "contact": {"name": "Zoé", "email": "zoe@example.org"},
        "place": {"lon": lon, "lat": lat, "address": "Rue de la République"},
        "street_side": True,
        "collected": list(bins or [BAKERY]),
        "sincere": {"agreed": True, "name": "Zoé Blanc"},
        **more,
    }
    return prepare_case(SpecialWasteFee, raw, channel="portal")


def contract(*bins, starts_on="2024-01-01"):
    filed = file_case(declare(*bins))
    act_on(filed.case_id, Command("accept", OFFICER, {"starts_on": starts_on}))
    return filed.case_id


def charge(case_id, year):
    act_on(case_id, Command("bill", OFFICER, {"year": year}))
    outbox.deliver()
    return Charge.objects.filter(case=case_id).order_by("pk").last()


def test_a_bin_of_660_litres_five_times_a_week_pays_what_exceeds_the_allowance():
    """3 300 litres × 52 weeks × 39,80 € for 1 000 litres, less 490 litres a week."""
    bill = bill_of(2025, BAKERY)
    assert [(line.label, line.amount_cents) for line in bill.lines] == [
        ("Collection (Residual waste)", 682_968),
        ("Covered by the household waste tax", -101_410),
    ]
    assert bill.lines[0].says == "171,600 litres × €39.80 for 1,000 litres = €6,829.68"
    assert bill.total_cents == 581_558


def test_up_to_490_litres_a_week_nothing_is_due():
    bill = bill_of(2025, {"stream": "residual", "size": 240, "bins": 1, "pickups": 2})
    assert (bill.total_cents, bill.exempt) == (0, "Up to the allowance nothing is due")


def test_a_small_producer_pays_a_flat_rate():
    assert bill_of(2025, {"stream": "residual", "size": 240, "bins": 1, "pickups": 3}).total_cents == 36_300
    assert bill_of(2025, {"stream": "residual", "size": 340, "bins": 1, "pickups": 7}).total_cents == 231_900
    assert bill_of(2025, {"stream": "residual", "size": 341, "bins": 1, "pickups": 7}).total_cents > 231_900


def test_who_sorts_pays_less():
    mixed = bill_of(2025, {"stream": "residual", "size": 660, "bins": 2, "pickups": 5})
    sorted_out = bill_of(2025, BAKERY, BAKERY | {"stream": "cardboard"})
    assert sorted_out.total_cents == 581_558 < mixed.total_cents


def test_a_contract_of_the_first_of_july_pays_184_days():
    bill = bill_of(2025, BAKERY, starts_on="2025-07-01")
    assert "184 days of 365" in bill.lines[0].says
    assert bill.total_cents == round(682_968 * 184 / 365) - round(101_410.4 * 184 / 365)


def test_a_bin_changed_in_the_year_is_paid_by_days_on_each_side():
    """Two rows, whose shares make the year: with the same bin on both sides nothing changes but a cent of rounding."""
    halves = bill_of(2025, BAKERY | {"until": "2025-06-30"}, BAKERY | {"since": "2025-07-01"})
    assert abs(halves.total_cents - 581_558) <= 1
    more = bill_of(2025, BAKERY | {"until": "2025-06-30"}, BAKERY | {"since": "2025-07-01", "bins": 2})
    assert more.total_cents > halves.total_cents


def test_the_end_of_a_contract_is_the_last_day_paid():
    bill = bill_of(2025, BAKERY, ends_on="2025-01-31")
    assert "31 days of 365" in bill.lines[0].says


def test_before_2024_there_is_no_single_tariff():
    with pytest.raises(LookupError, match="no price"):
        bill_of(2023, BAKERY, starts_on="2023-01-01")


def test_a_business_declares_by_its_siret_and_the_litres_are_reckoned(town):
    case = declare(BAKERY, {"stream": "glass", "size": 240, "bins": 2, "pickups": 1})
    assert case.answers["applicant"]["siret"] == SIRET
    assert [row["litres"] for row in case.answers["collected"]] == [3_300, 480]
    assert case.answers["weekly_litres"] == 3_780


def test_a_wrong_digit_of_the_siret_is_found(town):
    with pytest.raises(InvalidForm) as wrong:
        declare(applicant={"kind": "company", "name": "X", "number": "73282932000075"})
    assert wrong.value.errors[0].field.startswith("applicant")


def test_what_the_public_service_does_not_collect_is_told_at_once(town):
    with pytest.raises(NotEligible):
        declare(street_side=False)
    with pytest.raises(NotEligible):
        declare({"stream": "residual", "size": 660, "bins": 4, "pickups": 6})


def test_the_contract_bears_a_number_and_a_year_is_billed_once(town):
    case_id = contract()
    assert Entry.objects.get(case_id=case_id, action="accept").data["number"] == 1
    first = charge(case_id, 2025)
    again = charge(case_id, 2025)
    assert (first.pk, first.period, first.total_cents) == (again.pk, "2025", 581_558)
    assert charge(case_id, 2026).pk != first.pk


def test_a_change_of_bins_counts_in_the_next_bill(town):
    case_id = contract()
    rows = [BAKERY | {"until": "2025-06-30", "litres": 3_300}, BAKERY | {"since": "2025-07-01", "bins": 2, "litres": 6_600}]
    act_on(case_id, Command("change", OFFICER, {"collected": rows}))
    assert charge(case_id, 2025).total_cents == bill_of(2025, *rows).total_cents


def test_the_contract_ends_with_its_last_bill(town):
    case_id = contract()
    act_on(case_id, Command("close", OFFICER, {"ends_on": "2025-01-31", "year": 2025}))
    outbox.deliver()
    assert Live.objects.get(case=case_id).step == "ended"
    assert Charge.objects.get(case=case_id).total_cents == bill_of(2025, BAKERY, ends_on="2025-01-31").total_cents


def test_a_year_is_billed_for_all_contracts_in_one_batch(town):
    filed = file_cases([declare() for _ in range(40)])
    act((f.case_id, Command("accept", OFFICER, {"starts_on": "2024-01-01"})) for f in filed)
    act((f.case_id, Command("bill", OFFICER, {"year": 2025})) for f in filed)
    outbox.deliver()
    assert Charge.objects.count() == 40
    assert len(Case.objects.get(pk=filed[0].case_id).answers["bill"]) == 2


def test_the_thresholds_are_the_metropolis_own_and_not_yet_verified():
    assert all(rule.own and not rule.find(date(2025, 1, 1)).verified for rule in SpecialWasteFee.rules.values())


def test_the_yearly_fee_is_seen_before_sending(town):
    case = declare()
    rules = {f"rule:{name}": value for name, value in SpecialWasteFee.rules_on(date(2026, 6, 1)).items()}
    [(fee, bill)] = foretell_fees(SpecialWasteFee, {**case.answers, **rules}, date(2026, 6, 1))
    assert (fee.name, bill.total_cents) == ("yearly", 581_558)
