"""The desk in chromium: at a laptop and a phone, with a keyboard alone, without script, and two officers on one case."""

import pytest
from playwright.sync_api import expect

from oppidum.cases.acting import act_on
from oppidum.cases.models import Live
from oppidum.cases.rules.standing import Command, Contact
from oppidum.core import clock
from oppidum.web.desk import choices
from tests.browser import check_page, wait_for_maps
from tests.desk.conftest import ANA, report

pytestmark = pytest.mark.browser
LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture
def street(people, transactional_db):
    """Four potholes with long words, one with its author."""
    choices.forget()
    zoe = Contact("Zoé Mercadier", "zoe@example.org", "+33612345678", "fr")
    filed = [report(words=f"Un trou numéro {n}, devant l'école, profond et long " * 3) for n in range(3)]
    return [*filed, report(words="Trou devant chez Zoé", contact=zoe)]


def open_first(page):
    page.locator("a[data-key-item]").first.click()
    page.wait_for_selector("#case-pane .case")
    wait_for_maps(page)


@pytest.mark.parametrize("path", ["/desk/?view=all", "/desk/?view=all&words=trou&category=roads", "/desk/?view=mine"])
def test_the_inbox_is_for_everybody_at_every_width(open_page, street, people, path):
    check_page(open_page(path, officer=people.ana))


def test_the_inbox_with_a_case_open_fits_a_laptop(open_page, street, people):
    page = open_page("/desk/?view=all", officer=people.ana, **LAPTOP)
    open_first(page)
    check_page(page, widths=(1366,))
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_a_case_page_is_for_everybody_and_fits_one_screen(open_page, street, people):
    page = open_page(f"/desk/case/{street[3].code}/", officer=people.ana, **LAPTOP)
    wait_for_maps(page)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    check_page(page, widths=(360, 768, 1366))


def test_forms_previews_and_selections_are_for_everybody(open_page, street, people):
    page = open_page(f"/desk/case/{street[3].code}/?act=ask_resident", officer=people.ana)
    page.fill("#id_message", "Quel numéro ?")
    page.click("button[name=preview]")
    page.wait_for_selector(".mail-preview")
    check_page(page, widths=(360, 1366), schemes=("light",))
    page.goto(page.url.split("/desk/")[0] + "/desk/?view=all")
    page.check("[data-bulk-filter]")
    page.select_option("#id_bulk_action", "plan")
    page.click(".bulk-bar button")
    page.wait_for_selector(".bulk-page")
    check_page(page, widths=(360, 1366), schemes=("light",))


def test_the_login_page_is_for_everybody(open_page, people):
    check_page(open_page("/desk/login/"))


def test_keys_move_open_and_act(open_page, street, people):
    page = open_page("/desk/?view=all", officer=people.ana, **LAPTOP)
    page.keyboard.press("j")
    page.wait_for_selector(f"#case-pane [data-case-open='{street[0].code}']")
    page.keyboard.press("j")
    page.wait_for_selector(f"#case-pane [data-case-open='{street[1].code}']")
    page.keyboard.press("x")
    assert page.locator("input[name=case]:checked").count() == 1
    page.keyboard.press("?")
    expect(page.locator("dialog.keys-help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_selector("#act-panel textarea")
    page.keyboard.type("Vu sur place")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#case-pane .entry-note")
    assert page.url.endswith(f"case={street[1].code}")


def test_a_phone_opens_a_case_on_its_own_page_and_comes_back(open_page, street, people):
    page = open_page("/desk/?view=all", officer=people.ana, width=360, height=740)
    page.locator("a[data-key-item]").first.click()
    page.wait_for_url("**/desk/case/**")
    page.click(".case-back a")
    page.wait_for_selector("a[data-key-item]")


def test_without_script_an_officer_reads_and_acts(open_page, street, people):
    page = open_page("/desk/?view=all", officer=people.ana, javascript=False)
    page.locator("a[data-key-item]").first.click()
    page.click(".case-actions a >> nth=0")
    page.fill("input[name=day]", str(clock.today()))
    page.click(".act-form .actions button >> nth=0")
    expect(page.locator(".case .entry")).to_have_count(3)
    assert "/desk/case/" in page.url


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_header_is_one_row_and_its_menu_holds_the_rest(open_page, street, people, javascript):
    page = open_page("/desk/?view=all", officer=people.cleo, javascript=javascript, width=360, height=740)
    header, way_out = page.locator("header.house"), page.locator(".desk-out button")
    assert header.bounding_box()["height"] <= 80 and page.locator("input[type=search]").bounding_box()["y"] < 400
    expect(way_out).to_be_hidden()
    page.locator(".house-menu summary").click()
    for shown in (way_out, page.locator(".languages a"), page.locator(".house-nav a").first):
        expect(shown).to_be_visible()
        assert shown.bounding_box()["height"] >= 44
    if javascript:
        check_page(page, widths=(360, 768), schemes=("light", "dark"))
    page.locator(".house-nav a[href='/desk/file/']").click()
    page.wait_for_url("**/desk/file/")


def test_two_officers_on_one_case_lose_nothing(open_page, street, people):
    code = street[0].code
    page = open_page(f"/desk/case/{code}/?act=finish", officer=people.ana, **LAPTOP)
    page.fill("#id_what_was_done", "Rebouché à froid")
    act_on(street[0].case_id, Command("start", ANA))
    page.click(".act-form .actions button >> nth=0")
    page.wait_for_selector(".conflict")
    assert page.input_value("#id_what_was_done") == "Rebouché à froid"
    check_page(page, widths=(360, 1366), schemes=("light",), ignore=lambda text: "409" in text)
    page.click(".act-form .actions button >> nth=0")
    page.wait_for_url(f"**/desk/case/{code}/")
    assert Live.objects.get(pk=street[0].case_id).step == "done"


def test_a_standard_answer_goes_in_where_the_cursor_is(open_page, street, people):
    page = open_page(f"/desk/case/{street[0].code}/?act=ask_resident", officer=people.ana)
    page.fill("#id_message", "Bonjour,")
    page.locator(".chip").first.click()
    typed = page.input_value("#id_message")
    assert typed.startswith("Bonjour,\n\n") and len(typed) > 30


def test_a_selection_is_counted_and_carried_through(open_page, street, people):
    page = open_page("/desk/?view=all", officer=people.ana, **LAPTOP)
    page.check("[data-bulk-every]")
    page.select_option("#id_bulk_action", "start")
    page.click(".bulk-bar button")
    page.click("button[value=confirm]")
    page.wait_for_selector(".notice-done")
    assert Live.objects.filter(step="in_progress").count() == 4
