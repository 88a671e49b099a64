"""Who waits is offered what becomes free, in the published order; an offer that lapses goes to the next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppidum.bookings.closing import close_days, list_affected, move_affected, open_days
from oppidum.bookings.errors import Closed, SlotFull
from oppidum.bookings.finding import find_free
from oppidum.bookings.models import Booking, Resource, Slot, Waiting
from oppidum.bookings.rules.order import InLine, allot
from oppidum.bookings.taking import take
from oppidum.bookings.waiting import (
    Joining,
    accept_offer,
    expire_offers,
    find_rank,
    join_list,
    leave_list,
    list_ranks,
    offer_next,
    return_to_list,
)
from tests.bookings.scenes import NOW, slot, wish

pytestmark = pytest.mark.django_db
YEAR = "2027-04-01/2028-04-01"
IN_FIVE_DAYS = NOW + timedelta(days=5)


def waits(reference: str, length_m: float, points: float = 0, days_ago: int = 0, **more) -> Joining:
    return Joining(
        key=f"join-{reference}", kind="berth", reference=reference, site="port-rivage", size={"length_m": length_m}, points=points,
        how=[["Lives here", points]], since=NOW - timedelta(days=days_ago), **more,
    )  # fmt: skip


@pytest.fixture
def line(harbour):
    """Ada waits longest, Bob has the largest boat, Cid has the most points."""
    join_list([waits("ada", 5, days_ago=300), waits("bob", 11, days_ago=200), waits("cid", 7, points=10, days_ago=100)])


def test_points_come_first_then_the_longer_wait(line):
    assert [(r.rank, r.of, r.reference) for r in list_ranks("berth", "port-rivage")] == [
        (1, 3, "cid"),
        (2, 3, "ada"),
        (3, 3, "bob"),
    ]
    assert find_rank("berth", "bob").rank == 3
    assert find_rank("berth", "cid").how == [["Lives here", "10"]]


def test_waiting_twice_is_waiting_once(line):
    join_list([waits("ada", 5)])
    assert find_rank("berth", "ada").of == 3


def test_a_free_berth_goes_to_the_first_whom_it_fits(line):
    offers = offer_next("berth", [f"p1@{YEAR}", f"p3@{YEAR}", f"p2@{YEAR}"], IN_FIVE_DAYS)
    assert [(str(o.place)[:2], o.reference) for o in offers] == [("p1", "ada"), ("p3", "cid")]
    assert Waiting.objects.get(reference="bob").state == "waiting"


def test_nobody_else_takes_a_berth_that_is_offered(line):
    offer_next("berth", [f"p1@{YEAR}"], IN_FIVE_DAYS)
    with pytest.raises(SlotFull):
        take(wish(f"p1@{YEAR}"))


def test_an_offer_accepted_is_a_place_and_leaves_the_line(line):
    offer_next("berth", [f"p1@{YEAR}"], IN_FIVE_DAYS)
    assert str(accept_offer("ada", "berth")) == f"p1@{YEAR}"
    assert Booking.objects.get(reference="ada").state == "taken"
    assert [r.reference for r in list_ranks("berth")] == ["cid", "bob"]


def test_an_offer_that_lapses_goes_to_the_next(line, moved):
    offer_next("berth", [f"p2@{YEAR}"], IN_FIVE_DAYS)
    with moved(2027, 3, 6, 9):
        swept = expire_offers()
        assert ([o.reference for o in swept.lapsed], [o.reference for o in swept.offered]) == (["cid"], ["ada"])
        with pytest.raises(Closed):
            accept_offer("cid", "berth")
        again = expire_offers()
        assert not again.lapsed and not again.offered
    assert Waiting.objects.get(reference="cid").state == "waiting"


def test_who_lets_two_offers_lapse_leaves_the_line(line, moved):
    leave_list(["ada", "bob"])
    offer_next("berth", [f"p2@{YEAR}"], IN_FIVE_DAYS)
    with moved(2027, 3, 6, 9):
        assert expire_offers().left == frozenset()
        offer_next("berth", [f"p2@{YEAR}"], IN_FIVE_DAYS + timedelta(days=5))
    with moved(2027, 3, 11, 9):
        assert expire_offers().left == {"cid"}


def test_an_offer_in_time_is_not_swept(line, moved):
    offer_next("berth", [f"p1@{YEAR}"], IN_FIVE_DAYS)
    with moved(2027, 3, 6, 8, 59):
        assert not expire_offers().lapsed


def test_each_model_and_each_day_has_its_own_line(trucks):
    Resource.objects.filter(code="truck-a").update(model="tipper")
    asked = {
        "ada": {"model": "tipper", "day": date(2027, 3, 4)},
        "bob": {"model": "tipper", "day": date(2027, 3, 5)},
        "cid": {"model": "van"},
    }
    join_list([Joining(key=name, kind="truck", reference=name, **wanted) for name, wanted in asked.items()])
    assert [(one.reference, one.rank, one.of) for one in list_ranks("truck")] == [("ada", 1, 1), ("bob", 1, 1), ("cid", 1, 1)]
    free = find_free("truck", waited_for=True)
    assert {str(one) for one in free} == {slot("truck-a", 4), slot("truck-a", 5)}
    offers = offer_next("truck", [slot("truck-a", 5), slot("truck-a", 6), slot("truck-b", 4)], IN_FIVE_DAYS)
    assert [(one.reference, str(one.place)) for one in offers] == [("bob", slot("truck-a", 5))]


def test_a_time_goes_to_as_many_as_it_holds_and_to_nobody_who_needs_more(trucks):
    take(wish(slot("truck-a", 4), reference="held", amount=2))
    join_list(
        [
            Joining(key=name, kind="truck", reference=name, amount=amount, points=points)
            for name, amount, points in (("ada", 4, 9), ("bob", 1, 5), ("cid", 2, 1))
        ]
    )
    offers = offer_next("truck", [slot("truck-a", 4)] * 3, IN_FIVE_DAYS)
    assert {one.reference for one in offers} == {"bob", "cid"} and Waiting.objects.get(reference="ada").state == "waiting"


def test_what_somebody_turned_down_goes_to_the_next_and_not_to_them_again(line):
    offer_next("berth", [f"p2@{YEAR}"], IN_FIVE_DAYS)
    Booking.objects.filter(reference="cid").update(state="lapsed")
    return_to_list(["cid"], "berth", declined=True)
    assert Waiting.objects.get(reference="cid").declined == ["p2"] and find_rank("berth", "cid").rank == 1
    assert [one.reference for one in offer_next("berth", [f"p2@{YEAR}"], IN_FIVE_DAYS)] == ["ada"]
    assert [one.reference for one in offer_next("berth", [f"p3@{YEAR}"], IN_FIVE_DAYS)] == ["cid"]


@given(
    st.lists(st.integers(4, 14), max_size=8),
    st.lists(st.tuples(st.integers(4, 14), st.integers(0, 3)), max_size=12),
)
def test_nobody_is_passed_over_for_a_place_that_fits_them(berths, boats):
    line = [InLine(n, points, NOW) for n, (_, points) in enumerate(boats)]
    pairs = allot(list(enumerate(berths)), line, lambda berth, each: boats[each.id][0] <= berth[1])
    placed = {each.id for _, each in pairs}
    assert len(placed) == len(pairs)
    assert all(boats[each.id][0] <= berth[1] for berth, each in pairs)
    for berth, each in pairs:
        assert not any(boats[o.id][0] <= berth[1] and o.order < each.order for o in line if o.id not in placed)


def test_a_closed_day_moves_its_bookings_to_the_nearest_free_morning(trucks):
    for n, amount in enumerate((3, 2)):
        take(wish(slot("truck-a", 3), reference=f"case-{n}", amount=amount))
    take(wish(slot("truck-a", 2), reference="other", amount=4))
    day = Slot.objects.get(resource=trucks[0], day="2027-03-03").day
    seen = list_affected(trucks[0], day, day)
    affected = close_days(trucks[0], day, day, "Truck in repair")
    assert seen == affected
    assert [str(a.instead) for a in affected] == [slot("truck-a", 4), slot("truck-a", 4)]
    assert move_affected(affected) == []
    assert dict(Booking.objects.filter(state="taken").values_list("reference", "day"))["case-0"].day == 4
    with pytest.raises(Closed):
        take(wish(slot("truck-a", 3)))


def test_who_finds_no_other_place_is_named(harbour):
    for berth in ("p1", "p2", "p3"):
        take(wish(f"{berth}@2027-07-01/2027-07-05", reference=berth, size={"length_m": 5}))
    berth = harbour.resources.get(code="p1")
    affected = close_days(berth, *Booking.objects.filter(reference="p1").values_list("day", "day")[0], "Broken pontoon")
    assert [h.reference for h in move_affected(affected)] == ["p1"]


def test_what_is_opened_again_can_be_booked(trucks):
    day = Slot.objects.get(resource=trucks[0], day="2027-03-03").day
    close_days(trucks[0], day, day, "Strike")
    assert open_days(trucks[0], day, day) == 1
    take(wish(slot("truck-a", 3)))
