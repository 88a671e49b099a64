"""The payer's pages and the desk's panel in a browser: readable at all sizes, and paid with three clicks."""

import pytest

from oppidum.cases.models import Case, Live
from oppidum.payments.models import Charge
from oppidum.payments.paying import choose_plan
from oppidum.people.models import Role
from tests.browser import check_page


@pytest.mark.browser
def test_a_resident_pays_by_instalments_in_the_browser(open_page, pool):
    charge = pool.enrol(10)
    choose_plan(charge.pk, by_instalments=True)
    code = Case.objects.get(pk=charge.case_id).code
    page = open_page(f"/pay/{code}/")
    check_page(page)
    page.get_by_role("button", name="Payer la prochaine échéance").click()
    page.get_by_role("heading", name="Paiement simulé").wait_for()
    check_page(page)
    page.get_by_role("button", name="La carte est acceptée").click()
    page.get_by_text("sont payés").wait_for()
    check_page(page)
    page.get_by_role("link", name="quittance").click()
    page.get_by_role("heading", name="Quittance").first.wait_for()
    check_page(page)
    assert Charge.objects.get().balance_cents == 6_666


@pytest.mark.browser
def test_the_desk_shows_the_account_and_books_a_cheque(open_page, pool, people):
    charge = pool.enrol(10)
    Role.objects.filter(code="supervisor").update(rights=["act", "money", "persons"])
    Live.objects.filter(case=charge.case_id).update(team=people.roads)
    code = Case.objects.get(pk=charge.case_id).code
    page = open_page(f"/desk/case/{code}/", officer=people.dora, width=1440)
    page.get_by_text("Enregistrer un paiement au guichet").click()
    check_page(page)
    page.get_by_label("Montant en euros").first.fill("40")
    page.get_by_role("button", name="Enregistrer le paiement").click()
    page.get_by_text("Le paiement est enregistré").wait_for()
    assert Charge.objects.get().balance_cents == 6_000
    page.goto(page.url.split("/desk/")[0] + "/desk/money/")
    page.get_by_role("heading", name="Paiements en retard").wait_for()
    check_page(page)
