"""A vote in a browser: a link proves the address, a ballot is cast, its code is shown once; the result is counted again by its readers."""

import re

import pytest
from playwright.sync_api import expect

from oppidum.cases.models import Mail
from oppidum.core import clock
from oppidum.people import remits
from oppidum.people.models import Officer, Remit
from oppidum.rehearsal.votes import rehearse_votes
from oppidum.voting.models import Ballot
from oppidum.voting.polls import list_polls
from tests.browser import check_page

pytestmark = pytest.mark.browser


@pytest.fixture
def votes(people):
    for service in ("participatory-call", "participatory-vote"):
        Remit.objects.create(service=service, team=people.roads, category="*")
    remits.forget()
    rehearse_votes(clock.today())
    return {poll.step: poll for poll in list_polls()}


def test_a_resident_votes_once_and_changes_the_vote_with_its_code(votes, open_page):
    poll = votes["voting"]
    page = open_page("/votes/", width=360)
    page.get_by_role("link", name=poll.title).click()
    page.fill("#id_email", "nora@example.org")
    page.get_by_role("button", name=re.compile("envoyer le lien")).click()
    check_page(page)
    page.goto(re.search(r"https?://[^/]+(/votes/\S+)", Mail.objects.latest("pk").body)[1])
    check_page(page)
    before = Ballot.objects.count()
    page.get_by_label(re.compile("Des arbres place du Marché")).check()
    page.select_option("#id_commune", index=1)
    page.get_by_label(re.compile("je vote une seule fois")).check()
    page.get_by_role("button", name="Déposer mon bulletin").click()
    code = page.locator(".vote-code-sign").inner_text()
    assert Ballot.objects.count() == before + 1
    check_page(page)
    page.goto(f"/votes/{poll.public_id}/")
    page.get_by_role("link", name="Changer mon vote").click()
    page.fill("#id_code", code)
    page.get_by_label(re.compile("Un atelier de réparation")).check()
    check_page(page)
    page.get_by_role("button", name="Changer mon vote").click()
    expect(page.locator("main li strong")).to_have_text(["Un atelier de réparation partagé"])
    assert Ballot.objects.count() == before + 1


def test_everybody_reads_the_result_and_all_ballots(votes, open_page):
    poll = votes["proclaimed"]
    page = open_page(f"/votes/{poll.public_id}/")
    assert "vient de recompter" in page.locator("main").inner_text()
    check_page(page)
    page.get_by_role("link", name="Retrouver mon bulletin").click()
    check_page(page)
    page.fill("#id_code", "2222 2222 2222 2222")
    page.get_by_role("button", name="Trouver").click()
    page.wait_for_selector("text=Aucun bulletin")
    page = open_page(f"/desk/case/{poll.code}/", officer=Officer.objects.get(username="ana"))
    page.wait_for_selector("text=Page publique du vote")
    check_page(page)
