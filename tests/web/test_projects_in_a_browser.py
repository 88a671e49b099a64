"""The portfolio in a browser: list beside map, one project, what was done in a year."""

import pytest

from oppidum.rehearsal.projects import PROJECTS, rehearse_projects
from tests.browser import check_page, wait_for_maps

pytestmark = pytest.mark.browser


@pytest.fixture
def portfolio(people):
    """The rehearsed projects, standing in the town."""
    rehearse_projects(
        [one._replace(where=("Place de la Mairie", 5.01 + n / 100, 43.32 + n % 5 / 80)) for n, one in enumerate(PROJECTS)]
    )


def test_a_resident_narrows_the_portfolio_and_reads_a_project(portfolio, open_page):
    page = open_page("/projects/")
    wait_for_maps(page)
    check_page(page)
    page.get_by_label("Où ils en sont").select_option("suspended")
    page.wait_for_selector("text=1 projet")
    page.get_by_role("link", name="Pôle d’échanges de Plan de Campagne").first.click()
    page.wait_for_selector("h1")
    assert "attend l’avis" in page.locator("main").inner_text()
    check_page(page)


def test_what_was_done_in_a_year_is_one_click_away(portfolio, open_page):
    page = open_page("/projects/", javascript=False)
    page.get_by_role("link", name="2023").click()
    assert "Première rame livrée à Marseille" in page.locator("main").inner_text()
