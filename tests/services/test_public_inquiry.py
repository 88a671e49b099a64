"""Registers of inquiries and consultations: opened and closed on their days by the clock, written in by anybody, read by everybody."""

import csv
import io
from datetime import date, datetime

import pytest
from django.test import Client
from django.utils.translation import override

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Entry, Live, Message
from oppidum.cases.preparing import prepare
from oppidum.cases.public import public_id
from oppidum.cases.rules.errors import NotEligible
from oppidum.cases.rules.standing import Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.figures.computing import Period, compute
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.publishing.registers import find_register, list_observations, list_registers
from oppidum.services.support.participation.inquiry_register import InquiryRegister
from oppidum.services.support.participation.public_inquiry import PublicInquiry
from tests.people_of_town import PASSWORD
from tests.publishing.conftest import text_of
from tests.services.doing import step_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OFFICE = Actor("officer", 1, "Eve", frozenset({"act", "note"}))
PLAN = {
    "title": "Modification n° 2 du plan local d’urbanisme",
    "kind": "assessed",
    "subject": "Ouvrir à la construction le vallon des Cigales.",
    "holder": "Mme Odile Faure, commissaire enquêtrice",
    "order": "Arrêté n° 2027-12",
}


def at(month, day, hour=9, minute=0):
    return clock.at(datetime(2027, month, day, hour, minute, tzinfo=clock.PARIS))


@pytest.fixture(autouse=True)
def march(settings, tmp_path, people):
    settings.MEDIA_ROOT = tmp_path
    for service in ("inquiry-register", "public-inquiry"):
        Remit.objects.create(service=service, team=people.roads, category="*")
    remits.forget()
    with at(3, 1):
        yield


def do(filed, action, service=InquiryRegister, **raw):
    return act_on(filed.case_id, prepare(service, action, raw, OFFICE))


def plan(**changed):
    return file_case(prepare_case(InquiryRegister, PLAN | changed, channel="desk"))


def announced(file_of_plan, opens_on="2027-03-16", closes_on="2027-04-14", **changed):
    filed = plan(**changed)
    do(filed, "announce", opens_on=opens_on, closes_on=closes_on, documents=[file_of_plan()])
    return filed


@pytest.fixture
def file_of_plan():
    """Sends a file up; gives its token."""
    question = InquiryRegister.flow.actions["announce"].demands["documents"]
    return lambda name="dossier.pdf": attachments.save_upload(io.BytesIO(PDF), name, question, clock.now()).token


@pytest.fixture
def register(file_of_plan):
    """Announced on 1 March 2027; written in from 16 March to 14 April, thirty days."""
    return announced(file_of_plan)


def write(register, text="Le vallon est une zone humide.", **changed):
    raw = {"register": register.code, "about": "observation", "text": text, "signs": "no"} | changed
    filed = file_case(prepare_case(PublicInquiry, raw, channel="portal"))
    work()
    return filed


def work():
    while outbox.deliver():
        pass


def page_of(register, client=None):
    page = (client or Client()).get(f"/registers/{public_id(register.case_id)}/", headers={"accept-language": "fr"})
    return page.content.decode()


# --- its days, by the clock


def test_a_register_opens_at_the_first_minute_of_its_first_day_by_itself(register):
    with at(3, 15, 23, 59):
        sweep()
        assert step_of(register) == "announced"
    with at(3, 16, 0, 5):
        sweep()
        assert step_of(register) == "open"
    opened = Entry.objects.get(case_id=register.case_id, action="open_register")
    assert clock.local_day(opened.valid_at) == date(2027, 3, 16) and opened.valid_at.astimezone(clock.PARIS).hour == 0


def test_it_takes_observations_until_midnight_of_its_last_day_whenever_the_sweep_comes(register):
    with at(3, 16):
        sweep()
        write(register)
    with at(4, 14, 23, 59):
        write(register)
    with at(4, 15, 0, 0), pytest.raises(InvalidForm) as late:
        write(register)
    assert "14/04/2027" in str(late.value.errors[0])
    with at(4, 15, 3):
        sweep()
        assert step_of(register) == "closed"


@pytest.mark.parametrize(
    ("kind", "opens_on", "closes_on", "says"),
    [
        ("assessed", "2027-03-16", "2027-04-13", "trente jours"),
        ("electronic", "2027-03-16", "2027-04-13", "trente jours"),
        ("inquiry", "2027-03-16", "2027-03-29", "quinze jours"),
        ("inquiry", "2027-03-15", "2027-04-15", "quinze jours au moins avant"),
        ("consultation", "2027-03-16", "2027-03-15", "précède le premier"),
    ],
)
def test_an_inquiry_that_is_too_short_or_announced_too_late_cannot_be_announced(file_of_plan, kind, opens_on, closes_on, says):
    with override("fr"), pytest.raises(NotEligible) as refused:
        announced(file_of_plan, opens_on, closes_on, kind=kind)
    assert says in str(refused.value)


def test_without_an_environmental_assessment_fifteen_days_are_enough(file_of_plan):
    assert step_of(announced(file_of_plan, "2027-03-16", "2027-03-30", kind="inquiry")) == "announced"


def test_the_commissioner_extends_an_inquiry_by_fifteen_days_at_most(register, file_of_plan):
    with at(4, 10):
        sweep()
        for day in ("2027-04-30", "2027-04-14"):
            with pytest.raises(NotEligible):
                do(register, "extend", closes_on=day, extended_because="Le dossier était illisible.", decision=[file_of_plan()])
        do(register, "extend", closes_on="2027-04-29", extended_because="Le dossier était illisible.", decision=[file_of_plan()])
    with at(4, 20):
        sweep()
        assert step_of(register) == "open"
        write(register)
        assert "Le dossier était illisible" in page_of(register)
    with at(4, 30, 1):
        sweep()
        assert step_of(register) == "closed"


def test_the_report_is_due_thirty_days_after_the_close_and_shown_for_a_year(register, file_of_plan):
    with at(3, 16):
        sweep()
        observed = write(register)
        do(observed, "publish", PublicInquiry)
    with at(4, 15):
        sweep()
        assert Live.objects.get(case_id=register.case_id).due_on == date(2027, 5, 14)
    with at(5, 10):
        do(
            register,
            "report",
            conclusion="reserves",
            contributions=12,
            summary="Préserver la zone humide.",
            report_files=[file_of_plan("rapport.pdf")],
        )
        work()
        page = page_of(register)
        assert "favorable avec réserves" in page and "rapport.pdf" in page and "zone humide" in page
    with clock.at(datetime(2028, 5, 11, 1, tzinfo=clock.PARIS)):
        sweep()
        work()
        assert (step_of(register), step_of(observed)) == ("over", "over")
        assert find_register(public_id(register.case_id)) is None


# --- what is written, and who reads it


@pytest.fixture
def open_register(register):
    with at(3, 20):
        sweep()
        yield register


def test_who_gives_no_name_and_no_address_is_heard_too(open_register):
    observed = write(open_register)
    do(observed, "publish", PublicInquiry)
    page = page_of(open_register)
    assert "Le vallon est une zone humide." in page and "anonyme" in page


def test_a_name_stands_under_it_only_where_its_author_wants_so(open_register):
    contact = {"name": "Paul Caché", "email": "paul@example.org"}
    for raw in ({"signs": "yes", "name": "Zoé Roux"}, {"signs": "no", "contact": contact}):
        do(write(open_register, **raw), "publish", PublicInquiry)
    page = page_of(open_register)
    assert "Zoé Roux" in page and "Paul" not in page and "paul@" not in page


def test_nothing_is_shown_before_it_was_read_and_the_page_says_how_many_wait(open_register):
    write(open_register)
    assert "zone humide" not in page_of(open_register) and "1 autre vient d’arriver" in page_of(open_register)


def test_what_is_hidden_leaves_its_number_and_the_reason_and_stays_with_the_commissioner(open_register, people):
    write(open_register, "Vendus !")
    rude, cut = (
        write(open_register, "Monsieur Untel est un escroc."),
        write(open_register, "Je suis contre. Mon voisin Untel boit."),
    )
    do(rude, "hide", PublicInquiry, hidden_because="unlawful")
    do(cut, "shorten", PublicInquiry, hidden_because="personal", shown_text="Je suis contre. […]")
    page = page_of(open_register)
    assert "Untel" not in page and "Je suis contre. […]" in page
    assert "injure, diffamation" in page and "données personnelles d’autrui" in page
    found = find_register(public_id(open_register.case_id))
    assert [one.number for one in list_observations(found)] == [2, 3]
    assert [one.text for one in list_observations(found, whole=True)][1] == "Monsieur Untel est un escroc."
    # Nobody's words stand in the journal, which forgets nothing.
    assert "Je suis contre" not in str(list(Entry.objects.values_list("data", flat=True)))
    assert Message.objects.filter(case_id=cut.case_id).exists()


def test_an_opinion_is_no_reason_to_hide_anything():
    reasons = PublicInquiry.flow.actions["hide"].demands["hidden_because"].options
    assert set(reasons) == {"unlawful", "personal", "advertising", "twice"}


def test_a_question_is_answered_in_the_register(open_register):
    asked = write(open_register, "À quelle date ?", about="question")
    do(asked, "publish", PublicInquiry)
    do(asked, "reply", PublicInquiry, reply="En 2029.")
    assert "En 2029." in page_of(open_register)


def test_what_its_author_withdraws_is_gone_from_the_page_and_from_the_export(open_register):
    observed = write(open_register)
    do(observed, "publish", PublicInquiry)
    do(observed, "withdraw", PublicInquiry)
    assert "zone humide" not in page_of(open_register)
    assert list_observations(list_registers()[0], whole=True) == []


# --- exports


def test_everybody_has_what_is_shown_as_a_table(open_register):
    for n in range(3):
        do(write(open_register, f"Avis {n}"), "publish", PublicInquiry)
    table = Client().get(f"/registers/{public_id(open_register.case_id)}/observations.csv", headers={"accept-language": "fr"})
    lines = list(csv.reader(io.StringIO(b"".join(table.streaming_content).decode())))
    assert lines[0][0] == "Numéro" and [line[4] for line in lines[1:]] == ["Avis 0", "Avis 1", "Avis 2"]


def test_the_commissioner_gets_the_whole_register_on_paper_and_as_a_table_and_nobody_else_does(open_register):
    do(write(open_register, "=HYPERLINK Untel"), "hide", PublicInquiry, hidden_because="unlawful")
    address = f"/desk/registers/{open_register.code}/register"
    assert Client().get(f"{address}.pdf").status_code in (302, 403)
    browser = Client()
    assert browser.login(username="bob", password=PASSWORD)
    assert browser.get(f"{address}.csv").status_code == 404
    assert browser.login(username="ana", password=PASSWORD)
    table = b"".join(browser.get(f"{address}.csv", headers={"accept-language": "fr"}).streaming_content).decode()
    assert "'=HYPERLINK Untel" in table and "Non affichée" in table
    text = text_of(browser.get(f"{address}.pdf").content)
    assert "HYPERLINK Untel" in text and "Odile Faure" in text and "injure" in text
    desk = browser.get(f"/desk/case/{open_register.code}/", headers={"accept-language": "fr"}).content.decode()
    assert f"{address}.pdf" in desk


def test_the_file_is_for_everybody_and_other_files_are_not(open_register, file_of_plan):
    page = page_of(open_register)
    token = page.split(f"/registers/{public_id(open_register.case_id)}/files/")[1].split('"')[0]
    name = public_id(open_register.case_id)
    assert Client().get(f"/registers/{name}/files/{token}").status_code == 200
    assert Client().get(f"/registers/{name}/files/{file_of_plan('autre.pdf')}").status_code == 404


def test_registers_and_observations_are_counted(open_register):
    for about in ("observation", "proposal", "question"):
        write(open_register, about=about)
    year = Period.year(2027)
    assert [compute(name, year).value for name in ("registers-opened", "inquiry-observations", "planning-questions")] == [1, 3, 1]


def test_a_page_of_a_register_costs_the_same_with_one_observation_as_with_thirty(open_register, django_assert_max_num_queries):
    for n in range(30):
        do(write(open_register, f"Avis {n}"), "publish", PublicInquiry)
    with django_assert_max_num_queries(14):
        page = page_of(open_register)
    assert "Avis 24" in page and "Avis 25" not in page
    assert "Avis 29" in Client().get(f"/registers/{public_id(open_register.case_id)}/?page=2").content.decode()
