"""Silence falls wherever a clock may run out: the step where its act is missing is told."""

import pytest

from oppidum.cases.declaration import (
    Action,
    Clock,
    Day,
    Flow,
    Since,
    YesNo,
    answer,
    dated,
    days,
    either,
    months,
    rule,
    step,
    working_hours,
)
from tests.cases.declaring import CLOSED, close, faults

tacit = Action("tacit", "Tacit", by="system")
papers = Action("papers", "Ask for papers", by="act")
given = Action("given", "Papers given", by=("resident", "act"))
examine = Action("examine", "Examine", by="act", demands={"received": Day("Received on")})


def clock(**more):
    return Clock("reply", "Reply", **({"lasts": months(2), "source": "CRPA, art. L231-4", "silence": "tacit"} | more))


def flow(*examined):
    return Flow(
        step("open", examine >> "examined", papers >> "waiting", tacit >> "closed", label="Open"),
        step("waiting", given >> "open", close >> "closed", label="Waiting"),
        step("examined", close >> "closed", *examined, label="Examined"),
        CLOSED,
    )


@pytest.mark.parametrize(
    "one, says",
    [
        (clock(suspended_by="papers", resumed_by="given"), "may run out in step 'examined', where 'tacit' isn't offered"),
        (clock(), "may run out in step 'waiting', where 'tacit' isn't offered"),
    ],
    ids=["not offered", "not suspended"],
)
def test_a_step_where_silence_finds_no_act_is_told(one, says):
    told = faults(flow(), clocks=(one,))
    assert any(f"clock 'reply': {says}" in fault for fault in told), told


def test_a_clock_that_is_stopped_or_held_wherever_its_silence_is_not_offered_is_right():
    right = clock(suspended_by="papers", resumed_by="given", stopped_by="examine")
    assert faults(flow(), clocks=(right,)) == []


def test_a_clock_whose_silence_is_a_fact_beside_the_step_is_right():
    assert faults(flow(tacit >> "closed"), clocks=(clock(silence=None, means="refusal"),)) == []


def test_a_clock_counts_hours_or_days_and_not_both():
    rules = {
        "quick": dated(Since("2024-01-01", working_hours(4), source="x")),
        "slow": dated(Since("2024-01-01", days(3), source="x")),
    }
    mixed = clock(lasts=either(answer("urgent").is_(True), rule("quick"), rule("slow")), silence=None, means="refusal")
    told = faults(flow(tacit >> "closed"), form={"urgent": YesNo("Urgent?", required=True)}, rules=rules, clocks=(mixed,))
    assert any("lasts some hours and some days" in fault for fault in told), told
