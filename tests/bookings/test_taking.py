"""Places are taken, moved and given back, and refused by name."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from oppidum.bookings.calendars import make_slots, verify
from oppidum.bookings.errors import Closed, DoesNotFit, OutOfArea, QuotaReached, SlotFull, TooLate
from oppidum.bookings.finding import find_free, find_free_nights
from oppidum.bookings.models import Booking, Exceptional, Slot
from oppidum.bookings.rules.terms import Quota, Terms
from oppidum.bookings.taking import change, free, move, take
from oppidum.bookings.wishes import Parting, Taken
from oppidum.core.clock import PARIS
from oppidum.core.errors import NotFound
from tests.bookings.scenes import NOW, TODAY, slot, wish

pytestmark = pytest.mark.django_db


def left(place: str) -> Decimal:
    code, _, day = place.partition("@")
    found = Slot.objects.get(resource__code=code, day=day[:10])
    return found.capacity - found.taken


def test_a_place_taken_is_no_longer_free(trucks):
    take(wish(slot("truck-a", 3), amount=2.5))
    assert left(slot("truck-a", 3)) == Decimal("2.5")


def test_the_same_key_is_the_same_booking(trucks):
    first = take(wish(slot("truck-a", 3), key="k"))
    again = take(wish(slot("truck-a", 4), key="k"))
    assert (again.booking_id, again.place, again.is_new) == (first.booking_id, first.place, False)


def test_what_does_not_fit_in_the_truck_is_refused_with_the_next_free_ones(trucks):
    take(wish(slot("truck-a", 3), amount=4))
    with pytest.raises(SlotFull) as refused:
        take(wish(slot("truck-a", 3), amount=2, areas=frozenset({"13901"})))
    assert [str(f) for f in refused.value.nearest[:2]] == [slot("truck-a", 2), slot("truck-a", 4)]


def test_a_small_load_still_fits_where_a_large_one_was_refused(trucks):
    first, large, small = change(
        [
            wish(slot("truck-a", 3), key="1", amount=4),
            wish(slot("truck-a", 3), key="2", amount=2),
            wish(slot("truck-a", 3), key="3"),
        ],
        (),
    )
    assert isinstance(first, Taken) and isinstance(large, SlotFull) and isinstance(small, Taken)


def test_the_database_refuses_an_overbooking_whoever_writes_it(trucks):
    taken = take(wish(slot("truck-a", 3), amount=4))
    held = Booking.objects.get(pk=taken.booking_id)
    with pytest.raises(IntegrityError, match="no_slot_is_overbooked"), transaction.atomic():
        Booking.objects.create(
            key="by hand", kind="truck", resource_id=held.resource_id, slot_id=held.slot_id, day=held.day, amount=2, taken_at=NOW
        )
    with pytest.raises(IntegrityError, match="no_slot_is_overbooked"), transaction.atomic():
        Booking.objects.filter(pk=held.pk).update(amount=6)


def test_nobody_but_the_database_writes_the_sum(trucks):
    with pytest.raises(IntegrityError, match="sum of the slot's bookings"), transaction.atomic():
        Slot.objects.update(taken=0.5)


def test_the_database_refuses_a_night_booked_twice(harbour):
    take(wish("p1@2027-07-01/2027-07-05"))
    berth = harbour.resources.get(code="p1")
    with pytest.raises(IntegrityError, match="no_night_is_booked_twice"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into bookings_booking (key, kind, resource_id, nights, day, amount, size, requester, reference, state, taken_at)"
            " values ('x', 'berth', %s, '[2027-07-04,2027-07-06)', '2027-07-04', 1, '{}', '', '', 'taken', now())",
            [berth.pk],
        )


def test_the_day_of_departure_is_free_for_the_next(harbour):
    take(wish("p1@2027-07-01/2027-07-05"))
    take(wish("p1@2027-07-05/2027-07-06"))
    with pytest.raises(SlotFull):
        take(wish("p1@2027-07-04/2027-07-05"))


def test_a_stay_that_is_full_is_refused_with_the_next_berths_and_days(harbour):
    for berth in ("p1", "p2", "p3"):
        take(wish(f"{berth}@2027-07-01/2027-07-05"))
    with pytest.raises(SlotFull) as refused:
        take(wish("p1@2027-07-02/2027-07-04", reference="late", size={"length_m": 5}))
    assert str(refused.value.nearest[0]) in ("p1@2027-06-29/2027-07-01", "p1@2027-07-05/2027-07-07")


def test_the_smallest_berth_that_fits_is_offered_first(harbour):
    found = find_free_nights("berth", date(2027, 7, 1), date(2027, 7, 3), size={"length_m": 7})
    assert [f.name for f in found] == ["P2", "P3"]


def test_a_boat_too_long_for_the_berth_is_refused(harbour):
    with pytest.raises(DoesNotFit) as refused:
        take(wish("p1@2027-07-01/2027-07-03", size={"length_m": 7}))
    assert refused.value.details["measure"] == "length_m"


def test_four_a_year_and_no_fifth(trucks):
    terms = Terms(quota=Quota(4, "year"))
    for day in (3, 4, 5, 8):
        take(wish(slot("truck-a", day), requester="household", terms=terms))
    with pytest.raises(QuotaReached):
        take(wish(slot("truck-a", 9), requester="household", terms=terms))
    take(wish(slot("truck-a", 9), requester="next door", terms=terms))


def test_a_place_given_back_counts_no_more(trucks):
    terms = Terms(quota=Quota(1, "month"))
    take(wish(slot("truck-a", 3), requester="household", reference="case", terms=terms))
    assert [str(p) for p in free("case")] == [slot("truck-a", 3)]
    take(wish(slot("truck-a", 4), requester="household", terms=terms))
    assert left(slot("truck-a", 3)) == 5


def test_a_move_needs_no_second_right_of_the_quota(trucks):
    terms = Terms(quota=Quota(1, "year"))
    take(wish(slot("truck-a", 3), requester="household", reference="case", terms=terms))
    move("case", wish(slot("truck-a", 4), requester="household", terms=terms))
    assert (left(slot("truck-a", 3)), left(slot("truck-a", 4))) == (5, 4)


def test_a_move_to_a_full_slot_keeps_the_old_place(trucks):
    take(wish(slot("truck-a", 4), amount=5))
    take(wish(slot("truck-a", 3), reference="case", amount=2))
    with pytest.raises(SlotFull):
        move("case", wish(slot("truck-a", 4), key="move", amount=2))
    assert left(slot("truck-a", 3)) == 3


def test_a_larger_load_may_stay_where_it_is(trucks):
    take(wish(slot("truck-a", 3), reference="case", amount=3))
    move("case", wish(slot("truck-a", 3), key="more", amount=5))
    assert left(slot("truck-a", 3)) == 0


def test_nothing_to_move_is_not_found(trucks):
    with pytest.raises(NotFound):
        move("nobody", wish(slot("truck-a", 3)))


def test_too_late_too_far_and_closed(trucks):
    terms = Terms(lead_days=2, horizon_days=14)
    with pytest.raises(TooLate):
        take(wish(slot("truck-a", 2), terms=terms))
    with pytest.raises(Closed):
        take(wish(slot("truck-a", 22), terms=terms))
    with pytest.raises(Closed):  # a Saturday
        take(wish(slot("truck-a", 6), terms=terms))
    with pytest.raises(Closed):
        take(wish("not a place"))


def test_an_officer_is_not_bound_by_the_terms_but_by_the_room(trucks):
    terms = Terms(lead_days=2, quota=Quota(1))
    take(wish(slot("truck-a", 2), key="1", requester="h", terms=terms, binding=False, amount=4))
    take(wish(slot("truck-a", 2), key="2", requester="h", terms=terms, binding=False))
    with pytest.raises(SlotFull):
        take(wish(slot("truck-a", 2), key="3", requester="h", terms=terms, binding=False))


def test_a_truck_of_another_sector_does_not_come(trucks):
    with pytest.raises(OutOfArea):
        take(wish(slot("truck-b", 3), areas=frozenset({"13901"})))
    with pytest.raises(OutOfArea):
        find_free("truck", areas={"13999"})


def test_until_the_evening_before_and_not_an_hour_longer(trucks, moved):
    terms = Terms(change_until=time(18))
    take(wish(slot("truck-a", 3), reference="case"))
    with moved(2027, 3, 2, 18), pytest.raises(TooLate):
        free("case", terms=terms)
    with moved(2027, 3, 2, 17, 59):
        assert free("case", terms=terms)
    earlier = Terms(change_until=time(18), change_days=3)
    take(wish(slot("truck-a", 10), reference="later"))
    with moved(2027, 3, 7, 18), pytest.raises(TooLate):
        free("later", terms=earlier)
    with moved(2027, 3, 7, 17, 59):
        assert free("later", terms=earlier)


def test_nights_that_have_begun_are_cut_short(harbour, moved):
    take(wish("p1@2027-03-02/2027-03-12", reference="stay"))
    with moved(2027, 3, 5, 10):
        free("stay")
    kept = Booking.objects.get(reference="stay")
    assert (kept.state, kept.nights.upper) == ("done", date(2027, 3, 5))
    with moved(2027, 3, 5, 11):
        take(wish("p1@2027-03-05/2027-03-12", reference="next"))


def test_a_batch_gives_back_before_it_takes(trucks):
    take(wish(slot("truck-a", 3), reference="old", amount=5))
    taken, freed = change([wish(slot("truck-a", 3), reference="new", amount=5)], [Parting(reference="old")])
    assert isinstance(taken, Taken)
    assert [str(p) for p in freed] == [slot("truck-a", 3)]


def test_free_slots_are_found_within_the_terms(trucks):
    found = find_free("truck", amount=5, areas={"13901"}, terms=Terms(lead_days=2, horizon_days=4))
    assert [str(f) for f in found] == [slot("truck-a", 3), slot("truck-a", 4), slot("truck-a", 5)]


def test_a_public_holiday_and_a_dated_exception_have_no_slots(trucks):
    # Easter Monday 2027 is 29 March.
    assert not Slot.objects.filter(day=date(2027, 3, 29)).exists()
    Exceptional.objects.create(resource=trucks[0], first_day=date(2027, 3, 8), last_day=date(2027, 3, 12), reason="Repair")
    Exceptional.objects.create(
        resource=trucks[0], first_day=date(2027, 3, 6), last_day=date(2027, 3, 6), starts=time(9), ends=time(11), capacity=2
    )
    make_slots(TODAY, TODAY + timedelta(days=30), trucks)
    mine = Slot.objects.filter(resource=trucks[0])
    assert not mine.filter(day__range=(date(2027, 3, 8), date(2027, 3, 12))).exists()
    assert mine.get(day=date(2027, 3, 6)).capacity == 2


def test_new_hours_leave_what_is_booked(trucks):
    take(wish(slot("truck-a", 3), amount=4))
    trucks[0].capacity = 2
    trucks[0].save()
    make_slots(TODAY, TODAY + timedelta(days=30), trucks)
    capacities = dict(Slot.objects.filter(resource=trucks[0]).values_list("day", "capacity"))
    assert (capacities[date(2027, 3, 3)], capacities[date(2027, 3, 4)]) == (4, 2)


def test_slots_keep_the_hours_of_the_wall_clock_in_summer(town):
    from tests.bookings.scenes import load_trucks

    load_trucks(days=60)
    summer = Slot.objects.filter(day=date(2027, 4, 1)).first()
    assert summer.starts_at == datetime(2027, 4, 1, 8, tzinfo=PARIS)


def test_the_sums_are_those_of_the_bookings(trucks):
    take(wish(slot("truck-a", 3), reference="a", amount=1.25))
    take(wish(slot("truck-a", 3), reference="b", amount=0.75))
    free("a")
    assert verify() == []
