"""Rest: what is in force leaves the inbox, and comes back when somebody is heard, time says something, or an answer is owed."""

from datetime import UTC, datetime, timedelta

import pytest

from oppidum.cases.acting import act
from oppidum.cases.declaration import Action, Clock, Flow, Notice, Number, Service, Text, YesNo, answer, end, months, step
from oppidum.cases.declaration.checks import check_service
from oppidum.cases.declaration.routing import Escalation
from oppidum.cases.filing import NewCase, file_cases
from oppidum.cases.filters import Filter
from oppidum.cases.inbox import counts, page
from oppidum.cases.models import Case, Live
from oppidum.cases.resting import settle
from oppidum.cases.rules.asking import OPINION
from oppidum.cases.rules.decide import decide
from oppidum.cases.rules.evolve import begin, evolve
from oppidum.cases.rules.standing import RESIDENT, SYSTEM, Actor, Command, Fact
from oppidum.cases.sweeping import find_due, sweep
from oppidum.cases.verifying import verify
from oppidum.core.calendar import days
from oppidum.core.clock import local_day
from oppidum.core.sql import rows
from tests.cases.declaring import CLOSED, close, faults
from tests.cases.small_services import declare

START = datetime(2027, 3, 1, 8, tzinfo=UTC)
TEAM = Actor("officer", 1, "Ana", frozenset({"act", "assign", "intake", "note"}))
CALL_CENTRE = Actor("officer", 2, "Tom", frozenset({"intake", "note"}))
WORDS = {"words": Text("Words", required=True, private=True)}

grant, give_back = Action("grant", "Grant", by="act"), Action("give_back", "Give back", by=("resident", "act"))
reply = Action("reply", "Write to us", by=("resident", "intake"), demands=WORDS)
note = Action("note", "Note", by=("act", "note"), demands={"note": Text("Note", private=True)}, tells=False)
new_card = Action("new_card", "A new card", by=("resident", "intake", "act"))
longer, longer_granted = Action("longer", "Ask for more time", by="resident"), Action("longer_granted", "Grant more time", by="act")
give_to = Action("give_to", "Give to an officer", by="assign", demands={"officer": Number("Officer")})
checked, expire = Action("checked", "The year's check is due", by="system"), Action("expire", "Over", by="system")
announce = Action("announce", "Announce its withdrawal", by="act", sets={"announced": True})
drop_it = Action("drop_it", "Drop the withdrawal", by="act", sets={"announced": False})
register = Action("register", "Enter it in the register", by="act")
count = Action("count", "Counted", by="system")


class Pass(Service):
    """A pass (carte) that is valid for some four hundred days; a year on, it is looked at."""

    code, name, owner, retention = "pass", "Pass", "planning-housing", "P1Y"
    clocks = (
        Clock(
            "longer", "Answer", lasts=days(20), starts="longer", stopped_by="longer_granted", means="refusal", source="Code, art. 1"
        ),
        Clock("check", "Check", lasts=months(12), starts="grant", silence="checked", source="Code, art. 2"),
        Clock("count", "Count", lasts=months(1), starts="grant", silence="count", is_due=False, source="Code, art. 3"),
        Clock(
            "register",
            "Register",
            lasts=days(9),
            starts="file",
            stopped_by="register",
            when=answer("registered").is_(True),
            is_due=False,
            source="Code",
        ),
        Clock("opening", "Opening", lasts=months(3), starts="grant", means="breach", is_due=False, source="Code, art. 4"),
    )
    form = {"announced": YesNo("Announced"), "registered": YesNo("To be registered")}
    escalations = (Escalation("check", before=30, to="supervisor", says="A check is coming"),)
    flow = Flow(
        step("asked", grant >> "valid", label="Asked for"),
        step(
            "valid",
            *(
                each >> "<stay>"
                for each in (reply, note, new_card, longer, longer_granted, give_to, count, announce, drop_it, register)
            ),
            give_back >> "given_back",
            checked >> "to_check",
            expire >> "expired",
            rests=True,
            sleeps_through=("new_card", "count"),
            unless=answer("announced").is_(True),
            waits=400,
            then="expire",
            label="Valid",
        ),
        step("to_check", count >> "<stay>", give_back >> "given_back", grant >> "valid", label="To be checked"),
        end("given_back", label="Given back"),
        end("expired", label="Over"),
    )
    notices = (Notice("grant", "Your pass", "It is valid."),)


class Lived:
    """A case lived without a database."""

    def __init__(self, **facts):
        data = {"category": "", "promise": 0, "commune": "", "definition": "x" * 12, "facts": facts}
        self.now, self.case = START, begin(Pass, 7, Fact(1, START, START, RESIDENT, "file", None, "asked", data))
        self.act("grant", TEAM)

    def act(self, name, actor, **data):
        self._take(Command(name, actor, data))
        return self.case.rests

    def wait(self, **length):
        self.now += timedelta(**length)
        while due := find_due(Pass, self.case, local_day(self.now), self.now):
            self._take(due)
        return self.case.rests

    def _take(self, command):
        self.case = evolve(Pass, self.case, decide(Pass, self.case, command, self.now).fact)


def test_the_pass_is_sound():
    assert check_service(Pass) == []


def test_a_valid_pass_rests_until_it_is_over():
    one = Lived()
    assert one.case.rests and one.case.is_open
    assert not one.act("give_back", RESIDENT) and not one.case.is_open


@pytest.mark.parametrize("who", [RESIDENT, CALL_CENTRE, TEAM])
def test_a_residents_message_wakes_it_whoever_writes_it_down_until_the_team_has_acted(who):
    one = Lived()
    assert not one.act("reply", who, words="My card doesn't open the gate")
    assert not one.act("note", CALL_CENTRE, note="She called again")
    assert one.act("note", TEAM, note="Told her how")


def test_what_settles_itself_wakes_nobody_and_puts_nobody_to_sleep():
    one = Lived()
    assert one.act("new_card", RESIDENT) and one.act("new_card", CALL_CENTRE)
    one.act("reply", RESIDENT, words="Help")
    assert not one.act("new_card", RESIDENT)


def test_a_request_that_the_authority_owes_an_answer_is_never_put_to_sleep():
    one = Lived()
    assert not one.act("longer", RESIDENT) and one.case.due_on
    assert not one.act("note", TEAM, note="To be looked at")
    assert one.act("longer_granted", TEAM)


def test_what_an_officer_has_begun_keeps_it_in_the_inbox_until_it_is_settled():
    one = Lived()
    assert not one.act("announce", TEAM) and not one.act("note", TEAM, note="Waiting for the remarks")
    assert one.act("drop_it", TEAM)


def test_what_the_authority_has_still_to_register_is_seen():
    one = Lived(registered=True)
    assert not one.case.rests and not one.act("note", TEAM, note="Not yet")
    assert one.act("register", TEAM)


def test_a_silence_that_fell_is_looked_at_even_when_nothing_is_due_any_more():
    one = Lived()
    one.act("longer", RESIDENT)
    assert not one.wait(days=30) and one.case.silence_on
    assert one.act("note", TEAM, note="Told that it is refused")


def test_who_is_given_a_case_at_rest_has_it_in_the_inbox():
    one = Lived()
    assert not one.act("give_to", TEAM, officer=3)
    assert one.act("note", TEAM, note="Nothing to do")


def test_the_years_check_years_away_lets_it_rest_and_brings_it_back():
    one = Lived()
    assert one.case.due_on.isoformat() == "2028-03-01"
    assert one.wait(days=32), "what it sleeps through"
    assert not one.wait(days=70), "the end of another clock, that nothing is said of"
    assert one.act("note", TEAM, note="Seen")
    assert not one.wait(days=250) and any(name.startswith("told:") for name in one.case.facts), "a warning"
    assert one.act("note", TEAM, note="Seen") and not one.wait(days=40) and one.case.step == "to_check"
    assert one.act("grant", TEAM)


# --- the inbox -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def passes(people, monkeypatch, moved):
    """Three valid passes and one asked for; one of the three woken."""
    declare(monkeypatch, Pass)
    with moved(2027, 3, 1, 9):
        filed = [
            one.case_id
            for one in file_cases(NewCase(service="pass", category="", channel="desk", words="jardin") for _ in range(4))
        ]
        act((case_id, Command("grant", TEAM)) for case_id in filed[:3])
        act([(filed[0], Command("reply", RESIDENT, {"words": "Help"}))])
        yield filed


def ids(officer, **wanted):
    return sorted(row.case_id for row in page(officer, Filter(**wanted)).rows)


def test_the_inbox_holds_what_is_awake_and_another_view_what_is_in_force(passes, people):
    woken, *resting, asked = passes
    assert ids(people.cleo, view="all") == [woken, asked] == ids(people.cleo, view="unassigned")
    assert counts(people.cleo)["all"] == counts(people.cleo)["unassigned"] == 2
    assert ids(people.cleo, view="in_force") == resting and ids(people.cleo, view="in_force", step="asked") == []
    assert page(people.cleo, Filter(view="in_force"), size=1).rows[0].case_id == resting[-1], "the newest first"


def test_a_communes_space_counts_what_its_inbox_lists(passes, people, client):
    Live.objects.filter(case__in=passes).update(team=people.aubane.pk, commune="13901")
    Case.objects.filter(pk__in=passes).update(commune="13901")
    people.max.role.of_communes = True
    people.max.role.save()
    client.force_login(people.max)
    told = client.get("/commune/13901/").context["queue"][0]
    assert told["value"] == page(people.max, Filter(team=people.aubane.pk)).total == 2


def test_an_opinion_that_comes_late_is_read_and_one_that_stays_out_is_not():
    one = Lived()
    for actor, rests in ((SYSTEM, True), (Actor("third:heritage"), False)):
        fact = Fact(
            one.case.version + 1, one.now, one.now, actor, OPINION, "valid", "valid", {"opinion": "heritage", "answer": "no"}
        )
        assert evolve(Pass, one.case, fact).rests == rests


def test_who_looks_for_a_case_finds_it_at_rest_too(passes, people):
    assert ids(people.cleo, view="all", words="jardin") == passes
    assert ids(people.cleo, view="all", step="valid") == passes[:3] and ids(people.cleo, view="late", step="valid") == []


def test_rest_is_what_the_journal_says_and_touches_an_index_only_when_it_changes(passes):
    assert not [difference for _, batch in verify() for difference in batch]

    def updated():
        return rows(
            "select pg_stat_get_xact_tuples_updated(c), pg_stat_get_xact_tuples_hot_updated(c) from (select 'cases_live'::regclass c) t"
        )[0]

    before = updated()
    act([(passes[1], Command("note", TEAM, {"note": "Seen"})), (passes[2], Command("reply", RESIDENT, {"words": "Help"}))])
    assert [now - then for now, then in zip(updated(), before, strict=True)] == [2, 1]


def test_sweeps_reach_what_rests(passes, moved):
    with moved(2028, 6, 1, 9):
        sweep()
    assert set(Live.objects.filter(case__in=passes[:3]).values_list("step", flat=True)) == {"to_check"}


def test_a_declaration_that_says_later_that_cases_rest_reaches_those_that_stand_there(passes, monkeypatch):
    Live.objects.filter(case__in=passes).update(rests=False)
    assert settle() == 2 and settle() == 0
    assert list(Live.objects.filter(rests=True).order_by("pk").values_list("case_id", flat=True)) == passes[1:3]
    awake = type("Pass", (Pass,), {"__doc__": "x", "flow": Flow(*(_awake(one) for one in Pass.flow.steps.values()))})
    assert awake.version() != Pass.version()
    declare(monkeypatch, awake)
    assert settle() == 2 and not Live.objects.filter(rests=True).exists()
    assert not [difference for _, batch in verify() for difference in batch], "older declarations are read in today's words"


def _awake(one):
    return type(one)(**{**vars(one), "rests": False, "sleeps_through": (), "unless": None})


# --- what a declaration may not say ----------------------------------------------------------------------------------------------

hurry = Clock("hurry", "Answer", lasts=days(20), starts="file", stopped_by="close", means="refusal", source="Code, art. 1")
tacit = Action("tacit", "Granted by silence", by="system")
stays = Action("stays", "Write", by="resident", demands=WORDS)
works = Action("works", "Works", by="act")


def resting(*moves, **said):
    return Flow(step("open", close >> "closed", *moves, label="Open", rests=True, **said), CLOSED)


@pytest.mark.parametrize(
    ("flow", "more", "says"),
    [
        (resting(), {"promise": 5}, "step 'open' rests while the promise to the resident runs: say pauses=True"),
        (
            resting(),
            {"clocks": (hurry,)},
            "step 'open' rests, but 'file' leads there and starts the clock 'hurry', which has to be kept",
        ),
        (
            resting(tacit >> "closed"),
            {"clocks": (Clock("t", "T", lasts=days(9), silence="tacit", source="Code"),)},
            "the clock 't'",
        ),
        (resting(sleeps_through=("none",)), {}, "step 'open' sleeps through 'none', which is no action that leaves the case there"),
        (resting(stays >> "<stay>", sleeps_through=("stays",)), {}, "by which somebody writes a message: somebody has to read it"),
        (resting(works >> "<stay>", sleeps_through=("works",)), {}, "which only officers take"),
        (
            Flow(step("open", close >> "closed", label="Open", sleeps_through=("close",)), CLOSED),
            {},
            "doesn't rest, so sleeps_through= and unless= mean nothing",
        ),
        (
            Flow(step("open", close >> "shut", label="Open"), step("shut", label="Shut", is_end=True, rests=True)),
            {},
            "an end is closed anyway",
        ),
    ],
)
def test_a_step_that_rests_hides_nothing(flow, more, says):
    assert any(says in fault for fault in faults(flow, **more)), faults(flow, **more)


def test_a_promise_that_pauses_lets_a_step_rest():
    assert not [fault for fault in faults(resting(pauses=True), promise=5) if "rests" in fault]
