"""The figures as people see them: every width, by day and by night, with axe, and without scripts."""

import pytest
from playwright.sync_api import expect

from oppidum.cases.models import Case
from tests.browser import check_page
from tests.web_figures.conftest import load_year

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/figures/?year=2025",
    "/figures/reports-filed/?year=2025",
    "/figures/calls-with-report-share/?year=2025",
    "/figures/reports-filed/trail/?year=2025",
    "/figures/calls/trail/?year=2025&outcome=report",
)


@pytest.fixture
def the_past(people, moved):
    """2025 of the town: the server's own clock is today's."""
    return load_year(people, moved, 2025)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_can_be_read_by_everybody(open_page, the_past, address):
    check_page(open_page(address))


def test_a_visitor_goes_from_the_overview_to_the_records_of_a_commune(open_page, the_past):
    """With the keyboard's own links and no script at all."""
    page = open_page("/figures/", javascript=False, width=360)
    page.get_by_role("link", name="2025").click()
    page.get_by_role("link", name="Signalements déposés", exact=True).click()
    page.locator('section[aria-labelledby="split-commune"]').get_by_role("link", name="Aubane").click()
    counted = Case.objects.filter(filed_at__year=2025, commune_id="13901").count()
    assert page.locator(".trail-total strong").first.inner_text() == str(counted)
    assert page.locator(".trail-table tbody tr").count() == counted
    page.get_by_role("link", name="Voir toute l'année").click()
    assert page.locator(".trail-total strong").first.inner_text() == "52"


def test_an_authority_without_records_says_what_comes(open_page, town):
    page = open_page("/figures/")
    assert page.get_by_text("Rien n'est encore compté").is_visible()
    check_page(page, widths=(360,))


def test_the_definition_opens_on_the_overview(open_page, the_past):
    page = open_page("/figures/?year=2025", javascript=False)
    page.get_by_text("Comment est-ce compté").first.click()
    expect(page.get_by_text("les doublons comptent aussi")).to_be_visible()
