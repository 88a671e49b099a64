"""The requests of the communes (S61) and their visits: answered by a day, exchanged on both sides, sessions booked by their officers."""

from datetime import date

import pytest

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Booking, Opening, Resource
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Mail
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import RESIDENT
from oppidum.cases.sweeping import sweep
from oppidum.core.errors import Refusal
from oppidum.figures.computing import Period, compute
from oppidum.people import remits
from oppidum.people.models import Remit
from tests.services.doing import deliver
from tests.territory.town import IN_AUBANE, IN_BELLEFONT

MONDAY, SEAT = (2027, 3, 1, 9), "law@2027-03-10T09:00/12:00"
AUBANE, BELLEFONT = ({"lon": lon, "lat": lat, "address": "Place de la Mairie"} for lon, lat in (IN_AUBANE, IN_BELLEFONT))


@pytest.fixture
def relations(people):
    """The roads team keeps the relations with the communes; a course on public procurement has two seats on Wednesdays."""
    for service in ("commune-request", "commune-visit"):
        Remit.objects.create(service=service, team=people.roads, category="*")
    remits.forget()
    course = Resource.objects.create(code="law", kind="commune-training", name="Marchés publics", capacity=2, team=people.roads)
    Opening.objects.create(resource=course, weekday=3, starts="09:00", ends="12:00")
    make_slots(date(2027, 3, 1), date(2027, 4, 30), [course])
    return people


def file(service, **answers):
    case_id = file_case(prepare_case(get_service(service), answers, channel="desk")).case_id
    deliver()
    return case_id


def ask(place=AUBANE, urgent="no", **more):
    asked = {"wants": "request", "subject": "legal", "title": "Un marché à relire", "details": "Le cahier des charges de l'école."}
    you = {"name": "Luc Peyron", "email": "luc@aubane.example"}
    return file("commune-request", place=place, urgent=urgent, post="secretary", you=you, **asked | more)


def enrol(name="luc", seat=SEAT, place=AUBANE):
    you = {"name": name, "email": f"{name}@aubane.example"}
    return file("commune-request", wants="training", place=place, session=seat, trainee=name.title(), post="officer", you=you)


def take(case_id, action, by, **raw):
    standing = act_on(case_id, prepare(get_service("commune-request"), action, raw, by if by is RESIDENT else actor_of(by)))
    deliver()
    return standing


def standing_of(case_id):
    return read_standings([case_id])[case_id]


def test_a_request_is_answered_within_fifteen_working_days_an_urgent_one_within_five(relations, moved):
    with moved(*MONDAY):
        usual, urgent = standing_of(ask()), standing_of(ask(urgent="yes"))
    assert (usual.step, usual.due_on) == ("open", date(2027, 3, 22)) and urgent.due_on == date(2027, 3, 8)
    assert usual.team_id == relations.roads.pk and usual.commune == "13901"


def test_both_sides_write_to_each_other_and_the_answer_comes_with_its_outcome(relations, moved):
    with moved(*MONDAY):
        case_id = ask()
        take(case_id, "take_up", relations.ana)
        assert take(case_id, "ask_commune", relations.ana, message="Quel montant ?").due_on is None
    with moved(2027, 3, 3, 9):
        assert take(case_id, "answer_question", RESIDENT, message="90 000 euros").due_on == date(2027, 3, 24)
        assert take(case_id, "give_answer", relations.ana, outcome="agreed", message="Voici notre relecture.").step == "answered"
        assert take(case_id, "again", RESIDENT, message="Il manque l'annexe.").step == "studied"
    mails = list(Mail.objects.filter(case_id=case_id).order_by("pk").values_list("body", flat=True))
    assert "lundi 22 mars" in mails[0] and "Quel montant ?" in mails[1] and "Voici notre relecture." in mails[2]


def test_a_question_without_an_answer_for_sixty_days_closes_the_request_and_not_before(relations, moved):
    with moved(*MONDAY):
        case_id = ask()
        take(case_id, "ask_commune", relations.ana, message="Quel montant ?")
    with moved(2027, 4, 30, 12):
        assert sweep() == 0
    with moved(2027, 5, 1, 12):
        assert sweep() == 1 and standing_of(case_id).step == "lapsed"


def test_a_seat_is_one_officers_and_a_full_session_turns_the_next_away(relations, moved):
    with moved(*MONDAY):
        first = enrol()
        assert standing_of(first).step == "enrolled" and standing_of(first).due_on is None
        assert "mercredi 10\xa0mars" in Mail.objects.get(case_id=first).body
        enrol("lea")
        with pytest.raises(Refusal):
            enrol("max")
        take(first, "cancel", RESIDENT)
        assert standing_of(enrol("max")).step == "enrolled"


def test_who_came_is_given_a_certificate_and_counts_as_trained(relations, moved):
    with moved(*MONDAY):
        came, missed = enrol(), enrol("lea", place=BELLEFONT)
    with moved(2027, 3, 10, 14):
        told = {"course": "Marchés publics", "hours": "3", "trained_on": "2027-03-10"}
        assert take(came, "trained", relations.ana, **told).step == "trained"
        assert take(missed, "absent", relations.ana).step == "absent"
        assert set(Booking.objects.values_list("state", flat=True)) == {"done", "missed"}
        counted = {
            name: compute(name, Period.year(2027)).value for name in ("commune-officers-trained", "communes-with-officers-trained")
        }
    assert counted == {"commune-officers-trained": 1, "communes-with-officers-trained": 1}


def test_communes_that_asked_are_counted_once_however_often_they_ask(relations, moved):
    with moved(*MONDAY):
        for place in (AUBANE, AUBANE, BELLEFONT):
            ask(place)
        enrol()
        year = Period.year(2027)
        assert compute("commune-requests", year).value == 3 and compute("communes-that-asked", year).value == 2
        assert compute("communes-that-asked", year).months == {}, "the months of a spread don't add up to it"


def test_a_withdrawn_request_is_over(relations, moved):
    with moved(*MONDAY):
        case_id = ask()
        assert take(case_id, "withdraw", RESIDENT).step == "withdrawn"
        with pytest.raises(NotNow):
            take(case_id, "give_answer", relations.ana, outcome="advice", message="Trop tard")


def test_a_visit_that_was_held_meets_its_commune(relations, moved):
    visit = get_service("commune-visit")
    with moved(*MONDAY):
        asked = {"place": AUBANE, "planned_on": "2027-03-05", "with_whom": ["mayor"], "subjects": ["works"]}
        held, dropped = file("commune-visit", **asked), file("commune-visit", **asked | {"place": BELLEFONT})
    with moved(2027, 3, 5, 17):
        said = {"met_on": "2027-03-05", "minutes_said": "La voirie passe en avril."}
        assert act_on(held, prepare(visit, "hold", said, actor_of(relations.ana))).step == "held"
        assert act_on(dropped, prepare(visit, "drop", {}, actor_of(relations.ana))).step == "dropped"
        assert compute("commune-visits", Period.year(2027)).value == compute("communes-visited", Period.year(2027)).value == 1
