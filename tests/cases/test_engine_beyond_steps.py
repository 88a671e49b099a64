"""What the engine does beside steps: conditions, branches, opinions, numbers, sub-cases, routing rules."""

from datetime import date

import pytest
from django.db import transaction

from oppidum.cases.acting import act, act_on
from oppidum.cases.filing import file_case, file_cases, prepare_case
from oppidum.cases.models import Case, Entry, Link, Mail, Message, Series
from oppidum.cases.outbox import deliver
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import Actor, Command
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.core.errors import Invalid, NotAllowed
from tests.cases.small_services import SmallInspection, SmallPermit, declare

ANA = Actor("officer", 1, "Ana", frozenset({"act"}))
HERITAGE = Actor("third:heritage", None, "Heritage")


@pytest.fixture(autouse=True)
def services(monkeypatch):
    declare(monkeypatch, SmallPermit, SmallInspection)


def permit(metres=20, **raw):
    return file_case(prepare_case(SmallPermit, {"metres": metres} | raw, channel="portal"))


def stands(case):
    return read_standings([case.case_id])[case.case_id]


def give(name, answer, actor=ANA, **more):
    return Command("opinion", actor, {"opinion": name, "answer": answer} | more)


def test_a_case_needs_neither_place_nor_category_nor_promise(people):
    filed = permit()
    case = Case.objects.get(code=filed.code)
    assert (case.place, case.commune, case.answers) == (None, None, {"metres": 20})
    assert (filed.standing.step, filed.standing.due_on, filed.standing.category) == ("filed", None, "")


def test_the_way_branches_on_what_was_just_measured(people):
    short, long_one = permit(), permit()
    assert act_on(short.case_id, Command("measure", ANA, {"metres": 30})).step == "ready"
    assert act_on(long_one.case_id, Command("measure", ANA, {"metres": 1500})).step == "refused"
    assert Case.objects.get(pk=short.case_id).answers["metres"] == 30


def test_an_act_is_refused_where_its_condition_does_not_hold(people):
    filed = permit()
    act_on(filed.case_id, Command("ask", ANA))
    with pytest.raises(NotNow):
        act_on(filed.case_id, Command("weigh", ANA))


def test_opinions_are_joined_when_the_last_one_is_in(people):
    filed = permit()
    act_on(filed.case_id, Command("ask", ANA))
    act_on(filed.case_id, give("heritage", "favourable", HERITAGE, reasons="Rien à dire"))
    assert stands(filed).step == "asked"
    act_on(filed.case_id, give("roads", "conditional"))
    deliver()
    case = stands(filed)
    assert case.step == "ready"
    assert (case.facts["opinion:heritage"], case.facts["opinion:roads"]) == ("favourable", "conditional")
    assert Message.objects.get(case_id=filed.case_id).text == "Rien à dire"


def test_an_opinion_is_given_by_who_was_asked_and_with_an_answer_that_exists(people):
    filed = permit()
    act_on(filed.case_id, Command("ask", ANA))
    with pytest.raises(NotAllowed):
        act_on(filed.case_id, give("roads", "favourable", HERITAGE))
    with pytest.raises(Invalid):
        act_on(filed.case_id, give("heritage", "splendid", HERITAGE))
    with pytest.raises(NotNow):
        act_on(filed.case_id, give("police", "favourable"))


def test_an_unfavourable_opinion_closes_the_way_to_a_grant(people):
    filed = permit()
    act_on(filed.case_id, Command("ask", ANA))
    act_on(filed.case_id, give("heritage", "unfavourable", HERITAGE))
    act_on(filed.case_id, give("roads", "favourable"))
    deliver()
    with pytest.raises(NotNow):
        act_on(filed.case_id, Command("grant", ANA))
    assert act_on(filed.case_id, Command("refuse", ANA, {"reason": "law"})).step == "refused"


def test_a_late_opinion_is_kept_and_changes_nothing(people):
    filed = permit()
    act_on(filed.case_id, Command("ask", ANA))
    act_on(filed.case_id, give("roads", "favourable"))
    act_on(filed.case_id, give("roads", "unfavourable"))
    assert stands(filed).facts["opinion:roads"] == "favourable"
    assert Entry.objects.filter(case_id=filed.case_id, action="opinion").order_by("seq").last().data["late"] is True


def test_teams_are_asked_by_mail(people):
    people.roads.email = "voirie@castelmer.example"
    people.roads.save()
    filed = permit()
    act_on(filed.case_id, Command("ask", ANA))
    deliver()
    mail = Mail.objects.get(case_id=filed.case_id)
    assert mail.to == "voirie@castelmer.example" and filed.code in mail.body


def test_acts_of_a_batch_are_numbered_in_their_order_without_a_gap(people):
    ids = [f.case_id for f in file_cases([prepare_case(SmallPermit, {"metres": 1}, channel="portal") for _ in range(5)])]
    act([(i, Command("measure", ANA, {"metres": 1})) for i in ids])
    act([(i, Command("grant" if n % 2 else "refuse", ANA, {} if n % 2 else {"reason": "law"})) for n, i in enumerate(ids)])
    given = Entry.objects.filter(action__in=["grant", "refuse"]).order_by("case_id").values_list("data__number", flat=True)
    assert list(given) == [1, 2, 3, 4, 5]


def test_a_number_taken_back_is_given_to_the_next(people):
    first, second = permit(), permit()
    for one in (first, second):
        act_on(one.case_id, Command("measure", ANA, {"metres": 1}))
    with pytest.raises(RuntimeError), transaction.atomic():
        act_on(first.case_id, Command("grant", ANA))
        raise RuntimeError("the machine stops")
    act_on(second.case_id, Command("grant", ANA))
    assert Entry.objects.get(case_id=second.case_id, action="grant").data["number"] == 1
    assert Series.objects.get().last == 1


def test_a_sub_case_is_filed_once_and_its_end_moves_its_parent(people):
    parent = permit(metres=7)
    act_on(parent.case_id, Command("inspect", ANA))
    deliver()
    deliver()
    child = Case.objects.get(service="small-inspection")
    assert child.answers == {"metres": 7} and Link.objects.get().other_id == parent.case_id
    act_on(child.pk, Command("seen", ANA, {"result": "good"}))
    deliver()
    assert stands(parent).step == "ready"


def test_a_parent_that_went_another_way_is_left_alone(people):
    parent = permit()
    act_on(parent.case_id, Command("inspect", ANA))
    deliver()
    child = Case.objects.get(service="small-inspection")
    act_on(parent.case_id, Command("inspected", Actor("system")))
    act_on(parent.case_id, Command("refuse", ANA, {"reason": "law"}))
    act_on(child.pk, Command("seen", ANA, {"result": "bad"}))
    deliver()
    assert stands(parent).step == "refused"


def test_every_state_is_the_fold_of_its_journal(people):
    filed = permit(colour="blue")
    act_on(filed.case_id, Command("ask", ANA))
    act_on(filed.case_id, give("heritage", "favourable", HERITAGE))
    assert [difference for _checked, found in verify() for difference in found] == []


def test_a_silent_body_is_answered_for_when_its_time_is_over_and_the_case_goes_on(people, moved):
    with moved(2027, 3, 1, 9):
        filed = permit()
        act_on(filed.case_id, Command("ask", ANA))
    with moved(2027, 3, 12, 1):  # the roads team had until 11 March
        assert sweep() == 1
    assert stands(filed).facts["opinion:roads"] == "none"
    with moved(2027, 4, 1, 1):  # and the architect until 31 March
        assert (sweep(), sweep()) == (1, 0)
        deliver()
    case = stands(filed)
    assert (case.facts["opinion:heritage"], case.step) == ("favourable", "ready")
    entry = Entry.objects.filter(case_id=filed.case_id, action="opinion").order_by("seq").last()
    assert entry.valid_at == clock.midnight(date(2027, 4, 1))


def test_officers_are_told_once_that_a_date_is_near(people, moved):
    people.roads.officers.update(email="ana@castelmer.example")
    with moved(2027, 3, 1, 9):
        filed = permit(metres=500)  # five working days: Monday 8 March
    with moved(2027, 3, 5, 9):
        assert sweep() == 0
    with moved(2027, 3, 6, 9):
        assert (sweep(), sweep()) == (1, 0)
        deliver()
        deliver()
    assert {mail.to for mail in Mail.objects.filter(case_id=filed.case_id)} == {"ana@castelmer.example"}
    assert [difference for _checked, found in verify() for difference in found] == []
