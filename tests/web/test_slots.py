"""Choosing a free time in a form: by day, in words, without a script."""

from datetime import date, datetime, timedelta

import pytest
from django.template import Context, Template

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Opening, Resource
from oppidum.core import clock
from oppidum.services.living_environment.bulky_waste import BulkyWaste
from oppidum.web.questions import draw_questions
from oppidum.web.slots import offer_slots

pytestmark = pytest.mark.django_db
PAGE = BulkyWaste.form.page("time").questions
HERE = {"volume_m3": 1.5, "address": {"commune": "13901", "zones": []}}


@pytest.fixture
def trucks(people):
    """Two trucks of Aubane, at the same hours of each working day."""
    trucks = [
        Resource.objects.create(code=f"truck-{n}", kind="bulky-truck", name=f"T{n}", serves=["13901"], capacity=n, unit="m3")
        for n in (4, 5)
    ]
    for truck in trucks:
        Opening.objects.bulk_create(Opening(resource=truck, weekday=d, starts="08:00", ends="12:00") for d in range(1, 6))
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)):
        make_slots(date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=60), trucks)
        yield trucks


def drawn(known, typed=None):
    slots = offer_slots(BulkyWaste, PAGE, known, typed)
    questions = draw_questions(PAGE, typed or {}, known=known, slots=slots)
    return Template("{% questions drawn %}").render(Context({"drawn": questions}))


def test_times_stand_by_day_in_words(trucks):
    page = drawn(HERE)
    assert "Mercredi 3\xa0mars" in page and "De 8\xa0h à 12\xa0h" in page
    assert 'type="radio" name="pickup" id="id_pickup" value="truck-5@2027-03-03T08:00/12:00"' in page
    assert "Jours suivants" in page


def test_two_trucks_at_the_same_hours_are_one_offer(trucks):
    assert "truck-4@" not in drawn(HERE)


def test_what_was_chosen_comes_back_chosen(trucks):
    chosen = "truck-5@2027-03-04T08:00/12:00"
    assert f'value="{chosen}" checked' in drawn(HERE, {"pickup": chosen})


def test_no_two_inputs_share_an_id(trucks):
    ids = [part.split('"')[0] for part in drawn(HERE).split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_where_no_truck_comes_a_sentence_says_so(trucks):
    page = drawn(HERE | {"address": {"commune": "13902"}})
    assert "ne dessert pas cette adresse" in page and "radio" not in page


def test_where_nothing_is_free_a_sentence_says_what_to_do(trucks):
    assert "revenez voir demain" in drawn(HERE | {"volume_m3": 30})
