"""The resident's way in chromium, on a phone and a desktop, with and without JavaScript; axe on every page, by day and by night."""

import re

import pytest
from playwright.sync_api import expect

from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Case, Live, Photo
from oppidum.cases.public import public_id
from oppidum.services.living_environment.report import Report
from tests.browser import check_page, wait_for_maps
from tests.portal.pictures import jpeg
from tests.territory.town import IN_AUBANE, IN_DORGUES

# A page shown again with its errors comes with status 422, which the console notes.
UNPROCESSABLE = "status of 422"
LOOKS = {"widths": (360, 1440)}

pytestmark = pytest.mark.browser


def look(page):
    check_page(page, ignore=lambda text: UNPROCESSABLE in text, **LOOKS)


def go_on(page, words: str = "Continuer"):
    with page.expect_navigation():
        page.locator(".thumb-bar .button-big", has_text=words).click()


def choose_pothole(page):
    page.locator(".groups a", has_text="Voirie").click()
    page.locator("button.pick", has_text="Nid-de-poule").click()


def describe(page, *, hurt: bool = False, words: str = "Un trou profond"):
    page.check("input[name=where][value=road]")
    page.check(f"input[name=accident][value={'yes' if hurt else 'no'}]")
    page.fill("#id_words", words)
    go_on(page)


def test_the_whole_way_on_a_phone_with_a_photo_and_the_map(open_page, people):
    page = open_page("/", width=360, height=740)
    look(page)
    page.locator(".thumb-bar a").click()
    page.set_input_files("#id_photos", {"name": "trou.jpg", "mimeType": "image/jpeg", "buffer": jpeg(at=IN_AUBANE)})
    page.wait_for_selector(".photo-previews img")
    look(page)
    go_on(page)
    look(page)
    page.fill("#id_q", "trou dans la rue")
    page.wait_for_selector("#suggestions .pick")
    look(page)
    page.locator("#suggestions .pick", has_text="Nid-de-poule").click()
    wait_for_maps(page)
    look(page)
    place_the_pin(page)
    go_on(page)
    look(page)
    describe(page, words="Un trou profond, 06 12 34 56 78")
    look(page)
    page.fill("#id_email", "zoe@example.org")
    go_on(page)
    look(page)
    assert "06 12" not in page.locator(".public-card").inner_text()
    go_on(page, "Envoyer")
    page.wait_for_selector(".case-code-value")
    look(page)
    case = Case.objects.get()
    assert case.commune_id and page.locator(".case-code-value").inner_text() == case.code
    assert Photo.objects.get().case_id == case.pk


def test_the_list_of_reports_stays_without_javascript(open_page, people):
    place = {"lon": IN_AUBANE[0], "lat": IN_AUBANE[1], "commune": "13901", "channel": "portal"}
    file_case(prepare_case(Report, {"category": "lighting.street_lamp", "state": "out"}, **place))
    page = open_page("/reports/", width=360, javascript=False)
    assert page.locator(".report-row a").is_visible() and not page.locator(".map").is_visible()


def place_the_pin(page):
    """A tap on the map of who can draw it; else the photo's place."""
    drawn = page.locator("[data-map=pick]")
    if drawn.get_attribute("data-map-state") == "missing":
        page.evaluate(
            "([lon, lat]) => { document.querySelector('[data-lon]').value = lon; "
            "document.querySelector('[data-lat]').value = lat }",
            list(map(str, IN_AUBANE)),
        )
        return
    # The middle of the town's three communes.
    drawn.scroll_into_view_if_needed()
    box = drawn.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("document.querySelector('[data-lon]').value !== ''")


def test_the_position_of_the_phone_places_the_pin(open_page, people):
    page = open_page(
        "/report/", width=360, geolocation={"longitude": IN_AUBANE[0], "latitude": IN_AUBANE[1]}, permissions=["geolocation"]
    )
    go_on(page)
    choose_pothole(page)
    wait_for_maps(page)
    if page.locator("[data-map=pick]").get_attribute("data-map-state") == "missing":
        pytest.skip("this machine draws no map")
    page.locator("[data-locate]").click()
    page.wait_for_function("document.querySelector('[data-lon]').value !== ''")
    go_on(page)
    describe(page)
    go_on(page)
    assert "Rue de la République, Aubane" in page.locator(".answers").inner_text()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_whole_way_without_javascript_by_address(open_page, people, width):
    page = open_page("/", width=width, javascript=False)
    page.fill("#id_q", "nid de poule")
    page.locator(".search-box button").click()
    page.locator(".pick", has_text="Nid-de-poule").click()
    page.locator("button", has_text="Continuer sans photo").click()
    page.fill("#id_place", "12 av jean jaures")
    go_on(page)
    page.locator("label", has_text="12 Avenue Jean Jaurès, 13920 Bellefont").click()
    go_on(page)
    describe(page)
    go_on(page)
    go_on(page, "Envoyer")
    case = Case.objects.get()
    assert page.locator(".case-code-value").inner_text() == case.code
    assert (case.commune_id, case.address) == ("13902", "12 Avenue Jean Jaurès, 13920 Bellefont")
    page.go_back()
    assert page.locator(".case-code-value").inner_text() == case.code
    page.reload()
    assert Case.objects.count() == 1


def test_a_question_that_depends_on_an_answer_comes_without_javascript_on_the_next_page(open_page, people):
    page = open_page("/report/?category=cleanliness.litter_bin", width=360, javascript=False)
    go_on(page)
    page.fill("#id_place", "Cours Mirabeau, 13930 Castelmer")
    go_on(page)
    page.wait_for_selector("input[name=state]")
    assert not page.locator("input[name=often]").first.is_visible()
    page.check("input[name=state][value=full]")
    go_on(page)
    page.check("input[name=often][value=yes]")
    go_on(page)
    go_on(page)
    go_on(page, "Envoyer")
    assert Case.objects.get().answers == {"state": "full", "often": True}


def test_with_javascript_the_question_comes_at_once(open_page, people):
    page = open_page("/report/?category=cleanliness.litter_bin", width=360)
    go_on(page)
    page.fill("#id_place", "Cours Mirabeau, 13930 Castelmer")
    go_on(page)
    page.check("input[name=state][value=full]")
    assert page.locator("input[name=often]").first.is_visible()
    look(page)
    page.check("input[name=state][value=gone]")
    assert not page.locator("input[name=often]").first.is_visible()


def test_the_suggestions_of_places_fill_the_point(open_page, people):
    page = open_page("/report/?category=roads.pothole", width=1440)
    go_on(page)
    page.locator("#id_place").press_sequentially("cours mira", delay=30)
    page.locator("[role=option]", has_text="Cours Mirabeau").click()
    go_on(page)
    describe(page)
    assert re.search(r"/contact/$", page.url)


def test_the_same_problem_is_followed(open_page, people):
    raw = {"category": "roads.pothole", "where": "road", "words": "Un trou devant l'école"}
    known = file_case(prepare_case(Report, raw, lon=5.22, lat=43.35, commune="13903", channel="portal", address="Cours Mirabeau"))
    page = open_page("/report/?category=roads.pothole", width=360)
    go_on(page)
    page.fill("#id_place", "Cours Mirabeau, 13930 Castelmer")
    go_on(page)
    describe(page)
    look(page)
    page.locator("button", has_text="C'est le même problème").click()
    look(page)
    go_on(page, "Suivre ce signalement")
    page.wait_for_selector(f"a[href='/reports/{public_id(known.case_id)}']")
    look(page)
    assert known.code not in page.content()
    assert Live.objects.get(pk=known.case_id).followers == 1 and Case.objects.count() == 1


def test_danger_stops_the_form_with_a_number_to_tap(open_page, people):
    page = open_page("/report/?category=roads.pothole", width=360)
    go_on(page)
    page.fill("#id_place", "Cours Mirabeau, 13930 Castelmer")
    go_on(page)
    describe(page, hurt=True)
    look(page)
    assert page.locator("a.call").get_attribute("href") == "tel:15"
    page.locator("a", has_text="Modifier ma réponse").click()
    assert page.input_value("#id_words") == "Un trou profond"


def test_outside_the_territory_the_town_hall_is_named(open_page, people):
    page = open_page("/report/?category=roads.pothole", width=360)
    go_on(page)
    page.evaluate(
        "([lon, lat]) => { document.querySelector('[data-lon]').value = lon; document.querySelector('[data-lat]').value = lat }",
        list(map(str, IN_DORGUES)),
    )
    go_on(page)
    assert "04 42 00 00 99" in page.locator(".error-summary").inner_text()
    look(page)


def test_a_wrong_code_is_explained(open_page, people):
    page = open_page("/", width=360)
    page.fill("#id_code", "7kq2m xa4rx")
    page.locator("#follow button").click()
    assert "lettre ou un chiffre est faux" in page.locator(".error-summary").inner_text()
    look(page)


def test_a_page_of_choices_and_one_of_communes_are_sound(open_page, people):
    page = open_page("/report/?category=roads.pothole", width=360)
    go_on(page)
    page.fill("#id_place", "republique")
    page.evaluate("document.querySelector('form').noValidate = true")
    go_on(page)
    look(page)
    page.locator("label", has_text="Aucun de ces lieux").click()
    go_on(page)
    look(page)
    expect(page.locator("#id_commune option")).to_have_count(4)
