"""A place that comes free once the course has begun: offered to the first in line, with time to answer, then to the next; to one alone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connections

from oppidum.bookings.calendars import verify
from oppidum.bookings.errors import Closed, SlotFull
from oppidum.bookings.models import Booking, Slot, State
from oppidum.cases.acting import act
from oppidum.cases.booking.times import sweep_offers
from oppidum.cases.models import Mail
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import RESIDENT
from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.figures.computing import Period, compute
from oppidum.services.ecology_culture_sport.course_enrolment import CourseEnrolment
from tests.services.doing import deliver, step_of
from tests.services.test_course_enrolment import SATURDAY, SCHOOL, WEDNESDAY, do, enrol, july  # noqa: F401

OCTOBER = (2027, 10, 4, 9)  # Three weeks after the first lesson.


@pytest.fixture
def full(july):  # noqa: F811
    """Both groups are full and enrolled; Eve, of last season, waits before Fay and Gil."""
    places = (("ada", WEDNESDAY), ("bob", WEDNESDAY), ("cid", SATURDAY), ("dan", SATURDAY))
    pupils = [enrol(name, group=group) for name, group in places]
    for one in pupils:
        do(one, "confirm")
    return [*pupils, enrol("eve", again="yes"), enrol("fay"), enrol("gil")]


def taken():
    return Slot.objects.get(starts_at=datetime(2027, 9, 15, 14, tzinfo=clock.PARIS)).taken


@pytest.mark.django_db
def test_who_leaves_in_october_makes_place_for_the_first_in_line_then_for_the_next_who_comes_from_the_next_lesson_on(full, moved):
    leaving, *_pupils, eve, fay, gil = full
    with moved(*OCTOBER):
        assert sweep_offers() == 0
        do(leaving, "stop", reason="moved")
        assert sweep_offers() == 1 and sweep_offers() == 0
        deliver()
        assert (step_of(eve), step_of(fay)) == ("offered", "waiting")
        assert "séance" in Mail.objects.filter(case_id=eve.case_id).last().body
    with moved(2027, 10, 9, 23, 59):
        sweep_offers()
        assert step_of(eve) == "offered"
    with moved(2027, 10, 10, 0, 1):  # Five days later nobody has answered.
        sweep_offers()
        assert (step_of(eve), step_of(fay)) == ("waiting", "offered")
        do(fay, "decline", RESIDENT)
        sweep_offers()
        # What Fay turned down isn't offered to her again; Eve is before Gil.
        assert (step_of(eve), step_of(fay), step_of(gil)) == ("offered", "waiting", "waiting")
        assert do(eve, "accept", RESIDENT).step == "kept" and do(eve, "confirm").step == "enrolled"
    assert taken() == 2 and verify() == []


@pytest.mark.django_db
def test_eight_weeks_after_the_first_lesson_a_place_stays_empty(full, moved):
    leaving, *_pupils, eve, fay, gil = full
    with moved(2027, 11, 10, 9):
        do(leaving, "stop", reason="health")
        assert sweep_offers() == 1  # of 15 September, eight weeks ago
    with moved(2027, 11, 16, 0, 1):
        assert sweep_offers() == 0 and {step_of(one) for one in (eve, fay, gil)} == {"waiting"}
        with pytest.raises(Closed):
            do(fay, "offer", group=WEDNESDAY)


@pytest.mark.django_db
def test_nobody_chooses_a_group_that_has_begun_by_themselves(full, moved):
    leaving, other, *_rest = full
    with moved(*OCTOBER):
        do(leaving, "stop", reason="moved")
        with pytest.raises(Closed):
            enrol("hal", group=WEDNESDAY)
        with pytest.raises(Refusal):
            do(other, "move", RESIDENT, group=SATURDAY)


@pytest.mark.django_db
def test_a_place_given_on_in_october_counts_as_one_of_its_group_and_as_given_from_the_list(full, moved):
    year = Period.year(2027)
    leaving, *_pupils, eve, _fay, _gil = full
    before = [compute(name, year).value for name in ("course-places", "course-places-taken", "course-from-list")]
    with moved(*OCTOBER):
        do(leaving, "stop", reason="moved")
        sweep_offers()
        do(eve, "accept", RESIDENT)
    after = [compute(name, year).value for name in ("course-places", "course-places-taken", "course-from-list")]
    assert (before, after) == ([5, 4, 0], [5, 4, 1])


@pytest.mark.django_db(transaction=True)
def test_of_many_who_could_have_the_place_at_the_same_instant_one_gets_it(full, moved):
    """With real connections: the sweep four times, and the school offering it to the second and the third in line."""
    leaving, *_pupils, _eve, fay, gil = full
    with moved(*OCTOBER):
        do(leaving, "stop", reason="moved")
        now = clock.now()
    offers = [(one.case_id, prepare(CourseEnrolment, "offer", {"group": WEDNESDAY}, SCHOOL)) for one in (fay, gil)]
    tasks = [sweep_offers] * 4 + [lambda each=each: act([each])[0].refusal for each in offers]
    gate = threading.Barrier(len(tasks))

    def run(task):
        try:
            with clock.at(now):
                connections["default"].ensure_connection()
                gate.wait()
                return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        *swept, first, second = pool.map(run, tasks)
    won = [refusal for refusal in (first, second) if refusal is None]
    assert sum(swept) + len(won) == 1 and all(isinstance(one, SlotFull) for one in (first, second) if one is not None)
    assert Booking.objects.filter(state=State.OFFERED).count() == 1 and taken() == 2 and verify() == []
