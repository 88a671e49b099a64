"""Registers of inquiries in a browser: which are open, what others wrote, writing in one; what the desk shows of it."""

import pytest

from oppidum.core import clock
from oppidum.people import remits
from oppidum.people.models import Officer, Remit, Role
from oppidum.rehearsal.registers import rehearse_registers
from tests.browser import check_page

pytestmark = pytest.mark.browser


def test_a_resident_reads_a_register_and_writes_in_it_and_an_officer_takes_it_out_whole(open_page, people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for service in ("inquiry-register", "public-inquiry"):
        Remit.objects.create(service=service, team=people.roads, category="*")
    remits.forget()
    rehearse_registers(clock.today())
    page = open_page("/registers/")
    check_page(page)
    page.get_by_role("link", name="Requalification du front de mer").click()
    page.wait_for_selector("text=favorable avec réserves")
    check_page(page)
    page.go_back()
    page.get_by_role("link", name="Ligne de bus").click()
    page.wait_for_selector("text=platanes de l’avenue")
    assert "menteur" not in page.locator("main").inner_text()
    check_page(page)
    code = page.locator("input[name=call]").get_attribute("value")
    page.get_by_role("button", name="Écrire au registre").click()
    page.wait_for_selector("text=Que voulez-vous dire")
    Role.objects.filter(code="case-officer").update(rights=["act", "note", "persons"])
    desk = open_page(f"/desk/case/{code}/", officer=Officer.objects.get(username="ana"))
    desk.wait_for_selector("text=registre sur papier")
    check_page(desk)
