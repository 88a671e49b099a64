"""An inquiry stands still to modify the project, goes on for thirty days, is extended by its commissioner, or is completed by another one."""
# ruff: noqa: F811

from datetime import date, datetime

import pytest
from django.utils.translation import override

from oppidum.cases.models import Entry, Live, Mail
from oppidum.cases.public import public_id
from oppidum.cases.rules.errors import NotEligible, NotNow
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.figures.computing import Period, compute
from oppidum.publishing.registers import find_neighbours, find_register, list_documents
from oppidum.services.support.participation.public_inquiry import PublicInquiry
from tests.services.test_public_inquiry import (  # noqa: F401
    announced,
    at,
    do,
    file_of_plan,
    march,
    page_of,
    register,
    step_of,
    work,
    write,
)

pytestmark = pytest.mark.django_db
WHY = {"heard_on": "2027-03-29", "suspended_because": "Le remblai devient un viaduc.", "suspending_order": "Arrêté n° 2027-31"}
MODIFIED = {"modified": "Un viaduc remplace le remblai.", "resuming_order": "Arrêté n° 2027-58"}


@pytest.fixture
def suspended(register):
    """Open since 16 March 2027, to 14 April; suspended on 30 March."""
    with at(3, 20):
        sweep()
        do(write(register, contact={"name": "Zoé", "email": "zoe@example.org"}), "publish", PublicInquiry)
    with at(3, 30):
        do(register, "suspend", **WHY)
        work()
    return register


def resume(filed, token, opens_again_on="2027-06-16", closes_on="2027-07-15"):
    do(filed, "resume", opens_again_on=opens_again_on, closes_on=closes_on, documents=[token], **MODIFIED)
    work()


def test_while_it_is_suspended_nobody_writes_and_the_day_announced_closes_nothing(suspended):
    with at(3, 30, 10), pytest.raises(InvalidForm):
        write(suspended)
    with at(4, 20):
        sweep()
        assert step_of(suspended) == "suspended"
        page = page_of(suspended)
        assert "viaduc" in page and "zone humide" in page and "Écrire au registre" not in page


def test_it_goes_on_for_thirty_days_and_its_register_opens_and_closes_by_itself(suspended, file_of_plan):
    with at(6, 1):
        resume(suspended, file_of_plan("dossier-modifie.pdf"))
        assert step_of(suspended) == "to_resume" and "Un viaduc remplace le remblai." in page_of(suspended)
    with at(6, 15, 23, 59):
        sweep()
        with pytest.raises(InvalidForm):
            write(suspended)
    with at(6, 16, 0, 5):
        sweep()
        write(suspended)
    with at(7, 15, 23, 59):
        write(suspended)
    with at(7, 16, 0, 5):
        sweep()
        assert step_of(suspended) == "closed" and Live.objects.get(case_id=suspended.case_id).due_on == date(2027, 8, 14)
    found = find_register(public_id(suspended.case_id))
    assert found.all_received == 3 and [one.name for one in list_documents(found)[0]] == ["dossier-modifie.pdf", "dossier.pdf"]
    assert compute("registers-opened", Period.year(2027)).value == 1


@pytest.mark.parametrize(
    ("today", "opens_again_on", "closes_on", "says"),
    [
        ((6, 1), "2027-06-15", "2027-07-20", "quinze jours avant"),
        ((6, 1), "2027-06-16", "2027-07-14", "trente jours au moins"),
        ((9, 1), "2027-10-01", "2027-11-15", "six mois au plus"),
    ],
)
def test_the_rest_is_announced_in_time_within_six_months_and_long_enough(
    suspended, file_of_plan, today, opens_again_on, closes_on, says
):
    with at(*today), override("fr"), pytest.raises(NotEligible) as refused:
        resume(suspended, file_of_plan(), opens_again_on, closes_on)
    assert says in str(refused.value)


def test_an_inquiry_is_suspended_once_and_a_consultation_never(suspended, file_of_plan):
    with at(6, 1):
        resume(suspended, file_of_plan())
    with at(6, 20):
        sweep()
        with pytest.raises(NotNow):
            do(suspended, "suspend", **WHY | {"heard_on": "2027-06-19"})
    with at(7, 1):
        other = announced(file_of_plan, "2027-07-20", "2027-09-01", kind="consultation")
    with at(7, 25):
        sweep()
        with pytest.raises(NotNow):
            do(other, "suspend", **WHY | {"heard_on": "2027-07-20"})


def test_six_months_are_shown_as_the_day_by_which_it_must_go_on(suspended):
    assert Live.objects.get(case_id=suspended.case_id).due_on == date(2027, 9, 30)


def test_who_wrote_and_left_an_address_is_told_that_it_stands_still_and_that_it_goes_on(suspended, file_of_plan):
    with at(6, 1):
        resume(suspended, file_of_plan())
    subjects = list(Mail.objects.filter(to="zoe@example.org").order_by("pk").values_list("subject", flat=True))
    assert [one for one in subjects if "suspend" in one] and [one for one in subjects if "reprend" in one]


def test_the_commissioner_extends_by_a_reasoned_decision_that_everybody_reads(register, file_of_plan):
    longer = {
        "closes_on": "2027-04-29",
        "extended_because": "Une réunion publique est demandée.",
        "meeting": "Le 20 avril à 18 h, salle des fêtes",
    }
    with at(4, 10):
        sweep()
        with pytest.raises(InvalidForm):
            do(register, "extend", **longer)
        do(register, "extend", **longer, decision=[file_of_plan("decision.pdf")])
        page = page_of(register)
    assert "Une réunion publique est demandée." in page and "Le 20 avril à 18 h" in page and "decision.pdf" in page


# --- a complementary inquiry


@pytest.fixture
def reported(register, file_of_plan):
    """Closed on 14 April 2027, reported on 10 May."""
    with at(3, 16):
        sweep()
    with at(5, 10):
        sweep()
        said = {"conclusion": "reserves", "contributions": 0, "summary": "Revoir le tracé."}
        do(register, "report", **said, report_files=[file_of_plan("rapport.pdf")])
    return register


def test_a_complementary_inquiry_is_a_register_of_its_own_of_fifteen_days_with_a_report_in_fifteen(reported, file_of_plan):
    said = {"more_title": "Tracé modifié", "more_subject": "Le tracé passe au nord.", "more_order": "Arrêté n° 2027-70"}
    with at(6, 1):
        do(reported, "complement", **said)
        work()
        child = Live.objects.exclude(case_id=reported.case_id).get(service="inquiry-register")
        assert child.facts["kind"] == "complementary" and child.facts["title"] == "Tracé modifié"
        assert find_register(public_id(reported.case_id)).all_received == 0
        with pytest.raises(NotEligible):
            do(child, "announce", opens_on="2027-06-20", closes_on="2027-07-03", documents=[file_of_plan()])
        do(child, "announce", opens_on="2027-06-20", closes_on="2027-07-04", documents=[file_of_plan()])
        first, second = (find_register(public_id(one.case_id)) for one in (reported, child))
        assert find_neighbours(first) == (None, second) and find_neighbours(second) == (first, None)
        assert "Tracé modifié" in page_of(reported)
    for day in ((6, 20), (7, 5)):
        with at(*day):
            sweep()
    assert Live.objects.get(case_id=child.case_id).due_on == date(2027, 7, 19)
    with at(7, 10), pytest.raises(NotNow):
        do(child, "complement", **said)


def test_each_length_names_its_article_and_those_not_read_in_the_text_say_so():
    from oppidum.services.support.participation.inquiry_register import InquiryRegister

    values = {name: rule.find(date(2027, 1, 1)) for name, rule in InquiryRegister.rules.items()}
    assert all("art. " in one.source for one in values.values())
    assert [name for name, one in values.items() if one.verified] == ["shortest_assessed"]


def test_what_stood_still_is_in_the_journal_at_its_instants(suspended):
    with clock.at(datetime(2027, 4, 1, 9, tzinfo=clock.PARIS)):
        acts = list(Entry.objects.filter(case_id=suspended.case_id).order_by("seq").values_list("action", flat=True))
    assert acts[-1] == "suspend" and "open_register" in acts
