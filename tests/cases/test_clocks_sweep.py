"""The night's work on many cases with several clocks: each silence once, at its own instant, whatever happens to the sweep."""

from datetime import date, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection

from oppidum.cases import sweeping
from oppidum.cases.acting import act
from oppidum.cases.declaration import Action, Clock, Day, Flow, Service, Since, dated, days, end, hours, months, registry, step
from oppidum.cases.declaration.checks import check_service
from oppidum.cases.declaration.recorded import SILENCE
from oppidum.cases.filing import NewCase, file_cases
from oppidum.cases.models import Entry, Live
from oppidum.cases.rules.errors import Stale
from oppidum.cases.rules.standing import SYSTEM, Actor, Command
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from oppidum.cases.watching import ENTRIES
from oppidum.core import clock
from oppidum.core.watching import watching

OFFICER = Actor("officer", 1, "Ana", frozenset({"act"}))
ask, papers = Action("ask", "Ask", by="act"), Action("papers", "Papers are in", by=("resident", "act"))
know = Action("know", "The breach is known", by="act")
grant, tacit = Action("grant", "Grant", by="act"), Action("tacit", "Granted by silence", by="system")


class Permit(Service):
    """Three clocks: a month that grants, two months that are a fact beside the step, three days on the clock."""

    code, name, owner, retention = "permit", "Permit", "planning-housing", "P1Y"
    rules = {
        "delay": dated(Since("2020-01-01", months(1), source="Code, art. 1"), Since("2027-06-01", days(10), source="Code, art. 1"))
    }
    clocks = (
        Clock(
            "decision",
            "Decision",
            lasts="delay",
            suspended_by="ask",
            resumed_by="papers",
            stopped_by="grant",
            silence="tacit",
            means="approval",
            source="Code, art. 1",
        ),
        Clock("reply", "Reply", lasts=months(2), means="refusal", source="Code, art. 2", is_due=False),
        Clock("breach", "Breach", lasts=hours(72), starts="know", stopped_by="grant", means="breach", source="Code, art. 3"),
    )
    flow = Flow(
        step("open", ask >> "waiting", know >> "<stay>", grant >> "granted", tacit >> "tacit", label="Open"),
        step("waiting", papers >> "open", grant >> "granted", label="Waiting"),
        step("tacit", know >> "<stay>", grant >> "granted", label="Tacit"),
        end("granted", label="Granted"),
    )


@pytest.fixture
def permit(people, monkeypatch):
    """The catalogue with this service alone."""
    assert check_service(Permit) == []
    monkeypatch.setattr(registry, "catalogue", lambda: {"permit": Permit})
    monkeypatch.setattr(registry, "_versions", lambda: {"permit": Permit.version()})
    return people


def file(count):
    new = [NewCase(service="permit", category="", lon=5.05, lat=43.35, commune="13901", channel="desk") for _ in range(count)]
    return [filed.case_id for filed in file_cases(new)]


def told(case_id, **only):
    return [
        (e.action, f"{e.valid_at.astimezone(clock.PARIS):%Y-%m-%d %H:%M}", e.data.get("clock"))
        for e in Entry.objects.filter(case_id=case_id, actor_kind="system", **only).exclude(action="route").order_by("seq")
    ]


def take(case_id, action, actor=OFFICER):
    [outcome] = act([(case_id, Command(action, actor))])
    if outcome.refusal:
        raise outcome.refusal
    return outcome.standing


def test_each_clock_has_its_own_silence_at_its_own_instant_however_late_the_sweep(permit, moved):
    with moved(2027, 3, 1, 9):
        [case_id] = file(1)
        take(case_id, "know")
    with moved(2027, 8, 1, 9):
        assert sweep() == 1 and sweep() == 0
    assert told(case_id) == [
        (SILENCE, "2027-03-04 09:00", "breach"),
        ("tacit", "2027-04-02 00:00", "decision"),
        (SILENCE, "2027-05-02 00:00", "reply"),
    ]
    assert Live.objects.get(case_id=case_id).wakes_on is None


def test_time_comes_to_cases_in_the_order_asked_however_their_rows_lie(permit, moved):
    with moved(2027, 3, 1, 9):
        ids = file(6)
    asked, seen = [ids[n] for n in (3, 0, 5, 1, 4, 2)], []
    with moved(2027, 4, 2, 9), watching(ENTRIES, lambda entries: seen.extend(one.after.case_id for one in entries)):
        assert sweeping.sweep_cases(asked, clock.now()) == 6
    assert seen == asked


def test_a_clock_in_hours_falls_within_the_day(permit, moved):
    with moved(2027, 3, 1, 9):
        [case_id] = file(1)
        take(case_id, "know")
    with moved(2027, 3, 4, 8):
        assert sweep() == 0
    with moved(2027, 3, 4, 10):
        assert sweep() == 1


def test_silence_is_a_fact_where_the_flow_offers_no_action_for_it(permit, moved):
    # Suspended at "waiting"; the other silence falls there all the same, and the step stays.
    with moved(2027, 3, 1, 9):
        [case_id] = file(1)
        take(case_id, "ask")
    with moved(2027, 5, 2, 9):
        assert sweep() == 1
    assert told(case_id) == [(SILENCE, "2027-05-02 00:00", "reply")] and Live.objects.get(case_id=case_id).step == "waiting"


def test_the_length_is_the_one_in_force_on_the_day_of_filing(permit, moved):
    with moved(2027, 5, 31, 9):
        [before] = file(1)
    with moved(2027, 6, 1, 9):
        [after] = file(1)
    due = dict(Live.objects.values_list("case_id", "due_on"))
    assert (due[before], due[after]) == (date(2027, 6, 30), date(2027, 6, 11))


def test_what_is_due_is_the_earliest_running_clock_and_nothing_while_it_stands(permit, moved):
    with moved(2027, 3, 1, 9):
        [case_id] = file(1)
        assert take(case_id, "ask").due_on is None
    with moved(2027, 3, 11, 9):
        assert take(case_id, "papers").due_on == date(2027, 4, 11)
        assert take(case_id, "grant").due_on is None


def test_killed_half_way_and_run_again_each_case_is_done_once(permit, moved, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 10)
    with moved(2027, 3, 1, 9):
        ids = file(35)
    batches = iter(range(2))

    def dies(commands, now):
        if next(batches, None) is None:
            raise KeyboardInterrupt
        return act(commands, now)

    with moved(2027, 4, 2, 1):
        monkeypatch.setattr(sweeping, "act", dies)
        with pytest.raises(KeyboardInterrupt):
            sweep()
        assert Entry.objects.filter(action="tacit").count() == 20
        monkeypatch.setattr(sweeping, "act", act)
        assert sweep() == 15 and sweep() == 0
    assert all(told(i) == [("tacit", "2027-04-02 00:00", "decision")] for i in ids)
    assert all(differences == [] for _, differences in verify())


def test_what_time_decided_is_refused_on_a_case_that_moved_on_meanwhile(permit, moved):
    with moved(2027, 3, 1, 9):
        [case_id] = file(1)
        seen = Live.objects.get(case_id=case_id).version
        take(case_id, "know")
    for action in ("tacit", SILENCE):
        [outcome] = act([(case_id, Command(action, SYSTEM, {"clock": "decision"}, seen))])
        assert isinstance(outcome.refusal, Stale)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_side_by_side_do_each_case_once(permit, moved):
    with moved(2027, 3, 1, 9):
        ids = file(40)
    now, counts = datetime(2027, 4, 2, 1, tzinfo=clock.PARIS), []

    def run():
        counts.append(sweep(now))
        connection.close()

    both = [Thread(target=run) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sum(counts) == 40
    assert Entry.objects.filter(action="tacit").count() == 40 == len(ids)


def test_only_cases_whose_date_has_come_are_read(permit, moved, django_assert_num_queries):
    with moved(2027, 3, 1, 9):
        file(50)
    with moved(2027, 4, 1, 23), django_assert_num_queries(0):
        # The walk itself goes beside Django's own cursor: nothing else is asked.
        assert sweep() == 0
    with moved(2027, 4, 1, 23) as _:
        assert Live.objects.filter(wakes_on__lte=clock.today() + timedelta(days=1)).count() == 50


class Lease(Service):
    """A contract until a day that is agreed on; its end means nothing in law beyond that."""

    code, name, owner, retention = "lease", "Lease", "support", "P1Y"
    flow = Flow(
        step(
            "open",
            Action("sign", "Sign", by="act", demands={"until": Day("Until", required=True, fact=True)}) >> "in_force",
            label="Open",
        ),
        step("in_force", Action("over", "Over", by="system") >> "ended", label="In force"),
        end("ended", label="Ended"),
    )
    clocks = (Clock("until", "End", lasts=days(0), starts="sign", starts_from="until", silence="over", source="The contract"),)


@pytest.mark.parametrize(("until", "over_at"), [("2027-03-20", "2027-03-30 00:00"), ("2027-04-05", "2027-04-06 00:00")])
def test_what_is_signed_after_its_last_day_is_over_on_the_day_it_was_signed(permit, moved, monkeypatch, until, over_at):
    assert check_service(Lease) == []
    monkeypatch.setattr(registry, "catalogue", lambda: {"lease": Lease})
    monkeypatch.setattr(registry, "_versions", lambda: {"lease": Lease.version()})
    with moved(2027, 3, 1, 9):
        [filed] = file_cases([NewCase(service="lease", category="", lon=5.05, lat=43.35, commune="13901", channel="desk")])
    with moved(2027, 3, 30, 9):
        [outcome] = act([(filed.case_id, Command("sign", OFFICER, {"until": until}))])
        assert outcome.refusal is None
    with moved(2027, 4, 20, 9):
        assert sweep() == 1 and sweep() == 0
    assert told(filed.case_id) == [("over", over_at, "until")]
    assert all(differences == [] for _, differences in verify())
