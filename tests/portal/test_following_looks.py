"""The pages after filing in chromium: on a phone and a desk, light and dark, with axe, by keyboard, without JavaScript."""

import pytest
from django.core.cache import cache

from oppidum.cases.acting import act_on
from oppidum.cases.links import make_link
from oppidum.cases.public import public_id
from oppidum.cases.rules.standing import RESIDENT, Actor, Command, Contact
from oppidum.core import rates
from tests.browser import check_page, wait_for_maps
from tests.desk.conftest import report
from tests.territory.town import IN_BELLEFONT, IN_CASTELMER

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign", "note", "intake"}))
ZOE = Contact("Zoé Mercadier", "zoe@example.org", "+33612345678", "fr")
LOOKS = (360, 1440)


def act(filed, action, **data):
    act_on(filed.case_id, Command(action, ANA, data))


@pytest.fixture
def scene(people):
    """A handful of reports of Zoé's: one that waits for her, one solved, one transferred, one with a long story."""
    cache.clear()
    rates.forget()
    people.roads.phone = "04 91 00 00 00"
    people.roads.save()
    long_words = (
        "Un trou énorme devant l'école élémentaire, les enfants le contournent par la chaussée aux heures d'entrée et de sortie."
    )
    asked, done, moved_on, story = (report(contact=ZOE, words=long_words) for _ in range(4))
    act(asked, "ask_resident", message="De quel côté de la rue se trouve le trou ?\n\nMerci de votre aide.")
    act(done, "start")
    act(done, "finish", what_was_done="Trou comblé à l'enrobé à froid, reprise définitive au printemps.")
    act(moved_on, "transfer", transferred_to="Direction interdépartementale des routes Méditerranée", phone="04 91 28 80 80")
    act(story, "start")
    for _n in range(3):
        act_on(story.case_id, Command("follow", RESIDENT, contact=Contact()))
    act(story, "message", message="Nous passons demain matin.")
    for n in range(8):
        report(at=IN_BELLEFONT if n % 2 else IN_CASTELMER, commune="13902" if n % 2 else "13903", words="Chaussée abîmée")
    report("cleanliness.dirty_street", "Papiers et bouteilles après le marché", raw={"what": "litter"})
    return {"asked": asked, "done": done, "transferred": moved_on, "story": story}


@pytest.mark.parametrize("name", ["asked", "done", "transferred", "story"])
def test_the_page_of_a_code_is_accessible_and_fits(scene, open_page, name):
    check_page(open_page(f"/follow/{scene[name].code}"), widths=LOOKS)


@pytest.mark.parametrize("name", ["done", "story"])
def test_the_public_page_is_accessible_and_fits(scene, open_page, name):
    check_page(open_page(f"/reports/{public_id(scene[name].case_id)}"), widths=LOOKS)


@pytest.mark.parametrize("address", ["/follow/", "/my-reports/", "/accessibility/", "/personal-data/"])
def test_the_pages_around_are_accessible_and_fit(scene, open_page, address):
    check_page(open_page(address), widths=LOOKS)


def test_the_map_and_its_list_are_accessible_and_fit(scene, open_page):
    page = open_page("/reports/")
    wait_for_maps(page)
    check_page(page, widths=(360, 768, 1440))


def test_my_list_is_accessible_and_fits(scene, open_page):
    check_page(open_page("/my/" + make_link("zoe@example.org").rsplit("/", 1)[1]), widths=LOOKS)


def test_an_empty_map_says_what_to_do(people, open_page):
    cache.clear()
    check_page(open_page("/reports/?group=roads"), widths=LOOKS, schemes=("light",))


def test_a_wrong_code_keeps_what_was_typed_and_leads_on(scene, open_page):
    page = open_page("/follow/", width=360)
    page.fill("#id_code", "7KQ2M-XA4R0")
    page.click("main button")
    page.wait_for_selector(".error-summary")
    assert page.input_value("#id_code") == "7KQ2M-XA4R0"
    page.fill("#id_code", scene["done"].code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/follow/{scene['done'].code}")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_author_objects_by_keyboard_alone(scene, open_page, javascript):
    page = open_page(f"/follow/{scene['done'].code}", width=360, javascript=javascript)
    page.locator("details.say summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Le trou est encore là.")
    page.locator("details.say").first.locator("button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".messages")
    assert "de nouveau ouvert" in page.inner_text("main") and "Le trou est encore là." in page.inner_text(".timeline")


def test_the_list_follows_its_filters_with_and_without_javascript(scene, open_page):
    for javascript in (True, False):
        page = open_page("/reports/", javascript=javascript)
        page.select_option("#id_group", "cleanliness")
        if not javascript:
            page.click(".map-filter-button button")
        page.wait_for_function("() => document.querySelectorAll('.report-row').length === 1") if javascript else None
        assert page.locator(".report-row").count() == 1 and "group=cleanliness" in page.url


def test_a_point_of_the_map_opens_and_leads_to_its_report(scene, open_page):
    page = open_page("/reports/?group=cleanliness")
    wait_for_maps(page)
    box = page.locator(".map").bounding_box()
    page.focus(".report-row a")
    assert box["width"] > 400 and page.locator(".report-row[data-map-selected]").count() == 1
