"""My reports: a link by mail, one list, and a way to be forgotten."""

import re

import pytest
from django.test import Client

from oppidum.cases.acting import act_on
from oppidum.cases.links import make_link
from oppidum.cases.models import Mail
from oppidum.cases.public import public_id
from oppidum.cases.rules.standing import RESIDENT, Actor, Command, Contact
from oppidum.core import clock, rates
from tests.desk.conftest import report

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))
ZOE = Contact("Zoé Mercadier", "zoe@example.org", "", "fr")


@pytest.fixture(autouse=True)
def _fresh_rates(db):
    rates.forget()


def path_of(email: str = "zoe@example.org") -> str:
    return "/my/" + make_link(email).rsplit("/", 1)[1]


def signed_in(email: str = "zoe@example.org") -> Client:
    browser = Client()
    assert browser.get(path_of(email))["Location"] == "/my-reports/"
    return browser


def without_secrets(page: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page)


def test_known_and_unknown_addresses_get_the_same_answer(people):
    report(contact=ZOE)
    pages = [Client().post("/my-reports/", {"email": email}).content.decode() for email in ("zoe@example.org", "max@example.org")]
    assert without_secrets(pages[0]).replace("zoe@", "max@") == without_secrets(pages[1])
    assert [mail.to for mail in Mail.objects.all()] == ["zoe@example.org"]


def test_the_link_of_the_mail_opens_the_list_and_leaves_the_address_line(people):
    mine = report(contact=ZOE)
    Client().post("/my-reports/", {"email": " Zoe@example.org "})
    link = re.search(r"https?://\S+", Mail.objects.get().body)[0]
    browser = Client()
    answer = browser.get("/my/" + link.rsplit("/", 1)[1], follow=True)
    assert answer.redirect_chain == [("/my-reports/", 302)] and f"/follow/{mine.code}" in answer.content.decode()


def test_the_list_shows_mine_by_code_and_followed_ones_by_their_public_page(people):
    mine, theirs, others = report(contact=ZOE), report(), report()
    act_on(theirs.case_id, Command("follow", RESIDENT, contact=ZOE))
    page = signed_in().get("/my-reports/").content.decode()
    assert f"/follow/{mine.code}" in page and f"/reports/{public_id(theirs.case_id)}" in page
    assert theirs.code not in page and others.code not in page


def test_who_follows_a_private_report_reads_its_facts_and_not_its_conversation(people):
    noise = report("noise.neighbours", "Musique la nuit", contact=Contact(email="a@example.org"))
    act_on(noise.case_id, Command("follow", RESIDENT, contact=ZOE))
    act_on(noise.case_id, Command("message", ANA, {"message": "Bonjour Madame Durand"}))
    address = f"/reports/{public_id(noise.case_id)}"
    assert Client().get(address).status_code == 404
    page = signed_in().get(address).content.decode()
    assert "Durand" not in page and noise.code not in page


def test_a_report_that_waits_for_me_says_so(people):
    asked = report(contact=ZOE)
    act_on(asked.case_id, Command("ask_resident", ANA, {"message": "Quel numéro ?"}))
    assert "En attente de votre réponse" in signed_in().get("/my-reports/").content.decode()


def test_forgotten_is_forgotten(people):
    mine = report(contact=ZOE)
    browser = signed_in()
    browser.post("/my-reports/forget")
    assert mine.code not in browser.get("/my-reports/").content.decode()


def test_the_proof_lasts_a_day(people, moved):
    mine = report(contact=ZOE)
    with moved(2027, 3, 1, 9):
        browser = signed_in()
    with moved(2027, 3, 2, 8):
        assert mine.code in browser.get("/my-reports/").content.decode()
    with moved(2027, 3, 2, 10):
        assert mine.code not in browser.get("/my-reports/").content.decode()


def test_an_old_link_and_a_broken_one_say_what_to_do(people, moved):
    with moved(2027, 3, 1, 9):
        old = path_of()
    with moved(2027, 3, 1, 11):
        over, broken = Client().get(old), Client().get(old[:-4] + "abcd")
    assert over.status_code == 410 and "valable une heure" in over.content.decode().replace("\u00a0", " ")
    assert broken.status_code == 404 and 'type="email"' in broken.content.decode()


def test_a_wrong_address_is_named_and_kept(town):
    answer = Client().post("/my-reports/", {"email": "zoe@"})
    assert answer.status_code == 422 and 'value="zoe@"' in answer.content.decode()


def test_links_can_not_be_asked_for_without_end(town):
    statuses = [Client().post("/my-reports/", {"email": f"a{n}@example.org"}).status_code for n in range(25)]
    assert statuses[0] == 200 and statuses[-1] == 429


def test_thirty_reports_cost_six_queries(people, django_assert_max_num_queries):
    for _n in range(30):
        report(contact=ZOE)
    browser = signed_in()
    browser.get("/my-reports/")
    with django_assert_max_num_queries(6):
        page = browser.get("/my-reports/").content.decode()
    assert page.count("/follow/") >= 30 and clock.now()


def test_none_says_what_to_do(town):
    page = signed_in("nobody@example.org").get("/my-reports/").content.decode()
    assert "Rien encore à cette adresse" in page and "/report/" in page
