"""What conditions read is there, and of the kind that they take it for; what rules keep is nobody's name."""

import pytest

from oppidum.cases.declaration import Action, Choice, Day, Flow, Money, Number, Text, answer, end, money, step
from oppidum.cases.declaration.campaigns import Campaign
from oppidum.cases.declaration.expressions import age_on, rule
from tests.cases.declaring import CLOSED, close, faults

FORM = {
    "kind": Choice("Kind?", {"sale": "Sale", "gift": "Gift"}, required=True),
    "surface": Number("Surface?", required=True),
    "since": Day("Since when?", required=True),
}


def found(condition, **declared):
    keep = Action("keep", "Keep", by="act", when=condition)
    flow = Flow(step("open", close >> "closed", keep >> "kept", label="Open"), CLOSED, end("kept", label="Kept"))
    return faults(flow, form=FORM, **declared)


@pytest.mark.parametrize(
    "condition, says",
    [
        (answer("surfaces") > 9, "action 'keep': reads 'surfaces', which nothing asks or sets"),
        (answer("surface") > rule("least"), "action 'keep': reads the rule 'least', which isn't among `rules`"),
        (
            answer("surface") > money(9),
            "action 'keep': compares a number with an amount, which never holds: write amounts as money",
        ),
        (answer("kind").is_("swap"), "action 'keep': 'kind' is never 'swap'; its answers: sale, gift"),
        (answer("kind").one_of("sale", "loan"), "action 'keep': 'kind' is never 'loan'"),
        (answer("kind") > "gift", "action 'keep': compares a choice by order (>)"),
        (answer("since") + 3 > 9, "action 'keep': reckons (+) with a day"),
        (age_on("surface") > 18, "action 'keep': reads an age from a number, not a day"),
        (answer("surface") + money(3) > money(9), "action 'keep': reckons a number + an amount"),
        (money(3) * money(2) > money(9), "action 'keep': multiplies two amounts"),
    ],
    ids=["unknown name", "unknown rule", "amount", "choice", "one of", "order", "day", "age", "sum", "product"],
)
def test_a_condition_that_reads_wrongly_is_told(condition, says):
    told = found(condition)
    assert any(says in fault for fault in told), told


def test_conditions_that_fit_are_left_alone():
    fits = (answer("surface") * money(3) > money(9)) & answer("kind").is_("sale") & (age_on("since") >= 2) & (answer("surface") > 0)
    assert found(fits) == []


def test_rules_that_read_what_is_personal_are_told():
    keep = Action("keep", "Keep", by="act", when=answer("why").given())
    flow = Flow(step("open", close >> "closed", keep >> "closed", label="Open"), CLOSED)
    (told,) = faults(flow, form={"why": Text("Why?", private=True)})
    assert "'why' is personal and read by rules" in told


@pytest.mark.parametrize(
    "given, says",
    [
        ({"asks": "abf"}, "action 'keep': asks='abf' is no opinion of the service"),
        ({"books": "truck"}, "action 'keep': books='truck' is no booking of the service"),
        ({"goes_on": "shut"}, "action 'keep': goes_on='shut' is no action of the flow"),
        ({"goes_on": "keep"}, "action 'keep': goes on to itself without end, by keep → keep"),
        ({"by": "actt"}, "action 'keep': by='actt' is no right of a role nor a party; rights: act, ask, assign"),
        ({"demands": {"surface": Text("How large?")}}, "action 'keep': demands 'surface', which the form asks as another kind"),
        ({"adds": {"in_all": "paid"}}, "action 'keep': adds 'paid' to 'in_all': demand it as an open Number or Money"),
        ({"letter": "thanks"}, "action 'keep': letter 'thanks' is not declared"),
        ({"charges": "yearly"}, "action 'keep': charges='yearly' is no fee of the service"),
    ],
    ids=["opinion", "booking", "follower", "loop", "right", "kind", "sum", "letter", "fee"],
)
def test_an_action_that_names_what_does_not_exist_is_told(given, says):
    keep = Action("keep", "Keep", **({"by": "act"} | given))
    form = {"surface": Number("Surface?")} if "demands" in given else {}
    told = faults(Flow(step("open", close >> "closed", keep >> "closed", label="Open"), CLOSED), form=form)
    assert any(says in fault for fault in told), told


def test_a_campaign_that_names_no_rule_is_told():
    assert any("campaign: closes='closes' isn't among `rules`" in fault for fault in faults(campaign=Campaign("opens", "closes")))


def test_a_fixed_answer_is_one_that_the_form_asks():
    assert "fixed: 'colour' is no question of the form: correct the name" in " ".join(faults(fixed=("colour",)))


def test_no_question_bears_a_name_by_which_the_engine_tells_of_every_case():
    grant = Action("grant", "Grant", by="act", demands={"commune": Money("Paid by the commune?")}, sets={"channel": "desk"})
    flow = Flow(step("open", close >> "closed", grant >> "closed", label="Open"), CLOSED)
    told = faults(flow, form={"filed_on": Day("Filed on?")})
    assert [fault.partition(": ")[2] for fault in told if "of every case" in fault] == [
        "'commune' is what the engine itself tells of every case: give the question another name",
        "'filed_on' is what the engine itself tells of every case: give the question another name",
        "action 'grant': 'channel' is what the engine itself tells of every case: give what it sets another name",
    ]
