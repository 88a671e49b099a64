"""Versions: kept as data, run again as they were, shown in today's words, and named by what they say."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppidum.cases.declaration import (
    Action,
    Branch,
    Change,
    Choice,
    Flow,
    Number,
    Service,
    answer,
    catalogue,
    end,
    get_service,
    money,
    step,
)
from oppidum.cases.declaration.expressions import (
    age_on,
    distance_km,
    either,
    end_of,
    eve_of,
    from_table,
    greatest,
    in_zone,
    items,
    least,
    rule,
    today,
)
from oppidum.cases.declaration.plain_data import Unreadable, from_plain, to_plain
from oppidum.cases.declaration.versions import QUESTIONS, SUBSTANCE, TEXTS, hashes_of, restore, with_texts_of
from oppidum.core.calendar import months
from tests.cases.declaring import CLOSED, close, small_service

keep = Action("keep", "Uphold it", by="act", when=answer("surface") > 9)
FLOW = Flow(
    step("open", close >> Branch((answer("surface") > 100, "kept"), "closed"), keep >> "kept", label="Open"),
    CLOSED,
    end("kept", label="Kept"),
)
FORM = {"zone": Choice("Zone?", {"n": "North", "a": "South"}), "surface": Number("Surface?", minimum=2)}


def through_json(data):
    """As a JSON column gives it back: without the order of keys."""
    return json.loads(json.dumps(data, sort_keys=True))


@pytest.mark.parametrize("service", catalogue().values(), ids=lambda s: s.code)
def test_every_service_can_be_restored_as_it_is(service):
    data = service.as_data()
    again = restore(through_json(data))
    assert again.as_data() == data and again.version() == service.version()
    assert list(again.flow.steps) == list(service.flow.steps) and again.flow.first == service.flow.first
    assert list(again.form) == list(service.form)
    assert again.facts_read == service.facts_read and again.noticed == service.noticed


def test_a_restored_flow_leads_where_the_declared_one_did():
    again = restore(through_json(small_service(FLOW, form=FORM).as_data()))
    move = again.flow.find_move("open", "close")
    assert move.choose({"surface": 101}) == "kept" and move.choose({"surface": 100}) == "closed"
    assert again.flow.actions["keep"].when.holds({"surface": 10})
    assert list(again.form["zone"].options) == ["n", "a"]


EXPRESSIONS = st.recursive(
    st.sampled_from(
        [
            answer("a"),
            rule("r"),
            money("12.50"),
            today(),
            answer("a").one_of("x", "y"),
            items("rows").sum(answer("b") * 2),
            items("rows").any(answer("b").given()),
            in_zone("place", "old-town"),
            distance_km("here", "there"),
            age_on("born", today()),
            end_of(months(2), answer("born")),
            eve_of(answer("born")),
            from_table(answer("a"), {4: rule("r"), "x": 3}),
            answer("day").is_("2027-03-01"),
        ]
    ),
    lambda each: st.one_of(
        st.builds(lambda a, b: a + b, each, each),
        st.builds(lambda a, b: (a > b) & ~b.is_(1.5), each, each),
        st.builds(lambda a, b: either(a.given(), least(a, b), greatest(a, 3)), each, each),
    ),
    max_leaves=8,
)


@given(EXPRESSIONS)
def test_any_expression_is_restored(expression):
    data = to_plain(expression)
    assert to_plain(from_plain(through_json(data))) == data
    known = {"a": 4, "rows": [{"b": 2}, {}], "born": "2000-01-01", "today": "2027-03-01", "rule:r": 7}
    try:
        expected = expression.value(known)
    except TypeError:
        return
    assert from_plain(data).value(known) == expected


def test_texts_are_translated_anew_when_restored():
    from django.utils.translation import override

    again = restore(through_json(get_service("report").as_data()))
    with override("fr"):
        assert str(again.name) == "Signaler un problème"
        assert str(again.find_notice("file").body) == str(get_service("report").find_notice("file").body)
        assert "Merci" in str(again.find_notice("file").body)


def test_each_part_of_a_declaration_has_its_own_hash():
    def parts(flow=FLOW, **declared):
        return hashes_of(translated(small_service(flow, **({"form": FORM} | declared)).as_data()))

    before = parts()
    changed = lambda after: {part for part in before if before[part] != after[part]}  # noqa: E731
    assert changed(parts(form=FORM | {"surface": Number("How large?", minimum=2)})) == {TEXTS}
    assert changed(parts(form=FORM | {"surface": Number("Surface?", minimum=3)})) == {QUESTIONS}
    assert changed(parts(promise=5)) == {SUBSTANCE}
    assert changed(parts(minutes=9)) == {TEXTS}


def test_old_cases_are_shown_in_todays_words_and_decided_by_their_own_rules():
    old = small_service(FLOW, form=FORM).as_data()
    quiet = Flow(
        step("open", Action("close", "Shut it by tests", by="assign") >> "closed", label="Being looked at by tests"), CLOSED
    )
    today_ = small_service(quiet, form=FORM).as_data()
    again = restore(with_texts_of(through_json(translated(old)), through_json(translated(today_))))
    assert (
        str(again.flow.steps["open"].label) == "Being looked at by tests"
        and str(again.flow.actions["close"].label) == "Shut it by tests"
    )
    assert again.flow.actions["close"].by == ("act",) and "keep" in again.flow.actions
    assert str(again.flow.actions["keep"].label) == "Uphold it"


def translated(data):
    """The data with every label marked as a text, as those of real services are."""
    if isinstance(data, dict):
        return {
            k: {"_": v} if k in ("label", "says", "name") and isinstance(v, str) and k != "name" else translated(v)
            for k, v in data.items()
        }
    return [translated(one) for one in data] if isinstance(data, list) else data


def test_a_body_kept_by_an_older_engine_is_restored():
    """As it was stored before actions knew conditions, letters, numbers, fees: what they didn't say means what it meant."""
    body = {
        "code": "old-permit",
        "name": {"_": "Old permit"},
        "owner": "housing",
        "retention": "P2Y",
        "form": {"map": [["surface", {"type": "Number", "label": {"_": "Surface"}, "minimum": 9}]]},
        "flow": {
            "type": "Flow",
            "actions": [{"type": "Action", "name": "grant", "label": {"_": "Grant"}, "by": ["act"]}],
            "steps": [
                {
                    "type": "Step",
                    "name": "review",
                    "label": {"_": "Review"},
                    "says": {"_": "We look at it."},
                    "moves": [["grant", "granted"]],
                },
                {"type": "Step", "name": "granted", "label": {"_": "Granted"}, "says": {"_": "Yes."}, "moves": [], "is_end": True},
            ],
        },
    }
    again = restore(body, "0123456789ab")
    assert again.version() == "0123456789ab" and again.as_data() == body
    assert again.flow.first == "review" and again.flow.steps["granted"].is_end
    assert again.flow.actions["grant"].when is None and again.form["surface"].minimum == 9


@pytest.mark.parametrize(
    "part, says",
    [
        ({"type": "Hologram"}, "there is no part 'Hologram' any more"),
        ({"type": "nowhere.at_all:Field"}, "there is no part 'nowhere.at_all:Field' any more"),
        ({"type": "Number", "label": "Surface", "colour": "red"}, "Number has no colour any more"),
        ({"type": "Step", "name": "open"}, "Step now wants label"),
        ({"neither": "nor"}, "is no part of a declaration"),
    ],
    ids=["unknown class", "unknown module", "unknown attribute", "missing attribute", "no part"],
)
def test_what_can_not_be_read_any_more_says_what_to_do(part, says):
    with pytest.raises(Unreadable, match=says):
        from_plain(part)


def test_what_is_not_data_is_never_stored():
    with pytest.raises(TypeError, match="declare it as data"):
        to_plain(small_service(form={"a": Number("A", unit=lambda: "m")}).form)


def test_a_change_says_whom_it_reaches():
    assert Change().reach_of(SUBSTANCE) == "by filing day" and Change().reach_of(TEXTS) == "all"
    assert Change(reaches="open cases").moves_open_cases
    assert Change(reaches={"substance": "open cases", "texts": "new"}).reach_of(TEXTS) == "new"
    assert issubclass(restore(small_service().as_data()), Service)
