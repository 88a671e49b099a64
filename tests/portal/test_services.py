"""The catalogue and the page of a service: found by the words that people use, told from the declaration alone."""

import re
from datetime import date

import pytest

from oppidum.cases.declaration import Campaign, Service, Since, dated
from oppidum.cases.searching import find_services
from oppidum.core import clock
from oppidum.services.living_environment.report import Report
from oppidum.web.portal.season import find_season
from tests.people_of_town import PASSWORD


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("words", ["fête", "vide grenier", "brocantte", "kermese", "fermer ma rue"])
def test_a_service_is_found_by_the_words_that_people_use(street_party, words):
    assert street_party in find_services(words, "fr", [Report, street_party])[:2]


def test_a_bin_is_a_problem_to_report(client, street_party):
    page = client.get("/services/", {"q": "poubelle"})
    assert "/report/?category=collection" in page.content.decode()
    assert client.get("/services/found/", {"q": "xyzzy"}).status_code == 200


def test_the_catalogue_stands_by_theme(client, street_party):
    page = text(client.get("/services/"))
    assert "Se déplacer" in page and "Fermer sa rue" in page and "Signaler un problème" in page


def test_the_page_of_a_service_is_told_from_its_declaration(client, street_party):
    page = text(client.get("/services/street-party/"))
    for told in (
        "Un particulier",
        "200 stands",
        "Un plan du tronçon",
        "dans certains cas",
        "2 mois",
        "Le silence",
        "environ 8 minutes",
        "CRPA, art. L231-1",
    ):
        assert told in page, told
    assert "Location de barrières" in page and "15 jours ouvrés" in page


def test_what_is_not_verified_is_told_to_officers_alone(client, street_party, people):
    assert "À vérifier, art. 3" not in text(client.get("/services/street-party/"))
    client.login(username="ana", password=PASSWORD)
    assert "À vérifier, art. 3" in text(client.get("/services/street-party/"))


def test_a_service_without_applicants_is_nobodys_to_ask_for(client, street_party, monkeypatch):
    monkeypatch.setattr(street_party, "applicants", ())
    assert client.get("/services/street-party/").status_code == 404
    assert client.post("/services/street-party/ask/").status_code == 404


def test_the_home_page_leads_to_the_services(client, street_party):
    assert "/services/" in client.get("/").content.decode()


def test_pages_of_services_ask_the_database_little(client, street_party, django_assert_max_num_queries):
    client.get("/services/")
    with django_assert_max_num_queries(3):
        client.get("/services/")
    with django_assert_max_num_queries(4):
        client.get("/services/street-party/")


class InMay(Service):
    """A service of one month (mai)."""

    campaign = Campaign(opens="opens", closes="closes")
    rules = {
        "opens": dated(Since("2020-01-01", "2027-05-01T09:00", source="Règlement"), label="Opens"),
        "closes": dated(Since("2020-01-01", "2027-05-31", source="Règlement"), label="Closes"),
    }


@pytest.mark.parametrize(
    ("moment", "is_open", "opens", "closes"),
    [
        ((2027, 5, 1, 8), False, date(2027, 5, 1), None),
        ((2027, 5, 1, 9), True, None, date(2027, 5, 31)),
        ((2027, 5, 31, 23), True, None, date(2027, 5, 31)),
        ((2027, 6, 1, 0), False, None, None),
    ],
)
def test_a_campaign_begins_at_its_hour_and_lasts_until_the_end_of_its_last_day(moved, moment, is_open, opens, closes):
    with moved(*moment):
        season = find_season(InMay, clock.now())
    assert (season.is_open, season.opens, season.closes) == (is_open, opens, closes)
