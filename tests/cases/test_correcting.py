"""An officer corrects an answer: before, after and why are told, the case is judged as if it had been filed so, and no clock begins anew."""

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.corrections import correcting
from oppidum.cases.declaration import (
    Choice,
    Clock,
    Computed,
    Flow,
    Form,
    Number,
    Page,
    Place,
    Service,
    Statement,
    Text,
    YesNo,
    answer,
    end,
    months,
    step,
)
from oppidum.cases.declaration.flow import Action
from oppidum.cases.declaration.routing import Route
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.histories import read_case_file
from oppidum.cases.models import Case, Correction, Entry, Mail, Message
from oppidum.cases.persons.rooms import remove_of
from oppidum.cases.routing.teams import forget as forget_routes
from oppidum.cases.rules.errors import NotNow, Stale
from oppidum.cases.rules.standing import Command, Contact
from oppidum.cases.verifying import verify
from oppidum.core.errors import InvalidForm, NotAllowed
from tests.cases.small_services import declare
from tests.desk.queries import all_queries
from tests.territory.town import IN_AUBANE, IN_BELLEFONT

close = Action("close", "Close", by="act")


class Terrace(Service):
    """A terrace on public land (terrasse)."""

    code = "terrace"
    name = "Terrace"
    owner = "living-environment-water"
    retention = "P2Y"
    promise = 10
    fixed = ("kind",)
    form = Form(
        Page(
            "terrace",
            "The terrace",
            where=Place("Where?", required=True),
            kind=Choice("Kind", {"open": "Open", "closed": "Closed"}, required=True),
            metres=Number("Square metres", minimum=1, maximum=100, required=True, fact=True),
            heated=YesNo("Heated?", required=True),
            heaters=Number("How many heaters?", required=True, when=answer("heated").is_(True)),
            price=Computed("Yearly fee", value=answer("metres") * 2),
            owner_name=Text("Name of the owner", private=True),
            signed=Statement("All this is true", required=True),
        )
    )
    clocks = (Clock("decision", "Decision", lasts=months(2), means="refusal", silence="", source="CRPA"),)
    routes = (Route(when=answer("metres") > 50, team="cleanliness", says="Large ones"), Route(team="roads", says="Others"))
    flow = Flow(step("filed", close >> "closed", label="Filed"), end("closed", label="Closed"))


RAW = {
    "where": {"address": "Rue de la République", "lon": IN_AUBANE[0], "lat": IN_AUBANE[1]},
    "kind": "open",
    "metres": 12,
    "heated": False,
    "owner_name": "Zoé Mercadier",
    "signed": {"agreed": True, "name": "Zoé Mercadier"},
}


@pytest.fixture
def terrace(people, monkeypatch, moved):
    declare(monkeypatch, Terrace)
    forget_routes()
    with moved(2027, 3, 1, 9):
        filed = file_case(prepare_case(Terrace, RAW, channel="portal", contact=Contact("Zoé", "zoe@example.org", "", "fr")))
    with moved(2027, 3, 10, 9):
        yield Case.objects.get(pk=filed.case_id)


def fix(case, officer, raw, seen=2, why="mistyped", message="Vous nous l'avez dit au guichet."):
    return correcting.correct(case, officer, raw, why, message, seen)


def live(case):
    return Case.objects.select_related("live").get(pk=case.pk).live


def test_a_corrected_answer_stands_with_what_follows_from_it_and_the_clocks_go_on(terrace, people):
    before = live(terrace)
    fix(terrace, people.ana, {"metres": "15"})
    case, after = Case.objects.get(pk=terrace.pk), live(terrace)
    assert (case.answers["metres"], case.answers["price"], after.facts["metres"]) == (15, 30, 15)
    assert (after.due_on, after.clocks, after.filed_on, after.step) == (before.due_on, before.clocks, before.filed_on, before.step)
    assert [d for _n, differences in verify() for d in differences] == []


def test_the_journal_keeps_before_after_and_why_but_nobody_s_name(terrace, people):
    fix(terrace, people.ana, {"metres": "15", "owner_name": "Ana Lopez"})
    told = Entry.objects.get(case_id=terrace.pk, action="correct").data["correction"]
    assert told["why"] == "mistyped" and told["fields"] == ["metres", "price", "owner_name"]
    assert told["changed"] == {"metres": [12, 15], "price": [24, 30]}
    assert "Mercadier" not in str(told) and "Lopez" not in str(told)
    beside = Correction.objects.get(case_id=terrace.pk)
    assert (beside.name, beside.before, beside.after) == ("owner_name", "Zoé Mercadier", "Ana Lopez")


def test_when_the_persons_go_the_journal_says_that_it_was_corrected_and_no_more(terrace, people):
    fix(terrace, people.ana, {"metres": "15", "owner_name": "Ana Lopez"})
    remove_of([terrace.pk])
    line = next(one for one in read_case_file(people.ana, terrace.code).lines if one.action == "correct")
    told = dict(line.details)
    assert told["Square metres"] == "12 → 15" and "Lopez" not in str(told) and "Name of the owner" in told


def test_an_officer_without_sight_of_persons_reads_which_answer_and_not_what(terrace, people):
    fix(terrace, people.ana, {"owner_name": "Ana Lopez"})
    line = next(one for one in read_case_file(people.max, terrace.code).lines if one.action == "correct")
    assert "Lopez" not in str(line.details) and "Name of the owner" in dict(line.details)
    with pytest.raises(InvalidForm):
        fix(terrace, people.max, {"owner_name": "Max"}, seen=3)


def test_the_applicant_gets_a_mail_that_names_the_answers_and_the_reason(terrace, people):
    fix(terrace, people.ana, {"metres": "15"})
    outbox.deliver()
    mail = Mail.objects.get(case=terrace, key__contains=":3:")
    assert "Square metres" in mail.body and "au guichet" in mail.body and mail.to == "zoe@example.org"
    assert Message.objects.get(case=terrace).kind == Message.TO_RESIDENT


def test_it_is_checked_like_the_form_and_a_fault_changes_nothing(terrace, people):
    with pytest.raises(InvalidForm) as wrong:
        fix(terrace, people.ana, {"metres": "500", "heated": "yes"})
    assert {fault.field for fault in wrong.value.errors} == {"metres", "heaters"}
    assert live(terrace).version == 2


def test_what_is_no_longer_asked_goes_out_of_the_answers(terrace, people):
    fix(terrace, people.ana, {"heated": "yes", "heaters": "3"})
    assert Case.objects.get(pk=terrace.pk).answers["heaters"] == 3
    fix(terrace, people.ana, {"heated": "no"}, seen=3)
    assert "heaters" not in Case.objects.get(pk=terrace.pk).answers


@pytest.mark.parametrize("name", ["signed", "kind", "price", "unheard"])
def test_signatures_results_and_what_the_service_forbids_stay_as_given(terrace, people, name):
    with pytest.raises(InvalidForm):
        fix(terrace, people.ana, {name: "closed"})


def test_a_case_that_moves_to_another_commune_lies_there_and_is_routed_anew(terrace, people):
    fix(terrace, people.ana, {"where": {"address": "Place du Marché", "lon": IN_BELLEFONT[0], "lat": IN_BELLEFONT[1]}})
    case = Case.objects.get(pk=terrace.pk)
    assert (case.commune_id, case.live.commune, case.address) == ("13902", "13902", "Place du Marché")
    assert round(case.place.x, 5) == round(IN_BELLEFONT[0], 5)
    assert [d for _n, differences in verify() for d in differences] == []


def test_an_answer_that_a_rule_reads_sends_it_to_the_team_of_the_rule(terrace, people):
    assert live(terrace).team_id == people.roads.pk
    fix(terrace, people.ana, {"metres": "60"})
    outbox.deliver()
    assert live(terrace).team_id == people.cleanliness.pk


def test_the_second_officer_is_told_and_writes_over_nothing(terrace, people):
    fix(terrace, people.ana, {"metres": "15"})
    with pytest.raises(Stale):
        fix(terrace, people.dora, {"metres": "20"}, seen=2)
    assert Case.objects.get(pk=terrace.pk).answers["metres"] == 15


def test_a_form_sent_twice_corrects_once(terrace, people):
    assert fix(terrace, people.ana, {"metres": "15"})
    assert not fix(terrace, people.ana, {"metres": "15"})
    assert Entry.objects.filter(case_id=terrace.pk, action="correct").count() == 1


def test_a_closed_case_is_corrected_by_right_alone(terrace, people):
    act_on(terrace.pk, Command("close", correcting.actor_of(people.ana)))
    with pytest.raises(NotNow):
        fix(terrace, people.ana, {"metres": "15"}, seen=3)
    assert fix(terrace, people.dora, {"metres": "15"}, seen=3)
    with pytest.raises(NotAllowed):
        fix(terrace, people.cleo, {"metres": "16"}, seen=4)


def test_a_reason_is_owed(terrace, people):
    with pytest.raises(InvalidForm):
        fix(terrace, people.ana, {"metres": "15"}, why="", message=" ")


def test_a_change_of_ten_conditional_answers_costs_twelve_queries(terrace, people):
    from oppidum.cases.declaration import get_service

    get_service("terrace")
    fix(terrace, people.ana, {"metres": "15"})
    with all_queries() as sent:
        fix(terrace, people.ana, {"metres": "16", "heated": "yes", "heaters": "2", "owner_name": "Ana"}, seen=3)
    assert len(sent) <= 12, sent
