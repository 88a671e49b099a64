"""The dashboards as people see them: every width, by day and by night, with axe, and without scripts."""

import pytest

from tests.browser import check_page
from tests.web_figures.conftest import load_year

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/figures/communes/?figure=reports-filed&year=2025",
    "/figures/directorates/mobility/?year=2026",
    *(
        pytest.param(address, marks=pytest.mark.slow)
        for address in (
            "/figures/dashboards/",
            "/figures/communes/13901/?year=2025",
            "/figures/services/report/?year=2025",
            "/figures/targets/?year=2026",
            "/figures/ask/?q=points+de+charge&year=2026",
        )
    ),
)


@pytest.fixture
def the_past(people, moved, charging):
    """2025 of the town: the server's own clock is today's."""
    return load_year(people, moved, 2025)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_can_be_read_by_everybody(open_page, the_past, address):
    page = open_page(address)
    for image in page.locator(".chart img").all():
        image.scroll_into_view_if_needed()
        image.evaluate("one => one.decode()")
    check_page(page)


def test_a_resident_asks_for_a_figure_and_opens_where_it_comes_from(open_page, the_past):
    page = open_page("/figures/dashboards/", javascript=False, width=360)
    page.get_by_label("Demander un chiffre").fill("point de chrage")
    page.get_by_role("button", name="Trouver").click()
    assert "1\u202f200" in page.locator("main").inner_text()
    assert (
        page.get_by_role("link", name="Points de charge", exact=True).get_attribute("href") == "/figures/charging-points/?year=2026"
    )
