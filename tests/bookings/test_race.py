"""Sixty-four connections at once on the real database: whatever the interleaving, nothing is overbooked and nobody is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppidum.bookings.calendars import verify
from oppidum.bookings.errors import QuotaReached, SlotFull
from oppidum.bookings.models import Booking, Slot
from oppidum.bookings.rules.terms import Quota, Terms
from oppidum.bookings.taking import free, move, take
from oppidum.bookings.wishes import Taken
from oppidum.core import clock
from oppidum.core.errors import NotFound, Refusal
from tests.bookings import scenes
from tests.bookings.scenes import slot, wish

CROWD = 64
pytestmark = pytest.mark.django_db(transaction=True)


def together(tasks: list) -> list:
    """Run the tasks at once, each on a connection of its own, all let go at the same instant."""
    gate = threading.Barrier(len(tasks))

    def run(task):
        try:
            with clock.at(scenes.NOW):
                connections["default"].ensure_connection()
                gate.wait()
                return task()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.fixture
def room_for_a_crowd(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("show max_connections")
        if int(cursor.fetchone()[0]) < CROWD + 10:
            pytest.fail("the test cluster must allow 80 connections")


def take_or_next(number: int) -> tuple[str, bool]:
    """Take the morning of the 3rd, or whatever is free next; and whether the first wish was refused."""
    place, refused = slot("truck-a", 3), False
    while True:
        try:
            taken = take(wish(place, reference=f"case-{number}", areas=frozenset({"13901"})))
            return str(taken.place), refused
        except SlotFull as full:
            place, refused = str(full.nearest[0]), True


def test_one_last_place_goes_to_exactly_one_and_the_others_get_the_next(room_for_a_crowd, town):
    scenes.load_trucks(capacity=1, days=120)
    got = together([lambda n=n: take_or_next(n) for n in range(CROWD)])
    assert sum(not refused for _, refused in got) == 1
    assert len({place for place, _ in got}) == CROWD
    assert verify() == []


def test_berths_are_given_once_each(room_for_a_crowd, harbour):
    got = together([lambda n=n: take(wish(f"p{n % 3 + 1}@2027-07-{n % 5 + 1:02}/2027-07-{n % 5 + 4:02}")) for n in range(CROWD)])
    stays = sorted((b.resource_id, b.nights.lower, b.nights.upper) for b in Booking.objects.all())
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in zip(stays, stays[1:], strict=False))
    assert {type(g) for g in got} <= {Taken, SlotFull}


def test_a_household_that_clicks_everywhere_at_once_stays_within_its_quota(room_for_a_crowd, town):
    scenes.load_trucks(days=120)
    terms = Terms(quota=Quota(4, "year"))
    days = Slot.objects.filter(resource__code="truck-a").values_list("day", flat=True)[1 : CROWD + 1]
    got = together([lambda d=d: take(wish(f"truck-a@{d}T08:00/12:00", requester="household", terms=terms)) for d in days])
    assert sum(isinstance(g, Taken) for g in got) == 4
    assert sum(isinstance(g, QuotaReached) for g in got) == CROWD - 4


def test_one_key_sent_by_all_is_one_booking(room_for_a_crowd, trucks):
    got = together([lambda: take(wish(slot("truck-a", 3), key="same", amount=1))] * CROWD)
    assert len({g.booking_id for g in got}) == 1
    assert sum(g.is_new for g in got) == 1
    assert Booking.objects.count() == 1


def test_places_change_hands_without_a_deadlock(room_for_a_crowd, town):
    scenes.load_trucks(capacity=CROWD, days=4)
    for n in range(CROWD):
        take(wish(slot("truck-a", n % 2 + 2), reference=f"case-{n}"))
    got = together([lambda n=n: move(f"case-{n}", wish(slot("truck-a", (n + 1) % 2 + 2))) for n in range(CROWD)])
    assert all(isinstance(g, Taken) for g in got)
    taken = dict(Slot.objects.filter(resource__code="truck-a").values_list("day", "taken"))
    assert (taken[date(2027, 3, 2)], taken[date(2027, 3, 3)]) == (CROWD / 2, CROWD / 2)
    assert verify() == []


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["take", "free", "move"]), st.integers(0, 5), st.integers(2, 5), st.sampled_from([0.5, 1, 2, 3.25, 5, 6])
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_no_sequence_of_acts_breaks_the_sums(acts, trucks):
    Booking.objects.update(instead_of=None)
    Booking.objects.all().delete()
    for what, who, day, amount in acts:
        try:
            if what == "take":
                take(wish(slot("truck-a", day), reference=str(who), amount=amount))
            elif what == "free":
                free(str(who))
            else:
                move(str(who), wish(slot("truck-a", day), amount=amount))
        except (SlotFull, NotFound):
            pass
    assert verify() == []
    assert all(0 <= s.taken <= s.capacity for s in Slot.objects.all())
