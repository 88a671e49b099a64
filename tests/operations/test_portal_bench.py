"""The portal's benchmark walks through the portal as residents do: what it sends arrives. Counted here, timed elsewhere."""

import random
from urllib.parse import urlsplit

import pytest

from oppidum.cases.models import Case
from oppidum.core import rates
from oppidum.operations.benches import portal
from tests.territory.town import IN_AUBANE


@pytest.mark.browser
def test_its_residents_search_read_and_send(live_server, people, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT, settings.TRUSTED_PROXIES = tmp_path, 1
    rates.forget()
    monkeypatch.setattr(portal, "draw_spots", lambda count, rng: [(*IN_AUBANE, "13901")] * count)
    monkeypatch.setattr(portal, "WARM_UP", 1)
    rng, address = random.Random(1), urlsplit(live_server.url)
    ready, begun = list(portal.ready_drafts(rng, 14)), portal.begun_drafts(rng)
    measured = portal.measure(portal.Visitor(address.hostname, address.port), rng, ready, begun, 4, len(begun), 4)
    assert Case.objects.count() == 14 + 2 and Case.objects.exclude(service="report").count() == 14
    assert {"search_p95_ms", "form_p95_ms", "submit_p95_ms"} <= set(portal.figures_of(measured))
    assert len({service.code for service, _draft in begun}) >= 10
