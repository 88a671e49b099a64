"""The youth fund: who is helped, how fast in an emergency, what is written and counted."""

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
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.figures.computing import Period, compute
from oppidum.people import remits
from oppidum.people.models import Remit
from tests.publishing.conftest import letterhead as _letterhead  # noqa: F401
from tests.services.test_housing_solidarity_fund import PDF, words

letterhead = _letterhead
FRIDAY = (2027, 3, 5, 9)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def fund(people):
    Remit.objects.create(service="youth-fund", team=people.roads, category="*")
    remits.forget()
    return people


def file(**changes):
    service = get_service("youth-fund")
    paper = attachments.save_upload(io.BytesIO(PDF), "p.pdf", service.form["papers"], clock.now()).token
    answers = {
        "applicant": {"kind": "person", "name": "Nour Blanc"}, "birth": "2006-05-14", "applicant_address": {"text": "12 rue des Oliviers, 13910 Aubane"},
        "contact": {"phone": "06 12 34 56 78"}, "lives": "friends", "aid": "licence", "urgent": "no", "asked": "1 400",
        "project": "Permis B pour un emploi de livreur promis en juin.", "income": [{"source": "other", "amount": "300"}],
        "papers": [paper], "statement": {"agreed": "yes", "name": "Nour Blanc"},
    } | changes  # fmt: skip
    return file_case(prepare_case(service, answers, channel="portal")).case_id


def take(case_id, action, by, **raw):
    return act_on(case_id, prepare(get_service("youth-fund"), action, raw, actor_of(by)))


@pytest.mark.parametrize(
    ("birth", "helped"), [("2009-03-05", True), ("2009-03-06", False), ("2001-03-06", True), ("2001-03-05", False)]
)
def test_it_helps_from_the_eighteenth_birthday_to_the_eve_of_the_twenty_sixth(fund, moved, birth, helped):
    with moved(*FRIDAY):
        if helped:
            assert file(birth=birth)
        else:
            with pytest.raises(NotEligible):
                file(birth=birth)


def test_above_the_ceiling_one_is_told_at_once_and_the_help_is_bounded_by_its_kind(fund, moved):
    with moved(*FRIDAY):
        with pytest.raises(NotEligible):
            file(income=[{"source": "wages", "amount": "900"}])
        assert Case.objects.get(pk=file()).answers["most"] == 100_000
        assert Case.objects.get(pk=file(aid="living", asked="120")).answers["most"] == 12_000


def test_an_emergency_needs_no_papers_and_is_answered_within_two_working_days(fund, moved):
    with moved(*FRIDAY):
        with pytest.raises(InvalidForm):
            file(papers=[])
        urgent, calm = file(urgent="yes", aid="living", asked="120", papers=[]), file()
        service = get_service("youth-fund")
        ends = {
            case_id: {line.name: line.state.ends_on for line in list_clocks(service, case, clock.today())}
            for case_id, case in read_standings([urgent, calm]).items()
        }
        assert ends == {urgent: {"decision": date(2027, 5, 5), "emergency": date(2027, 3, 9)}, calm: {"decision": date(2027, 5, 5)}}
        assert read_standings([urgent])[urgent].facts["priority"] == "urgent"
        take(urgent, "complete", fund.ana)
        assert take(urgent, "award", fund.ana, granted="120", paid_how="vouchers").step == "payment"


def test_a_project_goes_before_the_committee_and_silence_refuses_after_two_months(fund, moved):
    with moved(*FRIDAY):
        case_id = file()
        take(case_id, "complete", fund.ana)
        take(case_id, "propose", fund.ana, assessment="Projet suivi par la mission locale.", proposed="900")
    with moved(2027, 5, 6, 9):
        assert sweep() == 1 and read_standings([case_id])[case_id].step == "committee"


def test_the_letter_tells_how_much_for_what_and_how_it_is_paid(fund, letterhead, moved):
    with moved(*FRIDAY):
        case_id = file()
        take(case_id, "complete", fund.ana)
        take(case_id, "award", fund.ana, granted="900", paid_how="third")
        told = words(case_id, "award")
        assert "900 €" in told and "ermis de conduire" in told and "L263-3" in told
        assert take(case_id, "pay", fund.ana, paid="900", paid_on="2027-03-05").step == "paid"
        year = Period.year(2027)
        assert (compute("youth-fund-handled", year).value, float(compute("youth-fund-grants", year).value)) == (1, 900.0)
