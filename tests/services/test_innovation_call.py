"""Innovation calls: a need is published, answers come sealed by the deadline, a jury scores them, both sides meet on the same day."""

import re
from collections import Counter
from datetime import datetime
from random import Random
from statistics import mean, pstdev

import pytest
from django.test import Client

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.contests import list_calls
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Entry, Live, Mail
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import Actor
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.figures.computing import Period, compute
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.rehearsal.innovation import rehearse_innovation
from oppidum.services.economy.innovation_answer import InnovationAnswer
from oppidum.services.economy.innovation_call import InnovationCall
from oppidum.services.economy.innovation_data import agreeing_scores
from tests.people_of_town import PASSWORD
from tests.publishing.conftest import letterhead, text_of  # noqa: F401
from tests.services.doing import step_of

pytestmark = pytest.mark.django_db
TEAM = Actor("officer", 1, "Eve", frozenset({"act", "note"}))
NEED = {
    "title": "Compter les vélos la nuit",
    "theme": "mobility",
    "need": "Les caméras ne voient rien sans lumière.",
    "ground": "Piste du bord de mer",
    "owner": {"kind": "commune", "name": "Aubane", "number": "73282932000074"},
    "contact": {"name": "Zoé", "email": "zoe@example.org"},
}


@pytest.fixture(autouse=True)
def march(settings, tmp_path, people):
    settings.MEDIA_ROOT = tmp_path
    for service in ("innovation-call", "innovation-answer"):
        Remit.objects.create(service=service, team=people.roads, category="*")
    remits.forget()
    with at(3, 1):
        yield


def at(month, day, hour=9, minute=0):
    return clock.at(datetime(2027, month, day, hour, minute, tzinfo=clock.PARIS))


@pytest.fixture
def call():
    """Published on 1 March 2027; answers until 31 March."""
    filed = file_case(prepare_case(InnovationCall, NEED, channel="portal"))
    criteria = [{"criterion": "Précision", "weight": 60}, {"criterion": "Prix", "weight": 40}]
    do(filed, "publish", criteria=criteria, closes_on="2027-03-31")
    return filed


def do(filed, action, service=InnovationCall, actor=TEAM, **raw):
    return act_on(filed.case_id, prepare(service, action, raw, actor))


def answer(call, name="Bob", **changed):
    raw = {
        "call": call.code,
        "firm": {"kind": "person", "name": name},
        "contact": {"name": name, "email": f"{name.lower()}@example.org"},
        "solution": "Un secret de radar",
        "maturity": "prototype",
        "price": "12 000",
        "sincere": {"agreed": True, "name": name},
    } | changed
    filed = file_case(prepare_case(InnovationAnswer, raw, channel="portal"))
    work()
    return filed


def scored(filed, *marks):
    rows = [{"juror": f"J{n}", "mark": mark, "why": "Vu"} for n, mark in enumerate(marks)]
    return do(filed, "score", InnovationAnswer, marks=rows)


def work():
    while outbox.deliver():
        pass


def test_an_open_need_is_published_with_what_it_says_its_criteria_and_its_last_day(client, call):
    page = client.get("/services/innovation-answer/", headers={"accept-language": "fr"}).content.decode()
    assert call.code in page and "Compter les vélos la nuit" in page and "Précision" in page and re.search(r"31\W+mars", page)


def test_answers_are_taken_until_the_last_day_and_not_a_minute_longer(call):
    with at(3, 31, 23, 59):
        assert step_of(answer(call)) == "sealed"
    with at(4, 1, 0), pytest.raises(InvalidForm) as late:
        answer(call, "Cid")
    assert "31/03/2027" in str(late.value.errors[0])


def test_a_call_given_more_time_takes_answers_until_its_new_day(call):
    do(call, "extend", closes_on="2027-04-15")
    with at(4, 10):
        assert step_of(answer(call)) == "sealed"
    assert list_calls(InnovationAnswer)[0].closes_on.isoformat() == "2027-04-15"


def test_nobody_reads_an_answer_nor_opens_the_call_before_its_last_day_is_over(call):
    filed = answer(call)
    browser = Client()
    assert browser.login(username="ana", password=PASSWORD)
    assert "secret de radar" not in browser.get(f"/desk/case/{filed.code}/").content.decode()
    with pytest.raises(NotNow):
        do(call, "close_call")
    with at(4, 1):
        do(call, "close_call")
        work()
        assert (step_of(filed), step_of(call)) == ("open", "jury")
        assert "secret de radar" in browser.get(f"/desk/case/{filed.code}/").content.decode()


def test_the_jury_scores_and_who_has_ten_of_twenty_may_be_invited(call):
    bob, cid = answer(call), answer(call, "Cid")
    with at(4, 1):
        do(call, "close_call")
        work()
        with pytest.raises(NotNow):  # not before the jury has spoken
            do(bob, "choose", InnovationAnswer)
        assert scored(bob, 12, 15, 9).facts["score"] == 12
        assert scored(cid, 12, 7).facts["score"] == 9.5
        assert do(bob, "choose", InnovationAnswer).step == "chosen"
        with pytest.raises(NotNow):
            do(cid, "choose", InnovationAnswer)


def test_the_names_of_jurors_are_in_no_journal(call):
    bob = answer(call)
    with at(4, 1):
        do(call, "close_call")
        work()
        rows = [{"juror": "Madame Untel", "mark": 12, "why": "Vu"}] * 2
        do(bob, "score", InnovationAnswer, marks=rows)
    assert "Untel" not in str(list(Entry.objects.filter(case_id=bob.case_id).values_list("data", flat=True)))


def test_both_sides_are_told_the_same_day_and_the_same_place(call, letterhead):  # noqa: F811
    bob, cid = answer(call), answer(call, "Cid")
    with at(4, 1):
        do(call, "close_call")
        work()
        scored(bob, 15, 15)
        do(bob, "choose", InnovationAnswer)
        do(call, "invite", day="2027-04-20", meeting_where="La Coque, 14 h")
        work()
    told = dict(Mail.objects.filter(body__contains="20 avril 2027").values_list("to", "subject"))
    assert set(told) == {"zoe@example.org", "bob@example.org"}
    text = text_of(path_of(Paper.objects.get(case=bob.case_id, letter="invitation").file).read_bytes())
    assert "20 avril 2027" in text and "La Coque, 14 h" in text
    assert step_of(cid) == "open"  # whom the jury did not choose is not invited


def test_a_trial_agreed_leads_the_call_on_and_the_others_are_thanked(call, letterhead):  # noqa: F811
    bob, cid = answer(call), answer(call, "Cid")
    with at(4, 1):
        do(call, "close_call")
        work()
        for one in (bob, cid):
            scored(one, 15, 15)
            do(one, "choose", InnovationAnswer)
        do(call, "invite", day="2027-04-20", meeting_where="La Coque, 14 h")
        work()
        do(bob, "agree", InnovationAnswer)
        work()
        assert step_of(call) == "trial"
        do(call, "settle")
        work()
        assert (step_of(bob), step_of(cid)) == ("agreed", "declined")
        assert do(call, "result", outcome="adopted", learnt="Le radar compte juste.").step == "done"
    year = Period.year(2027)
    counted = [compute(f"innovation-{name}", year).value for name in ("calls-published", "answers", "trials")]
    assert counted == [1, 2, 1]


def test_a_call_without_a_choice_ends_all_its_answers(call):
    bob = answer(call)
    do(call, "no_follow", reasons="Le besoin a disparu")
    work()
    assert (step_of(bob), step_of(call)) == ("unanswered", "without_choice")


def test_a_jury_spreads_its_scores_by_what_an_answer_is_worth_and_agrees_with_itself():
    drawn = {
        maturity: [agreeing_scores("score", {}, {"maturity": maturity}, Random(n)) for n in range(200)]
        for maturity in ("idea", "tried")
    }
    scores = {maturity: [one["score"] for one in said] for maturity, said in drawn.items()}
    assert mean(scores["tried"]) - mean(scores["idea"]) > 3 and min(map(pstdev, scores.values())) > 2
    within = [pstdev(row["mark"] for row in one["marks"]) for said in drawn.values() for one in said]
    assert mean(within) < 2  # jurors differ less on one answer than answers do


def test_the_demonstration_has_a_call_with_sealed_answers_one_before_its_jury_and_a_winner():
    assert rehearse_innovation(clock.today()) == 12
    steps = Counter(Live.objects.values_list("service", "step"))
    assert steps["innovation-call", "published"] == steps["innovation-call", "jury"] == steps["innovation-call", "trial"] == 1
    assert steps["innovation-answer", "sealed"] == 3 and steps["innovation-answer", "open"] == 4
    assert steps["innovation-answer", "agreed"] == 1 and steps["innovation-answer", "declined"] == 4
    best = max(Live.objects.filter(facts__has_key="score", step__in=("agreed", "declined")), key=lambda one: one.facts["score"])
    assert best.step == "agreed" and not Mail.objects.exists()
