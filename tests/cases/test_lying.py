"""A request whose form asks for no place lies in the commune of what it names: a pool, a booked session, its call; figures split by it."""

import pytest

from oppidum.bookings.models import Resource, Site
from oppidum.cases.corrections.correcting import _where
from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.booking import booking_faults
from oppidum.cases.filing import file_cases
from oppidum.cases.lying import lie_somewhere
from oppidum.cases.models import Case
from oppidum.cases.new_case import NewCase
from oppidum.figures.computing import Period, compute
from tests.cases.small_services import SmallPermit

AUBANE, BELLEFONT = "13901", "13902"
SESSION = "advice-there@2027-03-03T09:00/10:00"


@pytest.fixture
def places(people):
    """A pool in Aubane, one of which nobody said where it is, and sessions of advice in Bellefont."""
    Site.objects.create(code="pool-gardanne", name="Piscine", commune_id=AUBANE)
    Site.objects.create(code="pool-fos", name="Piscine")
    there = Site.objects.create(code="advice-there", name="Permanence", commune_id=BELLEFONT)
    Resource.objects.create(code="advice-there", kind="housing-advice", name="Permanence", site=there)


def asked(service, parent=None, commune="", **answers):
    return NewCase(service=service, channel="portal", answers=answers, parent=parent, commune=commune)


def lies_in(cases):
    return [case.commune for case in lie_somewhere(cases)]


def test_it_lies_where_the_pool_is_and_the_session_and_what_says_where_it_is_stays(places, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = lies_in(
            [
                asked("facility-booking", facility="pool-gardanne"),
                asked("facility-booking", facility="pool-fos"),
                asked("facility-booking", facility="pool-gardanne", commune=BELLEFONT),
                asked("housing-front-desk", session=SESSION),
                asked("housing-front-desk", session="no place"),
                asked("rights-request"),
            ]
        )
    assert found == [AUBANE, "", BELLEFONT, BELLEFONT, "", ""]


def test_an_application_lies_in_the_harbour_of_its_call_and_a_call_in_the_harbour_that_it_names(places):
    Site.objects.create(code="cassis", name="Cassis", commune_id=BELLEFONT)
    call = file_cases([asked("marina-occupancy", harbour="cassis")])[0].case_id
    assert Case.objects.get(pk=call).commune_id == BELLEFONT
    assert lies_in([asked("marina-application", parent=call)]) == [BELLEFONT]


def test_a_correction_of_the_pool_moves_the_case(places):
    service = get_service("facility-booking")
    lay, lies = (_where(service, service.form, {"facility": pool}) for pool in ("pool-fos", "pool-gardanne"))
    assert (lay[2], lies[2]) == ("", AUBANE)


def test_requests_for_places_are_counted_by_commune(places, moved):
    with moved(2027, 3, 1, 9):
        file_cases(
            [asked("course-enrolment", school="pool-gardanne", kind="pool")] * 2
            + [asked("course-enrolment", school="pool-fos", kind="pool")]
        )
    found = compute("course-requests", Period.year(2027))
    assert found.value == 3 and found.splits["commune"][AUBANE] == 2


def test_a_question_that_names_the_site_and_is_asked_nowhere_is_a_fault():
    class Wrong(SmallPermit):
        lies_at = "harbor"

    assert any("lies_at='harbor'" in fault for fault in booking_faults(Wrong))
