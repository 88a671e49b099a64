"""Crematoria: reserved by habilitated operators, between the delays of the law, with the mayor's authorisation; urns kept for a year at most."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time

import pytest
from django.db import connections

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.errors import SlotFull
from oppidum.bookings.models import Booking, Opening, Resource, Site
from oppidum.cases.acting import act_on
from oppidum.cases.booking.terms import find_booking, find_places
from oppidum.cases.declaration import compute_fee, list_unverified
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Mail
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.errors import NotEligible, NotNow
from oppidum.cases.rules.standing import RESIDENT, Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.figures.computing import Period, compute
from oppidum.payments.statements import statement_of
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.services.ecology_culture_sport.crematorium_ceremony import CrematoriumCeremony
from tests.publishing.conftest import letterhead, text_of  # noqa: F401 -- a fixture
from tests.services.doing import deliver, step_of

TEAM = Actor("officer", 1, "Lou", frozenset({"act", "note"}))
# A death on Sunday 28 February 2027, at three in the afternoon; asked for on Monday morning.
NOW = datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)
DIED = "2027-02-28 15:00"
CROWD = 6


def open_crematoria(team) -> None:
    """A room in Aix and one in Aubagne, from 9 to 17, Monday to Saturday."""
    for place in ("aix", "aubagne"):
        site = Site.objects.create(code=f"crematorium-{place}", name=f"Crématorium {place}")
        room = Resource.objects.create(code=f"{place}-room", kind="cremation", model="room", name="Salle", site=site, team=team)
        Opening.objects.bulk_create(
            Opening(resource=room, weekday=day, starts=time(9), ends=time(17), minutes=60) for day in range(1, 7)
        )
        make_slots(date(2027, 2, 1), date(2027, 4, 30), [room])


@pytest.fixture
def aix(people):
    with clock.at(NOW):
        open_crematoria(people.cleanliness)
        yield people


def at(day: int, hour: int, place="aix") -> str:
    return f"{place}-room@2027-03-{day:02}T{hour:02}:00/{hour + 1:02}:00"


def new(when=None, *, place="aix", name="ada", **changed):
    raw = {
        "who": "operator", "operator": {"kind": "company", "name": "Pompes funèbres Roux", "number": "73282932000074"},
        "habilitation": "23-13-0045", "habilitated_until": "2028-06-30", "first_name": "Jeanne", "last_name": "Martin", "birth": "1941-05-02",
        "age": "adult", "died_at": DIED, "commune_of_death": "Aubane", "counted_from": "death", "derogated": "no", "no_battery": "yes",
        "crematorium": f"crematorium-{place}", "kind": "room", "time": when or at(4, 10, place), "ashes": "undecided", "wish": "request",
        "contact": {"name": "Roux", "email": f"{name}@example.org"},
    } | changed  # fmt: skip
    return prepare_case(CrematoriumCeremony, raw, channel="portal")


def reserve(*args, **given):
    filed = file_case(new(*args, **given))
    deliver()
    return filed


def do(filed, action, actor=TEAM, **raw):
    done = act_on(filed.case_id, prepare(CrematoriumCeremony, action, raw, actor))
    deliver()
    return done


def cremated(**given):
    filed = reserve(**given)
    do(filed, "confirm", authorised_on="2027-03-01")
    with clock.at(datetime(2027, 3, 4, 12, tzinfo=clock.PARIS)):
        do(filed, "cremate", cremated_on="2027-03-04")
    return filed


@pytest.mark.parametrize(
    ("when", "is_allowed"),
    [(at(1, 14), False), (at(1, 15), True), (at(13, 16), True), (at(15, 9), False)],
    ids=["an hour too soon", "after 24 hours", "thirteenth day", "fifteenth day"],
)
def test_between_twenty_four_hours_and_the_fourteenth_day(aix, when, is_allowed):
    if is_allowed:
        assert new(when)
    else:
        with pytest.raises(NotEligible):
            new(when)


def test_the_fourteenth_day_itself_is_the_last(aix):
    assert new(at(15, 16), died_at="2027-03-01 06:00")
    with pytest.raises(NotEligible):
        new(at(15, 9))


def test_before_july_2024_it_was_six_days_without_sundays_and_public_holidays(people):
    with clock.at(datetime(2024, 3, 29, 9, tzinfo=clock.PARIS)):
        # Friday before Easter: Saturday, then Tuesday to Saturday; Easter Monday doesn't count.
        late, last = (
            {"died_at": "2024-03-29 06:00", "habilitated_until": "2026-01-01"} | {"time": f"aix-room@2024-04-{day}T10:00/11:00"}
            for day in ("08", "06")
        )
        assert new(**last)
        with pytest.raises(NotEligible):
            new(**late)


def test_a_body_from_abroad_or_a_prosecutors_leave_count_from_their_own_day(aix):
    came = {"died_at": "2027-02-10 08:00", "counted_since": "2027-02-27"}
    assert new(at(13, 9), counted_from="entry", **came) and new(at(13, 9), counted_from="prosecutor", **came)
    with pytest.raises(NotEligible):
        new(at(15, 9), counted_from="entry", **came)


def test_a_derogation_of_the_prefect_names_the_last_day(aix):
    assert new(at(19, 9), derogated="yes", derogation_until="2027-03-20")
    with pytest.raises(NotEligible):
        new(at(22, 9), derogated="yes", derogation_until="2027-03-20")


def test_only_times_within_the_law_are_offered(aix):
    known = {"crematorium": "crematorium-aix", "kind": "room", "counted_from": "death", "died_at": "2027-02-28T14:00:00+00:00"}
    offered = [one.place for one in find_places(CrematoriumCeremony, find_booking(CrematoriumCeremony, "time"), known)]
    assert (offered[0].day, offered[0].starts) == (date(2027, 3, 1), time(15)) and max(one.day for one in offered) == date(
        2027, 3, 13
    )


@pytest.mark.parametrize("answers", [{"who": "family"}, {"habilitated_until": "2027-02-28"}, {"no_battery": "no"}])
def test_families_are_sent_to_an_operator_and_nothing_is_reserved_without_habilitation_or_attestation(aix, answers):
    with pytest.raises(NotEligible):
        new(**answers)


def test_a_room_receives_one_family_at_a_time_and_the_other_crematorium_another(aix):
    reserve(at(4, 10))
    with pytest.raises(SlotFull):
        reserve(at(4, 10), name="bob")
    assert reserve(at(4, 10, "aubagne"), place="aubagne", name="bob").is_new


def test_nobody_is_cremated_before_the_papers_are_complete(aix):
    filed = reserve()
    with pytest.raises(NotNow):
        do(filed, "cremate", cremated_on="2027-03-01")
    assert do(filed, "confirm", authorised_on="2027-03-01").step == "confirmed"
    mails = Mail.objects.filter(case_id=filed.case_id)
    assert "jeudi 4 mars 2027, de 10 h à 11 h" in mails.last().subject.replace("\u00a0", " ")


def test_a_new_time_is_held_to_the_law_too(aix):
    filed = reserve()
    with pytest.raises(Refusal):
        do(filed, "move", RESIDENT, time=at(15, 9))
    assert do(filed, "move", RESIDENT, time=at(13, 9)).step == "reserved"
    assert Booking.objects.get(reference=filed.code, state="taken").day == date(2027, 3, 13)


def test_the_certificate_bears_the_number_of_the_register_and_the_bill_follows(aix, letterhead):  # noqa: F811
    filed = cremated()
    assert step_of(filed) == "ashes" and statement_of(filed.case_id).due_cents == 75_000
    said = text_of(path_of(Paper.objects.get(case_id=filed.case_id, letter="certificate").file).read_bytes())
    assert "Jeanne Martin" in said and "4 mars 2027" in said and "2027" in said and "R2213-34" in said


@pytest.mark.parametrize(
    ("age", "kind", "euros"), [("adult", "room", 750), ("adult", "direct", 580), ("child", "direct", 290), ("infant", "room", 0)]
)
def test_nothing_is_asked_for_the_youngest(age, kind, euros):
    assert (
        compute_fee(CrematoriumCeremony, "cremation", {"age": age, "kind": kind, "today": "2027-03-04"}).total_cents == euros * 100
    )


def test_an_urn_is_kept_for_a_year_the_family_asked_before(aix, moved):
    filed = cremated()
    with moved(2028, 2, 5, 1):
        sweep()
        deliver()
        assert step_of(filed) == "ashes" and "urne" in Mail.objects.filter(case_id=filed.case_id).last().subject
    with moved(2028, 3, 5, 0, 1):
        sweep()
        deliver()
        assert step_of(filed) == "to_scatter"
        assert do(filed, "hand_over", destination="family", receiver="Paul Martin").step == "handed_over"


def test_the_delays_are_held_against_the_text():
    assert {one.name for one in list_unverified(CrematoriumCeremony, date(2027, 3, 1))} == {"urn_told"}


def test_each_crematorium_counts_its_own(aix):
    cremated()
    cremated(place="aubagne", when=at(4, 11, "aubagne"), name="bob", kind="room")
    year = Period.year(2027)
    names = ("cremations", "cremations-aix", "cremations-aubagne", "cremations-marseille", "cremations-with-ceremony", "urns-kept")
    with clock.at(datetime(2027, 3, 5, 9, tzinfo=clock.PARIS)):
        assert [compute(name, year).value for name in names] == [2, 1, 1, 0, 2, 2]


@pytest.mark.django_db(transaction=True)
def test_of_operators_who_ask_at_the_same_moment_one_has_the_room(people):
    with clock.at(NOW):
        open_crematoria(people.cleanliness)
    gate = threading.Barrier(CROWD)

    def try_it(number):
        try:
            with clock.at(NOW):
                wanted = new(name=f"operator{number}")
                gate.wait()
                return file_case(wanted)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as crowd:
        outcomes = list(crowd.map(try_it, range(CROWD)))
    refused = [one for one in outcomes if isinstance(one, Refusal)]
    assert len(refused) == CROWD - 1 and {type(one) for one in refused} == {SlotFull} and Booking.objects.count() == 1
