"""The pages of key figures in chromium: every width, by day and by night, with axe, and without scripts."""

import pytest
from playwright.sync_api import expect

from oppidum.figures.declared.validating import validate
from oppidum.figures.models import Entry
from tests.browser import check_page

pytestmark = pytest.mark.browser
WIDTHS = (360, 1440)


@pytest.mark.parametrize(
    "address",
    [
        "/figures/waste-collected/?year=2026",
        "/figures/key/?year=2025",
        "/figures/key/?year=2025&directorate=living-environment-water",
        "/figures/key/?year=2025&words=dechets",
    ],
)
def test_everybody_can_read_the_page(open_page, house, address):
    validate(["waste-collected"], 2026, house.emile)
    check_page(open_page(address), widths=WIDTHS)


@pytest.mark.parametrize(
    "address",
    [
        "/desk/figures/?year=2026",
        "/desk/figures/list/?year=2026",
        "/desk/figures/2026/waste-collected/",
        "/desk/figures/2025/tram-budget/",
    ],
)
def test_officers_can_read_the_page(open_page, house, address):
    check_page(open_page(address, officer=house.rita), widths=WIDTHS)


def test_a_value_is_entered_corrected_after_its_warning_and_validated_without_scripts(open_page, house):
    page = open_page("/desk/figures/2026/bins-emptied/", officer=house.dora, width=360, javascript=False)
    page.get_by_label("Valeur", exact=True).fill("45")
    page.get_by_role("button", name="Enregistrer la valeur").click()
    expect(page.get_by_text("est-ce la bonne unité")).to_be_visible()
    page.get_by_label("Valeur", exact=True).fill("470")
    page.get_by_role("button", name="Enregistrer la valeur").click()
    expect(page.get_by_text("Une deuxième personne la valide")).to_be_visible()
    second = open_page("/desk/figures/2026/bins-emptied/", officer=house.emile, javascript=False)
    second.get_by_role("button", name="Valider cette valeur").click()
    assert Entry.objects.get(figure__name="bins-emptied", year=2026, is_current=True).state == "validated"


def test_a_contradiction_is_read_and_accepted_without_scripts(open_page, house):
    Entry.objects.filter(figure__name="bins-emptied", year=2025).update(value=-450)
    check_page(open_page("/desk/figures/findings/?year=2025", officer=house.rita), widths=WIDTHS)
    page = open_page("/desk/figures/findings/?year=2025", officer=house.dora, width=360, javascript=False)
    page.get_by_text("Accepter", exact=True).first.click()
    page.get_by_label("Pourquoi cela peut-il rester").fill("Bacs retirés")
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("Aucune contradiction ouverte")).to_be_visible()
    expect(page.get_by_text("Bacs retirés")).to_be_visible()
