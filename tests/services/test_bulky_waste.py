"""The bulky waste appointment: a place in the truck taken with the case, kept by the rules, told to the household."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils.translation import override

from oppidum.bookings.calendars import make_slots, verify
from oppidum.bookings.errors import NotYet, OutOfArea, QuotaReached, SlotFull, TooLate
from oppidum.bookings.models import Booking, Opening, Resource, Slot
from oppidum.cases.acting import act, act_on
from oppidum.cases.booking.places import read_places
from oppidum.cases.booking.terms import find_booking, find_places
from oppidum.cases.booking.times import close, remind
from oppidum.cases.declaration import find_ineligible
from oppidum.cases.filing import file_case, file_cases
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case, Entry, Mail
from oppidum.cases.outbox import deliver
from oppidum.cases.persons.rooms import export_of, remove_of
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import RESIDENT, Actor
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.figures.computing import Period, compute
from oppidum.services.living_environment.bulky_waste import BulkyWaste
from oppidum.services.living_environment.bulky_waste_objects import OBJECTS, REFUSED, VOLUMES
from tests.territory.town import IN_AUBANE, IN_BELLEFONT

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)
CREW = Actor("officer", 1, "Bob", frozenset({"act", "note"}))


@pytest.fixture(autouse=True)
def march():
    with clock.at(NOW):
        yield


@pytest.fixture
def truck(people):
    """The truck of Aubane: Monday to Friday, from 8 to 12, five cubic metres."""
    truck = Resource.objects.create(
        code="truck-aubane", kind="bulky-truck", name="Aubane", serves=["13901"], capacity=5, unit="m3", team=people.cleanliness
    )
    Opening.objects.bulk_create(Opening(resource=truck, weekday=d, starts="08:00", ends="12:00") for d in range(1, 6))
    make_slots(date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=60), [truck])
    return truck


def morning(day: int, month: int = 3) -> str:
    return f"truck-aubane@2027-{month:02}-{day:02}T08:00/12:00"


def answers(day: int, *, what="sofa", how_many=1, number=1, where=IN_AUBANE, email="ada@example.org"):
    return {
        "objects": [{"what": what, "how_many": how_many}],
        "address": {"address": f"{number} rue de la République", "lon": where[0], "lat": where[1]},
        "pickup": morning(day),
        "contact": {"name": "Ada", "email": email},
    }


def new(day: int, **given):
    return prepare_case(BulkyWaste, answers(day, **given), channel="portal")


def left(day: int) -> float:
    slot = Slot.objects.get(day=date(2027, 3, day))
    return float(slot.capacity - slot.taken)


def do(filed, action: str, actor=CREW, **raw):
    return act_on(filed.case_id, prepare(BulkyWaste, action, raw, actor))


def mails(filed) -> list[str]:
    deliver()
    return list(Mail.objects.filter(case_id=filed.case_id).order_by("pk").values_list("subject", flat=True))


def test_the_place_in_the_truck_is_taken_with_the_case(truck):
    filed = file_case(new(3, how_many=2))
    assert left(3) == 2
    assert read_places(filed.code) == {"bulky-truck": morning(3)}
    assert mails(filed) == ["Votre enlèvement : mercredi 3 mars 2027, de 8 h à 12 h"]


def test_a_full_truck_files_nothing_and_names_the_next_mornings(truck):
    file_case(new(3, how_many=2))
    with pytest.raises(SlotFull) as refused:
        file_case(new(3, how_many=2, number=7))
    assert [str(f) for f in refused.value.nearest[:2]] == [morning(4), morning(5)]
    assert Case.objects.count() == 1


def test_of_a_batch_only_those_who_fit_are_filed(truck):
    filed = file_cases([new(3, how_many=2, number=n) for n in range(1, 4)])
    assert [type(f.refusal) for f in filed] == [type(None), SlotFull, SlotFull]
    assert Case.objects.count() == Booking.objects.count() == 1


def test_a_form_sent_twice_is_one_case_and_one_place(truck):
    one = prepare_case(BulkyWaste, answers(3), channel="portal", key="form-1")
    first, again = file_case(one), file_case(one)
    assert (again.case_id, again.is_new) == (first.case_id, False)
    assert left(3) == 3.5


def test_not_tomorrow_but_the_day_after(truck):
    with pytest.raises(TooLate):
        file_case(new(2))
    file_case(new(3))


def test_the_truck_of_another_sector_does_not_come(truck):
    with pytest.raises(OutOfArea):
        file_case(new(3, where=IN_BELLEFONT))


def test_a_household_has_four_pickups_a_year_however_its_address_is_written(truck):
    for day in (3, 4, 5, 8):
        file_case(new(day))
    with pytest.raises(QuotaReached):
        file_case(
            prepare_case(
                BulkyWaste,
                answers(9) | {"address": {"address": "1 Rue de la REPUBLIQUE", "lon": IN_AUBANE[0], "lat": IN_AUBANE[1]}},
                channel="portal",
            )
        )
    file_case(new(9, number=2))


def test_what_is_offered_are_the_mornings_with_room_enough(truck):
    file_case(new(3, how_many=2))
    file_case(new(3, what="armchair", number=2))
    known = {"volume_m3": 1.5, "address": {"commune": "13901", "zones": []}}
    offered = find_places(BulkyWaste, find_booking(BulkyWaste, "truck"), known)
    assert str(offered[0]) == morning(4)
    assert offered[-1].place.day <= date(2027, 4, 12)


def test_moved_until_six_on_the_eve(truck, moved):
    filed = file_case(new(3))
    do(filed, "move", RESIDENT, pickup=morning(4))
    assert (left(3), left(4)) == (5, 3.5)
    assert mails(filed)[-1].startswith("Votre enlèvement est déplacé")
    with moved(2027, 3, 3, 18), pytest.raises(TooLate):
        do(filed, "move", RESIDENT, pickup=morning(8))
    assert read_places(filed.code) == {"bulky-truck": morning(4)}


def test_a_move_refused_writes_nothing(truck):
    filed = file_case(new(3))
    file_case(new(4, how_many=2, number=2))
    file_case(new(4, what="armchair", number=3))
    before = Entry.objects.count()
    with pytest.raises(SlotFull):
        do(filed, "move", RESIDENT, pickup=morning(4))
    assert Entry.objects.count() == before
    assert left(3) == 3.5


def test_a_cancelled_pickup_gives_its_place_back(truck):
    filed = file_case(new(3))
    standing = do(filed, "cancel", RESIDENT)
    assert (standing.step, left(3)) == ("cancelled", 5)
    assert Booking.objects.get().state == "freed"


def test_the_household_is_reminded_once_on_the_day_before(truck, moved):
    filed = file_case(new(3))
    with moved(2027, 3, 2, 9):
        assert remind() == 1
        assert remind() == 0
        assert "Demain nous enlevons vos objets" in mails(filed)


def test_nothing_presented_a_second_time_is_told(truck, moved):
    first, second = file_case(new(3)), file_case(new(4))
    with moved(2027, 3, 3, 10):
        do(first, "not_presented")
    with moved(2027, 3, 4, 10):
        do(second, "not_presented")
    deliver()
    told = dict(Mail.objects.filter(subject__startswith="Nous sommes").values_list("case_id", "body"))
    assert "déjà arrivé" not in told[first.case_id] and "déjà arrivé" in told[second.case_id]
    assert set(Booking.objects.values_list("state", flat=True)) == {"missed"}


def test_a_day_closed_moves_its_households_and_tells_them(truck, moved):
    filed = [file_case(new(3, number=n, how_many=1)) for n in range(1, 4)]
    closing = close(truck, date(2027, 3, 3), date(2027, 3, 3), "Truck in repair", CREW)
    assert len(closing.moved) == 3 and closing.unplaced == []
    assert [read_places(f.code)["bulky-truck"] for f in filed] == [morning(4)] * 3
    assert mails(filed[0])[-1].startswith("Nous avons dû déplacer")
    assert verify() == []


def test_who_finds_no_place_after_a_closing_chooses_again(truck):
    filed = file_case(new(3))
    Slot.objects.exclude(day=date(2027, 3, 3)).update(is_open=False)
    closing = close(truck, date(2027, 3, 3), date(2027, 3, 3), "Strike", CREW)
    assert [h.reference for h in closing.unplaced] == [filed.code]
    assert Case.objects.get().live.step == "to_rebook"
    assert read_places(filed.code) == {}
    Slot.objects.update(is_open=True)
    assert do(filed, "rebook", RESIDENT, pickup=morning(5)).step == "booked"


def test_a_selection_marked_as_fetched_keeps_its_places(truck, moved):
    filed = [file_case(new(3, number=n)) for n in range(1, 4)]
    with moved(2027, 3, 3, 11):
        command = prepare(BulkyWaste, "fetched", {"in_window": "yes", "fetched_m3": "1,5"}, CREW)
        assert all(o.refusal is None for o in act([(f.case_id, command) for f in filed]))
    assert set(Booking.objects.values_list("state", flat=True)) == {"done"}
    assert left(3) == 0.5


def test_the_figures_count_pickups_kept_windows_and_what_was_missed(truck, moved):
    filed = [file_case(new(3, number=n)) for n in range(1, 4)]
    with moved(2027, 3, 3, 11):
        do(filed[0], "fetched", in_window="yes", fetched_m3="1,5")
        do(filed[1], "fetched", in_window="no", fetched_m3="1")
        do(filed[2], "not_presented")
    year = Period.year(2027)
    counted = {name: compute(name, year).value for name in ("bulky-appointments", "bulky-pickups", "bulky-missed")}
    assert counted == {"bulky-appointments": 3, "bulky-pickups": 2, "bulky-missed": 1}
    assert compute("bulky-windows-kept", year).value == 50
    assert compute("bulky-volume", year).value == 2_500


def test_a_filing_that_fails_leaves_no_place_taken(truck, monkeypatch):
    def broken(*args):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("oppidum.cases.filing._insert", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        file_case(new(3))
    assert Booking.objects.count() == 0 and left(3) == 5


def test_an_act_that_fails_moves_no_place(truck, monkeypatch):
    filed = file_case(new(3))

    def broken(*args):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("oppidum.cases.acting._write", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        do(filed, "move", RESIDENT, pickup=morning(4))
    assert (left(3), left(4)) == (3.5, 5)


def test_rubble_is_refused_before_a_day_is_asked():
    known = {"objects": [{"what": "rubble", "how_many": 1}], "volume_m3": 0}
    assert "déchèterie" in str(find_ineligible(BulkyWaste.eligibility, known, {"objects"}).instead)


def test_too_much_for_one_appointment_is_refused(truck):
    known = {"objects": [], "volume_m3": 3.5, "rule:largest_m3": 3}
    assert find_ineligible(BulkyWaste.eligibility, known, {"objects", "volume_m3"})
    assert find_ineligible(BulkyWaste.eligibility, known | {"volume_m3": 3}, {"objects", "volume_m3"}) is None


def test_the_volume_is_the_sum_over_the_objects(truck):
    raw = answers(3) | {"objects": [{"what": "sofa", "how_many": 1}, {"what": "chair", "how_many": 4}]}
    assert prepare_case(BulkyWaste, raw, channel="portal").answers["volume_m3"] == pytest.approx(2.3)


def test_every_object_has_a_volume_or_is_refused():
    assert set(OBJECTS) == set(VOLUMES) | set(REFUSED)


def test_what_is_no_time_is_a_fault_of_its_field(truck):
    with pytest.raises(InvalidForm) as wrong:
        prepare_case(BulkyWaste, answers(3) | {"pickup": "tomorrow"}, channel="portal")
    assert [e.field for e in wrong.value.errors] == ["pickup"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_notice_reads_well(language):
    words = dict.fromkeys(("code", "place", "booked", "link", "authority", "reason", "message", "missed_before"), "X")
    for notice in BulkyWaste.notices:
        with override(language):
            subject, body = notice.render(words)
        assert subject and body and not re.search(r"[{}]", subject + body)


def test_nothing_is_fetched_before_its_day(truck):
    filed = file_case(new(3))
    with pytest.raises(NotYet):
        do(filed, "fetched", in_window="yes", fetched_m3="1")


def test_a_person_is_found_in_the_bookings_and_forgotten_there(truck):
    filed = file_case(new(3))
    assert "booking" in {record["kind"] for record in export_of([filed.case_id])[filed.case_id]}
    remove_of([filed.case_id])
    assert Booking.objects.get().requester == ""
