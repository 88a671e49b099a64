"""The grant to an association: its budget in balance, its two ways to the vote, its agreement, its payment, its account."""

import io
import re
from datetime import date

import pytest
from django.core.management import call_command

from oppidum.bodies.agenda import gather
from oppidum.bodies.convening import plan_sitting
from oppidum.cases import outbox
from oppidum.cases.declaration import get_service
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Effect, Mail
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import RESIDENT
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.core.errors import InvalidForm, Refusal
from oppidum.figures.computing import Period, compute, count_trail
from oppidum.figures.trails import open_trail
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.publishing.actes import Outbox
from oppidum.publishing.datasets.publishing import publish
from oppidum.publishing.grants_export import COLUMNS, grants, publish_by
from oppidum.publishing.models import Paper
from oppidum.publishing.sending_out import send_out
from tests.bodies.conftest import SITTING_AT, council  # noqa: F401
from tests.publishing.conftest import letterhead  # noqa: F401
from tests.services.assembly import CLERK, seated, secretary, take, vote
from tests.services.doing import standing

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FILED = (2027, 3, 1, 9)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bodies(council, people, letterhead):  # noqa: F811
    """The council, a bureau and the committee for grants; the roads team has the grants."""
    some = [council.alma.councillor, council.elsa.councillor]
    council.bureau = seated("bureau", "bureau", some, series="deliberation")
    council.committee = seated("grants-committee", "committee", some, needs_quorum=False, own_clear_days=3)
    Remit.objects.create(service="association-grant", team=people.roads, category="*")
    remits.forget()
    return council


def answers(requested="30 000", income=None, **changes):
    service = get_service("association-grant")
    paper = attachments.save_upload(io.BytesIO(PDF), "statuts.pdf", service.form["papers"], clock.now())
    return {
        "association": {"name": "Atelier Vélo d'Aubane", "number": "W131234567"},
        "seat": {"text": "3 cours Mirabeau, 13901 Aubane"},
        "contact": {"name": "Zoé Roux", "email": "zoe@example.org"},
        "title": "Une remise en selle",
        "field": "mobility",
        "summary": "Apprendre à réparer son vélo.",
        "during": {"from": "2027-09-01", "to": "2028-06-30", "starts": "2027-09-01", "ends": "2028-06-30"},
        "multi_year": "no",
        "expenses": [{"what": "Salaires", "amount": "40 000"}, {"what": "Outils", "amount": "5 000"}],
        "income": income or [{"from_whom": "Métropole", "amount": requested}, {"from_whom": "Cotisations", "amount": "15 000"}],
        "requested": requested,
        "papers": [paper.token],
        "commitment": {"agreed": "yes", "name": "Zoé Roux"},
        "honour": {"agreed": "yes", "name": "Zoé Roux"},
    } | changes


def prepared(**changes):
    return prepare_case(get_service("association-grant"), answers(**changes), channel="portal")


@pytest.fixture
def filed(bodies, moved):
    """A request filed on 1 March 2027 and complete, examined by its directorate."""

    def make(examined=True, **changes):
        with moved(*FILED):
            case_id = file_case(prepared(**changes)).case_id
            if examined:
                take(case_id, "complete")
                take(case_id, "ask_opinions")
                for name in ("directorate", "territory", "finance"):
                    give(case_id, name)
                assert deliver() == []
        return case_id

    return make


def give(case_id, name, answer="favourable"):
    from oppidum.cases.acting import act_on
    from oppidum.cases.rules.standing import Command

    act_on(case_id, Command("opinion", CLERK, {"opinion": name, "answer": answer}))


def small(**changes):
    """A small request: 10,000 euros, with a budget in balance."""
    expenses = [{"what": "Tout", "amount": "25 000"}]
    return {"requested": "10 000", "expenses": expenses} | changes


def deliver():
    while outbox.deliver():
        pass
    return list(Effect.objects.exclude(error="").values_list("kind", "error"))


def test_a_budget_out_of_balance_is_refused_with_the_difference_said(bodies):
    short = [{"from_whom": "Métropole", "amount": "30 000"}]
    with pytest.raises(Refusal, match=r"dépassent les recettes de 15.000"):
        prepared(income=short)
    with pytest.raises(Refusal, match=r"recettes dépassent les dépenses de 1.000"):
        prepared(income=[*short, {"from_whom": "Dons", "amount": "16 000"}])
    assert prepared().answers["missing"] == 0


def test_nobody_asks_for_more_than_the_income_of_the_project(bodies):
    with pytest.raises(Refusal, match="plus que toutes les recettes"):
        prepared(requested="46 000", income=[{"from_whom": "Métropole", "amount": "45 000"}])


def test_an_association_is_known_by_its_siret_or_its_rna_number(bodies):
    assert prepared().answers["association"]["rna"] == "W131234567"
    with pytest.raises(InvalidForm):
        prepared(association={"name": "Atelier", "number": "12345678901234"})


def test_the_republican_commitment_is_signed(bodies):
    with pytest.raises(InvalidForm):
        prepared(commitment={})


def test_two_months_of_silence_refuse_and_the_vote_may_still_come(filed, moved):
    case_id = filed(examined=False)
    with moved(2027, 5, 1, 9):
        sweep()
        assert standing(case_id).silence_on is None
    with moved(2027, 5, 2, 9):
        sweep()
    case = standing(case_id)
    assert case.silence_on is not None and case.step == "filed"


def test_missing_papers_suspend_the_two_months(filed, moved):
    case_id = filed(examined=False)
    with moved(2027, 3, 10, 9):
        take(case_id, "ask_papers", papers_missing=["accounts"], papers_by="2027-03-31")
    with moved(2027, 5, 2, 9):
        sweep()
    assert standing(case_id).silence_on is None


def test_up_to_the_threshold_the_bureau_decides_on_the_report_alone(filed, bodies, moved):
    case_id = filed(**small())
    with moved(2027, 4, 1, 9):
        with pytest.raises(NotNow):
            take(case_id, "propose", proposed="10 000")
        assert take(case_id, "propose_small", proposed="8 000").step == "bureau"
    (act,) = vote(bodies.bureau, month=5, day=10)
    assert standing(case_id).facts["granted"] == 800_000 and act.title == "Une remise en selle"


def test_above_it_the_committee_gives_its_opinion_and_the_council_decides(filed, bodies, moved):
    case_id = filed()
    with moved(2027, 4, 1, 9):
        with pytest.raises(NotNow):
            take(case_id, "propose_small", proposed="25 000")
        assert take(case_id, "propose", proposed="25 000").step == "committee"
    assert vote(bodies.committee, month=4, day=20) == []
    assert deliver() == []
    assert standing(case_id).step == "council"
    (act,) = vote(bodies.body, month=5, day=20)
    assert act.code == "DEL-2027-0001" and standing(case_id).facts["granted"] == 2_500_000


def test_the_amount_proposed_is_what_the_agenda_offers_to_vote(filed, bodies, moved):
    case_id = filed(**small())
    with moved(2027, 4, 1, 9):
        take(case_id, "propose_small", proposed="8 000")
        sitting = plan_sitting(bodies.bureau, SITTING_AT)
        (item,) = gather(sitting, secretary())
    assert re.sub(r"\s", " ", item.answers["granted"]).startswith("8 000")
    assert "zoe@example.org" not in item.note and "Apprendre à réparer" in item.note


def test_the_report_waits_until_all_opinions_are_in_or_due(filed, moved):
    case_id = filed(examined=False, **small())
    with moved(2027, 4, 1, 9):
        take(case_id, "complete")
        take(case_id, "ask_opinions")
        give(case_id, "directorate")
        with pytest.raises(NotNow):
            take(case_id, "propose_small", proposed="8 000")
    with moved(2027, 4, 23, 9):
        sweep()
        assert deliver() == []
    case = standing(case_id)
    assert case.step == "report" and case.facts["opinion:territory"] == "favourable"


@pytest.fixture
def voted(filed, bodies, moved, tmp_path):
    """A grant voted: 8,000 euros by the bureau, or the sum by the council; its deliberation binds on 25 May 2027."""

    def make(proposed="8 000"):
        big = proposed != "8 000"
        case_id = filed() if big else filed(**small())
        with moved(2027, 4, 1, 9):
            take(case_id, "propose" if big else "propose_small", proposed=proposed)
        if big:
            vote(bodies.committee, month=4, day=20)
            assert deliver() == []
        vote(bodies.body if big else bodies.bureau, month=5, day=20)
        with moved(2027, 5, 25, 9):
            send_out(Outbox(tmp_path))
        return case_id

    return make


PLAN = {"instalments": "2", "pay_from": "2027-06-30", "pay_until": "2027-12-15"}


def test_above_23000_euros_a_year_an_agreement_is_signed_first(voted, moved):
    case_id = voted("25 000")
    assert standing(case_id).step == "agreement"
    with moved(2027, 6, 1, 9):
        take(case_id, "prepare_agreement", **PLAN)
        with pytest.raises(NotNow):
            take(case_id, "pay_part", paid="1 000", paid_on="2027-06-01")
        assert take(case_id, "sign_agreement", signed_on="2027-06-01").step == "payment"


def test_up_to_it_the_grant_is_notified_and_paid_within_sixty_days(voted, moved):
    case_id = voted()
    assert standing(case_id).step == "granted"
    with moved(2027, 6, 1, 9):
        assert take(case_id, "notify", **PLAN).due_on == date(2027, 7, 31)


def test_a_grant_voted_below_the_threshold_needs_no_agreement_though_more_was_asked(voted):
    assert standing(voted("20 000")).step == "granted"


@pytest.fixture
def paid(voted, moved):
    """8,000 euros notified on 1 June and paid on 30 June 2027, for the year that ends on 31 December."""

    def make(**changes):
        case_id = voted(**changes)
        with moved(2027, 6, 1, 9):
            take(case_id, "notify", **PLAN | {"instalments": "1"})
        with moved(2027, 6, 30, 9):
            take(case_id, "pay_last", paid="8 000", paid_on="2027-06-30", year_ends_on="2027-12-31")
        return case_id

    return make


def test_the_association_is_reminded_a_month_before_its_report_is_due_and_told_when_it_is_late(paid, moved):
    case_id = paid()
    with moved(2028, 6, 1, 9):
        sweep()
        assert deliver() == []
    assert standing(case_id).step == "report_due"
    assert Mail.objects.filter(case_id=case_id, subject__contains="compte rendu financier attendu").exists()
    with moved(2028, 7, 1, 9):
        sweep()
    assert standing(case_id).step == "report_missing"


def test_a_report_in_time_closes_a_grant_for_one_year(paid, moved):
    case_id = paid()
    with moved(2028, 3, 1, 9):
        paper = attachments.save_upload(
            io.BytesIO(PDF), "cr.pdf", get_service("association-grant").flow.actions["send_report"].demands["report"], clock.now()
        )
        found = {"token": paper.token, "name": "cr.pdf", "type": "application/pdf", "bytes": len(PDF)}
        take(case_id, "send_report", RESIDENT, report=[found], spent="8 000")
        with pytest.raises(NotNow):
            take(case_id, "next_year")
        assert take(case_id, "accept_report").step == "closed"


def test_a_grant_is_claimed_back_only_after_the_association_could_answer(paid, moved):
    case_id = paid()
    with moved(2028, 8, 1, 9):
        with pytest.raises(NotNow):
            take(case_id, "claim_back", reasons="Projet abandonné.", claimed="8 000")
        take(case_id, "announce_withdrawal", reasons="Projet abandonné.", remarks_by="2028-08-31")
        assert take(case_id, "claim_back", reasons="Projet abandonné.", claimed="8 000").step == "claimed"


def test_its_letters_are_made_without_a_hole(paid, letterhead, moved):  # noqa: F811
    case_id = paid()
    with moved(2028, 8, 1, 9):
        take(case_id, "announce_withdrawal", reasons="Projet abandonné.", remarks_by="2028-08-31")
        take(case_id, "claim_back", reasons="Projet abandonné.", claimed="8 000")
        assert deliver() == []
    made = set(Paper.objects.filter(case_id=case_id).values_list("letter", flat=True))
    assert made == {"acknowledgement", "notification", "announcement", "withdrawal"}


# Of the national schema (SCDL subventions 2.1.1): what is required, and the patterns.
REQUIRED = {
    "nomAttribuant", "idAttribuant", "dateConvention", "nomBeneficiaire", "objet", "montant", "nature", "conditionsVersement",
    "datesPeriodeVersement", "notificationUE", "pourcentageSubvention",
}  # fmt: skip
PATTERNS = {
    "idAttribuant": r"\d{14}",
    "dateConvention": r"\d{4}-\d{2}-\d{2}",
    "rnaBeneficiaire": r"W\d{9}",
    "montant": r"\d+(\.\d+)?",
    "nature": "aide en numéraire|aide en nature",
    "datesPeriodeVersement": r"\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?",
    "notificationUE": "oui|non",
    "pourcentageSubvention": r"1|0\.\d+",
}


def test_the_key_data_of_grants_keep_the_rules_of_the_national_schema(voted, paid, moved, capsys):
    first = voted("25 000")
    with moved(2027, 6, 1, 9):
        take(first, "prepare_agreement", **PLAN)
        take(first, "sign_agreement", signed_on="2027-06-01")
    header, row = grants(2027)
    row = dict(zip(header, row, strict=True))
    assert tuple(header) == COLUMNS and all(row[name] for name in REQUIRED)
    assert all(re.fullmatch(pattern, row[name]) for name, pattern in PATTERNS.items() if row[name])
    assert row["idBeneficiaire"] or row["rnaBeneficiaire"]
    assert (row["montant"], row["dateConvention"], row["referenceDecision"]) == ("25000.00", "2027-06-01", "DEL-2027-0001")
    assert (row["conditionsVersement"], row["datesPeriodeVersement"]) == ("échelonné", "2027-06-30/2027-12-15")
    with moved(2027, 9, 1, 9):
        run = publish("grants")
    assert (run.outcome, run.version.rows) == ("published", 1), run.faults
    call_command("export", "scdl-grants", year=2027)
    assert capsys.readouterr().out.count("\n") == 2
    assert publish_by(date(2027, 6, 1)) == date(2027, 9, 1)


def test_requests_votes_and_sums_are_counted_with_their_trails(voted, filed, moved):
    voted()
    filed(examined=False)
    year = Period.year(2027)
    assert compute("association-subsidy-applications", year).value == 2
    assert compute("association-subsidy-reports-approved", year).value == 1
    total = compute("association-subsidies-granted", year)
    assert total.value == 8000 and total.splits["month"] == {"2027-05": 8000}
    assert count_trail("association-subsidies-granted", year) == 1
    with moved(2027, 6, 1, 9):
        assert open_trail("association-subsidies-granted", 2027).total == 1
