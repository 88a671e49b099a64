"""Facilities as everybody sees them: open until when, closed why, open again when; and what is booked at this hour, called what it is."""

import json
from datetime import date, datetime, time

import pytest
from django.test import Client

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Exceptional, Opening, Resource, Site
from oppidum.bookings.taking import take
from oppidum.bookings.visiting import find_facility, list_facilities
from oppidum.bookings.wishes import Wish
from oppidum.core import clock
from oppidum.territory.models import Commune

pytestmark = pytest.mark.django_db


def at(month, day, hour=10, minute=0):
    return clock.at(datetime(2027, month, day, hour, minute, tzinfo=clock.PARIS))


@pytest.fixture
def pools(people):
    """Gardanne opens on Mondays from 12 to 14 and from 17 to 20, on Saturdays from 9 to 13; Pertuis is closed for works until 20 March 2027."""
    found = {}
    for code, name in (("gardanne", "Piscine de Gardanne"), ("pertuis", "Piscine de Pertuis")):
        site = Site.objects.create(code=code, name=name, commune=Commune.objects.members().first())
        hours = Resource.objects.create(code=f"{code}-public", kind="public-hours", name="Ouverture", site=site)
        for weekday, starts, ends in ((1, 12, 14), (1, 17, 20), (6, 9, 13)):
            Opening.objects.create(resource=hours, weekday=weekday, starts=time(starts), ends=time(ends))
        found[code] = hours
    works = {"first_day": date(2027, 3, 1), "last_day": date(2027, 3, 20), "reason": "Travaux"}
    Exceptional.objects.create(resource=found["pertuis"], **works)
    lanes = {"kind": "facility", "name": "Lignes d’eau", "unit": "lignes", "capacity": 6, "site": found["gardanne"].site}
    lanes = Resource.objects.create(code="gardanne-lanes", **lanes)
    Opening.objects.create(resource=lanes, weekday=1, starts=time(12), ends=time(14), minutes=60)
    with at(3, 7):
        make_slots(date(2027, 3, 1), date(2027, 3, 31), [lanes])
    return found


def read(path):
    return Client().get(path, headers={"accept-language": "fr"})


def words(path):
    return read(path).content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_the_page_leads_to_what_can_be_booked_there_and_to_nothing_else(pools):
    with at(3, 8, 12, 30):
        assert '/services/facility-booking/"' in words("/facilities/gardanne/")
        assert '/services/facility-booking/"' not in words("/facilities/pertuis/")


def test_open_now_says_until_when_and_closed_says_when_next(pools):
    with at(3, 8, 12, 30):  # a Monday
        page = words("/facilities/")
        assert "Ouvert jusqu’à 14 h" in page and "Fermé, ouvre lundi 22 mars" in page
        assert page.index("Gardanne") < page.index("Pertuis")
    for now, said in (((3, 8, 15), "aujourd’hui à 17 h"), ((3, 5, 18), "demain à 9 h"), ((3, 8, 21), "samedi 13 mars à 9 h")):
        with at(*now):
            assert f"Fermé, ouvre {said}" in words("/facilities/gardanne/")
    with at(3, 8, 14):
        assert find_facility("gardanne").open_span(clock.now()) is None


def test_a_closing_tells_its_reason_and_its_days_at_once_and_a_holiday_says_so(pools):
    with at(3, 8):
        page = words("/facilities/pertuis/")
        assert "Travaux" in page and "du lundi 8 mars au samedi 20 mars" in page
        # Easter Monday, 29 March 2027.
        assert "lundi 29 mars" in page and "Jour férié" in page


def test_other_hours_of_a_day_replace_those_of_the_week(pools):
    with at(3, 8):
        hours = {"starts": time(10), "ends": time(11), "reason": "Compétition"}
        Exceptional.objects.create(resource=pools["gardanne"], first_day=date(2027, 3, 13), last_day=date(2027, 3, 13), **hours)
        page = words("/facilities/gardanne/?lang=en")
        assert "from 10:00 to 11:00" in page and "Compétition" in page


def test_what_is_booked_at_this_hour_is_told_as_bookings_and_not_as_visitors(pools):
    with at(3, 7):
        take(Wish(key="k", place="gardanne-lanes@2027-03-08T12:00/13:00", kind="facility", amount=2, reference="X"))
    with at(3, 8, 12, 30):
        page = words("/facilities/gardanne/")
        assert "2 sur 6 lignes réservées" in page and "rien ne compte les personnes" in page
    with at(3, 8, 13, 30):
        assert find_facility("gardanne").booked[0].taken == 0
    with at(3, 8, 15):
        assert find_facility("gardanne").booked == ()


def test_its_hours_are_data_that_a_search_engine_reads_and_a_calendar_that_a_telephone_subscribes_to(pools):
    with at(3, 8, 12, 30):
        told = json.loads(read("/facilities/pertuis/hours.jsonld").content)
        assert {"dayOfWeek": "https://schema.org/Saturday", "opens": "09:00", "closes": "13:00"}.items() <= told[
            "openingHoursSpecification"
        ][2].items()
        closed = [one for one in told["specialOpeningHoursSpecification"] if one["opens"] == one["closes"] == "00:00"]
        assert [one["validFrom"] for one in closed][:2] == ["2027-03-08", "2027-03-09"]
        lines = read("/facilities/gardanne/hours.ics").content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and "DTSTART:20270308T110000Z" in lines and max(len(line.encode()) for line in lines) <= 75
    assert not any(line.startswith("DTSTART:20270329") for line in lines)


def test_however_many_there_are_the_page_costs_the_same(pools, django_assert_max_num_queries):
    for n in range(10):
        site = Site.objects.create(code=f"p{n}", name=f"Piscine {n}")
        Resource.objects.create(code=f"p{n}-public", kind="public-hours", name="Ouverture", site=site)
    with at(3, 8), django_assert_max_num_queries(5):
        assert len(list_facilities()) == 12


def test_a_site_without_public_hours_has_no_page(pools):
    Site.objects.create(code="harbour", name="Port")
    assert read("/facilities/harbour/").status_code == 404
