"""Legal clocks against an oracle that walks the days one by one, from 2023 to 2028, and what must hold whatever happens to them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oppidum.cases.declaration import Clock, answer, either, from_table, rule
from oppidum.cases.declaration.routing import End, Escalation
from oppidum.cases.rules.clock_states import LAPSED, NOT_STARTED, RUNNING, STOPPED, SUSPENDED, clock_state
from oppidum.core.calendar import (
    clear_days,
    days,
    hours,
    is_open_day,
    is_working_day,
    months,
    open_days,
    working_days,
    working_hours,
)
from oppidum.core.clock import PARIS, midnight

DAY = timedelta(days=1)
FILED = date(2027, 3, 1)
FIRST, LAST = date(2023, 1, 1), date(2028, 12, 31)
lasting = [months(1), months(2), days(8), days(15), working_days(10), open_days(6), clear_days(5), months(1) + days(10)]
moves = st.lists(st.tuples(st.sampled_from(["suspend", "resume"]), st.integers(0, 40)), max_size=8)
anything = st.lists(
    st.tuples(
        st.sampled_from(["start", "suspend", "resume", "interrupt", "extend", "wait", "restart", "stop", "lapse", "revive"]),
        st.integers(-5, 40),
    ),
    max_size=12,
)


def clock(lasts=None, **more):
    return Clock("test", "Test", lasts=months(2) if lasts is None else lasts, means="refusal", **more)


def dia(**more):
    """Two months, suspended once, one month at least when it runs again (code de l'urbanisme, art. L213-2)."""
    return clock(months(2), suspends_once=True, least_left=months(1), **more)


def events(*each):
    return [[kind, when if isinstance(when, str) else when.isoformat(), *more] for kind, when, *more in each]


def counts(length, day):
    return {"working days": is_working_day, "open days": is_open_day}.get(length.counting, lambda _: True)(day)


def walk(length, start, stood):
    """Walk from the day after the start; a day on which the clock stands, or that its kind of days doesn't count, takes nothing."""
    left = sum(counts(length, start + n * DAY) for n in range(1, (length.unmoved_end(start) - start).days + 1))
    day = start
    while left:
        day += DAY
        left -= counts(length, day) and not any(since < day <= until for since, until in stood)
    return day


def of(gaps, start=FILED):
    """Events that follow each other in time, so many days apart; what more they need is made up."""
    day, found = start, []
    for kind, gap in gaps:
        day += gap * DAY
        more = {"interrupt": [(day + 20 * DAY).isoformat()], "extend": ["1 month"]}.get(kind, [])
        found.append([kind, day.isoformat(), *more])
    return found


@pytest.mark.parametrize("length", lasting, ids=str)
def test_a_clock_ends_as_the_oracle_walks_on_each_day_of_six_years(length):
    for n in range((LAST - FIRST).days + 1):
        filed = FIRST + n * DAY
        state = clock_state(clock(length), [], {}, filed)
        assert (state.ends_on, state.status) == (walk(length, filed, []), RUNNING)
        assert state.ends_at.astimezone(PARIS).replace(tzinfo=None) == datetime.combine(state.ends_on + DAY, datetime.min.time())


@pytest.mark.parametrize("length", lasting, ids=str)
def test_a_suspension_moves_the_end_as_the_oracle_walks_on_each_day_of_six_years(length):
    for n in range(0, (LAST - FIRST).days, 3):
        filed = FIRST + n * DAY
        since, until = filed + (n % 9) * DAY, filed + (n % 9 + n % 37) * DAY
        if since > walk(length, filed, []):
            continue
        state = clock_state(clock(length), events(("suspend", since), ("resume", until)), {}, filed)
        assert state.ends_on == max(walk(length, filed, [(since, until)]), until)


@settings(max_examples=300)
@given(st.dates(FIRST, LAST), st.sampled_from(lasting), moves)
def test_suspensions_in_any_order_never_shorten_the_time(filed, length, gaps):
    state = clock_state(clock(length), of(gaps, filed), {}, filed)
    bare = clock_state(clock(length), [], {}, filed)
    if state.status == RUNNING:
        assert state.ends_on >= bare.ends_on
        stood = [(i.since, i.until) for i in state.intervals if i.what == "stood"]
        assert state.ends_on == max([walk(length, filed, stood), *(until for _, until in stood)])
    else:
        assert state.status == SUSPENDED and state.ends_on is None
        ran = sum(
            counts(length, i.since + n * DAY)
            for i in state.intervals
            if i.what == "ran"
            for n in range(1, (i.until - i.since).days + 1)
        )
        total = sum(counts(length, filed + n * DAY) for n in range(1, (bare.ends_on - filed).days + 1))
        assert state.left + ran == total


@settings(max_examples=500)
@given(st.sampled_from(lasting), anything, st.booleans())
def test_whatever_happens_a_clock_stands_somewhere_and_its_life_has_no_hole(length, gaps, once):
    made = clock(length, suspends_once=once, starts=("file", "reopen"), waits_for="ask", restarted_by="papers")
    state = clock_state(made, of(gaps), {}, FILED)
    assert state.status in (NOT_STARTED, RUNNING, SUSPENDED, STOPPED, LAPSED)
    assert (state.ends_at is None) == (state.ends_on is None)
    assert state.is_counting or state.ends_on is None
    ends = [each.until for each in state.intervals[:-1]]
    assert all(i.until is None or i.since < i.until for i in state.intervals)
    assert all(end is not None for end in ends)
    if all(gap >= 0 for _, gap in gaps):
        assert all(before.until <= after.since for before, after in zip(state.intervals, state.intervals[1:], strict=False))
    assert state == clock_state(made, of(gaps), {}, FILED)


@given(st.lists(st.tuples(st.sampled_from(["suspend", "resume"]), st.integers(0, 90)), max_size=6), st.dates(FIRST, LAST))
def test_of_a_sale_at_least_a_month_is_left_when_the_time_runs_again(gaps, filed):
    found = of(gaps, filed)
    state = clock_state(dia(), found, {}, filed)
    stood = [i for i in state.intervals if i.what == "stood"]
    assert len(stood) <= 1
    if state.status == RUNNING and stood:
        assert state.ends_on >= months(1).last_day(stood[0].until)


def test_two_months_of_a_sale_stand_still_while_papers_are_awaited():
    asked, came = date(2027, 3, 21), date(2027, 4, 10)
    waiting = clock_state(dia(), events(("suspend", asked)), {}, FILED)
    assert (waiting.status, waiting.left, waiting.ends_on) == (SUSPENDED, 41, None)
    assert clock_state(dia(), events(("suspend", asked), ("resume", came)), {}, FILED).ends_on == date(2027, 5, 21)


def test_a_suspension_late_in_the_two_months_leaves_a_whole_month():
    state = clock_state(dia(), events(("suspend", "2027-04-25"), ("resume", "2027-05-31")), {}, FILED)
    assert state.ends_on == date(2027, 6, 30)


def test_a_second_suspension_has_no_effect_where_the_law_allows_one():
    found = events(("suspend", "2027-03-10"), ("resume", "2027-03-20"), ("suspend", "2027-04-01"))
    state = clock_state(dia(), found, {}, FILED)
    assert (state.status, state.ends_on) == (RUNNING, date(2027, 5, 11))
    assert clock_state(clock(), found, {}, FILED).status == SUSPENDED


def test_a_refusal_by_silence_lets_the_time_run_from_the_day_after_it_is_born():
    # CAA Versailles, 10 Nov. 2022, 21VE00107: asked to visit on 19 June, refused by silence on the 27th, running again from the 28th.
    state = clock_state(clock(), events(("suspend", "2019-06-19"), ("resume", "2019-06-27")), {}, date(2019, 5, 15))
    assert state.ends_on == date(2019, 7, 15) + 8 * DAY


def test_an_incomplete_file_has_not_started_and_begins_anew_when_it_is_complete():
    made = clock(months(1), waits_for="ask", restarted_by="papers", waits_within=months(1))
    waiting = clock_state(made, events(("wait", "2027-03-20")), {}, FILED)
    assert (waiting.status, waiting.ends_on) == (NOT_STARTED, None)
    complete = clock_state(made, events(("wait", "2027-03-20"), ("restart", "2027-04-30")), {}, FILED)
    assert (complete.status, complete.ends_on) == (RUNNING, date(2027, 5, 30))
    assert [i.what for i in complete.intervals] == ["ran", "waited", "ran"]


def test_papers_asked_for_after_the_first_month_change_nothing():
    # Code de l'urbanisme, art. R423-41.
    made = clock(months(3), waits_for="ask", restarted_by="papers", waits_within=months(1))
    state = clock_state(made, events(("wait", "2027-04-02"), ("restart", "2027-04-30")), {}, FILED)
    assert state.ends_on == date(2027, 6, 1)


def test_an_interruption_for_a_given_period_ends_by_itself_or_earlier():
    # CRPA, art. L114-5: refused by silence, suspended during the delay given for the papers.
    given_until = ("interrupt", "2027-03-10", "2027-04-09")
    standing = clock_state(clock(), events(given_until), {}, FILED)
    assert (standing.status, standing.until, standing.ends_on) == (SUSPENDED, date(2027, 4, 9), date(2027, 5, 31))
    assert clock_state(clock(), events(given_until, ("resume", "2027-03-20")), {}, FILED).ends_on == date(2027, 5, 11)
    assert clock_state(clock(), events(given_until, ("resume", "2027-04-20")), {}, FILED).ends_on == date(2027, 5, 31)
    later = clock_state(clock(), events(given_until, ("stop", "2027-04-20")), {}, FILED)
    assert (later.status, [i.what for i in later.intervals]) == (STOPPED, ["ran", "stood", "ran"])


def test_an_extension_is_counted_from_the_same_start_and_only_if_told_in_time():
    made = clock(months(2), extends_within=months(1))
    assert clock_state(made, events(("extend", "2027-03-31", "1 month")), {}, date(2026, 12, 31)).ends_on == date(2027, 2, 28)
    in_time = clock_state(made, events(("extend", "2027-01-31", "1 month")), {}, date(2026, 12, 31))
    assert (in_time.ends_on, str(in_time.lasts)) == (date(2027, 3, 31), "3 months")


def test_seventy_two_hours_run_on_the_clock_over_a_change_of_time():
    breach = clock(hours(72), starts="know")
    known = datetime(2027, 3, 26, 13, 20, tzinfo=UTC)
    state = clock_state(breach, events(("start", known)), {})
    assert state.ends_at == known + timedelta(hours=72) and state.ends_on == date(2027, 3, 29)
    held = clock_state(
        breach, events(("start", known), ("suspend", known + timedelta(hours=10)), ("resume", known + timedelta(hours=20))), {}
    )
    assert held.ends_at == known + timedelta(hours=82)


def test_a_service_level_counts_working_hours_by_priority_and_not_those_in_which_the_user_was_asked():
    level = Clock("solve", "S", lasts=from_table(answer("level"), {"p1": rule("p1"), "p2": rule("p2")}), in_hours=True)
    known = {"rule:p1": working_hours(4), "rule:p2": working_hours(10), "level": "p2"}
    friday = datetime(2027, 3, 5, 15, tzinfo=PARIS)
    assert clock_state(level, events(("start", friday)), known).ends_at == datetime(2027, 3, 8, 15, tzinfo=PARIS)
    assert clock_state(level, events(("start", friday)), known | {"level": "p1"}).ends_at == datetime(2027, 3, 8, 9, tzinfo=PARIS)
    asked, told = friday + timedelta(hours=1), datetime(2027, 3, 9, 12, tzinfo=PARIS)
    assert clock_state(level, events(("start", friday), ("suspend", asked)), known).left == 9
    assert clock_state(level, events(("start", friday), ("suspend", asked), ("resume", told)), known).ends_at == datetime(
        2027, 3, 10, 11, tzinfo=PARIS
    )


def test_an_escalation_in_hours_is_told_before_the_instant_and_one_in_days_on_a_morning():
    end = End(date(2027, 3, 8), datetime(2027, 3, 8, 9, tzinfo=PARIS))
    assert Escalation("solve", before=working_hours(2), to="x", says="").tells_at(end) == datetime(2027, 3, 5, 17, tzinfo=PARIS)
    assert Escalation("solve", before=1, to="x", says="").tells_at(end) == midnight(date(2027, 3, 7))
    assert Escalation("solve", before=working_hours(2), to="x", says="").key == "solve-2 working hours:x"


def test_silence_falls_at_the_first_instant_of_the_day_after_the_last():
    state = clock_state(clock(months(2)), [], {}, date(2027, 1, 31))
    assert state.ends_at == midnight(date(2027, 4, 1)) and state.days_left(date(2027, 3, 29)) == 2


def test_the_length_is_the_rule_in_force_on_the_day_of_filing_or_chosen_by_the_case():
    rules = {"delay": months(3), "rule:long": months(5), "protected": True}
    assert clock_state(clock("delay"), [], rules, FILED).ends_on == date(2027, 6, 1)
    chosen = clock(either(answer("protected"), rule("long"), months(2)))
    assert clock_state(chosen, [], rules, FILED).ends_on == date(2027, 8, 1)
    assert clock_state(chosen, [], rules | {"protected": False}, FILED).ends_on == date(2027, 5, 1)


def test_what_came_to_an_end_stays_there_until_it_is_started_again():
    over = events(("stop", "2027-03-10"), ("suspend", "2027-03-12"), ("restart", "2027-03-14"))
    assert clock_state(clock(starts=("file", "reopen")), over, {}, FILED).status == STOPPED
    again = clock_state(clock(starts=("file", "reopen")), [*over, ["start", "2027-03-20"]], {}, FILED)
    assert (again.status, again.ends_on) == (RUNNING, date(2027, 5, 20))
    assert clock_state(clock(), events(("lapse", "2027-05-01"), ("stop", "2027-05-03")), {}, FILED).status == LAPSED


def test_a_silence_taken_back_leaves_the_clock_as_if_it_had_stood_still_in_time():
    told = events(("lapse", "2027-05-01"), ("revive", "2027-04-28"), ("suspend", "2027-04-28"), ("resume", "2027-05-31"))
    before = events(("suspend", "2027-04-28"), ("resume", "2027-05-31"))
    assert clock_state(dia(), told, {}, FILED) == clock_state(dia(), before, {}, FILED)


def test_a_clock_that_another_act_starts_has_not_begun_with_the_filing():
    assert clock_state(clock(starts="offer"), [], {}, FILED).status == NOT_STARTED
    assert clock_state(clock(starts="offer"), events(("start", "2027-04-01")), {}, FILED).ends_on == date(2027, 6, 1)
