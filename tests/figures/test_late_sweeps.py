"""A sweep may be late, and people act meanwhile: a stock still counts each case once, from its coming to its leaving, as its trail does."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppidum.cases.acting import act
from oppidum.cases.declaration import Action, Clock, Flow, Service, days, end, registry, step
from oppidum.cases.declaration.checks import check_service
from oppidum.cases.filing import NewCase, file_cases
from oppidum.cases.histories import told
from oppidum.cases.models import Entry, Live
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import Actor, Command
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.figures.declaration import Stock
from oppidum.figures.periods import Period
from oppidum.figures.sources import MOVES, STANDING, standing
from oppidum.figures.standing import count_standing
from oppidum.figures.statements import shared_params
from oppidum.figures.tallying import stand
from oppidum.web.portal.follow_words import details_of

OFFICER = Actor("officer", 1, "Ana", frozenset({"act"}))
examine, hand_back, take_back = (Action(name, name, by="act") for name in ("examine", "hand_back", "take_back"))
tacit, lapse, close = (
    Action("tacit", "Tacit", by="system"),
    Action("lapse", "Lapse", by="system"),
    Action("close", "Close", by="act"),
)
STEPS = ("filed", "review", "granted")


class Licence(Service):
    """Silence grants after ten days, wherever the file lies; a licence that isn't used within a week lapses."""

    code, name, owner, retention = "licence", "Licence", "planning-housing", "P1Y"
    flow = Flow(
        step("filed", examine >> "review", tacit >> "granted", close >> "closed", label="Filed"),
        step("review", hand_back >> "filed", tacit >> "granted", close >> "closed", label="Review"),
        step("granted", take_back >> "review", lapse >> "closed", label="Granted"),
        end("closed", label="Closed"),
    )
    clocks = (
        Clock("decision", "Decision", lasts=days(10), silence="tacit", means="approval", source="Code, art. 1"),
        Clock(
            "use",
            "Use",
            lasts=days(7),
            starts="tacit",
            stopped_by="take_back",
            silence="lapse",
            means="withdrawal",
            source="Code, art. 2",
            is_due=False,
        ),
    )


STOCKS = [
    Stock(
        name,
        name,
        unit="files",
        owner="",
        method="",
        counts=STANDING,
        where=standing("licence", *steps),
        moves=MOVES,
        splits=("month", "commune"),
    )
    for name, steps in {**{one: (one,) for one in STEPS}, "all": STEPS}.items()
]
FIRST, LAST = date(2027, 3, 1), date(2027, 4, 20)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@pytest.fixture
def licence(people, monkeypatch):
    """The catalogue with this service alone."""
    assert check_service(Licence) == []
    monkeypatch.setattr(registry, "catalogue", lambda: {"licence": Licence})
    monkeypatch.setattr(registry, "_versions", lambda: {"licence": Licence.version()})


def live(turns, cases=3):
    """File, then turn by turn so many hours later: the sweep, or somebody does on one case what its step offers, as of some days ago."""
    now = datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)
    new = NewCase(service="licence", category="", lon=5.05, lat=43.35, commune="13901", channel="desk")
    with clock.at(now):
        ids = [filed.case_id for filed in file_cases([new] * cases)]
    for pick, hours, ago in turns:
        now += timedelta(hours=hours)
        with clock.at(now):
            if pick is None:
                sweep()
                continue
            case_id = ids[pick % cases]
            moves = [m for m in Licence.flow.steps[read_standings([case_id])[case_id].step].moves.values() if "act" in m.action.by]
            if moves:
                valid_at = max(now - timedelta(days=ago), datetime(2027, 3, 1, 9, tzinfo=clock.PARIS))
                act([(case_id, Command(moves[pick // cases % len(moves)].action.name, OFFICER, valid_at=valid_at))])
    with clock.at(datetime(2027, 4, 21, 9, tzinfo=clock.PARIS)):
        sweep()
    return ids


def stood_by_the_journals(ids):
    """Of each day, the step in which each case stood at its end: the last that an entry of that day or before led into, by hand."""
    at: dict[tuple[date, str], int] = {}
    for case_id in ids:
        entries = [(clock.local_day(e.valid_at), e.to_step) for e in Entry.objects.filter(case_id=case_id).order_by("seq")]
        for day in DAYS:
            steps = [to_step for on, to_step in entries if on <= day]
            if steps:
                at[day, steps[-1]] = at.get((day, steps[-1]), 0) + 1
    return at


def check(ids):
    months = {"months": [clock.midnight(day) for day in DAYS]}
    stood, by_hand = (
        stand(STOCKS, Period(FIRST, LAST), shared_params(Period(FIRST, LAST)) | months, run=rows),
        stood_by_the_journals(ids),
    )
    for number, day in enumerate(DAYS):
        end_of_day = clock.midnight(day + timedelta(days=1))
        for stock in STOCKS:
            counted = stood[stock.name][number]
            steps = STEPS if stock.name == "all" else (stock.name,)
            assert counted.total == sum(by_hand.get((day, one), 0) for one in steps), (stock.name, day)
            assert all(number > 0 for number in counted.parts["commune"].values())
            assert counted.total == sum(counted.parts["commune"].values()) == count_standing(stock, end_of_day, None, {}), (
                stock.name,
                day,
            )


turns = st.lists(st.tuples(st.none() | st.integers(0, 29), st.integers(1, 9 * 24), st.integers(0, 4)), max_size=14)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns)
def test_every_stock_is_what_its_trail_says_on_each_day_however_late_the_sweep(licence, turns):
    with transaction.atomic():
        check(live(turns))
        assert all(differences == [] for _, differences in verify())
        transaction.set_rollback(True)


def test_a_silence_that_fell_before_the_file_came_into_review_leaves_it_on_the_day_of_coming_and_counts_in_law_from_its_own(
    licence,
):
    examined_on_the_fifteenth = [(0, 14 * 24, 0)]
    ids = live([*examined_on_the_fifteenth, (None, 24, 0)], cases=1)
    entries = [
        (e.action, f"{e.valid_at.astimezone(clock.PARIS):%d.%m. %H:%M}", e.data.get("fell_at"))
        for e in Entry.objects.filter(case_id=ids[0], seq__gt=2).order_by("seq")
    ]
    # Over on the eleventh at midnight; the week in which it is to be used runs from there, whenever the sweep came.
    assert entries == [
        ("examine", "15.03. 09:00", None),
        ("tacit", "15.03. 00:00", "2027-03-11T23:00:00+00:00"),
        ("lapse", "19.03. 00:00", None),
    ]
    live_row = Live.objects.get(case_id=ids[0])
    assert live_row.clocks["decision"] == [["lapse", "2027-03-11"]] and live_row.clocks["use"][0] == ["start", "2027-03-11"]
    assert live_row.silence_on == date(2027, 3, 19)
    check(ids)


def test_the_pages_of_the_case_tell_both_days(licence):
    [case_id] = live([(0, 14 * 24, 0), (None, 24, 0)], cases=1)
    data = Entry.objects.get(case_id=case_id, action="tacit").data
    with override("fr"):
        assert told(Licence, Licence.flow.actions["tacit"], data, {}) == [("Date en droit", "vendredi 12 mars 2027")]
        assert details_of(Licence, "tacit", data, {}) == ["En droit, cela compte à partir du vendredi 12\xa0mars\xa02027."]
