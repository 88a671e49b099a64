"""Who may sign, and the orders that the directory asks for, in a browser."""

from datetime import timedelta

import pytest

from oppidum.core import clock
from oppidum.people.models import Officer, Role
from oppidum.publishing.models import SignatureDelegation, SigningPost
from tests.browser import check_page

pytestmark = pytest.mark.browser


def test_who_sets_the_house_up_drafts_what_the_directory_asks_for_and_everybody_sees_who_may_sign(people, open_page):
    head = Role.objects.create(code="head", name="Chef de service", reach="team", rights=["act", "setup", "note"])
    Officer.objects.filter(username__in=("ana", "bob")).update(role=head)
    for team, euros in ((people.roads, 2_500_000), (people.cleanliness, None)):
        words = {"quality": f"La cheffe du service {team.name}", "function": "president", "services": ["rental-permit"]}
        SigningPost.objects.create(code=team.code, role=head, team=team, ceiling_cents=euros, **words)
    ago = clock.today() - timedelta(days=60)
    held = {
        "order_on": ago,
        "published_on": ago,
        "starts_on": ago,
        "quality": "La cheffe du service Voirie",
        "services": ["rental-permit"],
    }
    SignatureDelegation.objects.create(order_number="ARR-2026-0107", officer=people.ana, function="president", post="roads", **held)
    page = open_page("/desk/letters/orders/", officer=Officer.objects.get(username="ana"))
    check_page(page)
    page.get_by_role("button", name="Rédiger ces arrêtés").click()
    page.wait_for_selector("text=conforme à l’annuaire")
    page.goto("/desk/letters/signers/")
    page.wait_for_selector("text=peut signer")
    check_page(page)
