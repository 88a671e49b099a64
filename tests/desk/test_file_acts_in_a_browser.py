"""Correcting answers and making two cases of one, in chromium: at every width, from the case page to what the applicant reads."""

import pytest
from playwright.sync_api import expect

from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Case, Live
from oppidum.cases.routing.teams import forget as forget_routes
from oppidum.cases.rules.standing import Contact
from oppidum.web.desk import choices
from tests.browser import check_page, wait_for_maps
from tests.cases.small_services import declare
from tests.cases.test_correcting import RAW as TERRACE
from tests.cases.test_correcting import Terrace
from tests.cases.test_splitting import RAW as WORKS
from tests.cases.test_splitting import Works
from tests.desk.conftest import report

pytestmark = pytest.mark.browser
ZOE = Contact("Zoé Mercadier", "zoe@example.org", "+33612345678", "fr")
LOOKS = {"widths": (360, 1440), "schemes": ("light",)}


@pytest.fixture
def filed(people, transactional_db, monkeypatch):
    choices.forget()
    declare(monkeypatch, Terrace, Works)
    forget_routes()
    found = [
        file_case(prepare_case(service, raw, channel="portal", contact=ZOE))
        for service, raw in ((Terrace, TERRACE), (Works, WORKS))
    ]
    Live.objects.filter(pk__in=[one.case_id for one in found]).update(team=people.roads)
    return [*found, report(contact=ZOE, words="Un trou, et des papiers plus loin")]


def test_an_answer_is_corrected_from_the_case_page_and_its_applicant_reads_it(open_page, filed, people):
    page = open_page(f"/desk/case/{filed[0].code}/", officer=people.ana)
    page.click("summary:has-text('Plus')")
    page.click(f"a[href$='/{filed[0].code}/correct/']")
    wait_for_maps(page)
    check_page(page, **LOOKS)
    page.fill("#id_metres", "15")
    page.select_option("[name=correction-why]", "mistyped")
    page.fill("[name=correction-message]", "Vous nous l'avez dit au guichet.")
    page.click("button[name=preview]")
    expect(page.locator(".foreseen")).to_contain_text("12 → 15")
    check_page(page, **LOOKS)
    page.click("button[name=confirm]")
    expect(page.locator(".journal")).to_contain_text("12 → 15")
    check_page(page, **LOOKS)
    page.goto(page.url.split("/desk/")[0] + f"/follow/{filed[0].code}")
    expect(page.locator(".timeline")).to_contain_text("12 → 15")
    check_page(page, **LOOKS)


def test_two_cases_are_made_of_one_report(open_page, filed, people):
    page = open_page(f"/desk/case/{filed[2].code}/split/", officer=people.ana)
    wait_for_maps(page)
    check_page(page, **LOOKS)
    page.select_option("[name=split-category]", "other.other")
    with page.expect_navigation():
        page.click("button[name=look]")
    page.fill("[name=split-words]", "Des papiers plus loin")
    page.click("form .actions button[type=submit]")
    page.wait_for_url(lambda url: "/split/" not in url)
    other = Case.objects.order_by("pk").last()
    assert other.words == "Des papiers plus loin" and filed[2].code in page.url
    page.goto(page.url.split("/desk/")[0] + f"/follow/{filed[2].code}")
    expect(page.locator(".timeline")).to_contain_text(other.code)
    check_page(page, **LOOKS)


def test_lines_of_a_request_are_ticked(open_page, filed, people):
    page = open_page(f"/desk/case/{filed[1].code}/split/", officer=people.ana)
    page.check("[name=split-lines] >> nth=2")
    check_page(page, **LOOKS)
    page.click("form .actions button[type=submit]")
    page.wait_for_url(lambda url: "/split/" not in url)
    assert len(Case.objects.get(pk=filed[1].case_id).answers["sites"]) == 2
