"""Pools and sports grounds: lanes as long as there are any, hours with their exceptions, a list for each day where all is taken."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connections

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.errors import Closed, OtherModel, SlotFull, TooLate
from oppidum.bookings.models import Booking, Exceptional, Opening, Resource, Site, Slot
from oppidum.bookings.waiting import find_rank, list_ranks
from oppidum.cases.acting import act_on
from oppidum.cases.booking.terms import find_booking, find_places
from oppidum.cases.booking.times import close, sweep_offers
from oppidum.cases.declaration import compute_fee
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Mail
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.errors import NotEligible
from oppidum.cases.rules.standing import RESIDENT, Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.figures.computing import Period, compute
from oppidum.payments.statements import statement_of
from oppidum.services.ecology_culture_sport.facility_booking import FacilityBooking
from tests.services.doing import deliver, step_of

NOW = datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)
TEAM = Actor("officer", 1, "Lou", frozenset({"act", "note"}))
CLUB = {"kind": "association", "name": "Les Nageurs d'Aubane", "number": "W131000101"}
SCHOOL = {"kind": "commune", "name": "École Jean-Jaurès", "number": "73282932000074"}
CROWD = 8


def open_pool(team) -> Resource:
    """The pool of Gardanne: four lanes an hour from 18 to 20, Monday to Friday; emptied from 15 to 19 March."""
    pool = Site.objects.create(code="pool-gardanne", name="Piscine de Gardanne")
    lanes = Resource.objects.create(
        code="gardanne-lanes", kind="facility", model="lane", name="Lignes d'eau", site=pool, capacity=4, team=team
    )
    Opening.objects.bulk_create(
        Opening(resource=lanes, weekday=day, starts=time(18), ends=time(20), minutes=60) for day in range(1, 6)
    )
    Exceptional.objects.create(resource=lanes, first_day=date(2027, 3, 15), last_day=date(2027, 3, 19), reason="Vidange")
    make_slots(date(2027, 3, 1), date(2027, 6, 30), [lanes])
    return lanes


@pytest.fixture
def pool(people, moved):
    with clock.at(NOW):
        yield open_pool(people.cleanliness)


def hour(day: int, at: int = 18) -> str:
    return f"gardanne-lanes@2027-03-{day:02}T{at}:00/{at + 1}:00"


def new(place="", *, name="ada", who="club", lanes=1, **changed):
    raw = {
        "who": who, "body": SCHOOL if who in ("primary", "secondary") else CLUB, "kind": "lane", "facility": "pool-gardanne", "people": 6,
        "lanes": lanes, "place": place, "contact": {"name": name, "email": f"{name}@example.org"}, "insured": "yes",
    } | changed  # fmt: skip
    return prepare_case(FacilityBooking, raw, channel="portal")


def book(*args, **given):
    filed = file_case(new(*args, **given))
    deliver()
    return filed


def do(filed, action, actor=TEAM, **raw):
    return act_on(filed.case_id, prepare(FacilityBooking, action, raw, actor))


def left(day: int, at: int = 18) -> int:
    slot = Slot.objects.get(starts_at=datetime(2027, 3, day, at, tzinfo=clock.PARIS))
    return int(slot.capacity - slot.taken)


def test_a_club_takes_its_lanes_and_leaves_the_others(pool):
    filed = book(hour(8), lanes=3)
    assert (step_of(filed), left(8), left(8, 19)) == ("booked", 1, 4)
    with pytest.raises(SlotFull):
        book(hour(8), lanes=2, name="bob")


def test_what_is_offered_knows_the_emptying_and_public_holidays(pool):
    offered = find_places(
        FacilityBooking, find_booking(FacilityBooking, "place"), {"facility": "pool-gardanne", "kind": "lane", "lanes": 4}
    )
    days = {one.place.day for one in offered}
    assert date(2027, 3, 12) in days and date(2027, 3, 22) in days and date(2027, 3, 29) not in days
    assert not any(date(2027, 3, 15) <= day <= date(2027, 3, 19) for day in days)
    with pytest.raises(Closed):
        book(hour(16))


def test_a_lane_is_no_hall_and_a_hall_is_not_at_the_pool(pool):
    Resource.objects.create(code="hall", kind="facility", model="hall", name="Halle", site=pool.site)
    with pytest.raises(NotEligible):
        new(kind="hall", wanted_on="2027-03-08")
    Resource.objects.filter(code="gardanne-lanes").update(model="cycle")
    with pytest.raises(OtherModel):
        book(hour(8))


@pytest.mark.parametrize(
    ("answers", "is_allowed"),
    [
        ({"who": "club", "lanes": 2, "people": 16}, True),
        ({"who": "club", "lanes": 2, "people": 17}, False),
        ({"who": "resident", "lanes": 1}, True),
        ({"who": "resident", "lanes": 2}, False),
        ({"who": "club", "kind": "cycle"}, False),
        ({"who": "primary", "kind": "cycle"}, True),
        ({"who": "primary", "kind": "season"}, False),
        ({"kind": "hall", "facility": "sports-peyrolles"}, False),
        ({"kind": "pitch", "facility": "sports-peyrolles"}, True),
    ],
)
def test_who_may_ask_for_what(answers, is_allowed, town):
    with clock.at(NOW):
        if is_allowed:
            assert new(wanted_on="2027-03-08", **answers)
        else:
            with pytest.raises(NotEligible):
                new(wanted_on="2027-03-08", **answers)


@pytest.mark.parametrize(
    ("use", "who", "lanes", "euros"),
    [("lane", "club", 2, 16), ("lane", "resident", 1, 20), ("cycle", "primary", None, 0), ("cycle", "secondary", None, 150), ("season", "club", None, 450), ("hall", "firm", None, 60)],
)  # fmt: skip
def test_the_price_goes_by_what_is_booked_and_by_whom(use, who, lanes, euros):
    assert (
        compute_fee(FacilityBooking, "hire", {"kind": use, "who": who, "lanes": lanes, "today": "2027-03-01"}).total_cents
        == euros * 100
    )


def test_three_days_ahead_one_still_cancels_and_owes_nothing_later_the_team_may_excuse(pool, moved):
    filed, other = book(hour(12)), book(hour(12), name="bob")
    assert statement_of(filed.case_id).due_cents == 800
    with moved(2027, 3, 9, 17, 59):
        do(filed, "cancel", RESIDENT)
        deliver()
        assert statement_of(filed.case_id).due_cents == 0
    with moved(2027, 3, 9, 18):
        with pytest.raises(TooLate):
            do(other, "cancel", RESIDENT)
        do(other, "excuse", why="Orage")
        deliver()
    assert (left(12), statement_of(other.case_id).due_cents) == (4, 0)


def test_where_all_is_taken_one_waits_for_a_day_and_is_offered_what_comes_free_on_it(pool, moved):
    full = book(hour(8), lanes=4)
    book(hour(8, 19), lanes=4, name="eve")
    club, school, other = (
        book(name=name, who=who, wanted_on=f"2027-03-{day:02}", lanes=2)
        for name, who, day in (("bob", "club", 8), ("cid", "primary", 8), ("dan", "club", 12))
    )
    assert [step_of(one) for one in (club, school, other)] == ["waiting"] * 3
    ranks = list_ranks("facility", "pool-gardanne")
    assert [(one.day, one.rank, one.of, one.reference) for one in ranks] == [
        (date(2027, 3, 8), 1, 2, school.code), (date(2027, 3, 8), 2, 2, club.code), (date(2027, 3, 12), 1, 1, other.code),
    ]  # fmt: skip
    do(full, "cancel", RESIDENT)
    assert sweep_offers() == 3  # Four lanes are free on the 8th, two for each; the 12th was never full.
    assert [step_of(one) for one in (club, school, other)] == ["offered"] * 3 and left(8) == 0
    do(school, "accept", RESIDENT)
    with moved(2027, 3, 3, 0, 1):
        sweep_offers()
    assert [step_of(one) for one in (school, club)] == ["booked", "waiting"]


def test_a_time_turned_down_is_not_offered_again(pool):
    book(hour(8), lanes=4)
    waits = book(name="bob", wanted_on="2027-03-08")
    sweep_offers()
    assert step_of(waits) == "offered"
    do(waits, "decline", RESIDENT)
    assert sweep_offers() == 0 and find_rank("facility", waits.code).rank == 1


def test_who_waits_is_told_when_the_day_is_over(pool, moved):
    book(hour(8), lanes=4)
    book(hour(8, 19), lanes=4, name="eve")
    waits = book(name="bob", wanted_on="2027-03-08")
    with moved(2027, 3, 9, 0, 1):
        sweep()
        deliver()
    assert step_of(waits) == "no_place" and find_rank("facility", waits.code) is None
    assert "Aucune place" in Mail.objects.filter(case_id=waits.case_id).last().subject


def test_a_pool_that_closes_moves_its_bookings_each_told(pool):
    filed = book(hour(12), lanes=4)
    came_to = close(pool, date(2027, 3, 10), date(2027, 3, 19), "Panne")
    deliver()
    assert not came_to.unplaced and Booking.objects.get(reference=filed.code, state="taken").day == date(2027, 3, 9)
    assert "déplacer" in Mail.objects.filter(case_id=filed.case_id).last().subject


def test_who_came_is_counted_each_week_of_a_cycle_and_once_for_a_lane(pool, moved):
    Resource.objects.filter(code="gardanne-lanes").update(model="cycle")
    swims = book(hour(8), who="primary", kind="cycle", lanes="")
    Resource.objects.filter(code="gardanne-lanes").update(model="lane")
    trains = book(hour(8, 19))
    with moved(2027, 3, 8, 21):
        do(swims, "count", present=24)
        do(trains, "held", present=5)
    with moved(2027, 5, 17, 21):
        do(swims, "held", present=22)
    year = Period.year(2027)
    names = ("facility-attendance", "facility-bookings-held", "facility-classes", "facility-primary-classes")
    assert [compute(name, year).value for name in names] == [51, 2, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_of_a_crowd_at_four_lanes_four_swim(people):
    with clock.at(NOW):
        open_pool(people.cleanliness)
    gate = threading.Barrier(CROWD)

    def try_it(number):
        try:
            with clock.at(NOW):
                wanted = new(hour(8), name=f"swimmer{number}", who="resident")
                gate.wait()
                return file_case(wanted)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as crowd:
        outcomes = list(crowd.map(try_it, range(CROWD)))
    refused = [one for one in outcomes if isinstance(one, Refusal)]
    assert len(refused) == CROWD - 4 == CROWD - Booking.objects.count() and {type(one) for one in refused} == {SlotFull}
    assert all(one.nearest[0].place.day - date(2027, 3, 8) <= timedelta(1) for one in refused)
