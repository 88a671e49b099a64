"""The components in a real browser: no violation, no overflow, by day and by night, and they work."""

import pytest

from tests.browser import check_page, wait_for_maps

pytestmark = pytest.mark.browser


def test_every_component_is_accessible_in_every_width_by_day_and_by_night(open_page, styleguide, town):
    page = open_page(styleguide)
    wait_for_maps(page)
    check_page(page)


@pytest.mark.parametrize("address", ["/accessibility/", "/personal-data/", "/nothing"])
def test_the_plain_pages_are_accessible(address, open_page, town):
    page = open_page(address)
    check_page(page, widths=(360,), ignore=lambda text: "404" in text)


def test_without_javascript_fields_and_lists_stay_and_the_map_makes_no_hole(open_page, styleguide, town):
    page = open_page(styleguide, javascript=False, width=360)
    assert page.locator("#id_words").is_visible()
    assert page.get_by_text("12 boulevard Camille-Flammarion, 13001 Marseille").last.is_visible()
    assert not page.locator("[data-map]").first.is_visible()


def test_a_place_is_found_by_typing_and_chosen_by_the_keyboard_and_the_map_follows(open_page, styleguide, town):
    page = open_page(styleguide)
    wait_for_maps(page)
    field = page.locator("#id_adresse")
    field.press_sequentially("boulevard de la mer", delay=5)
    page.locator("#id_adresse-places [role=option]").first.wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value().startswith("Boulevard de la Mer")
    form = page.locator("form", has=page.locator("#id_adresse"))
    assert form.locator("[name=lon]").input_value() == "5.28"
    page.locator("[data-map=pick] .pin").wait_for()


def test_a_tap_on_the_map_places_the_pin(open_page, styleguide, town):
    page = open_page(styleguide)
    wait_for_maps(page)
    page.locator("[data-map=pick] canvas").click(position={"x": 200, "y": 150})
    form = page.locator("form", has=page.locator("#id_adresse"))
    assert 4.5 < float(form.locator("[name=lon]").input_value()) < 5.8
    assert "Le lieu est choisi" in form.inner_text()


def test_the_pin_is_placed_by_the_keyboard_alone(open_page, styleguide, town):
    page = open_page(styleguide)
    wait_for_maps(page)
    page.locator("[data-map=pick] canvas").focus()
    page.keyboard.press("Enter")
    assert page.locator("form", has=page.locator("#id_adresse")).locator("[name=lat]").input_value()


def test_the_devices_position_places_the_pin_when_it_is_allowed(open_page, styleguide, town):
    at = {"longitude": 5.15, "latitude": 43.35}
    page = open_page(styleguide, geolocation=at, permissions=["geolocation"])
    wait_for_maps(page)
    page.get_by_role("button", name="Utiliser ma position").click()
    page.get_by_text("Le lieu est choisi").wait_for()
    form = page.locator("form", has=page.locator("#id_adresse"))
    assert form.locator("[name=lon]").input_value() == "5.150000"


def test_a_link_of_the_summary_goes_to_its_field(open_page, styleguide, town):
    page = open_page(styleguide)
    page.locator(".error-summary a").first.click()
    assert page.evaluate("() => document.activeElement.id") == "id_words"


def test_what_was_typed_survives_a_reload(open_page, styleguide, town):
    page = open_page(styleguide)
    page.locator("#id_words").fill("Un matelas devant le 12")
    page.reload()
    assert page.locator("#id_words").input_value() == "Un matelas devant le 12"


def test_a_key_presses_the_button_that_shows_it_but_not_while_typing(open_page, styleguide, town):
    page = open_page(styleguide)
    count = "() => document.querySelector('[data-key=q]').addEventListener('click', () => (document.body.dataset.pressed = '1'))"
    page.evaluate(count)
    page.locator("#id_words").press("q")
    assert page.locator("body").get_attribute("data-pressed") is None
    page.locator("h1").click()
    page.keyboard.press("q")
    assert page.locator("body").get_attribute("data-pressed") == "1"


def test_many_places_are_gathered_and_one_opens_in_a_popup_with_its_link(open_page, styleguide, town):
    page = open_page(styleguide)
    wait_for_maps(page)
    drawn = "(map, layer) => map.oppidumMap.queryRenderedFeatures({ layers: [layer] }).length"
    many = page.locator("#many [data-map]")
    assert many.evaluate(drawn, "clusters") > 0
    many.evaluate("(map) => map.oppidumMap.jumpTo({ center: [5.15, 43.35], zoom: 16 })")
    page.wait_for_timeout(400)
    wait_for_maps(page)
    assert many.evaluate(drawn, "points") >= 1
    many.locator("canvas").click()
    popup = many.locator(".maplibregl-popup")
    popup.get_by_role("link", name="Ouvrir").wait_for()
    assert "Bellefont, 1" in popup.inner_text()
    assert page.locator("[data-map-point='13902-0']").get_attribute("data-map-selected") is not None


def test_a_device_that_cannot_draw_maps_says_so_and_keeps_the_list(chromium, live_server, styleguide, town):
    context = chromium.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = context.new_page()
    page.goto(live_server.url + styleguide)
    page.locator("#many [data-map-state=missing]").wait_for(state="attached")
    assert "ne peut pas dessiner la carte" in page.locator("#many").inner_text()
    assert page.get_by_text("Le premier de la liste").is_visible()
    context.close()
