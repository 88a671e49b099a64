"""A year at the quay: what it costs, how long it lasts, and the rank on the list that is confirmed each year."""

from datetime import date, datetime

import pytest

from oppidum.bookings.models import Booking
from oppidum.bookings.waiting import find_rank, list_ranks
from oppidum.cases import outbox
from oppidum.cases.booking.times import sweep_offers
from oppidum.cases.models import Effect, Entry
from oppidum.cases.rules.standing import RESIDENT
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.payments.charging import make_charges
from oppidum.payments.models import Charge
from oppidum.services.ecology_culture_sport.marina import MarinaBerth
from tests.services.doing import step_of
from tests.services.test_marina import do, on_list

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march():
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)):
        yield


def last_act(filed) -> str:
    return Entry.objects.filter(case_id=filed.case_id).latest("seq").action


def berthed(name="ada", **more):
    """Somebody at berth A1 or A2 from 8 March 2027."""
    [filed] = on_list({"name": name, **more})
    sweep_offers()
    do(MarinaBerth, filed, "accept", RESIDENT)
    return filed


def test_a_berth_is_paid_for_by_the_year_and_the_length_of_the_boat(cassis):
    filed = berthed()
    outbox.deliver(100, kinds={"charge"})
    charge = Charge.objects.get(case=filed.case_id)
    assert (charge.total_cents, charge.due_on) == (72_000, date(2027, 3, 31))


def test_a_renewal_is_a_year_more_to_pay(cassis, moved):
    filed = berthed()
    with moved(2028, 1, 20, 9):
        do(MarinaBerth, filed, "renew", berth="a1@2028-03-08/2029-03-08")
        outbox.deliver(100, kinds={"charge"})
    assert [charge.total_cents for charge in Charge.objects.filter(case=filed.case_id)] == [72_000, 72_000]


def test_two_bills_of_one_case_are_made_in_one_batch(cassis, moved):
    filed = berthed()
    with moved(2028, 1, 20, 9):
        do(MarinaBerth, filed, "renew", berth="a1@2028-03-08/2029-03-08")
        make_charges(list(Effect.objects.filter(case_id=filed.case_id, kind="charge").order_by("pk")))
    assert Entry.objects.filter(case_id=filed.case_id, action="charged").count() == 2


def test_a_berth_given_back_early_is_paid_for_the_days_used(cassis, moved):
    filed = berthed()
    outbox.deliver(100, kinds={"charge"})
    with moved(2027, 6, 1, 9):
        do(MarinaBerth, filed, "leave", RESIDENT, leaves_on="2027-06-01", why="sold")
        outbox.deliver(100, kinds={"charge"})
    # 8 March to 1 June: 86 of the 366 days up to 7 March 2028.
    assert Charge.objects.get(case=filed.case_id).balance_cents == round(72_000 * 86 / 366)


def test_the_holder_is_told_before_the_year_ends_and_without_a_renewal_it_ends(cassis, moved):
    filed = berthed()
    with moved(2028, 1, 9, 0, 5):
        sweep()
        assert last_act(filed) == "foretell_end"
    with moved(2028, 3, 8, 12):
        sweep()
        assert step_of(filed) == "berthed"
    with moved(2028, 3, 9, 0, 5):
        sweep()
        assert (step_of(filed), last_act(filed)) == ("ended", "title_over")


def test_a_renewed_year_runs_from_the_first_day_of_the_new_one(cassis, moved):
    filed = berthed()
    with moved(2028, 1, 20, 9):
        sweep()
        do(MarinaBerth, filed, "renew", berth="a1@2028-03-08/2029-03-08")
    with moved(2029, 1, 9, 0, 5):
        sweep()
        assert last_act(filed) == "foretell_end"
    with moved(2029, 3, 9, 0, 5):
        sweep()
        assert step_of(filed) == "ended"


def test_after_five_years_the_title_ends_however_often_it_was_renewed_and_six_months_before_its_holder_is_told(cassis, moved):
    filed = berthed()
    for year in range(2028, 2032):
        with moved(year, 2, 20, 9):
            sweep()
            do(MarinaBerth, filed, "renew", berth=f"a1@{year}-03-08/{year + 1}-03-08")
    with moved(2031, 9, 9, 0, 5):
        sweep()
        assert last_act(filed) == "foretell_end"
    with moved(2032, 3, 1, 9):
        do(MarinaBerth, filed, "renew", berth="a1@2032-03-08/2033-03-08")
    with moved(2032, 3, 9, 0, 5):
        sweep()
        assert (step_of(filed), last_act(filed)) == ("ended", "title_over")
        assert not Booking.objects.filter(reference=filed.code, state="taken", nights__endswith__gt=date(2032, 3, 9)).exists()


def test_who_confirms_each_year_keeps_the_rank(cassis, moved):
    ada, bob = on_list({"name": "ada", "length": 20}, {"name": "bob", "length": 20})
    for year, day in ((2028, 2), (2029, 3)):
        with moved(year, 3, day, 0, 5):
            sweep()
            assert last_act(ada) == "ask_to_confirm"
            for each in (ada, bob):
                do(MarinaBerth, each, "confirm", RESIDENT)
    assert find_rank("berth", ada.code).rank == 1


def test_who_does_not_confirm_within_a_month_of_being_asked_loses_the_rank(cassis, moved):
    ada, bob = on_list({"name": "ada", "length": 20}, {"name": "bob", "length": 20})
    with moved(2028, 3, 2, 0, 5):
        sweep()
        do(MarinaBerth, bob, "confirm", RESIDENT)
    with moved(2028, 4, 1, 12):
        sweep()
        assert step_of(ada) == "waiting"
    with moved(2028, 4, 2, 0, 5):
        sweep()
        assert (step_of(ada), step_of(bob)) == ("off_list", "waiting")
        assert [rank.reference for rank in list_ranks("berth", "cassis")] == [bob.code]


def test_nobody_is_asked_to_confirm_while_a_berth_is_held_for_them(cassis, moved):
    [ada] = on_list({"name": "ada", "length": 9})
    with moved(2028, 2, 25, 9):
        sweep_offers()
    with moved(2028, 3, 5, 9):
        sweep()
        assert last_act(ada) == "offer"
        do(MarinaBerth, ada, "decline", RESIDENT)
    with moved(2028, 3, 13, 0, 5):
        sweep()
        assert last_act(ada) == "ask_to_confirm"
