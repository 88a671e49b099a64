"""The housing solidarity fund: its means test as sentences, its committee, its payments to landlords, its figures."""

import io
from datetime import date

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case, Effect, Entry, Party
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.errors import NotEligible, NotNow
from oppidum.cases.rules.standing import RESIDENT
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.figures.computing import Period, compute
from oppidum.payments.collecting import Received, take_payments
from oppidum.payments.errors import PlanClosed
from oppidum.payments.models import Charge
from oppidum.payments.paying import choose_plan
from oppidum.payments.reminders import remind
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.publishing.printing import order_run, work
from tests.publishing.conftest import letterhead as _letterhead  # noqa: F401
from tests.publishing.conftest import text_of
from tests.territory.town import IN_AUBANE

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
letterhead = _letterhead
MARCH = (2027, 3, 1, 9)
FAMILY = [
    {"first_name": "Nour", "birth": "1990-04-02"},
    {"first_name": "Sami", "birth": "1988-01-20"},
    {"first_name": "Lina", "birth": "2018-06-11"},
]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def fund(people):
    Remit.objects.create(service="housing-solidarity-fund", team=people.roads, category="*")
    remits.forget()
    return people


def file(**changes):
    service = get_service("housing-solidarity-fund")
    lon, lat = IN_AUBANE
    paper = attachments.save_upload(io.BytesIO(PDF), "p.pdf", service.form["papers"], clock.now()).token
    answers = {
        "aid": "keep", "stage": "reminder", "debt": [{"what": "Loyers de janvier et février", "amount": "1 240,00"}],
        "dwelling": {"lon": lon, "lat": lat, "address": "12 rue des Oliviers, 13910 Aubane"}, "tenure": "private",
        "payee": {"kind": "person", "name": "Paul Roux"}, "payee_address": {"text": "3 cours Mirabeau, 13100 Aix-en-Provence"},
        "people": FAMILY, "income": [{"source": "wages", "amount": "1 380"}, {"source": "family", "amount": "150"}],
        "costs": [{"what": "rent", "amount": "510"}, {"what": "energy", "amount": "90"}],
        "applicant": {"kind": "person", "name": "Nour Blanc"}, "applicant_address": {"text": "12 rue des Oliviers, 13910 Aubane"},
        "contact": {"phone": "06 12 34 56 78"}, "heard": "yes", "papers": [paper], "statement": {"agreed": "yes", "name": "Nour Blanc"},
    } | changes  # fmt: skip
    return file_case(prepare_case(service, answers, channel="portal")).case_id


def take(case_id, action, by, **raw):
    service = get_service("housing-solidarity-fund")
    return act_on(case_id, prepare(service, action, raw, by if by is RESIDENT else actor_of(by)))


def before_the_committee(fund, **changes):
    case_id = file(**changes)
    take(case_id, "complete", fund.ana)
    take(case_id, "propose", fund.ana, assessment="Emploi retrouvé en février, plan d'apurement signé.", proposed="1240")
    return case_id


def words(case_id, letter):
    while outbox.deliver():
        pass
    assert not list(Effect.objects.exclude(error="").values_list("kind", "error"))
    paper = Paper.objects.filter(case_id=case_id, letter=letter).latest("pk")
    if not paper.file:
        order_run("Courriers", None)
        work()
        paper.refresh_from_db()
    return " ".join(text_of(path_of(paper.file).read_bytes()).replace("\u202f", " ").replace("\u00a0", " ").split())


def test_the_sheet_of_means_is_reckoned_in_the_form(fund, moved):
    with moved(*MARCH):
        answers = Case.objects.get(pk=file()).answers
    # Two adults and a child of 8: 1 + 0.5 + 0.3; 1,530 a month, of which 600 for the dwelling; 930 for three persons and thirty days.
    assert {name: answers[name] for name in ("asked", "units", "per_unit", "effort", "left_a_day", "within", "loan_first", "most")} == {
        "asked": 124_000, "units": 1.8, "per_unit": 85_000, "effort": pytest.approx(39.2157, abs=1e-3), "left_a_day": 1_033,
        "within": True, "loan_first": False, "most": 124_000,
    }  # fmt: skip


def test_no_income_stands_in_the_journal(fund, moved):
    with moved(*MARCH):
        case_id = file()
    told = str(list(Entry.objects.filter(case_id=case_id).values_list("data", flat=True))) + str(
        read_standings([case_id])[case_id].facts
    )
    assert "income" not in told and "85000" not in told and "Nour" not in told


def test_above_the_ceiling_one_is_told_at_once_and_the_rules_bound_the_help(fund):
    with pytest.raises(NotEligible):
        file(income=[{"source": "wages", "amount": "2 300"}])
    bill = file(aid="energy", debt=[{"what": "Facture d'électricité", "amount": "830"}])
    assert Case.objects.get(pk=bill).answers["most"] == 50_000


def test_who_may_be_put_out_comes_first(fund):
    assert read_standings([file(stage="order")]).popitem()[1].facts["priority"] == "urgent"
    assert "priority" not in read_standings([file()]).popitem()[1].facts


def test_two_months_of_silence_refuse_and_the_committee_may_still_grant(fund, moved):
    with moved(*MARCH):
        case_id = before_the_committee(fund)
        assert read_standings([case_id])[case_id].due_on == date(2027, 5, 1)
    with moved(2027, 5, 2, 9):
        assert sweep() == 1 and read_standings([case_id])[case_id].step == "committee"
        assert take(case_id, "award", fund.ana, committee_on="2027-05-02", granted="1240", lent="0").step == "payment"


def test_missing_papers_suspend_the_time_for_as_long_as_was_given(fund, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "ask_papers", fund.ana, papers_missing=["income"], papers_by="2027-03-21")
        assert read_standings([case_id])[case_id].due_on == date(2027, 5, 21)
    with moved(2027, 3, 11, 9):
        take(case_id, "papers_in", RESIDENT)
        assert read_standings([case_id])[case_id].due_on == date(2027, 5, 11)
    with moved(2027, 3, 12, 9):
        take(case_id, "ask_papers", fund.ana, papers_missing=["lease"], papers_by="2027-03-22")
    with moved(2027, 5, 12, 9):
        sweep()
        assert read_standings([case_id])[case_id].step == "abandoned"


def test_a_grant_is_paid_to_the_landlord_and_told_to_both(fund, letterhead, moved):
    with moved(*MARCH):
        case_id = before_the_committee(fund)
        with pytest.raises(NotNow):
            take(case_id, "award", fund.ana, committee_on="2027-03-01", granted="0", lent="0")
        take(case_id, "award", fund.ana, committee_on="2027-03-01", granted="1000", lent="0")
        assert take(case_id, "pay", fund.ana, paid="1000", paid_on="2027-03-01").step == "paid"
        award, payment = words(case_id, "award"), words(case_id, "payment")
    assert "1 000 €" in award and "Paul Roux" in award and "prête" not in award
    assert "Paul Roux" in payment and "1 000 €" in payment
    assert [differences for _, differences in verify()] == [[]]


def lent(fund, **changes):
    """A loan of 840 EUR over a year beside a grant of 400, granted on 1 March."""
    case_id = before_the_committee(fund)
    given = {"committee_on": "2027-03-01", "granted": "400", "lent": "840", "instalments": "12"} | changes
    assert take(case_id, "award", fund.ana, **given).step == "contract"
    return case_id


def paid_out(fund, **changes):
    case_id = lent(fund, **changes)
    take(case_id, "sign_contract", RESIDENT, signed_on="2027-03-01")
    assert take(case_id, "pay_loan", fund.ana, paid="1240", paid_on="2027-03-01").step == "repaying"
    while outbox.deliver():
        pass
    return Charge.objects.get(case=case_id)


def parts_of(loan):
    return [(part.due_on.isoformat(), part.amount_cents) for part in loan.instalments.all()]


def test_a_loan_is_a_contract_without_interest_that_is_signed_within_two_months(fund, letterhead, moved):
    with moved(*MARCH):
        case_id = lent(fund)
        told = words(case_id, "loan")
        assert "840 €" in told and "ne porte pas intérêt" in told and "sans frais" in told and "différé" not in told
        assert "12 mois" in words(case_id, "award")
        with pytest.raises(NotNow):
            take(case_id, "pay_loan", fund.ana, paid="1240", paid_on="2027-03-01")
    with moved(2027, 5, 3, 9):
        sweep()
        assert read_standings([case_id])[case_id].step == "abandoned" and not Charge.objects.exists()


def test_it_is_repaid_in_equal_parts_a_month_from_the_payment_and_no_cent_more(fund, letterhead, moved):
    with moved(*MARCH):
        loan = paid_out(fund, lent="850")
        assert parts_of(loan)[:2] == [("2027-04-01", 7_087), ("2027-05-01", 7_083)] and len(parts_of(loan)) == 12
        assert sum(cents for _day, cents in parts_of(loan)) == loan.total_cents == 85_000
        told = words(loan.case_id, "schedule")
    assert "1er avril 2027" in told and "70,87 €" in told and "1er mars 2028" in told and "850 €" in told and loan.reference in told


def test_months_of_grace_put_the_first_part_off(fund, moved):
    with moved(*MARCH):
        assert [day for day, _cents in parts_of(paid_out(fund, grace="3", instalments="2"))] == ["2027-07-01", "2027-08-01"]


def test_the_parts_were_agreed_and_cannot_be_chosen_otherwise_but_all_may_be_repaid_sooner(fund, letterhead, moved):
    with moved(*MARCH):
        loan = paid_out(fund)
        with pytest.raises(PlanClosed):
            choose_plan(loan.pk, by_instalments=False)
    with moved(2027, 4, 1, 9):
        take_payments([Received(loan.reference, "transfer", "april", 7_000)])
        assert read_standings([loan.case_id])[loan.case_id].step == "repaying"
    with moved(2027, 6, 10, 9):
        take_payments([Received(loan.reference, "transfer", "all")])
        assert read_standings([loan.case_id])[loan.case_id].step == "repaid"
        names = ("solidarity-fund-loans", "solidarity-fund-repaid", "solidarity-fund-paid", "solidarity-fund-loans-open")
        assert [float(compute(name, Period.year(2027)).value) for name in names] == [840, 840, 1240, 0]
    assert [differences for _, differences in verify()] == [[]]


def test_a_part_that_is_late_is_reminded_then_asked_for_by_formal_notice(fund, letterhead, moved):
    with moved(*MARCH):
        loan = paid_out(fund)
    fund.ana.role.rights = [*fund.ana.role.rights, "money"]
    with moved(2027, 4, 20, 9):
        assert remind("first", fund.ana) == 1
    with moved(2027, 5, 25, 9):
        assert remind("first", fund.ana) == 0 and remind("formal", fund.ana) == 1
        told = words(loan.case_id, "payment_notice")
    assert "mise en demeure" in told.lower() and "140 €" in told and "840 €" in told  # two parts late, the whole left


def test_what_is_remitted_is_taken_off_and_the_rest_is_still_owed(fund, letterhead, moved):
    with moved(*MARCH):
        loan = paid_out(fund)
        with pytest.raises(NotEligible, match="prêt de 840"):
            take(loan.case_id, "remit", fund.ana, remitted="900", remitted_why="Perte d'emploi")
        for sum_ in ("300", "140"):
            assert take(loan.case_id, "remit", fund.ana, remitted=sum_, remitted_why="Perte d'emploi").step == "repaying"
            assert f"{sum_} €" in words(loan.case_id, "remission")
        loan.refresh_from_db()
        assert loan.balance_cents == 40_000
        take(loan.case_id, "remit", fund.ana, remitted="400", remitted_why="Perte d'emploi")
        words(loan.case_id, "remission")
        assert read_standings([loan.case_id])[loan.case_id].step == "repaid"
        assert compute("solidarity-fund-remitted", Period.year(2027)).value == 840


def test_a_refusal_says_why_and_how_to_contest(fund, letterhead, moved):
    with moved(*MARCH):
        case_id = before_the_committee(fund)
        take(case_id, "refuse", fund.ana, reasons="La dette a été réglée par un autre dispositif.")
        told = words(case_id, "refusal")
    assert "autre dispositif" in told and "90-449" in told and "Tribunal administratif" in told


def test_what_the_committee_decided_is_counted(fund, moved):
    with moved(*MARCH):
        for granted, lent in (("1000", "0"), ("0", "500")):
            take(
                before_the_committee(fund),
                "award",
                fund.ana,
                committee_on="2027-03-01",
                granted=granted,
                lent=lent,
                instalments="10",
            )
        take(before_the_committee(fund), "refuse", fund.ana, reasons="Hors règlement.")
        year = Period.year(2027)
        names = ("solidarity-fund-handled", "solidarity-fund-grants", "solidarity-fund-loans", "solidarity-fund-granted-share")
        assert [round(float(compute(name, year).value), 1) for name in names] == [3, 1000, 500, 66.7]


def test_letters_go_to_who_asks_and_not_to_the_landlord(fund, letterhead, moved):
    with moved(*MARCH):
        case_id = file(contact={"email": "nour@example.org"})
        assert Party.objects.get(case=case_id).name == "Nour Blanc"
        while outbox.deliver():
            pass
        text = text_of(path_of(Paper.objects.get(case=case_id, letter="acknowledgement").file).read_bytes())
        assert "Nour Blanc" in text and "12 rue des Oliviers" in text and "Paul Roux" not in text and "cours Mirabeau" not in text
