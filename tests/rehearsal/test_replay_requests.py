"""Requests live a year: shares are met, days are exact, a full place waits for nobody, desks have their capacity."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random
from types import SimpleNamespace

import pytest
from django.db import transaction

from oppidum.bodies.models import Body
from oppidum.bookings.calendars import verify as slots_wrong
from oppidum.bookings.finding import find_free
from oppidum.bookings.loading import load_places
from oppidum.bookings.models import Booking
from oppidum.cases.booking.terms import known_on, terms_of
from oppidum.cases.declaration import catalogue
from oppidum.cases.declaration.sampling import Sampler
from oppidum.cases.models import Case, Entry, Live
from oppidum.cases.rules.standing import Actor
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.core.calendar import each_day, is_working_day
from oppidum.people.models import Right
from oppidum.rehearsal.phrases import phrase_for
from oppidum.rehearsal.replay.backdating import _parts
from oppidum.rehearsal.replay.cast import make_lanes
from oppidum.rehearsal.replay.plan import Changes, Plan
from oppidum.rehearsal.replay.requests import Requests, part_services
from oppidum.rehearsal.replay.requests.arrivals import arrivals_of
from oppidum.rehearsal.replay.requests.assembly import BUREAUS, COUNCILS, Assembly
from oppidum.rehearsal.replay.requests.ballots import Vote
from oppidum.rehearsal.replay.requests.deck import Decks
from oppidum.rehearsal.replay.requests.desks import Desks
from oppidum.rehearsal.replay.requests.times import Times
from oppidum.rehearsal.replay.requests.ways import read_ways
from oppidum.voting.counting import published
from oppidum.voting.polls import list_polls, list_projects
from oppidum.voting.recount import recount
from tests.rehearsal.living import live

REHEARSED = [one for one in catalogue().values() if one.rehearsal and not one.categories]
OFFICER = Actor("officer", 1, "Ana", frozenset(Right.values))


def plan(services, **more):
    return Plan(2023, services=frozenset(services), **{"scale": 1.0, "last": date(2023, 1, 31), **more}).checked()


def test_shares_are_met_to_a_case_however_small_they_are():
    decks = Decks(1)
    dealt = [decks.choose("opinions", (0.298, 0.495, 0.207)) for _ in range(962)]
    assert [abs(dealt.count(n) - share * 962) < 2 for n, share in enumerate((0.298, 0.495, 0.207))] == [True] * 3
    assert 5 <= sum(decks.choose("rare", (0.994, 0.006)) for _ in range(1000)) <= 7
    assert [Decks(1).deal("x")] == [Decks(1).deal("x")] != [Decks(2).deal("x")]


@pytest.mark.parametrize("service", REHEARSED, ids=lambda one: one.code)
def test_the_days_of_a_year_hold_exactly_what_comes_in_it(service):
    days = arrivals_of(service, plan([service.code], last=None))
    assert sum(days.values()) in (0, service.rehearsal.per_year)
    assert sum(arrivals_of(service, plan([service.code], changes=Changes(volumes={service.code: 2.0}))).values()) in (
        0,
        2 * service.rehearsal.per_year,
    )


@pytest.mark.parametrize("service", REHEARSED, ids=lambda one: one.code)
def test_every_share_that_a_service_declares_names_an_action_of_that_step(service):
    for name in service.rehearsal.shares:
        step, _dot, action = name.partition(".")
        assert action in service.flow.steps[step].moves, name
    assert all(read_ways(service, step, OFFICER) is not None for step in service.flow.steps)


def test_a_desk_decides_so_many_files_on_a_working_day_and_none_on_a_sunday():
    desks = Desks({"x": 2.5, "y": 0}, plan([]))
    done = []
    for day in each_day(date(2023, 3, 6), date(2023, 3, 12)):
        desks.open(day)
        done.append(sum(desks.take("x", (n, 1, "")) for n in range(10)))
        assert len(desks.waiting()) == 10 - done[-1] and desks.take("y", (0, 1, ""))
    assert sum(done) == 12 and done[5:] == [0, 0]


@pytest.fixture
def lived(people, tmp_path):
    """The town lives some weeks of requests that go by different ways: office, silence, payment."""
    asked = plan(["school-transport", "intended-sale", "special-waste-fee", "marina-visit"], scale=0.01, last=date(2023, 2, 5))
    lane = Requests(asked, asked.services)
    done = live(lane, each_day(asked.first, asked.last))
    return SimpleNamespace(lane=lane, done=done)


def test_requests_come_to_an_end_by_officers_by_silence_and_by_payment(lived):
    done = lived.done
    assert done["school-transport", "issue"] >= done["school-transport", "paid"] > 0
    assert done["intended-sale", "waive"] > 0
    assert Live.objects.filter(is_open=False).exists()
    assert sum(lived.lane.refusals.values()) == 0
    assert [difference for _checked, found in verify() for difference in found] == []
    assert lived.lane.notes.amounts["done"]["intended-sale"] and lived.lane.notes.amounts["backlog"]["intended-sale"]


def test_officers_act_on_working_days_alone(lived):
    acts = list(Entry.objects.filter(action="waive").values_list("valid_at", flat=True))
    assert acts and all(is_working_day(clock.local_day(at)) for at in acts)


# Whoever draws from it takes the first time that they see.
NOBODY_WAITS = SimpleNamespace(expovariate=lambda rate: 0.0)
TRUCK = """
[[resources]]
code = "truck"
kind = "bulky-truck"
name = "Camion"
capacity = 4
unit = "m3"
openings = [{ weekdays = [1, 3], starts = "07:00", ends = "12:00" }]
"""


def test_when_the_only_truck_is_full_others_wait_or_give_up_and_the_days_go_on(people, tmp_path):
    (tmp_path / "places.toml").write_text(TRUCK)
    asked = plan(["bulky-waste"], last=date(2023, 1, 24), changes=Changes(volumes={"bulky-waste": 0.08}))
    with clock.at(clock.midnight(asked.first)):
        load_places(tmp_path / "places.toml")
        lane = Requests(asked, asked.services)
    done = live(lane, each_day(asked.first, asked.last))
    notes = lane.notes.amounts
    assert sum(notes["turned_away"]["bulky-waste"].values()) > 0 < done["bulky-waste", "fetched"]
    assert sum(lane.refusals.values()) <= 0.01 * sum(done.values())
    assert slots_wrong() == [] and not Booking.objects.filter(state="taken", day__lt=asked.last - timedelta(days=5)).exists()


def test_the_times_that_people_choose_from_are_those_that_a_page_offers(people, tmp_path):
    (tmp_path / "places.toml").write_text(TRUCK)
    bulky, day = catalogue()["bulky-waste"], date(2023, 3, 20)  # summer time begins on the 26th
    with clock.at(clock.midnight(day)):
        load_places(tmp_path / "places.toml")
        (booking,) = bulky.bookings
        terms = replace(terms_of(booking, known_on(bulky, day), day), quota=None)
        offered = find_free("bulky-truck", amount=2.5, terms=terms, now=clock.midnight(day) + timedelta(hours=1))
        times = Times([bulky])
        known = {"volume_m3": 2.5, "address": {"commune": "", "zones": []}}
        taken = [times.take(bulky, booking.name, known, day, NOBODY_WAITS) for _ in offered]
        assert taken == [str(one) for one in offered] and len(taken) > 3
        assert times.take(bulky, booking.name, known, day, NOBODY_WAITS) is None


ROOM = """
[[sites]]
code = "crematorium-aix"
name = "Crématorium"
commune = "13001"
place = [5.385, 43.509]

[[resources]]
code = "room"
kind = "cremation"
model = "room"
name = "Salle"
site = "crematorium-aix"
openings = [{ weekdays = [1, 2, 3, 4, 5, 6, 7], starts = "08:30", ends = "17:30", minutes = 45 }]
"""


def test_nobody_takes_an_hour_of_the_day_whose_requests_are_filed_in_the_evening(people, tmp_path):
    (tmp_path / "places.toml").write_text(ROOM)
    asked = plan(["crematorium-ceremony"], scale=1.0, last=date(2023, 1, 6), changes=Changes(volumes={"crematorium-ceremony": 0.2}))
    with clock.at(clock.midnight(asked.first)):
        load_places(tmp_path / "places.toml")
        lane = Requests(asked, asked.services)
    done = live(lane, each_day(asked.first, asked.last))
    assert done["crematorium-ceremony", "cremate"] > 2
    assert not any(" file " in refused for refused in lane.refusals)


@pytest.mark.slow
def test_of_those_who_answer_a_call_one_is_chosen_however_many_are_looked_at_on_a_day(people):
    asked = plan(
        ["marina-occupancy", "marina-application"], last=date(2023, 4, 20), changes=Changes(volumes={"marina-application": 3})
    )
    lane = Requests(asked, asked.services)
    done = live(lane, each_day(asked.first, asked.last))
    chosen = Counter(Live.objects.filter(step="chosen").values_list("facts__parent", flat=True))
    assert len(chosen) > 10 and set(chosen.values()) == {1}
    assert set(Live.objects.filter(pk__in=chosen).values_list("step", flat=True)) <= {
        "contract",
        "in_force",
        "without_choice",
        "over",
    }
    assert done["marina-application", "refuse"] > done["marina-application", "choose"] > 10


def test_a_service_lived_twice_with_one_seed_has_the_same_cases(people):
    def month(seed):
        asked = plan(["data-breach", "rights-request"], scale=2.0, seed=seed, last=date(2023, 1, 12))
        with transaction.atomic():
            live(Requests(asked, asked.services), each_day(asked.first, asked.last))
            found = list(Case.objects.order_by("code").values_list("code", "filed_at", "live__step", "live__version"))
            transaction.set_rollback(True)
        return found

    first = month(1)
    assert first and month(1) == first != month(2)


def test_residents_vote_day_by_day_and_the_evening_after_the_close_the_ballots_are_counted_and_can_be_again(people):
    calls = Changes(volumes={"participatory-call": 8})
    asked = plan(["participatory-call", "participatory-vote"], scale=0.2, last=date(2023, 5, 25), changes=calls)
    lane = Requests(asked, asked.services)
    done = live(lane, each_day(asked.first, asked.last))
    polls = [one for one in list_polls() if one.step in ("counted", "proclaimed") and list_projects(one)]
    assert polls and done["participatory-call", "count_vote"] == done["participatory-call", "close_vote"] > 0
    for poll in polls:
        counted = published(poll)
        assert recount(counted).faults == () and 100 < counted["voters"] < 4_000
        assert any(one.is_chosen for one in list_projects(poll))


def test_more_vote_on_the_first_and_last_days_and_all_of_them_in_the_end():
    vote = Vote(1, date(2023, 6, 1), date(2023, 6, 14), 4000)
    cast = [vote.until(day) - vote.until(day - timedelta(days=1)) for day in each_day(date(2023, 5, 31), date(2023, 6, 15))]
    assert cast[0] == cast[-1] == 0 and sum(cast) == 4000 and cast[1] == cast[14] == 400 and cast[7] == 200


@pytest.mark.parametrize("service", REHEARSED, ids=lambda one: one.code)
def test_what_is_drawn_clean_need_not_be_cleaned(service):
    nothing = {kind: lambda rng, one: None for kind in ("files", "slot", "reference")}
    for fields in (service.form, *(action.demands for action in service.flow.actions.values() if action.demands)):
        for seed in range(5):
            both = [
                Sampler(Random(seed), date(2023, 6, 1), of=nothing, texts=partial(phrase_for, ""), as_drawn=drawn).answers(fields)
                for drawn in (False, True)
            ]
            assert both[0] == both[1]


def test_rules_and_prices_of_a_later_year_hold_in_the_one_that_is_lived():
    service, first = catalogue()["special-waste-fee"], date(2022, 1, 1)
    lived = _parts(service, first)
    assert lived["rules"]["most"].find(date(2023, 6, 1)).value == service.rules["most"].find(date(2024, 1, 1)).value
    assert lived["tariffs"]["litre"].version_on("2023-06-01").rows == service.tariffs["litre"].version_on("2024-06-01").rows
    assert service.rules["most"].find(date(2023, 6, 1)) is None and _parts(catalogue()["rights-request"], first) == {}


@pytest.mark.parametrize("year", range(2020, 2031))
def test_bodies_sit_on_working_days_and_their_letters_leave_on_one_in_time(db, year):
    for code, kind in (("council", "council"), ("bureau", "bureau"), ("grants", "committee")):
        Body.objects.create(code=code, name=code, kind=kind, seats=7)
    letters = Assembly(year, 1, Decks(1)).letters
    assert sum(map(len, letters.values())) == len(COUNCILS) + len(BUREAUS) + len(COUNCILS)
    for leaves, sittings in letters.items():
        for _code, on in sittings:
            assert is_working_day(leaves) and is_working_day(on) and (on - leaves).days >= 12


def test_services_that_meet_at_a_locked_row_are_lived_together_and_others_apart():
    parts = part_services(REHEARSED)
    codes = [code for part in parts for code in part]
    assert sorted(codes) == sorted(service.code for service in REHEARSED)  # each once
    together = {code: part for part in parts for code in part}
    assert together["school-transport"] is together["special-waste-fee"], "both write bills, numbered in one series"
    assert together["bulky-waste"] is together["composter"], "both count the quota of whoever asks"
    assert together["association-grant"] is together["assembly-act"], "one sitting decides on both"
    assert together["building-permit"] is not together["intended-sale"], "they meet nowhere"
    assert parts == part_services(reversed(REHEARSED))


def test_two_workers_live_the_same_parts_as_three(people):
    def parts(workers):
        asked = replace(plan([one.code for one in REHEARSED]), workers=workers)
        lanes = [make_lanes(asked, number) for number in range(workers)]
        return sorted(sorted(lane.services) for mine in lanes for lane in mine if isinstance(lane, Requests))

    assert parts(2) == parts(3) and sum(map(len, parts(2))) == len(REHEARSED)
