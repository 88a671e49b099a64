"""The report in chromium: every width, by day and by night, with axe; a text written beside the page that it makes."""

import pytest

from oppidum.publishing.report.editions import make_file
from oppidum.publishing.report.workflow import get_edition
from tests.browser import check_page, check_pages
from tests.publishing.report_of_town import YEAR

pytestmark = pytest.mark.browser


def test_the_report_is_for_everybody_at_every_width(open_page, published):
    make_file(get_edition(YEAR), "fr")
    page = open_page(None)
    paths = ("", "waste/", f"waste/?compare={YEAR - 1}", "cycling/", "index/")
    check_pages(page, (f"/report/{YEAR}/{path}" for path in paths))
    page.goto(f"/report/{YEAR}/waste/")
    page.get_by_role("link", name="Données et téléchargement").first.click()
    page.wait_for_selector("table")
    check_page(page)


def test_a_reader_goes_from_the_contents_to_a_number_and_its_trail(open_page, published):
    page = open_page(f"/report/{YEAR}/", javascript=False)
    page.get_by_role("link", name="Collecter et valoriser les déchets").click()
    page.locator("a.told").first.click()
    assert page.url.split("?")[0].rstrip("/").rsplit("/", 2)[1] == "figures"


def test_an_officer_writes_and_sees_the_page_at_once(open_page, officers):
    page = open_page(f"/desk/report/{YEAR}/waste/", officer=officers.nour)
    page.get_by_label("Texte (Markdown)").fill("On a collecté {waste-residual-collected} et 58 sacs.")
    page.get_by_label("Texte (Markdown)").press("End")
    page.keyboard.type(" Voilà.")
    page.wait_for_selector("#look >> text=Voilà.")
    assert "6\u202f483" in page.locator("#look").inner_text() and "saisi à la main" in page.locator("#look").inner_text()
    check_page(page)


def test_the_desk_of_the_report_is_for_everybody(open_page, officers):
    paths = ("", "highlights/", "waste/history/")
    check_pages(open_page(None, officer=officers.owen), (f"/desk/report/{YEAR}/{path}" for path in paths))
