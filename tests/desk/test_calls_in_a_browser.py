"""A whole call by keyboard alone on a call taker's screen; without JavaScript; by day and by night; nothing lost on bad days."""

import pytest
from django.conf import settings

from oppidum.cases.models import Call
from tests.browser import check_page
from tests.desk.conftest import report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREEN = "/desk/calls/"
LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture
def call(people, open_page):
    """The screen, opened by Cleo."""
    return lambda query="", **more: open_page(SCREEN + query, officer=people.cleo, **{**LAPTOP, **more})


def assert_no_scroll(page):
    assert page.evaluate(
        "() => [document.scrollingElement.scrollHeight <= innerHeight, document.scrollingElement.scrollWidth <= innerWidth]"
    ) == [True, True]


def looked(page):
    """Wait until the columns have answered."""
    return page.expect_response(lambda answer: "/calls/look/" in answer.url)


def choose_place(page, words, label):
    page.keyboard.type(words)
    page.wait_for_selector(f"[role=option]:has-text('{label}')")
    page.keyboard.press("ArrowDown")
    with looked(page):
        page.keyboard.press("Enter")
    page.wait_for_selector("#call-place strong")


def test_a_whole_call_by_keyboard_alone_without_scrolling(call, people):
    before = report(words="Trou devant la boulangerie")
    page = call("?phone=0491000000")
    assert_no_scroll(page)
    assert page.evaluate("document.activeElement.id") == "id_words"
    page.wait_for_selector("[data-clock]:not([hidden])")
    with looked(page):
        page.keyboard.type("Bonjour, il y a un gros trou dans la chaussée")
    page.wait_for_selector("[data-call-key='1'][value='roads.pothole']")
    with looked(page):
        page.keyboard.press("Alt+Digit1")
    page.wait_for_selector("[name=q_where]")
    assert page.input_value("#id_words") == "Bonjour, il y a un gros trou dans la chaussée"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.is_checked("[name=q_where][value=road]")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_place"
    choose_place(page, "rue de la repu", "Rue de la République")
    page.wait_for_selector(f"[name=join][value='{before.code}']")
    assert "Aubane" in page.inner_text("#call-place")
    assert_no_scroll(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".call-spelled")
    call_made = Call.objects.select_related("case").get()
    assert call_made.outcome == "report" and call_made.case.answers == {"where": "road"} and call_made.phone == "+33491000000"
    assert page.get_attribute(".call-spelled", "aria-label").endswith(call_made.case.code)
    assert "Voirie" in page.inner_text(".call-speech")
    assert_no_scroll(page)
    page.wait_for_function("() => document.activeElement.matches('.call-done a')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#call")
    assert page.input_value("#id_words") == "", "the next call begins empty"


def test_the_same_problem_is_joined_with_one_key(call, people):
    before = report(words="Trou devant la boulangerie")
    page = call("?phone=0491000000")
    with looked(page):
        page.keyboard.type("un trou")
    page.wait_for_selector("[data-call-key='1'][value='roads.pothole']")
    with looked(page):
        page.keyboard.press("Alt+Digit1")
    page.focus("#id_place")
    choose_place(page, "rue de la repu", "Rue de la République")
    page.wait_for_selector("[data-call-key='6']")
    page.keyboard.press("Alt+Digit6")
    page.wait_for_selector(".call-speech")
    made = Call.objects.get()
    assert (made.outcome, made.case_id) == ("joined", before.case_id)


def test_nothing_to_open_is_one_key(call, people):
    page = call()
    page.keyboard.press("Alt+r")
    page.wait_for_selector(".call-done")
    assert Call.objects.get().outcome == "nothing"


def test_a_digit_key_of_a_french_keyboard_chooses_too(call, people):
    page = call("?phone=0491000000")
    with looked(page):
        page.keyboard.type("un trou")
    page.wait_for_selector("[data-call-key='1']")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '&', code: 'Digit1', altKey: true, bubbles: true}))"
    )
    page.wait_for_selector("[name=q_where]")


def test_what_was_typed_comes_back_after_the_session_was_lost(call, people):
    page = call("?phone=0491000000")
    with looked(page):
        page.keyboard.type("un trou")
    page.wait_for_selector("[data-call-key='1'][value='roads.pothole']")
    with looked(page):
        page.keyboard.press("Alt+Digit1")
    page.wait_for_selector("[name=q_where]")
    with looked(page):
        page.check("[name=q_where][value=pavement]")
    key = page.input_value("[name=key]")
    cookies = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    with looked(page):
        page.focus("#id_words")
        page.keyboard.type(" énorme")
    page.wait_for_selector("[data-old]:not([hidden]) a")
    assert page.input_value("#id_words").endswith("énorme")
    page.context.add_cookies(cookies)
    page.click("[data-old]:not([hidden]) a")
    page.wait_for_selector("[data-kept]:not([hidden])")
    page.wait_for_selector("[name=q_where][value=pavement]:checked")
    assert page.input_value("#id_words") == "un trou énorme" and page.input_value("[name=key]") == key
    assert page.is_checked("[name=category][value='roads.pothole']")


def test_an_ended_call_does_not_come_back_however_fast_the_next_is_opened(call, people):
    page = call()
    with looked(page):
        page.keyboard.type("0491000000")
        page.focus("#id_words")
        page.keyboard.type("un trou")
    page.route("**/calls*.js", lambda route: route.abort())
    page.keyboard.press("Alt+r")
    page.wait_for_selector(".call-done")
    page.unroute("**/calls*.js")
    assert page.evaluate("sessionStorage.length") > 0, "the page that drops the draft had no time for it"
    page.click(".call-done .button-big")
    page.wait_for_selector("#call")
    page.wait_for_load_state()
    assert page.input_value("#id_words") == "" and page.is_hidden("[data-kept]") and page.is_hidden("[data-left]")


def test_leaving_a_call_that_is_not_ended_warns(call, people):
    page = call()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.keyboard.type("0491000000")
    page.click(".call-links a")
    page.wait_for_url("**/today/")
    assert asked == ["beforeunload"]


def test_two_presses_file_once(call, people):
    page = call("?phone=0491000000")
    page.evaluate("() => { const end = document.querySelector('[value=information]'); end.click(); end.click(); }")
    page.wait_for_selector(".call-done")
    assert Call.objects.count() == 1


def test_everything_works_without_javascript(call, people):
    page = call("?phone=0491000000", javascript=False)
    page.fill("#id_words", "un trou dans la chaussée")
    page.fill("#id_place", "rue de la republique")
    page.click(".call-look")
    page.check("[name=category][value='roads.pothole']")
    page.check("[name=place_choice] >> nth=0")
    page.click(".call-look")
    page.check("[name=q_where][value=road]")
    page.click("[name=outcome][value=report]")
    page.wait_for_selector(".call-spelled")
    assert Call.objects.get().case.address == "Rue de la République, 13910 Aubane"


def test_a_hard_stop_is_big_and_its_key_logs_the_emergency(call, people):
    page = call("?phone=0491000000")
    with looked(page):
        page.keyboard.type("plaque d'égout ouverte")
    page.wait_for_selector("[name=category][value='roads.manhole']")
    with looked(page):
        page.check("[name=category][value='roads.manhole']")
    page.wait_for_selector("[name=q_state]")
    with looked(page):
        page.check("[name=q_state][value=open]")
    page.wait_for_selector(".call-stop")
    assert "17" in page.inner_text(".call-stop-number")
    assert_no_scroll(page)
    check_page(page, widths=(360, 768, 1366))
    page.keyboard.press("Alt+u")
    page.wait_for_selector(".call-done")
    assert Call.objects.get().outcome == "emergency"


def test_the_screens_in_all_widths_by_day_and_night(call, people):
    report(words="Trou devant la boulangerie", contact=None)
    page = call()
    check_page(page, widths=(360, 768, 1366))
    page.fill("#id_phone", "0491000000")
    page.focus("#id_words")
    with looked(page):
        page.keyboard.type("un trou dans la chaussée")
    page.wait_for_selector("[data-call-key='1'][value='roads.pothole']")
    with looked(page):
        page.keyboard.press("Alt+Digit1")
    page.focus("#id_place")
    choose_place(page, "rue de la repu", "Rue de la République")
    page.wait_for_selector("[data-call-key='6']")
    check_page(page, widths=(360, 768, 1366))
    page.set_viewport_size({"width": 1366, "height": 620})
    assert_no_scroll(page)
    page.set_viewport_size(LAPTOP)
    page.check("[name=q_where][value=road]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".call-spelled")
    check_page(page, widths=(360, 768, 1366))
    page.goto(page.url.split("/desk/")[0] + "/desk/calls/today/")
    check_page(page, widths=(360, 768, 1366))


def test_a_digit_alone_chooses_once_escape_has_left_the_box(call, people):
    page = call("?phone=0491000000")
    with looked(page):
        page.keyboard.type("un trou")
    page.wait_for_selector("[data-call-key='1'][value='roads.pothole']")
    page.keyboard.press("1")
    assert page.input_value("#id_words") == "un trou1", "in a box a digit is written"
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    with looked(page):
        page.keyboard.press("Digit1")
    page.wait_for_selector("[name=q_where]")
    assert page.input_value("#id_words") == "un trou"
    assert page.is_checked("input[type=radio][value='roads.pothole']")
