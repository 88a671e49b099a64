"""A declaration changes while cases are open: each goes on under its own, unless the change says that it reaches them."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from oppidum.cases import definitions
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import (
    Action,
    Change,
    Choice,
    Flow,
    Notice,
    Number,
    Service,
    answer,
    catalogue,
    end,
    get_service,
    step,
)
from oppidum.cases.definitions import label_of_category, label_of_step
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Case, Effect, Entry
from oppidum.cases.reading import read_standings
from oppidum.cases.redefining import StepsGone, foresee, redefine
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import Actor, Command, Contact
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from tests.cases.small_services import declare

ANA = Actor("officer", 1, "Ana", frozenset({"act"}))
look = Action("look", "Look at it", by="act")
grant = Action("grant", "Grant", by="act")
refuse = Action("refuse", "Refuse", by="act", demands={"reason": Choice("Why?", {"law": "Law"})})
lapse = Action("lapse", "Lapse", by="system")
ENDS = (end("granted", label="Granted"), end("refused", label="Refused"))


class Before(Service):
    """A permit (permis) as it was."""

    code, name, owner, retention = "small-permit", "Permit", "tests", "P1Y"
    form = {"metres": Number("Metres")}
    promise = 10
    flow = Flow(
        step("filed", look >> "review", label="Filed"),
        step("review", grant >> "granted", refuse >> "refused", lapse >> "refused", waits=30, then="lapse", label="Review"),
        *ENDS,
    )


def after(**declared):
    """The permit as it is: examined instead of reviewed, large ones never granted, and said differently."""
    small = Action("grant", "Allow", by="act", when=~(answer("metres") > 100))
    flow = Flow(
        step("filed", look >> "examined", label="Arrived"),
        step("examined", small >> "granted", refuse >> "refused", lapse >> "refused", waits=60, then="lapse", label="Examined"),
        *ENDS,
    )
    names = {"code": "small-permit", "name": "Permit", "owner": "tests", "retention": "P1Y", "__doc__": "As it is.", "promise": 5}
    return type("After", (Service,), names | {"form": Before.form, "flow": flow} | declared)


@pytest.fixture
def change(monkeypatch):
    """Filed under `Before`; `change(...)` declares what comes after, as a new release does."""
    declare(monkeypatch, Before)

    def release(service):
        definitions.forget()
        declare(monkeypatch, service)
        return service

    return release


def permit(metres=20, **more):
    return file_case(prepare_case(Before, {"metres": metres}, channel="portal", **more))


def stands(filed):
    return read_standings([filed.case_id])[filed.case_id]


def test_a_case_is_decided_by_the_declaration_that_it_was_filed_under(people, change):
    filed = permit(metres=500)
    change(after())
    assert act_on(filed.case_id, Command("look", ANA)).step == "review"
    assert act_on(filed.case_id, Command("grant", ANA)).step == "granted"
    assert not [d for _, found in verify() for d in found]


def test_time_goes_by_the_old_declaration_too(people, change, moved):
    with moved(2027, 3, 1, 9):
        filed = permit()
        act_on(filed.case_id, Command("look", ANA))
    change(after())
    with moved(2027, 4, 2, 9):
        assert sweep() == 1
    assert stands(filed).step == "refused"


def test_a_new_case_goes_by_the_new_declaration(people, change):
    service = change(after())
    filed = file_case(prepare_case(service, {"metres": 500}, channel="portal"))
    act_on(filed.case_id, Command("look", ANA))
    with pytest.raises(NotNow):
        act_on(filed.case_id, Command("grant", ANA))


def test_old_cases_are_shown_in_todays_words(people, change):
    filed = permit()
    change(after())
    assert label_of_step("small-permit", "review") == "Review"
    old = get_service("small-permit", stands(filed).definition)
    assert old is not get_service("small-permit") and str(old.flow.steps["review"].label) == "Review"


def test_where_only_words_changed_todays_declaration_decides(people, change):
    filed = permit()
    names = {name: getattr(Before, name) for name in ("code", "owner", "retention", "form", "promise", "flow")}
    today = change(type("Renamed", (Service,), names | {"name": "Small permit", "minutes": 9}))
    assert get_service("small-permit", stands(filed).definition) is today


def test_a_service_that_is_no_longer_offered_decides_its_open_cases(people, change, monkeypatch):
    filed = permit()
    definitions.forget()
    monkeypatch.delitem(catalogue(), "small-permit")
    assert act_on(filed.case_id, Command("look", ANA)).step == "review"
    assert label_of_step("small-permit", "review") == "Review"
    assert label_of_category("small-permit", "") == "small-permit"


def test_a_dry_run_says_what_a_change_would_do_and_changes_nothing(people, change, capsys):
    waiting, small, large = permit(), permit(), permit(metres=500)
    for filed in (small, large):
        act_on(filed.case_id, Command("look", ANA))
        act_on(filed.case_id, Command("grant", ANA))
    act_on(waiting.case_id, Command("look", ANA))
    change(after(change=Change(reaches="open cases")))
    call_command("services", "publish", "small-permit", "--dry-run")
    told = capsys.readouterr().out
    assert "its substance reaches the open cases too" in told and "open cases under older declarations: 1" in told
    assert "in a step that is gone, 'review': 1 (say where they go on" in told
    assert "decided in the last year: 2, of which would have ended otherwise: 1" in told
    assert not Entry.objects.filter(action="redefine").exists()


def test_a_change_that_would_lose_cases_is_refused(people, change):
    filed = permit()
    act_on(filed.case_id, Command("look", ANA))
    change(after(change=Change(reaches="open cases")))
    with pytest.raises(StepsGone, match=r"'review' \(1\)"):
        redefine("small-permit")
    with pytest.raises(CommandError, match="say where they go on"):
        call_command("services", "publish", "small-permit")


def test_a_change_that_reaches_open_cases_moves_them_as_a_fact(people, change, moved):
    told = Notice("redefine", "Changed", "The rules of your permit changed.")
    with moved(2027, 3, 1, 9):
        filed = permit(contact=Contact("Zoé", "zoe@example.org"))
        act_on(filed.case_id, Command("look", ANA))
        done = permit()
        act_on(done.case_id, Command("look", ANA))
        act_on(done.case_id, Command("grant", ANA))
    version = Case.objects.get(pk=filed.case_id).definition
    today = change(after(change=Change(reaches="open cases", steps={"review": "examined"}), notices=(told,)))
    reach = foresee("small-permit")
    assert (reach.open_cases, reach.other_date, dict(reach.moved)) == (1, 1, {"review → examined": 1})
    with moved(2027, 3, 2, 9):
        assert redefine("small-permit") == 1 and redefine("small-permit") == 0
    case = stands(filed)
    assert (case.step, case.definition, case.step_since.isoformat()) == ("examined", today.version(), "2027-03-01")
    assert (case.promise, case.due_on.isoformat(), case.wakes_on.isoformat()) == (5, "2027-03-08", "2027-05-01")
    assert Entry.objects.get(action="redefine").data["from"] == version == Case.objects.get(pk=filed.case_id).definition
    assert Effect.objects.filter(case_id=filed.case_id, kind="notify").count() == 1
    assert stands(done).step == "granted" and stands(done).definition == version
    assert not [d for _, found in verify() for d in found]


def test_what_the_new_rules_read_comes_with_the_case(people, change):
    filed = permit(metres=500)
    act_on(filed.case_id, Command("look", ANA))
    assert stands(filed).facts == {}
    change(after(change=Change(reaches="open cases", steps={"review": "examined"})))
    redefine("small-permit")
    assert stands(filed).facts == {"metres": 500}
    with pytest.raises(NotNow):
        act_on(filed.case_id, Command("grant", ANA))
