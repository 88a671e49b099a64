"""What an act says may bar it: refused with the sentence that the declaration gives, read beside what the case knows."""

from datetime import UTC, datetime

import pytest

from oppidum.cases.declaration import Action, Flow, Ineligible, Money, Text, answer, end, money, step
from oppidum.cases.rules.decide import actions_open_to, decide
from oppidum.cases.rules.errors import NotEligible
from oppidum.cases.rules.evolve import begin
from oppidum.cases.rules.standing import SYSTEM, Actor, Command, Fact
from tests.cases.declaring import faults, small_service

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
OFFICER = Actor("officer", 1, "Ana", frozenset({"act"}))
grant = Action("grant", "Grant", by=("act", "system"), demands={"granted": Money("Granted", required=True, fact=True)}, barred=(
    Ineligible(answer("granted") > answer("asked"), "More is granted than the {asked} asked for.", "Grant {asked} at most."),
))  # fmt: skip
FLOW = Flow(step("open", grant >> "closed", label="Open"), end("closed", label="Closed"))
FORM = {"asked": Money("Asked", required=True)}


def case_of(service):
    filing = Fact(
        1,
        NOW,
        NOW,
        Actor("resident"),
        "file",
        None,
        "open",
        {"definition": "x", "commune": "", "category": "", "promise": 0, "facts": {"asked": money(100).literal}},
    )
    return begin(service, 1, filing)


def test_an_act_is_barred_by_what_it_says_and_told_in_the_words_of_the_declaration():
    service = small_service(FLOW, form=FORM)
    with pytest.raises(NotEligible) as refused:
        decide(service, case_of(service), Command("grant", OFFICER, {"granted": 10_001}), NOW)
    assert "at most" in str(refused.value) and "100" in str(refused.value) and refused.value.field == "granted"
    assert decide(service, case_of(service), Command("grant", OFFICER, {"granted": 10_000}), NOW).fact.to_step == "closed"


def test_it_is_offered_all_the_same_for_nothing_is_said_yet():
    service = small_service(FLOW, form=FORM)
    assert [one.name for one in actions_open_to(service, case_of(service), "officer", OFFICER.rights, NOW.date())] == ["grant"]


def test_what_time_does_by_itself_is_not_barred():
    service = small_service(FLOW, form=FORM)
    assert decide(service, case_of(service), Command("grant", SYSTEM, {"granted": 10_001}), NOW).fact.to_step == "closed"


def test_what_bars_an_act_reads_only_what_is_asked_somewhere():
    nobody = Action("grant", "Grant", by="act", demands={"why": Text("Why?")}, barred=(Ineligible(answer("nothing") > 1, "No"),))
    assert any(
        "nothing" in fault for fault in faults(Flow(step("open", nobody >> "closed", label="Open"), end("closed", label="Closed")))
    )
