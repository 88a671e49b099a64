"""A contact logged in ten seconds: one screen, few keys, with and without scripts; what is declared is proven at start."""

import re
from time import perf_counter
from types import SimpleNamespace

import pytest

from oppidum.cases.declaration import Quick, catalogue
from oppidum.cases.declaration.quick import quick_faults
from oppidum.cases.models import Case
from oppidum.services.planning_housing.housing_front_desk import HousingFrontDesk
from oppidum.web.desk.quick import find_communes
from tests.browser import check_page

PAGE = "/desk/quick/housing-front-desk/"


def declared(**changes):
    return SimpleNamespace(form=HousingFrontDesk.form, quick=Quick(**{"asks": "subject", "sets": {"wants": "answer"}} | changes))


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, None),
        ({"asks": "question"}, "asks 'question'"),
        ({"sets": {}}, "demands wants"),
        ({"sets": {"wants": "advice"}}, "demands"),
        ({"sets": {"wants": "answer", "colour": "red"}}, "colour"),
        ({"ways": ("pigeon",)}, "pigeon"),
    ],
)
def test_a_quick_page_that_could_not_be_sent_stops_the_start(changes, word):
    faults = " ".join(quick_faults(declared(**changes)))
    assert (word in faults) if word else not faults


@pytest.mark.parametrize(
    ("typed", "found"),
    [("aub", ["Aubane"]), ("BELLEFONT", ["Bellefont"]), ("c", ["Castelmer"]), ("zz", []), ("castelmer", ["Castelmer"])],
)
def test_letters_find_the_commune(town, typed, found):
    assert [commune.name for commune in find_communes(typed)] == found


def contacts():
    return Case.objects.filter(service="housing-front-desk")


def log(browser, **given):
    key = re.search(r'name="key" value="(\w+)"', browser.get(PAGE).content.decode())[1]
    return browser.post(PAGE, {"about": "rent", "way": "phone", "commune": "aub", "key": key} | given, follow=True)


def test_a_contact_is_a_case_that_is_answered_as_it_is_logged(desk):
    browser = desk("cleo")
    shown = log(browser).content.decode()
    case = contacts().get()
    assert (case.service, case.channel, case.commune_id) == ("housing-front-desk", "phone", "13901")
    assert case.answers == {"subject": "rent", "wants": "answer"} and "Aubane" in shown
    assert re.search(r'value="phone" checked', shown), "the way is kept for the next one"
    log(browser, commune="")
    assert contacts().filter(commune=None).count() == 1


def test_a_second_press_logs_nothing(desk):
    browser = desk("cleo")
    log(browser, key="same")
    log(browser, key="same")
    assert contacts().count() == 1


def test_what_is_missing_or_not_found_is_said_and_nothing_is_lost(desk):
    browser = desk("cleo")
    answer = log(browser, commune="zz")
    assert answer.status_code == 422 and 'value="zz"' in answer.content.decode() and not contacts().exists()
    assert log(browser, about="").status_code == 422
    assert browser.get("/desk/quick/report/").status_code == 404


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


@pytest.mark.browser
def test_five_keys_log_a_contact_in_seconds(open_page, people):
    assert {service.code for service in catalogue().values() if service.quick} >= {"housing-front-desk"}
    page = open_page(PAGE, officer=people.cleo, width=1440)
    begun, keys, times = perf_counter(), 0, 10
    for n in range(1, times + 1):
        keys += press(page, "4", *"aub", "Enter")
        page.wait_for_selector(f".count:text-is('{n}')")
    seconds = (perf_counter() - begun) / times
    print(f"{keys / times:.0f} keys, {seconds:.2f} s a contact")
    assert keys == 5 * times and seconds < 10
    assert set(contacts().values_list("channel", "commune_id")) == {("front_desk", "13901")}
    press(page, "t", "1")
    assert page.is_checked("#id_way_phone") and page.is_checked("#id_about_1")
    check_page(page, widths=(360, 1440), schemes=("light",))


@pytest.mark.browser
def test_without_scripts_tab_and_arrows_do_it(open_page, people):
    page = open_page(PAGE, officer=people.cleo, width=1440, javascript=False)
    page.locator("fieldset[autofocus]").focus()
    press(page, "Tab", "Space", "ArrowDown", "Tab", *"bel", "Enter")
    page.wait_for_selector(".count:text-is('1')")
    case = contacts().get()
    assert (case.answers["subject"], case.commune_id) == ("unfit", "13902")
