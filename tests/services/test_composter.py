"""Composters: a stock by model at each distribution, one to a dwelling, a contribution that follows the reservation."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connections

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.errors import OtherModel, OutOfArea, QuotaReached, SlotFull, TooLate
from oppidum.bookings.models import Booking, Opening, Resource, Site, Slot
from oppidum.cases.acting import act_on
from oppidum.cases.booking.terms import find_booking, find_places
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case, Live, Mail
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.errors import NotEligible
from oppidum.cases.rules.standing import RESIDENT, Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.figures.computing import Period, compute
from oppidum.payments.models import Charge
from oppidum.payments.statements import statement_of
from oppidum.services.living_environment.composter import Composter
from tests.services.doing import deliver
from tests.territory.town import IN_AUBANE, IN_BELLEFONT

NOW = datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)
TEAM = Actor("officer", 1, "Lou", frozenset({"act", "note"}))
CROWD = 12


@pytest.fixture(autouse=True)
def march():
    with clock.at(NOW):
        yield


def stock(team):
    """The yard of Aubane: Wednesdays from 9 to 12, three wooden composters each time, and one worm-composter."""
    yard = Site.objects.create(code="yard", name="Déchèterie d'Aubane")
    for model, left in (("wood", 3), ("worms", 1)):
        resource = Resource.objects.create(
            code=f"yard-{model}", kind="composter", model=model, name=model, site=yard, serves=["13901"], capacity=left, team=team
        )
        Opening.objects.create(resource=resource, weekday=3, starts="09:00", ends="12:00")
        make_slots(date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=60), [resource])


@pytest.fixture
def yard(db, people):
    stock(people.cleanliness)


def wednesday(day: int, model="wood") -> str:
    return f"yard-{model}@2027-03-{day:02}T09:00/12:00"


def new(day=10, *, model="wood", number=1, where=IN_AUBANE, garden="yes", **changed):
    raw = {
        "address": {"address": f"{number} rue de la République", "lon": where[0], "lat": where[1]},
        "dwelling": "house",
        "garden": garden,
        "household": 3,
        "model": model,
        "distribution": wednesday(day, changed.pop("of", model)),
        "contact": {"name": "Ada", "email": "ada@example.org"},
    } | changed
    return prepare_case(Composter, raw, channel="portal")


def reserve(*args, **given):
    return file_case(new(*args, **given))


def do(filed, action, actor=TEAM, **raw):
    return act_on(filed.case_id, prepare(Composter, action, raw, actor))


def left(day: int, model="wood") -> int:
    slot = Slot.objects.get(day=date(2027, 3, day), resource__code=f"yard-{model}")
    return int(slot.capacity - slot.taken)


def test_a_reservation_takes_one_of_its_model_from_the_stock_of_its_distribution(yard):
    reserve(10)
    assert (left(10), left(17), left(10, "worms")) == (2, 3, 1)


def test_what_is_offered_is_the_model_that_is_wanted_where_it_is_given_out(yard):
    known = {"model": "worms", "address": {"commune": "13901", "zones": []}}
    offered = find_places(Composter, find_booking(Composter, "composter"), known)
    assert {one.place.resource for one in offered} == {"yard-worms"} and offered[0].site == "Déchèterie d'Aubane"


def test_nobody_fetches_another_model_than_the_one_reserved(yard):
    with pytest.raises(OtherModel):
        reserve(10, model="wood", of="worms")
    assert Case.objects.count() == 0


def test_one_to_a_dwelling_for_ever_however_its_address_is_written_and_whichever_the_model(yard):
    filed = reserve(10)
    do(filed, "cancel", RESIDENT)
    kept = reserve(10)
    with clock.at(datetime(2027, 3, 10, 13, tzinfo=clock.PARIS)):
        do(kept, "hand_over")
    again = {"address": "1 RUE de la Republique", "lon": IN_AUBANE[0], "lat": IN_AUBANE[1]}
    with pytest.raises(QuotaReached) as refused:
        reserve(17, model="worms", address=again)
    assert refused.value.details["period"] == "ever"
    with clock.at(datetime(2027, 4, 20, tzinfo=clock.PARIS)), pytest.raises(QuotaReached):
        reserve(24, address=again, distribution="yard-wood@2027-04-28T09:00/12:00")


def test_two_flats_of_one_building_are_two_dwellings(yard):
    reserve(10, model="wood", dwelling="flat", door="2e gauche")
    reserve(10, model="worms", dwelling="flat", door="3e droite")
    with pytest.raises(QuotaReached):
        reserve(17, dwelling="flat", door="3E DROITE")


def test_without_a_garden_one_chooses_the_worms(yard):
    with pytest.raises(NotEligible):
        new(10, garden="no")
    assert reserve(10, model="worms", garden="no").is_new


def test_a_distribution_serves_its_communes_and_is_booked_two_days_ahead(yard):
    with pytest.raises(OutOfArea):
        reserve(10, where=IN_BELLEFONT)
    with clock.at(datetime(2027, 3, 9, 9, tzinfo=clock.PARIS)), pytest.raises(TooLate):
        reserve(10)


def test_what_nobody_fetches_goes_back_into_the_stock_and_is_not_the_dwellings_one(yard):
    filed = reserve(10)
    with clock.at(datetime(2027, 3, 10, 13, tzinfo=clock.PARIS)):
        assert do(filed, "not_fetched").step == "to_rebook"
        assert left(10) == 3
        assert do(filed, "rebook", RESIDENT, distribution=wednesday(17)).step == "reserved"
    assert left(17) == 2


def test_sixty_days_without_a_new_distribution_close_the_reservation(yard):
    filed = reserve(10)
    with clock.at(datetime(2027, 3, 10, 13, tzinfo=clock.PARIS)):
        do(filed, "not_fetched")
    with clock.at(datetime(2027, 5, 12, tzinfo=clock.PARIS)):
        sweep()
    assert Live.objects.get(case_id=filed.case_id).step == "cancelled"


def test_the_contribution_is_due_with_the_reservation_and_given_up_with_it(yard):
    filed = reserve(10)
    deliver()
    charge = Charge.objects.get(case=filed.case_id)
    assert (charge.fee, charge.total_cents) == ("contribution", 1_500)
    do(filed, "cancel", RESIDENT)
    deliver()
    assert statement_of(filed.case_id).due_cents == 0


def test_the_mail_says_when_and_where(yard):
    filed = reserve(10)
    deliver()
    mail = Mail.objects.get(case_id=filed.case_id)
    assert "mercredi 10 mars 2027, de 9 h à 12 h" in mail.subject.replace("\u00a0", " ")
    assert "Déchèterie d'Aubane" in mail.body


def test_composters_and_worm_composters_are_counted_apart(yard):
    for number, model in enumerate(("wood", "wood", "worms"), start=1):
        reserve(10, number=number, model=model)
    year = Period.year(2027)
    found = [compute(name, year).value for name in ("composters-reserved", "worm-composters-reserved", "composter-reservations")]
    assert found == [2, 1, 3]


@pytest.mark.django_db(transaction=True)
def test_of_a_crowd_at_the_last_worm_composter_one_has_it(people):
    stock(people.cleanliness)
    gate = threading.Barrier(CROWD)

    def try_it(number):
        try:
            with clock.at(NOW):
                wanted = new(10, model="worms", number=number)
                gate.wait()
                return file_case(wanted)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as pool:
        outcomes = list(pool.map(try_it, range(1, CROWD + 1)))
    assert sum(not isinstance(one, Refusal) for one in outcomes) == Case.objects.count() == Booking.objects.count() == 1
    refused = [one for one in outcomes if isinstance(one, Refusal)]
    assert {type(one) for one in refused} == {SlotFull}
    # The others are offered the nearest distributions of the same model.
    assert {free.place.resource for one in refused for free in one.nearest} == {"yard-worms"}
