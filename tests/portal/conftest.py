"""A resident at the form: `walk` fills it page by page, as a browser without JavaScript does."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from oppidum.core import clock, rates
from tests.territory.town import IN_AUBANE


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Pictures go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def _fresh_counts(db):
    """Neither what others sent within the hour nor what was counted before."""
    rates.forget()
    cache.clear()


class Walk:
    """One draft in one browser. Each page is sent by its name; `page` is what came back, redirects not followed."""

    def __init__(self, client):
        self.client = client
        page = client.get("/report/")
        self.id = re.search(r"/report/([\w-]{22})/photo/", page.content.decode())[1]

    def address(self, step: str) -> str:
        return f"/report/{self.id}/{step}/"

    def get(self, step: str, **query):
        return self.client.get(self.address(step), query)

    def send(self, step: str, **answers):
        return self.client.post(self.address(step), answers)

    def to_details(self, category="roads.pothole", at=IN_AUBANE, **photo):
        """Photo, category and place."""
        self.send("photo", **photo)
        self.send("what", category=category)
        return self.send("where", place="12 rue de la République", lon=at[0], lat=at[1])

    def to_check(self, words="Un trou devant l'école", **contact):
        """The whole form, up to the summary."""
        self.to_details()
        self.send("details", shown=["where", "accident"], where="road", accident="no", words=words)
        self.send("nearby")
        return self.send("contact", language="fr", **contact)

    def to_sent(self, **contact):
        """The whole form, and the code."""
        self.to_check(**contact)
        self.send("check")
        return self.code()

    def code(self) -> str:
        return re.search(r'data-copy="([^"]+)"', self.get("sent").content.decode())[1]


@pytest.fixture
def walk(client, people):
    """A form just opened."""
    return Walk(client)


@pytest.fixture
def walk_again(client, people):
    """Opens further forms in the same browser."""
    return lambda: Walk(client)


@pytest.fixture
def street_party(monkeypatch, people):
    """A service with every kind of question, in the catalogue while a test runs."""
    from oppidum.cases.declaration import registry
    from oppidum.cases.declaration.checks import check_service
    from tests.portal.street_party import StreetParty

    assert check_service(StreetParty) == []
    monkeypatch.setitem(registry.catalogue(), StreetParty.code, StreetParty)
    registry._versions.cache_clear()
    yield StreetParty
    registry._versions.cache_clear()


@pytest.fixture
def party(street_party):
    """A request filed by Ana Ruiz."""
    from oppidum.cases.filing import file_case, prepare_case
    from oppidum.cases.models import Case

    lon, lat = IN_AUBANE
    raw = {
        "applicant": {"kind": "person", "name": "Ana Ruiz"},
        "contact": {"email": "ana@example.fr"},
        "kind": "meal",
        "day": (clock.today() + timedelta(days=60)).isoformat(),
        "music": "no",
        "where": {"address": "Rue de la République", "lon": lon, "lat": lat},
        "oath": {"agreed": "on", "name": "Ana Ruiz"},
    }
    filed = file_case(prepare_case(street_party, raw, channel="portal"))
    return Case.objects.get(pk=filed.case_id)
