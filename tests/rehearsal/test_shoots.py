"""The film shoot of the demonstration meets works, a market and another shoot, and its officer is told."""

import pytest

from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case
from oppidum.cases.overlapping import list_met
from oppidum.core import clock
from oppidum.rehearsal.shoots import rehearse_shoots
from oppidum.services.economy.film_shoot import FilmShoot
from oppidum.services.institution.project import Project
from tests.territory.town import IN_AUBANE

pytestmark = pytest.mark.django_db


def test_the_shoot_of_the_demonstration_meets_works_a_market_and_another_shoot(people, settings, tmp_path, moved):
    settings.MEDIA_ROOT = tmp_path
    with moved(2026, 11, 26, 9):
        where = {"address": "Place", "lon": IN_AUBANE[0], "lat": IN_AUBANE[1]}
        works = {"title": "Tramway", "theme": "mobility", "summary": "Une ligne.", "where": where, "is_public": True}
        file_case(prepare_case(Project, works, channel="desk"))
        assert rehearse_shoots(clock.today(), IN_AUBANE) == 3
        series = Case.objects.select_related("live").get(service=FilmShoot.code, answers__film="La Digue")
        met = {one.case.service for one in list_met(FilmShoot, series)}
    assert series.live.step == "review" and met == {"project", "public-event", "film-shoot"}


def test_on_the_ground_of_another_authority_no_shoot_is_rehearsed(people):
    assert rehearse_shoots(clock.today()) == 0 and not Case.objects.exists()
