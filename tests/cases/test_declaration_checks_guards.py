"""Guards leave a way: what can't hold, what is never taken and who is turned away is told with the answers that show it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppidum.cases.declaration import Action, Branch, Choice, Flow, Number, YesNo, answer, deciding, end, money, step
from oppidum.cases.declaration.deciding import Domain, Undecided, find_example, show_example
from tests.cases.declaring import CLOSED, close, faults

KIND = Choice("Kind?", {"sale": "Sale", "gift": "Gift", "swap": "Swap"}, required=True)
SURFACE = Number("Surface?", minimum=9, maximum=500, required=True)
FORM = {"kind": KIND, "surface": SURFACE, "garden": YesNo("A garden?")}


def accept(**given):
    return Action("accept", "Accept", by="act", **given)


def flow(*moves):
    return Flow(step("open", *moves, label="Open"), CLOSED, end("kept", label="Kept"))


def found(*moves, **declared):
    return faults(flow(*moves), form=FORM, **declared)


@pytest.mark.parametrize(
    "condition, says",
    [
        (answer("surface") < 9, "its condition can never hold"),
        (answer("kind").is_("sale") & answer("kind").is_("gift"), "its condition can never hold"),
        ((answer("surface") > 100) & (answer("surface") < 50), "its condition can never hold"),
        (answer("garden").is_(True) & ~answer("garden").given(), "its condition can never hold"),
        (answer("surface") + answer("surface") > answer("surface") + answer("surface"), None),
        (answer("surface") >= 500, None),
        (~answer("garden").is_(True), None),
    ],
    ids=[
        "below the least",
        "two kinds at once",
        "empty interval",
        "missing and yes",
        "not known, not blamed",
        "the very end",
        "no or blank",
    ],
)
def test_a_condition_that_never_holds_is_told(condition, says):
    told = found(close >> "closed", accept(when=condition) >> "kept")
    assert [fault for fault in told if "can never hold" in fault] == told
    assert bool(told) == bool(says)


def test_a_way_of_a_branch_that_those_before_it_cover_is_told_with_an_example():
    (told,) = found(close >> Branch((answer("surface") > 50, "kept"), (answer("surface") > 100, "closed"), "kept"))
    assert "step 'open': action 'close' never leads to 'closed'" in told
    assert "as with surface = 100.01" in told


def test_a_branch_that_leaves_nothing_over_is_told():
    (told,) = found(close >> Branch((answer("surface") > 50, "kept"), (answer("surface") <= 50, "kept"), "closed"))
    assert "action 'close' never leads to 'closed': its branches leave nothing over" in told


def test_a_cascade_of_thresholds_is_right():
    assert found(close >> Branch((answer("surface") > 100, "kept"), (answer("surface") > 50, "closed"), "kept")) == []


def test_guards_that_turn_a_case_away_are_told_with_its_answers():
    small = Action("small", "Small", by="act", when=answer("surface") < 50)
    large = Action("large", "Large", by="act", when=answer("surface") > 50)
    (told,) = found(small >> "closed", large >> "kept")
    assert "step 'open': nobody can lead on a case with surface = 50" in told


def test_an_answer_that_may_be_missing_turns_a_case_away():
    yes = Action("yes", "Yes", by="act", when=answer("garden").is_(True))
    no = Action("no", "No", by="act", when=answer("garden").is_(False))
    (told,) = found(yes >> "closed", no >> "kept")
    assert "garden unanswered" in told
    assert faults(flow(yes >> "closed", no >> "kept"), form={"garden": YesNo("A garden?", required=True)}) == []


def test_a_delay_leads_on_those_whom_guards_turn_away():
    small = Action("small", "Small", by="act", when=answer("surface") < 50)
    late = Action("late", "Late", by="system")
    waiting = Flow(step("open", small >> "closed", late >> "closed", label="Open", waits=30, then="late"), CLOSED)
    assert faults(waiting, form=FORM) == []


def test_amounts_are_shown_in_euros():
    domains = {"price": Domain("money", least=0, may_lack=False)}
    example = find_example([answer("price") > money(23_000)], [], domains)
    assert show_example(example, domains) == "price = 23\u202f000,01\u00a0€"


def test_too_many_answers_are_not_guessed_at(monkeypatch):
    monkeypatch.setattr(deciding, "MOST_TRIES", 10)
    domains = {f"q{n}": Domain("choice", ("a", "b")) for n in range(12)}
    with pytest.raises(Undecided):
        find_example([answer(f"q{n}").is_("b") for n in range(12)], [], domains)
    assert faults(flow(close >> "closed", accept(when=answer("kind").is_("swap")) >> "kept"), form=FORM) == []


DOMAINS = {
    "kind": Domain("choice", ("sale", "gift")),
    "rooms": Domain("number", least=0, most=3, whole=True),
    "garden": Domain("yes_no"),
}
VALUES = {"kind": ["sale", "gift", None], "rooms": [0, 1, 2, 3, None], "garden": [True, False, None]}

ATOMS = st.one_of(
    st.sampled_from([answer("kind").is_("sale"), answer("kind").one_of("sale", "gift"), answer("kind").given()]),
    st.builds(lambda n, sign: getattr(answer("rooms"), sign)(n), st.integers(-1, 4), st.sampled_from(["__lt__", "__ge__", "is_"])),
    st.sampled_from([answer("garden").is_(True), answer("garden").is_not(False), answer("garden")]),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda each: st.one_of(
        st.builds(lambda a, b: a & b, each, each), st.builds(lambda a, b: a | b, each, each), st.builds(lambda a: ~a, each)
    ),
    max_leaves=6,
)


@given(holding=st.lists(CONDITIONS, max_size=2), failing=st.lists(CONDITIONS, max_size=2))
def test_an_example_is_found_exactly_where_trying_every_answer_finds_one(holding, failing):
    def fits(known):
        return all(c.holds(known) for c in holding) and not any(c.holds(known) for c in failing)

    tried = [dict(zip(VALUES, chosen, strict=True)) for chosen in product(*VALUES.values())]
    example = find_example(holding, failing, DOMAINS)
    assert (example is not None) == any(map(fits, tried))
    if example is not None:
        assert fits({name: int(value) if name == "rooms" and value is not None else value for name, value in example.items()})
