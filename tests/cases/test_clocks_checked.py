"""A clock that can't run stops the start, and says where and what to do."""

import pytest

from oppidum.cases.declaration import Action, Clock, Day, Flow, Service, Since, Text, dated, days, end, months, step
from oppidum.cases.declaration.checks.clocks import lead_on

ask = Action("ask", "Ask", by="act", demands={"until": Day("Until"), "on": Day("On"), "why": Text("Why", private=True)})
papers = Action("papers", "Papers", by="resident")
grant, tacit = Action("grant", "Grant", by="act"), Action("tacit", "By silence", by="system")


def faults(**clock):
    class Permit(Service):
        """Permis."""

        code = "permit"
        rules = {"delay": dated(Since("2020-01-01", months(1), source="x")), "quota": dated(Since("2020-01-01", 4, source="x"))}
        clocks = (Clock("decision", "Decision", **{"lasts": "delay", "source": "Code, art. 1"} | clock),)
        flow = Flow(
            step("open", ask >> "open", papers >> "open", grant >> "done", tacit >> "done", label="Open"), end("done", label="Done")
        )

    return list(lead_on(Permit))


def test_a_whole_clock_has_no_fault():
    assert faults(suspended_by="ask", resumed_by="papers", interrupted_by="ask", interruption="until", silence="tacit") == []


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ({"source": ""}, "give the article that sets it (source=)"),
        ({"silence": "refuse"}, "silence='refuse' is no action of the flow: offer it in a step or name another"),
        ({"silence": "grant"}, "silence='grant' is not the engine's to take: say by=\"system\" on that action"),
        ({"means": "yes"}, "means='yes' is unknown: say approval, refusal, waiver, withdrawal, breach"),
        ({"whose": "notary"}, "whose='notary' is unknown: say authority or applicant"),
        ({"warns": (-1,)}, "warns= are days before the end: none is negative"),
        ({"stopped_by": "refuse"}, "stopped_by='refuse' is no action of the flow: correct the name"),
        ({"stopped_by": "file"}, "stopped_by='file' is no action of the flow: correct the name"),
        ({"starts": ()}, 'nothing starts it: say starts="file" or an action'),
        ({"suspended_by": "ask"}, "suspended_by without resumed_by: it would never run again"),
        ({"waits_for": "ask"}, "waits_for without restarted_by: it would never run again"),
        ({"interrupted_by": "ask"}, "interrupted_by without interruption: say for how long"),
        ({"extended_by": "ask"}, "extended_by without extension: say for how long"),
        ({"dated_by": {"ask": "on"}}, "dated_by names 'ask', which doesn't move it: name an action that does"),
        ({"stopped_by": "ask", "dated_by": {"ask": "day"}}, "dated_by: action 'ask' doesn't ask for 'day': add the question"),
        (
            {"stopped_by": "ask", "dated_by": {"ask": "why"}},
            "dated_by: 'why' of action 'ask' is private and never reaches the journal: ask it openly",
        ),
        ({"lasts": "time"}, "lasts='time' is no rule of the service: declare it among `rules`, with its article"),
        ({"lasts": "quota"}, "lasts='quota' is a rule whose values are no lengths of time: write them as months(2), days(8)"),
        ({"starts_from": "aware"}, "starts_from='aware' is no fact of the case: ask it in the form, or of an act, with fact=True"),
    ],
)
def test_a_fault_is_one_sentence(clock, said):
    assert f"clock 'decision': {said}" in faults(**clock)


def test_two_clocks_of_one_name_are_a_fault():
    class Twice(Service):
        """Deux."""

        code = "twice"
        clocks = (Clock("a", "A", lasts=days(1), source="x"), Clock("a", "A", lasts=days(2), source="x"))
        flow = Flow(step("open", grant >> "done", label="Open"), end("done", label="Done"))

    assert set(lead_on(Twice)) == {"clock 'a': declared twice: give each clock a name of its own"}
