"""The proofs over a declaration: a good one can always end, a wrong one is told where and what to do."""

import pytest

from oppidum.cases.declaration import (
    Action,
    Category,
    Choice,
    Danger,
    Flow,
    Notice,
    YesNo,
    answered,
    catalogue,
    end,
    step,
)
from oppidum.cases.declaration.checks import check_service
from oppidum.cases.declaration.checks.flows import closure, edges
from oppidum.cases.declaration.flow import BACK
from oppidum.cases.declaration.service import Group
from tests.cases.declaring import close, faults

ask = Action("ask", "Ask", by="act")
answer = Action("answer", "Answer", by="resident")


def test_a_small_declaration_that_is_right_has_no_fault():
    assert faults() == []


def test_a_service_says_where_a_filed_case_stands():
    assert faults(routing=("open", ""))[0].startswith("small: declare both steps of `routing`: where a filed case stands")
    found = faults(routing=("opened", "open"))
    assert "small: routing leads to 'opened', which is no step: declare it or correct the name" in found


@pytest.mark.parametrize("service", catalogue().values(), ids=lambda s: s.code)
def test_from_every_step_of_every_service_an_end_is_reachable(service):
    leads, steps = edges(service), service.flow.steps
    for name in steps:
        assert any(steps[reached].is_end for reached in closure({name}, leads)), f"{name} is a dead end"
        assert name in closure({service.flow.first}, leads), f"{name} can't be reached"


@pytest.mark.parametrize(
    "wrong, says",
    [
        (
            Flow(step("open", ask >> "asked", label="Open"), step("asked", ask >> "open", label="Asked")),
            "step 'asked' can't end; give it an action or a delay",
        ),
        (
            Flow(step("open", close >> "closd", label="Open"), end("closed", label="Closed")),
            "step 'open': action 'close' leads to 'closd', which is no step: declare it or correct the name",
        ),
        (
            Flow(step("open", close >> "closed", label="Open"), end("closed", label="Closed"), end("lost", label="Lost")),
            "step 'lost' can't be reached; lead an action to it or drop it",
        ),
        (
            Flow(
                step("open", ask >> "waiting", close >> "closed", label="Open"),
                step("waiting", answer >> BACK, label="Waiting"),
                end("closed", label="Closed"),
            ),
            "step 'waiting': only the resident can act; add waits= and then=",
        ),
        (
            Flow(step("open", close >> "closed", label="Open", waits=10), end("closed", label="Closed")),
            "step 'open': waits= and then= go together",
        ),
        (
            Flow(step("open", close >> "closed", label="Open", waits=10, then="expire"), end("closed", label="Closed")),
            "step 'open': then='expire' is no action of this step",
        ),
        (
            Flow(step("open", Action("close", "Close") >> "closed", label="Open"), end("closed", label="Closed")),
            "action 'close': nobody may take it; say by=",
        ),
    ],
    ids=["no end", "unknown target", "unreachable", "only the resident", "waits alone", "unknown delay", "nobody"],
)
def test_a_wrong_flow_is_told_where_and_what_to_do(wrong, says):
    assert any(says in fault for fault in faults(wrong)), faults(wrong)


GROUPS = (Group("roads", "Roads"),)


@pytest.mark.parametrize(
    "category, says",
    [
        (
            Category(
                "roads.hole",
                "Hole",
                promise=3,
                questions={"depth": Choice("How deep?", {"deep": "Deep"}, when=answered("seen", True)), "seen": YesNo("Seen?")},
            ),
            "'depth' depends on 'seen', which is not asked before it: move 'depth' after it",
        ),
        (Category("roads.hole", "Hole", promise=0), "promise at least one working day"),
        (Category("roads.hole", "Hole", promise=3, remit="region"), "remit is 'metropolis' or 'commune'"),
        (Category("streets.hole", "Hole", promise=3), "its code must be 'group.name' with a declared group"),
        (
            Category("roads.hole", "Hole", promise=3, dangers=(Danger("Hurt.", "15", when=answered("hurt", True)),)),
            "a danger depends on 'hurt', which is not asked",
        ),
    ],
    ids=["forward condition", "no promise", "unknown remit", "unknown group", "danger unasked"],
)
def test_a_wrong_category_is_told_where_and_what_to_do(category, says):
    found = faults(groups=GROUPS, categories={category.code: category})
    assert any(category.code in fault and says in fault for fault in found), found


def test_an_unknown_word_in_a_notice_is_told_with_the_words_that_exist():
    (fault,) = faults(notices=(Notice("close", "Closed", "Dear {nane}, it is closed."),))
    assert "notice 'close': unknown words ['nane']" in fault
    assert "'due_on'" in fault


def test_a_notice_for_an_action_that_does_not_exist_is_a_fault():
    assert faults(notices=(Notice("shut", "Shut", "It is shut."),)) == [
        "small: notice 'shut': no such action: name one of the flow, 'file' or 'redefine'"
    ]


def test_a_declaration_without_owner_or_retention_does_not_run():
    assert {"small: declare `owner`", "small: declare `retention`"} <= set(faults(owner="", retention=""))


def test_a_fault_of_a_service_in_a_file_names_file_and_line(tmp_path, monkeypatch):
    (tmp_path / "wrong_service.py").write_text(
        "from oppidum.cases.declaration import Action, Flow, Service, end, step\n"
        "close = Action('close', 'Close', by='act')\n"
        "class Wrong(Service):\n"
        '    """Wrong on purpose."""\n'
        "    code, name, owner, retention = 'wrong', 'Wrong', 'tests', 'P1Y'\n"
        "    flow = Flow(\n"
        "        step('open', close >> 'closed', label='Open'),\n"
        "        end('closed', label='Closed'),\n"
        "        end('lost', label='Lost'),\n"
        "    )\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    import wrong_service

    (fault,) = check_service(wrong_service.Wrong)
    assert fault.startswith("wrong (wrong_service.py, line 9): step 'lost' can't be reached")
