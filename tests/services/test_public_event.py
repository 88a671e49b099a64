"""Events on public ground: entered once, seen by shoots and works on the same ground in the same days, counted when they are over."""

from datetime import date

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case
from oppidum.cases.overlapping import list_met
from oppidum.cases.preparing import prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import Actor
from oppidum.cases.sweeping import sweep
from oppidum.figures.computing import Period, compute
from oppidum.services.economy.public_event import PublicEvent
from tests.services.test_film_shoot import FilmShoot, spot
from tests.services.test_film_shoot import ask as shoot

pytestmark = pytest.mark.django_db
AGENT = Actor("officer", 1, "Ana", frozenset({"act"}))


def enter(first="2027-04-06", last="2027-04-06", **changed):
    raw = {
        "title": "Marché aux santons",
        "kind": "market",
        "where": spot(40),
        "during": {"from": first, "to": last},
        "closes": True,
        "organiser": "Ville d'Aubane",
        "contact": {"name": "Léa", "email": "lea@example.org"},
    } | changed
    return file_case(prepare_case(PublicEvent, raw, channel="desk"))


def do(filed, action, **raw):
    return act_on(filed.case_id, prepare(PublicEvent, action, raw, AGENT))


def test_a_shoot_sees_the_market_of_its_street_and_the_market_sees_the_shoot(settings, tmp_path, people, moved):
    settings.MEDIA_ROOT = tmp_path
    with moved(2027, 3, 1, 9):
        market, film = enter(), shoot("2027-04-05", "2027-04-07")
        assert [met.case.code for met in list_met(FilmShoot, Case.objects.get(pk=film.case_id))] == [market.code]
        assert [met.case.code for met in list_met(PublicEvent, Case.objects.get(pk=market.case_id))] == [film.code]
        do(market, "move", during={"from": "2027-04-08", "to": "2027-04-08"})
        assert list_met(FilmShoot, Case.objects.get(pk=film.case_id)) == []
        do(market, "move", during={"from": "2027-04-07", "to": "2027-04-08"})
        do(market, "cancel", cancelled_because="Mistral.")
        assert list_met(FilmShoot, Case.objects.get(pk=film.case_id)) == []


def test_an_event_is_over_the_day_after_its_last_and_counts_once_with_its_visitors(people, moved):
    with moved(2027, 3, 1, 9):
        event = enter()
        do(event, "move", during={"from": "2027-04-10", "to": "2027-04-11"})
    with moved(2027, 4, 12, 9):
        assert sweep() == 0
    with moved(2027, 4, 13, 9):
        sweep()
        assert do(event, "held", visitors=1_200).step == "held"
        with pytest.raises(NotNow):
            do(event, "held", visitors=1_300)
        year = Period(date(2027, 1, 1), date(2027, 12, 31))
        assert [compute(name, year).value for name in ("events-held", "events-visitors")] == [1, 1_200]
    with moved(2027, 4, 13, 9):
        other = enter("2027-04-14", "2027-04-14")
    with moved(2027, 6, 30, 9):
        sweep()
        assert read_standings([other.case_id])[other.case_id].step == "held" and do(other, "held", visitors=300).step == "held"
