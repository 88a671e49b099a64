"""The pages of sittings and acts in chromium, with a council of 240: every width, a keyboard, no script."""

from datetime import timedelta

import pytest

from oppidum.bodies.attending import open_sitting, record_attendance
from oppidum.bodies.convening import convene, plan_sitting
from oppidum.bodies.loading import load_bodies
from oppidum.bodies.models import Body, Item, Sitting
from oppidum.core import clock
from oppidum.people.models import Officer, Role
from oppidum.publishing.actes import Outbox
from oppidum.publishing.sending_out import send_out
from oppidum.rehearsal.sittings import _roll, rehearse_sittings
from tests.browser import check_pages

pytestmark = pytest.mark.browser
LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture
def assembly(people, transactional_db, tmp_path):
    """The rehearsed assembly, its acts online; a bureau of 39 sits now, the council's next agenda is being prepared."""
    import random

    role = Role.objects.create(code="assembly-office", name="Assemblées", reach="all", rights=["act", "assign", "sittings"])
    officer = Officer.objects.create_user("sasha", first_name="Sasha", last_name="Roux", role=role)
    load_bodies()
    rehearse_sittings(officer, clock.today())
    while send_out(Outbox(tmp_path)):
        pass
    with clock.at(clock.now() - timedelta(days=10)):
        bureau = Body.objects.get(code="bureau")
        sitting = plan_sitting(bureau, clock.now() + timedelta(days=10, minutes=-5))
        sitting.items.all().delete()
        for number, title in enumerate(
            ("Marché de rénovation des écoles", "Subvention au festival de la mer", "Point d’étape"), start=1
        ):
            kind = "information" if number == 3 else "vote"
            Item.objects.create(sitting=sitting, rank=number, title=title, note="Note.", decision="Article 1.", kind=kind)
        convene(sitting)
    members = list(bureau.members.in_office(sitting.on))
    record_attendance(sitting, _roll(members, random.Random(3)))
    open_sitting(sitting, members[0], members[1])
    officer.now = sitting
    officer.held = Sitting.objects.get(state="concluded", body__code="council")
    officer.coming = Sitting.objects.get(state="prepared")
    return officer


def test_the_pages_are_for_everybody_at_every_width(open_page, assembly):
    item = assembly.coming.items.first()
    desk = (
        "/desk/bodies/",
        "/desk/bodies/new/",
        f"/desk/bodies/{assembly.coming.code}/",
        f"/desk/bodies/{assembly.coming.code}/items/{item.pk}/",
        f"/desk/bodies/{assembly.coming.code}/letter/",
        f"/desk/bodies/{assembly.now.code}/attendance/",
        f"/desk/bodies/{assembly.now.code}/now/",
        f"/desk/bodies/{assembly.held.code}/minutes/",
        "/desk/bodies/acts/",
        f"/desk/bodies/acts/DEL-{assembly.held.on.year}-0001/",
        "/desk/bodies/sign/president/",
    )
    check_pages(open_page(None, officer=assembly), desk)
    everybody = ("/acts/", f"/acts/DEL-{assembly.held.on.year}-0001/", f"/acts/sittings/{assembly.held.code}/")
    check_pages(open_page(None), everybody)


def test_a_vote_is_taken_by_keyboard_and_without_a_script(open_page, assembly):
    page = open_page(f"/desk/bodies/{assembly.now.code}/now/", officer=assembly, **LAPTOP)
    page.keyboard.press("v")
    page.wait_for_selector("text=adopté")
    plain = open_page(f"/desk/bodies/{assembly.now.code}/now/2/", officer=assembly, javascript=False, **LAPTOP)
    plain.locator(".ballot-group select").first.select_option("against")
    plain.locator("button[name=do][value=vote]").click()
    assert list(assembly.now.items.values_list("outcome", flat=True)) == ["carried", "carried", ""]
    assert assembly.now.items.get(rank=2).against > 0
