"""A declared service in chromium, on a phone and a desktop: the catalogue, its page, the form with what answers call for, the code, the page
that follows. axe on every page, by day and by night."""

import re
from datetime import timedelta

import pytest

from oppidum.cases.models import Case
from oppidum.core import clock
from tests.browser import check_page, wait_for_maps
from tests.portal.test_follow_request import officer_acts

UNPROCESSABLE = "status of 422"
pytestmark = pytest.mark.browser
PDF = {"name": "plan du tronçon.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1 0 obj\n"}


def look(page):
    check_page(page, ignore=lambda text: UNPROCESSABLE in text, widths=(360, 1440))


def go_on(page):
    with page.expect_navigation():
        page.locator(".thumb-bar .button-big").click()


def fill_who(page):
    page.check("input[name=applicant-kind][value=association]")
    page.wait_for_selector("#id_applicant-number")
    page.fill("#id_applicant-name", "Les Amis de la rue")
    page.fill("#id_applicant-number", "W131001234")
    page.fill("#id_contact-email", "amis@example.fr")
    page.fill("#id_home-text", "3 rue de la République, Aubane")
    page.locator("#id_home-text").blur()  # the list of places closes


def fill_party(page, stalls="12"):
    page.check("input[name=kind][value=sale]")
    page.wait_for_selector("#id_stalls")
    page.fill("#id_stalls", stalls)
    page.fill("#id_day", (clock.today() + timedelta(days=60)).isoformat())
    page.check("input[name=music][value=yes]")
    page.wait_for_selector("input[name=until]")
    page.check("input[name=until][value='22']")


def test_the_whole_way_on_a_phone(open_page, people, street_party):
    page = open_page("/services/", width=360, height=740)
    look(page)
    page.fill("#id_q", "brocante")
    page.locator("#suggestions .pick", has_text="Fermer sa rue").click()
    look(page)
    page.locator(".start-form .button-big").click()
    look(page)
    go_on(page)
    page.wait_for_selector(".error-summary")
    look(page)
    fill_who(page)
    look(page)
    go_on(page)
    look(page)
    fill_party(page)
    look(page)
    go_on(page)
    wait_for_maps(page)
    page.fill("#id_where-address", "rue de la rep")
    page.locator("[role=option]", has_text="République").first.click()
    page.set_input_files("#id_plan", PDF)
    page.wait_for_selector(".kept-files")
    look(page)
    assert page.input_value("#id_where-address").startswith("Rue de la République")
    go_on(page)
    page.fill("#id_lines-0-what", "Barrières")
    page.fill("#id_lines-0-amount", "1 200,50")
    page.locator("button[name=add-row]").click()
    page.wait_for_selector("#id_lines-1-what")
    look(page)
    page.fill("#id_lines-1-what", "Sono")
    page.fill("#id_lines-1-amount", "80")
    go_on(page)
    page.check("#id_oath-agreed")
    page.fill("#id_oath-name", "Ana Ruiz")
    look(page)
    go_on(page)
    page.wait_for_selector(".check-section")
    look(page)
    go_on(page)
    page.wait_for_selector(".sent")
    look(page)
    page.locator(".actions a", has_text="Suivre").click()
    look(page)


def test_what_was_typed_elsewhere_stays_when_a_question_appears(open_page, people, street_party):
    page = open_page("/services/street-party/")
    page.locator(".start-form .button-big").click()
    page.fill("#id_applicant-name", "Les Amis")
    page.fill("#id_home-text", "3 rue X")
    page.check("input[name=applicant-kind][value=association]")
    page.wait_for_selector("#id_applicant-number")
    assert page.input_value("#id_home-text") == "3 rue X" and page.input_value("#id_applicant-name") == "Les Amis"


def test_who_cannot_ask_is_told_and_the_closed_page_can_be_read(open_page, people, street_party):
    page = open_page("/services/street-party/", width=1440)
    look(page)
    page.locator(".start-form .button-big").click()
    fill_who(page)
    go_on(page)
    fill_party(page, stalls="300")
    go_on(page)
    page.wait_for_selector(".notice-warning")
    look(page)


def test_the_page_that_follows_asks_for_what_is_missing(open_page, party, people, street_party):
    officer_acts(party, people, street_party, "ask_papers", message="Il manque le plan du tronçon.")
    page = open_page(f"/follow/{party.code}", width=1440)
    look(page)
    page.set_input_files("#id_papers_in-papers", PDF)
    page.locator(".panel-ask .button").last.click()
    page.wait_for_selector(".entry-files")
    look(page)
    assert Case.objects.get(pk=party.pk).live.step == "submitted"
    page.goto(re.sub(r"/follow/.*", f"/follow/{party.code}/receipt", page.url))
    look(page)


def test_the_form_is_filled_in_without_javascript(open_page, people, street_party):
    page = open_page("/services/street-party/", width=360, height=740, javascript=False)
    page.locator(".start-form .button-big").click()
    page.check("input[name=applicant-kind][value=association]")
    page.fill("#id_applicant-name", "Les Amis")
    page.fill("#id_contact-email", "amis@example.fr")
    go_on(page)
    page.fill("#id_applicant-number", "W131001234")
    go_on(page)
    page.check("input[name=kind][value=meal]")
    page.fill("#id_day", (clock.today() + timedelta(days=60)).isoformat())
    page.check("input[name=music][value=no]")
    go_on(page)
    page.fill("#id_where-address", "Rue de la République, Aubane")
    go_on(page)
    assert "/budget/" in page.url
