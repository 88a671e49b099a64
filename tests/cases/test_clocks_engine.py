"""Clocks inside the engine: whatever officers, owners and notaries do, and whenever, on every declared service with clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oppidum.cases.declaration import (
    STAY,
    Action,
    Choice,
    Clock,
    Flow,
    Ineligible,
    Money,
    Since,
    answer,
    catalogue,
    dated,
    either,
    from_table,
    greatest,
    money,
    rule,
    step,
)
from oppidum.cases.declaration.checks import check_service
from oppidum.cases.declaration.opinions import Opinion
from oppidum.cases.rules.clock_states import RUNNING, clock_state
from oppidum.cases.rules.clocks import clock_states
from oppidum.cases.rules.decide import decide
from oppidum.cases.rules.errors import NotEligible
from oppidum.cases.rules.evolve import begin, evolve, fold
from oppidum.cases.rules.standing import RESIDENT, SYSTEM, Actor, Command, Fact
from oppidum.cases.sweeping import find_due
from oppidum.core.calendar import months, working_hours
from oppidum.core.clock import PARIS, local_day, midnight
from oppidum.core.errors import Refusal
from tests.cases.declaring import CLOSED, close, small_service

OFFICER = Actor("officer", 1, "Ana", frozenset({"act", "assign", "intake", "note"}))
START = datetime(2027, 3, 1, 8, tzinfo=UTC)
DATA = {"promise": 0, "category": "", "commune": "13901", "definition": "x" * 12}
SERVICES = sorted(code for code, service in catalogue().items() if service.clocks and not service.categories)

# Which of the actions that are open, how many hours later, how many days ago what it tells happened, and whether the sweep was late.
steps = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 40 * 24), st.integers(0, 6), st.booleans()), max_size=20)


def answers(action, day):
    """Days for the questions that date a clock; the rules read nothing else of what is asked."""
    return {name: day.isoformat() for name, question in action.demands.items() if question.kind == "day"}


def play(service, acts):
    """Carry out what the flow lets through; the standing, all facts, each lapse as (clock, state before, fact), and the time."""
    facts, lapses, now = [Fact(1, START, START, RESIDENT, "file", None, service.flow.first, DATA)], [], START
    case = begin(service, 7, facts[0])
    for pick, hours, ago, late in [*acts, (None, 0, 0, False)]:
        now += timedelta(hours=hours)
        while not late and (due := find_due(service, case, local_day(now), now)):
            before = {clock.name: state for clock, state in clock_states(service, case)}
            facts.append(decide(service, case, due, now).fact)
            if name := facts[-1].data.get("clock"):
                lapses.append((name, before[name], facts[-1]))
            case = evolve(service, case, facts[-1])
        moves = [move.action for move in service.flow.steps[case.step].moves.values() if set(move.action.by) != {"system"}]
        if pick is None or not moves:
            continue
        action = moves[pick % len(moves)]
        by = (
            RESIDENT
            if "resident" in action.by
            else SYSTEM
            if "system" in action.by
            else OFFICER._replace(rights=frozenset(action.by))
        )
        try:
            decision = decide(service, case, Command(action.name, by, answers(action, local_day(now) - timedelta(days=ago))), now)
        except Refusal:
            continue
        facts.append(decision.fact)
        case = evolve(service, case, decision.fact)
    return case, facts, lapses, now


@pytest.mark.parametrize("code", SERVICES)
@settings(max_examples=150)
@given(steps)
def test_what_must_always_hold_of_clocks(code, acts):
    service = catalogue()[code]
    case, facts, lapses, now = play(service, acts)
    assert fold(service, 7, facts) == case
    assert (
        case.wakes_on is None
        or case.wakes_on > local_day(now)
        or any(s.is_counting and s.ends_at > now for _, s in clock_states(service, case))
    )
    for name, before, fact in lapses:
        # Silence falls at the end that was told, in law and not a moment else, and only while the clock runs.
        assert before.is_counting and fact.data["clock"] == name
        came = midnight(next(local_day(one.valid_at) for one in reversed(facts[: fact.seq - 1]) if one.to_step != one.from_step))
        if fact.data["means"] or fact.to_step == fact.from_step:
            assert fact.legal_at == before.ends_at
        else:  # a mere date that was past counts from the day of coming into the step that it leads out of
            assert fact.legal_at == max(before.ends_at, came)
        assert fact.valid_at == (fact.legal_at if fact.to_step == fact.from_step else max(fact.legal_at, came))
    # Nobody leaves a step before the day of coming into it, however late the sweep: so a stock, the sum of what came and left, is right.
    moved = [local_day(fact.valid_at) for fact in facts if fact.to_step != fact.from_step]
    assert moved == sorted(moved)
    ends = [state.ends_on for clock, state in clock_states(service, case) if clock.is_due and state.is_counting]
    assert not case.is_open or case.promise or case.due_on == min(ends, default=None)


@settings(max_examples=200)
@given(steps)
def test_nothing_shortens_the_two_months_in_which_the_metropolis_may_buy(acts):
    service = catalogue()["intended-sale"]
    _case, _facts, lapses, _now = play(service, acts)
    earliest = midnight(months(2).last_day(local_day(START)) + timedelta(days=1))
    assert all(fact.valid_at >= earliest for name, _before, fact in lapses if name == "preemption")


@settings(max_examples=100)
@given(steps)
def test_the_state_of_a_clock_follows_from_its_events_alone(acts):
    service = catalogue()["intended-sale"]
    case, *_ = play(service, acts)
    rules = service.rules_on(case.filed_on)
    for clock, state in clock_states(service, case):
        again = clock_state(clock, case.clocks.get(clock.name, ()), rules, case.filed_on)
        assert (again.status, again.ends_on, again.ends_at) == (state.status, state.ends_on, state.ends_at)
        assert state.status != RUNNING or state.ends_on is not None


KINDS = {"house": "House", "tower": "Tower"}
extend = Action(
    "extend",
    "Extend",
    by="act",
    demands={"why": Choice("Why?", {"monument": "Monument", "other": "Other"}, required=True, fact=True)},
)
mark = Action("mark", "Silence refuses here", by="act", sets={"refuses": True})
granted, refused = (Action(name, name, by="system") for name in ("granted", "refused"))
ANSWER = Clock(
    "answer", "Answer", lasts=from_table(answer("kind"), {"house": months(2), "tower": rule("long")}), when=~answer("refuses").is_(True),
    extended_by="extend", extension=either(answer("why").is_("monument"), from_table(answer("kind"), {"house": months(3)}), months(1)),
    stopped_by="refused", silence="granted", means="approval", source="Art. 1",
)  # fmt: skip
PERMIT = small_service(
    flow=Flow(step("open", extend >> STAY, mark >> STAY, granted >> "closed", refused >> "closed", close >> "closed", label="Open"), CLOSED),
    form={"kind": Choice("What?", KINDS, required=True)},
    rules={"long": dated(Since("2020-01-01", months(3), source="Art. 2"))},
    clocks=(ANSWER, replace(ANSWER, name="no_answer", when=answer("refuses").is_(True), stopped_by="granted", silence="refused", means="refusal")),
)  # fmt: skip


def permit(kind, *acts):
    """A permit asked for on 1 March 2027 with those acts of the same day: (action, answers)."""
    case = begin(PERMIT, 7, Fact(1, START, START, RESIDENT, "file", None, "open", DATA | {"facts": {"kind": kind}}))
    for name, said in acts:
        case = evolve(PERMIT, case, decide(PERMIT, case, Command(name, OFFICER, said), START).fact)
    return case


def test_silence_grants_or_refuses_by_what_the_case_says():
    plain, marked = permit("house"), permit("house", ("mark", {}))
    for case, clock_name, does in ((plain, "answer", "granted"), (marked, "no_answer", "refused")):
        assert [(clock.name, state.ends_on.isoformat()) for clock, state in clock_states(PERMIT, case)] == [
            (clock_name, "2027-05-01")
        ]
        due = find_due(PERMIT, case, date(2027, 5, 2))
        assert (due.action, due.data["clock"]) == (does, clock_name)
        case = evolve(PERMIT, case, decide(PERMIT, case, due, midnight(date(2027, 5, 2))).fact)
        assert case.step == "closed" and find_due(PERMIT, case, date(2030, 1, 1)) is None


def test_how_much_longer_it_lasts_may_follow_from_the_case_and_from_what_the_act_says():
    assert permit("tower").due_on == date(2027, 6, 1)
    assert permit("house", ("extend", {"why": "monument"})).due_on == date(2027, 8, 1)
    assert permit("house", ("extend", {"why": "other"})).due_on == date(2027, 6, 1)
    assert permit("tower", ("extend", {"why": "monument"})).due_on == date(2027, 6, 1)  # the table says nothing of it


def test_an_opinion_is_due_after_so_many_months_or_as_the_case_says():
    by_kind = Opinion("heritage", "Heritage", of="third:heritage", due=either(answer("kind").is_("house"), months(1), months(2)))
    assert by_kind.last_day({"kind": "house"}, date(2027, 1, 31)) == date(2027, 2, 28)
    assert by_kind.last_day({}, date(2027, 1, 31)) == date(2027, 3, 31)
    assert Opinion("roads", "Roads", of="team:roads", due=10).last_day({}, date(2027, 1, 31)) == date(2027, 2, 10)


def test_a_sum_grows_from_act_to_act_and_bounds_the_next():
    too_much = Ineligible(greatest(answer("paid_in_all"), 0) + answer("paid") > money(100), "More than the grant.")
    pay = Action(
        "pay", "Pay", by="act", demands={"paid": Money("Paid", required=True)}, adds={"paid_in_all": "paid"}, barred=(too_much,)
    )
    service = small_service(flow=Flow(step("open", pay >> STAY, close >> "closed", label="Open"), CLOSED))
    assert check_service(service) == []
    journal = [Fact(1, START, START, RESIDENT, "file", None, "open", DATA)]
    case = begin(service, 7, journal[0])
    for cents in (60_00, 40_00):
        journal.append(decide(service, case, Command("pay", OFFICER, {"paid": cents}), START).fact)
        case = evolve(service, case, journal[-1])
    assert case.facts["paid_in_all"] == 100_00 and journal[-1].data == {"paid": 40_00, "paid_in_all": 100_00}
    assert fold(service, 7, journal) == case
    with pytest.raises(NotEligible):
        decide(service, case, Command("pay", OFFICER, {"paid": 1}), START)


@pytest.mark.parametrize(
    "lasts", ["register", either(answer("urgent").is_("yes"), rule("register"), rule("register"))], ids=["by rule", "chosen"]
)
def test_a_time_that_was_no_law_yet_on_the_day_of_filing_does_not_run(lasts):
    register = Clock("register", "Entry in the register", lasts=lasts, starts="file", stopped_by="close", source="Art. 6")
    service = small_service(rules={"register": dated(Since("2027-03-02", months(1), source="Art. 6"))}, clocks=(register,))

    def clocks_of(filed_at):
        return [
            clock.name
            for clock, _ in clock_states(
                service, begin(service, 7, Fact(1, filed_at, filed_at, RESIDENT, "file", None, service.flow.first, DATA))
            )
        ]

    assert clocks_of(START) == []
    assert clocks_of(START + timedelta(days=1)) == ["register"]


def test_the_journal_read_back_gives_the_same_clocks_in_hours_as_the_acts_told_by_the_wall_of_the_town():
    ask, told = (Action(name, name, by="act") for name in ("ask", "told"))
    level = Clock(
        "level",
        "Level",
        lasts=working_hours(9),
        suspended_by="ask",
        resumed_by="told",
        stopped_by="close",
        means="breach",
        source="Art. 1",
    )
    flow = Flow(step("open", ask >> STAY, told >> STAY, close >> "closed", label="Open"), CLOSED)
    service = small_service(flow=flow, clocks=(level,))

    def clocks_of(zone, *acts):
        facts = [Fact(1, START.astimezone(zone), START, RESIDENT, "file", None, "open", DATA)]
        for hour, (name, actor, data) in enumerate(acts, 1):
            at = START + timedelta(hours=hour)
            facts.append(
                Fact(hour + 1, at.astimezone(zone), at, actor, name, "open", "closed" if name == "close" else "open", data)
            )
        return fold(service, 7, facts).clocks

    asked = [("ask", OFFICER, {}), ("told", OFFICER, {})]
    for last in (("close", OFFICER, {}), ("silence", SYSTEM, {"clock": "level"})):
        by_the_wall, read_back = clocks_of(PARIS, *asked, last), clocks_of(UTC, *asked, last)
        assert by_the_wall == read_back and len(read_back["level"]) == 4
