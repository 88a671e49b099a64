"""The home renovation grant: who is helped, by how much, by whom; payments by stage that never exceed what was granted."""

import io
from datetime import date

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.explaining import list_clocks
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.errors import NotEligible
from oppidum.cases.rules.standing import RESIDENT
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.figures.computing import Period, compute
from oppidum.people import remits
from oppidum.people.models import Remit
from tests.publishing.conftest import letterhead as _letterhead  # noqa: F401
from tests.services.test_housing_solidarity_fund import PDF, words
from tests.territory.town import IN_AUBANE

letterhead = _letterhead
MARCH = (2027, 3, 1, 9)
FUNDED = {"committee_on": "2027-03-01", "anah": "16 000", "metropolis": "2 000", "region": "0", "department": "300", "town": "200"}
BIG = {"owner": "co_ownership", "lots": "40", "main_homes": "80", "register": "AB1234567", "unpaid": "9", "class_before": "F", "class_after": "C", "gain": "52",
       "quotes": [{"company": "Toitures du Midi", "work": "common", "amount": "1 200 000"}]}  # fmt: skip


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(people):
    Remit.objects.create(service="home-renovation-grant", team=people.roads, category="*")
    remits.forget()
    return people


def file(**changes):
    service = get_service("home-renovation-grant")
    lon, lat = IN_AUBANE
    paper = attachments.save_upload(io.BytesIO(PDF), "p.pdf", service.form["quote_files"], clock.now()).token
    answers = {
        "owner": "occupier", "applicant": {"kind": "person", "name": "Jeanne Martin"}, "applicant_address": {"text": "12 rue des Oliviers, 13910 Aubane"}, "contact": {"email": "jeanne@example.org"},
        "dwelling": {"lon": lon, "lat": lat, "address": "12 rue des Oliviers, 13910 Aubane"}, "old": "yes", "begun": "no", "persons": "2", "tax_income": "24 000",
        "aim": "energy", "class_before": "E", "class_after": "C", "gain": "40",
        "quotes": [{"company": "Isol'Sud", "work": "insulation", "amount": "14 000"}, {"company": "Chaleur d'Aubane", "work": "heating", "amount": "11 000"}],
        "quote_files": [paper], "papers": [paper], "statement": {"agreed": "yes", "name": "Jeanne Martin"},
    } | changes  # fmt: skip
    return file_case(prepare_case(service, answers, channel="portal")).case_id


def answers(case_id):
    return Case.objects.get(pk=case_id).answers


def take(case_id, action, by, **raw):
    service, standing = get_service("home-renovation-grant"), read_standings([case_id])[case_id]
    known = service.known(standing, clock.today())
    return act_on(case_id, prepare(service, action, raw, by if by is RESIDENT else actor_of(by), known=known))


def funded(desk, **changes):
    case_id = file(**changes)
    take(case_id, "complete", desk.ana)
    take(case_id, "propose", desk.ana, assessment="Passoire thermique, travaux cohérents.")
    take(case_id, "award", desk.ana, **FUNDED)
    return case_id


def ask_to_be_paid(case_id, request="part"):
    paper = attachments.save_upload(
        io.BytesIO(PDF), "f.pdf", get_service("home-renovation-grant").form["quote_files"], clock.now()
    ).token
    invoices = [] if request == "advance" else [{"company": "Isol'Sud", "work": "insulation", "amount": "14 000"}]
    return take(case_id, "ask_payment", RESIDENT, request=request, invoices=invoices, invoice_files=[paper])


@pytest.mark.parametrize(
    ("income", "means", "rate"), [("25 115", "very_modest", 80), ("25 116", "modest", 60), ("32 197", "modest", 60)]
)
def test_the_rate_follows_from_income_and_persons(desk, income, means, rate):
    told = answers(file(tax_income=income))
    assert (told["income_level"], told["rate"], told["eligible"], told["anah_aid"], told["own_aid"]) == (
        means,
        rate,
        2_500_000,
        25_000 * rate,
        250_000,
    )


def test_a_co_ownership_has_more_for_its_gain_for_leaving_f_and_for_its_unpaid_charges(desk):
    told = answers(file(**BIG))
    # 45 % for a gain of half, 10 for leaving F, 20 for unpaid charges of 8 % or more; 25,000 EUR a dwelling at most.
    assert (told["rate"], told["eligible"], told["anah_aid"], told["homes"]) == (75, 100_000_000, 75_000_000, 40)
    assert answers(file(**BIG | {"gain": "49", "class_before": "E", "unpaid": "7"}))["rate"] == 30


@pytest.mark.parametrize(
    "changes",
    [{"begun": "yes"}, {"old": "no"}, {"tax_income": "32 198"}, BIG | {"gain": "34"}, BIG | {"main_homes": "74"}, BIG | {"lots": "20", "main_homes": "64"}],
    ids=["begun", "new", "income", "gain", "main homes", "main homes of a small one"],
)  # fmt: skip
def test_who_is_not_helped_is_told_at_once(desk, changes):
    with pytest.raises(NotEligible):
        file(**changes)


def test_several_funders_are_added_up_and_cut_to_the_cost(desk, letterhead, moved):
    with moved(*MARCH):
        case_id = funded(desk)
        assert read_standings([case_id])[case_id].facts["in_all"] == 1_850_000
        award = words(case_id, "award")
        assert "18 500 €" in award and "16 000 €" in award and "Isol" in award and "200 €" in award and "région" not in award
        take(case_id, "change_funding", desk.ana, **(FUNDED | {"region": "9 000"}))
        assert read_standings([case_id])[case_id].facts["in_all"] == 2_500_000


def test_no_more_is_paid_than_the_rules_allow_before_the_end_and_never_more_than_was_granted(desk, letterhead, moved):
    with moved(*MARCH):
        case_id = funded(desk)
        ask_to_be_paid(case_id, "advance")
        take(case_id, "pay", desk.ana, paid="5 000", paid_on="2027-03-01")
        take(case_id, "reach", RESIDENT, stage="third", reached_on="2027-03-01")
        ask_to_be_paid(case_id)
        with pytest.raises(NotEligible):  # 70 % of 18,500 are 12,950
            take(case_id, "pay", desk.ana, paid="7 951", paid_on="2027-03-01")
        assert take(case_id, "pay", desk.ana, paid="7 950", paid_on="2027-03-01").step == "works"
        assert "12 950 €" in words(case_id, "payment")
        ask_to_be_paid(case_id, "balance")
        with pytest.raises(NotEligible):
            take(case_id, "pay_balance", desk.ana, paid="5 551", paid_on="2027-03-01", final_cost="25 000")
        assert take(case_id, "pay_balance", desk.ana, paid="5 550", paid_on="2027-03-01", final_cost="25 000").step == "completed"
    assert [differences for _, differences in verify()] == [[]]


def test_the_works_last_three_years_at_most_and_a_year_more_if_it_is_given(desk, moved):
    with moved(*MARCH):
        in_time, late = funded(desk), funded(desk)
        take(in_time, "more_time", desk.ana, reason_time="Entreprise en liquidation.")
    with moved(2030, 3, 2, 9):
        assert sweep() == 1 and read_standings([late])[late].step == "lapsed"
        lines = {
            line.name: line.state.ends_on
            for line in list_clocks(get_service("home-renovation-grant"), read_standings([in_time])[in_time], clock.today())
        }
        assert lines["works"] == date(2031, 3, 1)


def test_each_funder_is_counted_and_homes_when_they_are_paid(desk, moved):
    with moved(*MARCH):
        case_id = funded(desk, **BIG)
        ask_to_be_paid(case_id, "balance")
        year = Period.year(2027)
        assert compute("renovation-homes-completed", year).value in (None, 0)
        take(case_id, "pay_balance", desk.ana, paid="18 500", paid_on="2027-03-01", final_cost="1 150 000")
        names = ("renovation-homes-completed", "renovation-granted-anah", "renovation-granted-department", "renovation-paid")
        assert [float(compute(name, year).value) for name in names] == [40, 16_000, 300, 18_500]
