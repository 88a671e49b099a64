"""Situations of the desk: a handful of reports with known teams, days and words."""

from types import SimpleNamespace

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.rules.standing import Actor, Command, Contact
from oppidum.services.living_environment.report import Report
from tests.people_of_town import PASSWORD
from tests.territory.town import IN_AUBANE, IN_BELLEFONT

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign", "note"}))


def report(category="roads.pothole", words="Un trou devant l'école", at=IN_AUBANE, commune="13901", raw=None, **known):
    """File a report, by default a pothole in Aubane."""
    answers = {"roads.pothole": {"where": "road"}, "noise.neighbours": {"what": "music"}}.get(category, {})
    defaults = {"lon": at[0], "lat": at[1], "commune": commune, "channel": "portal", "address": "Rue de la République"}
    return file_case(prepare_case(Report, {"category": category, "words": words} | answers | (raw or {}), **defaults | known))


@pytest.fixture
def cases(people, moved):
    """Six reports, seen from Wednesday 10 March 2027, 9 h.

    | name | what | team | where it stands |
    | --- | --- | --- | --- |
    | hole | pothole in Aubane, by Zoé | roads | assigned, due Monday 15 March, Ana has it |
    | old | pothole in Bellefont, filed in January | roads | assigned, late |
    | asked | pothole in Aubane | roads | waiting for the resident |
    | noise | noise in Aubane | Aubane's own | assigned |
    | stray | other, nobody's remit | none | to qualify |
    | done | pothole in Bellefont | roads | done |
    """
    zoe = Contact("Zoé Mercadier", "zoe@example.org", "+33612345678", "fr")
    with moved(2027, 1, 4, 9):
        old = report(at=IN_BELLEFONT, commune="13902", words="Nid-de-poule ancien")
    with moved(2027, 3, 1, 9):
        found = SimpleNamespace(
            hole=report(contact=zoe),
            old=old,
            asked=report(words="Un trou quelque part"),
            noise=report("noise.neighbours", "Musique la nuit"),
            stray=report("other.other", "Autre chose"),
            done=report(at=IN_BELLEFONT, commune="13902", words="Trou comblé depuis", contact=zoe),
        )
        act_on(found.hole.case_id, Command("give_to", ANA, {"officer": people.ana.pk}))
        act_on(found.asked.case_id, Command("ask_resident", ANA, {"message": "Quel numéro ?"}))
        act_on(found.done.case_id, Command("finish", ANA, {"what_was_done": "Rebouché"}))
    return found


@pytest.fixture
def now(moved):
    """Wednesday 10 March 2027, 9 h."""
    with moved(2027, 3, 10, 9):
        yield


@pytest.fixture
def desk(client, cases, now):
    """A browser for each officer: `desk("ana")` is signed in."""
    from django.test import Client

    def sign_in(name: str) -> Client:
        browser = Client()
        assert browser.login(username=name, password=PASSWORD)
        return browser

    return sign_in
