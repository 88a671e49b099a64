"""Courses: who may enrol when, a price by means, groups that fill up, and a list in a published order served as places come free."""

from datetime import date, datetime, time

import pytest

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.errors import QuotaReached, SlotFull, TooLate
from oppidum.bookings.models import Opening, Resource, Site, Slot
from oppidum.bookings.waiting import find_rank, list_ranks
from oppidum.cases.acting import act_on
from oppidum.cases.booking.times import sweep_offers
from oppidum.cases.declaration import compute_fee
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Mail
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.errors import NotEligible
from oppidum.cases.rules.standing import RESIDENT, Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.figures.computing import Period, compute
from oppidum.payments.statements import statement_of
from oppidum.publishing.models import Paper
from oppidum.services.ecology_culture_sport.course_enrolment import CourseEnrolment
from tests.publishing.conftest import letterhead  # noqa: F401 -- a fixture
from tests.services.doing import deliver, step_of

SCHOOL = Actor("officer", 1, "Lou", frozenset({"act", "note"}))
IN_JULY = datetime(2027, 7, 5, 9, tzinfo=clock.PARIS)
WEDNESDAY, SATURDAY = "gardanne-child@2027-09-15T14:00/14:45", "gardanne-child@2027-09-18T09:00/09:45"
SEASON = {f"rule:{name}": value for name, value in CourseEnrolment.rules_on(date(2027, 7, 5)).items()}
BIRTHS = {"child": "2018-03-02", "teen": "2012-01-30", "small": "2023-01-15"}


@pytest.fixture
def july(people):
    """Lessons at the pool of Gardanne: two places on Wednesdays, two on Saturdays; and a piano class in Istres, of one."""
    with clock.at(IN_JULY):
        pool = Site.objects.create(code="pool-gardanne", name="Piscine de Gardanne")
        music = Site.objects.create(code="music-istres", name="École de musique d'Istres")
        lessons = Resource.objects.create(
            code="gardanne-child", kind="course", model="swim-child", name="Leçons", site=pool, capacity=2, team=people.cleanliness
        )
        piano = Resource.objects.create(code="istres-piano", kind="course", model="piano", name="Piano", site=music, capacity=1)
        week = {"first_day": date(2027, 9, 13), "last_day": date(2027, 9, 19)}
        Opening.objects.create(resource=lessons, weekday=3, starts=time(14), ends=time(14, 45), **week)
        Opening.objects.create(resource=lessons, weekday=6, starts=time(9), ends=time(9, 45), **week)
        Opening.objects.create(resource=piano, weekday=2, starts=time(17), ends=time(18), **week)
        make_slots(date(2027, 7, 1), date(2028, 6, 30), [lessons, piano])
        yield people  # fmt: skip


def new(name="ada", *, group="", age="child", **changed):
    raw = {
        "kind": "pool", "school": "pool-gardanne", "course": "swim-child", "first_name": name, "last_name": "Blanc", "birth": BIRTHS[age],
        "again": "no", "lives_here": "yes", "group": group, "health": "questionnaire", "contact": {"name": "Zoé", "email": f"{name}@example.org"},
    } | changed  # fmt: skip
    return prepare_case(CourseEnrolment, raw, channel="portal")


def enrol(*args, **given):
    filed = file_case(new(*args, **given))
    deliver()
    return filed


def do(filed, action, actor=SCHOOL, **raw):
    done = act_on(filed.case_id, prepare(CourseEnrolment, action, raw, actor))
    deliver()
    return done


def price(**known) -> int:
    return compute_fee(CourseEnrolment, "course", {"lives_here": True, "today": "2027-07-05"} | known).total_cents


@pytest.mark.parametrize(
    ("day", "again", "here", "may"),
    [(8, "yes", "no", True), (8, "no", "yes", False), (14, "no", "yes", True), (20, "no", "no", False), (21, "no", "no", True)],
)
def test_re_enrolments_come_first_then_residents_then_everybody(day, again, here, may, town):
    with clock.at(datetime(2027, 6, day, 10, tzinfo=clock.PARIS)):
        if may:
            assert new(again=again, lives_here=here)
        else:
            with pytest.raises(NotEligible):
                new(again=again, lives_here=here)


@pytest.mark.parametrize(
    ("course", "age", "may"),
    [("swim-child", "child", True), ("swim-child", "teen", False), ("swim-child", "small", False), ("swim-teen", "teen", True), ("piano", "child", False)],
)  # fmt: skip
def test_a_course_is_for_its_ages_and_where_it_is_taught(course, age, may, july):
    if may:
        assert new(course=course, age=age)
    else:
        with pytest.raises(NotEligible):
            new(course=course, age=age)


def test_the_price_follows_the_quotient_familial_band_by_band():
    swims = [price(kind="pool", quotient=quotient) for quotient in (300, 301, 600, 900, 1200, 1201, None)]
    assert swims == [3_000, 5_000, 5_000, 7_500, 9_500, 12_000, 12_000]
    assert price(kind="music", quotient=650) == 18_000
    assert price(kind="pool", quotient=None, lives_here=False) == 18_000


def test_a_group_takes_as_many_as_it_has_places(july):
    assert [step_of(enrol(name, group=WEDNESDAY)) for name in ("ada", "bob")] == ["kept", "kept"]
    with pytest.raises(SlotFull) as refused:
        enrol("cid", group=WEDNESDAY)
    assert str(refused.value.nearest[0]) == SATURDAY


def test_whoever_leaves_the_group_open_waits_in_a_line_of_its_course_by_points(july):
    for name, group in (("ada", WEDNESDAY), ("bob", WEDNESDAY), ("cid", SATURDAY), ("dan", SATURDAY)):
        enrol(name, group=group)
    new_pupil, old_pupil = enrol("eve", lives_here="no"), enrol("fay", again="yes")
    pianist = enrol("gus", kind="music", school="music-istres", course="piano", health="")
    assert [(one.model, one.rank, one.reference) for one in list_ranks("course", "pool-gardanne")] == [
        ("swim-child", 1, old_pupil.code), ("swim-child", 2, new_pupil.code),
    ]  # fmt: skip
    assert find_rank("course", old_pupil.code).how == [["Enrolled last season", "20"], ["Lives in the metropolis", "10"]]
    assert sweep_offers() == 1 and (step_of(pianist), step_of(old_pupil)) == ("offered", "waiting")


def test_a_place_given_up_is_offered_in_order_and_goes_on_when_nobody_answers(july, moved):
    leaving, *_others = [
        enrol(name, group=group) for name, group in (("ada", WEDNESDAY), ("bob", WEDNESDAY), ("cid", SATURDAY), ("dan", SATURDAY))
    ]
    first, second = enrol("eve", again="yes"), enrol("fay")
    assert sweep_offers() == 0
    do(leaving, "cancel", RESIDENT)
    assert sweep_offers() == 1
    deliver()
    assert step_of(first) == "offered" and "place" in Mail.objects.filter(case_id=first.case_id).last().subject
    with moved(2027, 7, 11, 0, 1):  # Five days, to the midnight that ends the last one.
        sweep_offers()
        assert (step_of(first), step_of(second)) == ("waiting", "offered")
        assert do(second, "accept", RESIDENT).step == "kept"
        assert Slot.objects.get(starts_at=datetime(2027, 9, 15, 14, tzinfo=clock.PARIS)).taken == 2


def test_papers_that_do_not_come_free_the_place(july, moved):
    filed = enrol(group=WEDNESDAY)
    do(filed, "ask_papers", message="Le certificat médical, s'il vous plaît.")
    with moved(2027, 7, 21, 0, 1):
        sweep()
    assert step_of(filed) == "cancelled" and Slot.objects.filter(taken__gt=0).count() == 0


def test_enrolled_means_a_certificate_and_a_bill(july, letterhead):  # noqa: F811
    filed = enrol(group=WEDNESDAY)
    assert do(filed, "confirm").step == "enrolled"
    assert statement_of(filed.case_id).due_cents == 12_000
    assert {paper.letter for paper in Paper.objects.filter(case_id=filed.case_id)} == {"certificate", "bill"}


def test_until_a_week_before_the_first_lesson_a_place_is_given_back_and_nothing_is_due(july, moved):
    early, late = enrol("ada", group=WEDNESDAY), enrol("bob", group=WEDNESDAY)
    do(early, "confirm"), do(late, "confirm")
    with moved(2027, 9, 8, 17):
        do(early, "cancel", RESIDENT)
        assert statement_of(early.case_id).due_cents == 0
    with moved(2027, 9, 8, 18), pytest.raises(TooLate):
        do(late, "cancel", RESIDENT)


def test_who_leaves_for_a_sound_reason_pays_the_lessons_until_then_and_the_rest_is_taken_off_or_paid_back(july, moved):
    filed = enrol("bob", group=WEDNESDAY)
    do(filed, "confirm")
    paid_in_full = statement_of(filed.case_id).due_cents
    with moved(2027, 11, 3, 9):  # Six of 34 lessons: none in the autumn holidays, which end on 7 November.
        assert do(filed, "stop", reason="moved").step == "stopped"
        assert statement_of(filed.case_id).due_cents == 2_118 == round(paid_in_full * 6 / 34)


def test_who_is_enrolled_after_the_first_lesson_pays_those_that_are_left(july, moved):
    leaving, first = enrol("ada", group=WEDNESDAY), enrol("bob", group=WEDNESDAY)
    for name in ("cid", "dan"):
        enrol(name, group=SATURDAY)
    late = enrol("eve")
    do(leaving, "confirm"), do(first, "confirm")
    with moved(2027, 9, 28, 9):
        do(leaving, "stop", reason="health")
        sweep_offers()
        deliver()
        do(late, "accept", RESIDENT)
    with moved(2027, 9, 30, 9):  # Three lessons have taken place.
        assert do(late, "confirm").step == "enrolled"
        assert statement_of(late.case_id).due_cents == 10_941 == round(12_000 * 31 / 34)
    with moved(2027, 10, 14, 9):  # She had two.
        do(late, "stop", reason="moved")
        assert statement_of(late.case_id).due_cents == 706 == round(12_000 * 2 / 34)


def test_a_group_that_ends_is_paid_until_then_and_the_next_one_from_its_first_lesson(july, moved):
    filed = enrol("bob", group=WEDNESDAY)
    do(filed, "confirm")
    with moved(2027, 9, 16, 9):
        assert do(filed, "unplaced").step == "to_rebook"
        assert statement_of(filed.case_id).due_cents == round(12_000 * 1 / 34)
        assert do(filed, "rebook", RESIDENT, group=SATURDAY).step == "kept"
        do(filed, "confirm")
    lessons, price_of_one = price(kind="pool", quotient=None, group=SATURDAY, **SEASON), round(12_000 * 1 / 34)
    assert statement_of(filed.case_id).due_cents == price_of_one + lessons == price_of_one + 12_000


def test_the_price_foretold_is_that_of_the_whole_season_whatever_the_group():
    assert price(kind="pool", quotient=None, **SEASON) == price(kind="pool", quotient=None, group=WEDNESDAY, **SEASON) == 12_000
    assert price(kind="pool", quotient=None, group=WEDNESDAY, joined_on="2027-11-10", **SEASON) == round(12_000 * 28 / 34)


def test_one_more_group_than_the_rules_allow_is_refused_to_the_same_pupil(july):
    with clock.at(IN_JULY):
        Opening.objects.all().update(last_day=date(2027, 12, 31))
        make_slots(date(2027, 7, 1), date(2027, 12, 31))
    for week in (15, 22, 29):
        enrol("ada", group=f"gardanne-child@2027-09-{week}T14:00/14:45")
    enrol("ada", group="gardanne-child@2027-10-06T14:00/14:45")
    with pytest.raises(QuotaReached):
        enrol("ADA", group="gardanne-child@2027-10-13T14:00/14:45")


def test_what_is_filled_and_who_waits_is_counted(july):
    for name, group in (("ada", WEDNESDAY), ("bob", WEDNESDAY), ("cid", SATURDAY)):
        do(enrol(name, group=group), "confirm")
    enrol("eve")
    year = Period.year(2027)
    assert [
        compute(name, year).value for name in ("course-requests", "course-enrolled", "course-pool-members", "course-waiting")
    ] == [4, 3, 3, 1]
    assert float(compute("course-filled-share", year).value) == 60.0
