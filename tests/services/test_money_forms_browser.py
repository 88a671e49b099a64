"""The two forms that end with a price, in chromium: what is reckoned is seen before it is sent."""

import pytest

from oppidum.cases.models import Case
from tests.browser import check_page, wait_for_maps

pytestmark = pytest.mark.browser


def go_on(page):
    with page.expect_navigation():
        page.locator(".thumb-bar .button-big").click()


def look(page):
    check_page(page, ignore=lambda text: "status of 422" in text, widths=(360, 1440))


def choose_place(page, name, typed, street):
    page.fill(f"#id_{name}-address", typed)
    page.locator("[role=option]", has_text=street).first.click()


def test_a_parent_asks_for_a_school_pass(open_page, people):
    page = open_page("/services/school-transport/", width=360, height=740)
    look(page)
    page.locator(".start-form .button-big").click()
    page.fill("#id_first_name", "Nour")
    page.fill("#id_last_name", "Blanc")
    page.fill("#id_birth", "2015-03-04")
    go_on(page)
    wait_for_maps(page)
    page.check("input[name=level][value=lower]")
    page.fill("#id_school_name", "Collège des Pins")
    choose_place(page, "school", "avenue jean", "Jaurès")
    go_on(page)
    wait_for_maps(page)
    choose_place(page, "home", "rue de la rep", "République")
    page.check("input[name=shared][value=no]")
    look(page)
    go_on(page)
    page.check("input[name=in_care][value=no]")
    go_on(page)
    page.fill("#id_contact-name", "Zoé Blanc")
    page.fill("#id_contact-email", "zoe@example.org")
    page.check("#id_sincere-agreed")
    page.fill("#id_sincere-name", "Zoé Blanc")
    go_on(page)
    page.wait_for_selector(".check-section")
    look(page)
    bill = page.locator(".bill")
    assert bill.count() == 1 and "60\u00a0€" in bill.inner_text()
    go_on(page)
    page.wait_for_selector(".sent")
    assert Case.objects.get(service="school-transport").answers["age"] == 11


def test_a_baker_declares_two_bins_and_sees_the_yearly_fee(open_page, people):
    page = open_page("/services/special-waste-fee/", width=1440)
    look(page)
    page.locator(".start-form .button-big").click()
    page.check("input[name=applicant-kind][value=company]")
    page.wait_for_selector("#id_applicant-number")
    page.fill("#id_applicant-name", "Boulangerie du Port")
    page.fill("#id_applicant-number", "732 829 320 00074")
    page.check("input[name=activity][value=food]")
    page.fill("#id_contact-name", "Zoé Blanc")
    page.fill("#id_contact-email", "zoe@example.org")
    look(page)
    go_on(page)
    wait_for_maps(page)
    choose_place(page, "place", "rue de la rep", "République")
    page.check("input[name=street_side][value=yes]")
    go_on(page)
    page.select_option("#id_collected-0-stream", "residual")
    page.fill("#id_collected-0-size", "660")
    page.fill("#id_collected-0-bins", "1")
    page.fill("#id_collected-0-pickups", "5")
    look(page)
    page.locator(".thumb-bar .button-big").click(delay=500)  # the totals come while a slow finger is on the button
    page.check("#id_sincere-agreed")
    page.fill("#id_sincere-name", "Zoé Blanc")
    go_on(page)
    page.wait_for_selector(".check-section")
    look(page)
    assert "5\u202f815,58" in page.locator(".bill").inner_text()
    go_on(page)
    page.wait_for_selector(".sent")
    assert Case.objects.get(service="special-waste-fee").answers["weekly_litres"] == 3_300
