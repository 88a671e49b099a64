"""The rules, without a database: no sequence of commands leaves a case stuck or breaks what must always hold."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.flow import STAY
from oppidum.cases.declaration.recorded import SILENCE
from oppidum.cases.rules.clock_states import clock_state
from oppidum.cases.rules.decide import actions_open_to, decide
from oppidum.cases.rules.evolve import begin, evolve, fold
from oppidum.cases.rules.standing import RESIDENT, SYSTEM, Actor, Command, Contact, Fact
from oppidum.cases.sweeping import find_due
from oppidum.core.calendar import is_working_day, working_days_between
from oppidum.core.clock import local_day
from oppidum.core.errors import Refusal
from oppidum.services.living_environment.report import Report

OFFICER = Actor("officer", 1, "Ana", frozenset({"act", "assign", "intake", "note"}))
START = datetime(2027, 3, 1, 8, tzinfo=UTC)
DATA = {
    "qualify": {"category": "roads.pothole", "team": 3},
    "plan": {"day": "2027-04-01"},
    "reject": {"reason": "private", "message": "Non"},
    "finish": {"what_was_done": "Comblé"},
    "mark_duplicate": {"original": "22222-22222"},
    "transfer": {"transferred_to": "Le Département"},
    "recategorise": {"category": "cleanliness.litter_bin"},
    "move_team": {"team": 4},
    "give_to": {"officer": 9},
}
MESSAGES = {name: {"message": "mots"} for name in ("ask_resident", "answer", "object", "message", "reply")}
DATA |= MESSAGES | {"note": {"note": "interne"}, "reopen": {"note": "encore"}}

steps = st.lists(st.tuples(st.sampled_from(sorted(Report.flow.actions)), st.integers(0, 30 * 24)), max_size=25)


def filed(category="roads.pothole"):
    data = {"category": category, "promise": Report.categories[category].promise, "commune": "13901", "definition": "x" * 12}
    return Fact(1, START, START, RESIDENT, "file", None, "received", data)


def play(acts):
    """Carry out what the flow lets through; the standing, all facts, and the time at the end."""
    facts, now = [filed()], START
    case = begin(Report, 7, facts[0])
    for name, hours in acts:
        now += timedelta(hours=hours)
        while due := find_due(Report, case, local_day(now)):
            facts.append(decide(Report, case, due, now).fact)
            case = evolve(Report, case, facts[-1])
        actor = SYSTEM if name == "no_answer" else RESIDENT if name in ("answer", "object", "reply", "follow") else OFFICER
        try:
            decision = decide(Report, case, Command(name, actor, DATA.get(name, {}), contact=Contact()), now)
        except Refusal:
            continue
        facts.append(decision.fact)
        case = evolve(Report, case, decision.fact)
    return case, facts, now


@settings(max_examples=300)
@given(steps)
def test_a_case_is_never_stuck(acts):
    case, _, now = play(acts)
    open_to = actions_open_to(Report, case, "officer", OFFICER.rights, local_day(now))
    moves = Report.flow.steps[case.step].moves
    assert not case.is_open or any(moves[a.name].to != STAY for a in open_to)
    assert not case.is_open or case.wakes_on is not None or case.silence_on is not None


@settings(max_examples=300)
@given(steps)
def test_what_must_always_hold(acts):
    case, facts, now = play(acts)
    assert [f.seq for f in facts] == list(range(1, len(facts) + 1)) and case.version == len(facts)
    assert case.is_open != Report.flow.steps[case.step].is_end
    assert (case.ended_at is None) == case.is_open
    assert (case.paused_on is not None) == Report.flow.steps[case.step].pauses
    assert (case.due_on is None) == (case.paused_on is not None)
    if case.due_on:
        assert is_working_day(case.due_on)
        assert working_days_between(case.clock_from, case.due_on) == case.promise + case.paused_days
    assert sum(f.action == SILENCE for f in facts) <= 1
    assert all(before.to_step == after.from_step for before, after in zip(facts, facts[1:], strict=False))


@settings(max_examples=300)
@given(steps)
def test_a_standing_is_the_fold_of_its_journal(acts):
    case, facts, _ = play(acts)
    assert fold(Report, 7, facts) == case


@given(steps)
def test_deciding_twice_comes_to_the_same(acts):
    assert play(acts) == play(acts)


@given(steps)
def test_the_journal_holds_no_private_words(acts):
    _, facts, _ = play(acts)
    assert not any({"note"} & set(f.data) or f.data.get("message") == "mots" for f in facts)


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_two_months_of_silence_end_on_the_same_number_or_the_last_day(day):
    """Against an oracle that walks day by day, over leap years and clock changes."""
    end = clock_state(Report.clocks[0], [], {}, day).ends_on
    target = (day.year * 12 + day.month - 1 + 2) % 12 + 1
    walked = day
    while walked.month != target:
        walked += timedelta(days=1)
    while walked.day != day.day and (walked + timedelta(days=1)).month == target:
        walked += timedelta(days=1)
    assert end == walked


def test_a_pause_of_a_week_moves_the_promise_by_five_working_days():
    case = begin(Report, 7, filed())
    asked = evolve(
        Report, case, decide(Report, case, Command("ask_resident", OFFICER, {"message": "?"}), START + timedelta(days=2)).fact
    )
    answer = decide(Report, asked, Command("answer", RESIDENT, {"message": "!"}), START + timedelta(days=9))
    after = evolve(Report, asked, answer.fact)
    assert (asked.due_on, after.step) == (None, "received")
    assert working_days_between(case.due_on, after.due_on) == 5


def test_a_report_opened_again_gets_a_fresh_promise():
    case = begin(Report, 7, filed())
    done = evolve(Report, case, decide(Report, case, Command("finish", OFFICER, DATA["finish"]), START + timedelta(days=30)).fact)
    again = decide(Report, done, Command("object", RESIDENT, DATA["object"]), START + timedelta(days=40))
    reopened = evolve(Report, done, again.fact)
    assert (reopened.is_open, reopened.clock_from) == (True, date(2027, 4, 10))


def test_a_service_may_not_take_the_name_of_an_entry_that_the_engine_writes():
    from oppidum.cases.declaration import Action, Flow, end, step
    from oppidum.cases.declaration.checks.naming import name_what_exists

    class Reminding(Service):
        code = "reminding"
        flow = Flow(step("open", Action("remind_payment", "Remind", by="act") >> "done", label="Open"), end("done", label="Done"))

    assert [fault for fault in name_what_exists(Reminding) if "remind_payment" in fault and "another name" in fault]
