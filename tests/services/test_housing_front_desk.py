"""The housing advice desk: contacts logged in two answers, sessions booked one person an hour, the share in person counted."""

from datetime import date

import pytest

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Booking, Opening, Resource
from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Mail
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import RESIDENT
from oppidum.cases.sweeping import sweep
from oppidum.core.errors import Refusal
from oppidum.figures.computing import Period, compute
from oppidum.people import remits
from oppidum.people.models import Remit

MONDAY = (2027, 3, 1, 9)
FIRST, SECOND = "advice-aubane@2027-03-03T09:00/10:00", "advice-aubane@2027-03-03T10:00/11:00"


@pytest.fixture
def desk(people, moved):
    """A session in Aubane on Wednesdays from 9 to 11, an hour for each person."""
    Remit.objects.create(service="housing-front-desk", team=people.roads, category="*")
    remits.forget()
    session = Resource.objects.create(
        code="advice-aubane", kind="housing-advice", name="Permanence d'Aubane", capacity=1, team=people.roads
    )
    for hour in (9, 10):
        Opening.objects.create(resource=session, weekday=3, starts=f"{hour:02d}:00", ends=f"{hour + 1:02d}:00")
    make_slots(date(2027, 3, 1), date(2027, 4, 30), [session])
    return people


def log(channel="front_desk", **answers):
    given = {"subject": "rent", "wants": "answer"} | answers
    case_id = file_case(prepare_case(get_service("housing-front-desk"), given, channel=channel)).case_id
    while outbox.deliver():
        pass
    return case_id


def book(place=FIRST, name="zoe", **more):
    return log(
        channel="phone",
        wants="advice",
        session=place,
        question="Devis d'isolation",
        you={"name": name, "email": f"{name}@example.org"},
        **more,
    )


def take(case_id, action, by, **raw):
    return act_on(case_id, prepare(get_service("housing-front-desk"), action, raw, by if by is RESIDENT else actor_of(by)))


def step_of(case_id):
    return read_standings([case_id])[case_id].step


def test_two_answers_log_a_contact_and_close_it(desk, moved):
    with moved(*MONDAY):
        assert step_of(log()) == "answered"
    assert not Mail.objects.exists()


def test_a_contact_is_closed_in_the_night_where_the_worker_was_away(desk, moved):
    with moved(*MONDAY):
        case_id = file_case(
            prepare_case(get_service("housing-front-desk"), {"subject": "search", "wants": "answer"}, channel="desk")
        ).case_id
        assert step_of(case_id) == "logged"
    with moved(2027, 3, 3, 1):
        assert sweep() == 1 and step_of(case_id) == "answered"


def test_a_session_is_one_persons_for_an_hour(desk, moved):
    with moved(*MONDAY):
        case_id = book()
        mail = Mail.objects.get(case_id=case_id)
        assert step_of(case_id) == "booked" and "mercredi 3" in mail.subject and "Permanence d'Aubane" in mail.body
        with pytest.raises(Refusal):
            book(name="bob")
        assert step_of(book(SECOND, name="bob")) == "booked"


def test_a_session_is_moved_or_freed_until_six_the_evening_before(desk, moved):
    with moved(*MONDAY):
        case_id = book()
    with moved(2027, 3, 2, 17, 59):
        take(case_id, "move", RESIDENT, session=SECOND)
        assert step_of(book(name="bob")) == "booked"
    with moved(2027, 3, 2, 18, 0), pytest.raises(Refusal):
        take(case_id, "cancel", RESIDENT)


def test_two_sessions_a_month_for_a_person(desk, moved):
    with moved(*MONDAY):
        book()
        book("advice-aubane@2027-03-10T09:00/10:00")
        with pytest.raises(Refusal):
            book("advice-aubane@2027-03-17T09:00/10:00")
        assert step_of(book("advice-aubane@2027-04-07T09:00/10:00")) == "booked"


def test_what_was_advised_is_told_and_what_became_of_it_is_followed_up(desk, moved):
    with moved(*MONDAY):
        case_id, missed = book(), book(SECOND, name="bob")
    with moved(2027, 3, 3, 12):
        assert take(case_id, "advised", desk.ana, advice=["file", "grant"], advice_note="Deux devis à demander.").step == "advised"
        assert take(missed, "absent", desk.ana).step == "absent"
        assert set(Booking.objects.values_list("state", flat=True)) == {"done", "missed"}
    with moved(2027, 6, 1, 9):
        assert take(case_id, "follow_up", desk.ana, outcome="works").step == "advised"


def test_four_contacts_in_five_in_person_make_eighty_per_cent(desk, moved):
    with moved(*MONDAY):
        for channel in ("front_desk", "front_desk", "front_desk", "front_desk", "phone"):
            log(channel=channel)
        year = Period.year(2027)
        assert (compute("housing-desk-contacts", year).value, float(compute("housing-desk-in-person-share", year).value)) == (
            5,
            80.0,
        )
