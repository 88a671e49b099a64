"""A letter is proved at start: its words are there on each way that leads to it, and what the law wants can't be left out."""

from dataclasses import replace

from oppidum.cases.declaration import (
    Action,
    Bullets,
    Choice,
    Computed,
    Considering,
    Contact,
    Flow,
    Items,
    Letter,
    Money,
    Number,
    Paragraph,
    Service,
    Text,
    answer,
    answered,
    end,
    items,
    step,
)
from oppidum.cases.declaration.checks import check_service

visit = Action("visit", "Visit", by="act", demands={"visited": Text("What was seen", required=True)})
skip = Action("skip", "No visit", by="act")
refuse = Action("refuse", "Refuse", by="act", letter="refusal", demands={"reasons": Text("Reasons", required=True)})
FLOW = Flow(
    step("filed", visit >> "visited", skip >> "visited", label="Filed"),
    step("visited", refuse >> "refused", label="Visited"),
    end("refused", label="Refused"),
)
FORM = {
    "dwelling": Text("Dwelling", required=True),
    "kind": Choice("Kind", {"flat": "Flat", "house": "House"}, required=True),
    "reach": Contact("How do we reach you?", required=True),
    "floor": Text("Floor", required=True, when=answered("kind", "flat")),
}


def faults(flow=FLOW, **declared):
    """The faults of a service with one refusal that is right but for what is given."""
    said = {
        "kind": "refusal",
        "subject": "Refusal for {dwelling}",
        "body": ("Your request of {received_on} is refused.",),
        "signed_by": "president",
        "law": ("CCH, art. L635-3",),
        "facts": "reasons",
    } | declared
    names = {
        "__doc__": "A service for tests.",
        "code": "small",
        "name": "Small",
        "owner": "tests",
        "retention": "P1Y",
        "routing": ("filed", "filed"),
        "form": said.pop("form", FORM),
        "letters": (Letter("refusal", **said),),
    }
    return check_service(type("Small", (Service,), names | {"flow": flow}))


def test_a_letter_that_is_right_has_no_fault():
    assert faults() == []


def test_a_refusal_gives_its_reasons_in_law_and_in_fact():
    found = faults(law=(), facts="")
    assert any("give the articles" in fault for fault in found)
    assert any("holds the reasons" in fault for fault in found)


def test_a_decision_is_signed():
    assert "signature of its author" in faults(signed_by="")[0]


def test_a_word_that_one_way_leaves_blank_is_told_with_the_action():
    found = faults(body=("At the visit we saw: {visited}",))
    assert found == [
        "small: letter 'refusal': {visited} may be blank when 'refuse' makes it: demand it on every way there, or say when= or optional=True"
    ]


def test_a_question_asked_of_some_may_be_blank():
    assert "{floor} may be blank" in faults(body=("Floor {floor}",))[0]
    assert faults(body=(Paragraph("Floor {floor}", when=answered("floor", "1")),)) == []
    assert faults(body=(Paragraph("Floor {floor}", when=answered("kind", "flat")),)) == []
    assert faults(body=(Paragraph("Floor {floor}", optional=True),)) == []


def test_what_the_act_itself_demands_under_a_condition_stands_under_that_condition():
    lent = answer("lent") > 0
    demands = {
        "reasons": Text("Reasons", required=True),
        "lent": Money("Lent", required=True),
        "months": Number("Months", when=lent, required=True),
    }
    flow = Flow(step("filed", replace(refuse, demands=demands) >> "refused", label="Filed"), end("refused", label="Refused"))
    assert faults(flow, body=(Paragraph("In {months} months.", when=lent),)) == []
    assert "{months} may be blank" in faults(flow, body=("In {months} months.",))[0]


def test_the_sum_of_a_list_is_never_blank():
    form = FORM | {
        "debt": Items("Debt", fields={"amount": Money("Amount")}),
        "asked": Computed("Asked for", value=items("debt").sum(answer("amount")), as_="money"),
        "share": Computed("Share", value=answer("asked") / items("debt").count(), as_="money"),
    }
    assert faults(form=form, body=("You ask for {asked}.",)) == []
    assert "{share} may be blank" in faults(form=form, body=("Each {share}.",))[0]


def test_a_word_that_nothing_asks_or_sets_is_told():
    assert "{landlady} is no word" in faults(body=("Dear {landlady}",))[0]
    assert "a list is made of 'works'" in faults(body=(Bullets("works"),))[0]


def test_how_to_reach_somebody_is_the_addressee_and_no_word():
    assert "{reach} is no word" in faults(body=("We write to {reach}",))[0]


def test_a_visa_is_a_text_like_another():
    assert "{mayor} is no word" in faults(body=(Considering("that {mayor} agreed"),))[0]


def test_an_act_is_numbered_by_the_action_that_makes_it():
    assert "numbered in the series 'order'" in faults(series="order")[0]


def test_a_letter_that_nothing_makes_is_told():
    flow = Flow(step("filed", Action("close", "Close", by="act") >> "closed", label="Filed"), end("closed", label="Closed"))
    assert "no action makes it" in "".join(faults(flow=flow, facts="dwelling"))
