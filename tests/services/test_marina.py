"""Marinas: berths by a list whose order is published, visitors' nights without a double booking, business after competition."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from oppidum.bookings.errors import DoesNotFit, SlotFull, TooLate
from oppidum.bookings.models import Booking, Resource
from oppidum.bookings.waiting import find_rank, list_ranks
from oppidum.cases.acting import act_on
from oppidum.cases.booking.places import read_places
from oppidum.cases.booking.terms import find_booking, find_places, known_on
from oppidum.cases.booking.times import close, sweep_offers
from oppidum.cases.declaration import compute_fee
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Live
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import RESIDENT, Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.figures.computing import Period, compute
from oppidum.services.ecology_culture_sport.marina import MarinaBerth, MarinaOccupancy, MarinaVisit
from oppidum.services.ecology_culture_sport.marina.harbours import HARBOURS
from tests.services.doing import step_of

pytestmark = pytest.mark.django_db
OFFICE = Actor("officer", 1, "Mia", frozenset({"act", "note"}))
YEAR = "2027-03-08/2028-03-08"


@pytest.fixture(autouse=True)
def march():
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)):
        yield


def boat(length, propulsion="motor"):
    return {"propulsion": propulsion, "length_m": length, "beam_m": 2.5, "draught_m": 1}


def ask(name: str, length=5.5, lives_here="no", propulsion="motor"):
    """A request for a berth in Cassis."""
    raw = {
        "harbour": "cassis", **boat(length, propulsion), "registration": "MA 123456", "lives_here": lives_here,
        "applicant": {"kind": "person", "name": name}, "contact": {"name": name, "email": f"{name}@example.org"},
    }  # fmt: skip
    return file_case(prepare_case(MarinaBerth, raw, channel="portal"))


def do(service, filed, action: str, actor=OFFICE, **raw):
    return act_on(filed.case_id, prepare(service, action, raw, actor))


def on_list(*people):
    filed = [ask(**asked) for asked in people]
    for each in filed:
        do(MarinaBerth, each, "register")
    return filed


def test_the_order_is_points_then_the_day_of_entry_and_says_how(cassis):
    ada, bob, cid = on_list({"name": "ada"}, {"name": "bob", "lives_here": "yes"}, {"name": "cid", "propulsion": "sail"})
    assert [r.reference for r in list_ranks("berth", "cassis")] == [bob.code, cid.code, ada.code]
    assert find_rank("berth", cid.code).how == [["Boat without a combustion engine", "5"]]


def test_free_berths_go_to_the_first_whom_they_fit(cassis):
    ada, bob, cid = on_list({"name": "ada", "length": 9}, {"name": "bob"}, {"name": "cid", "lives_here": "yes", "length": 9})
    assert sweep_offers() == 2
    assert [step_of(f) for f in (ada, bob, cid)] == ["waiting", "offered", "offered"]
    assert read_places(bob.code) == {"berth": f"a1@{YEAR}"}
    assert sweep_offers() == 0


def test_an_accepted_berth_is_held_for_a_year_and_leaves_the_list(cassis):
    [ada] = on_list({"name": "ada"})
    sweep_offers()
    assert do(MarinaBerth, ada, "accept", RESIDENT).step == "berthed"
    assert Booking.objects.get().state == "taken"
    assert list_ranks("berth") == []


def test_a_berth_turned_down_goes_to_the_next_and_the_rank_is_kept(cassis):
    ada, bob = on_list({"name": "ada", "length": 9}, {"name": "bob", "length": 9})
    sweep_offers()
    do(MarinaBerth, ada, "decline", RESIDENT)
    assert find_rank("berth", ada.code).rank == 1
    assert Booking.objects.get(reference=ada.code).state == "lapsed"


def test_an_offer_without_an_answer_goes_to_the_next_and_twice_is_out(cassis, moved):
    ada, bob = on_list({"name": "ada", "length": 9}, {"name": "bob", "length": 9})
    sweep_offers()
    with moved(2027, 3, 17, 0, 1):
        sweep_offers()
        assert (step_of(ada), step_of(bob)) == ("waiting", "offered")
        do(MarinaBerth, bob, "withdraw", RESIDENT)
        sweep_offers()
        assert step_of(ada) == "offered"
    with moved(2027, 4, 2, 0, 1):
        sweep_offers()
        assert step_of(ada) == "off_list"
        assert list_ranks("berth") == []


def test_the_offer_that_lapsed_can_no_longer_be_accepted(cassis, moved):
    [ada] = on_list({"name": "ada"})
    sweep_offers()
    with moved(2027, 3, 17, 0, 1):
        sweep_offers()
        with pytest.raises(NotNow):
            do(MarinaBerth, ada, "accept", RESIDENT)


def test_an_officer_offers_a_berth_by_hand_only_if_it_holds_the_boat(cassis):
    [ada] = on_list({"name": "ada", "length": 9})
    with pytest.raises(DoesNotFit):
        do(MarinaBerth, ada, "offer", berth=f"a1@{YEAR}")
    assert do(MarinaBerth, ada, "offer", berth=f"a2@{YEAR}").step == "offered"
    assert Booking.objects.get().state == "offered"
    assert do(MarinaBerth, ada, "accept", RESIDENT).step == "berthed"


def test_a_berth_given_back_is_free_for_the_next(cassis, moved):
    ada, bob = on_list({"name": "ada", "length": 9}, {"name": "bob", "length": 9})
    sweep_offers()
    do(MarinaBerth, ada, "accept", RESIDENT)
    with moved(2027, 6, 1, 9):
        do(MarinaBerth, ada, "leave", RESIDENT, leaves_on="2027-06-01", why="sold")
        assert sweep_offers() == 1
        assert read_places(bob.code) == {"berth": "a2@2027-06-08/2028-06-08"}


def test_a_title_not_renewed_runs_to_its_last_day(cassis):
    [ada] = on_list({"name": "ada"})
    sweep_offers()
    do(MarinaBerth, ada, "accept", RESIDENT)
    do(MarinaBerth, ada, "not_renewed", message="Plus de place")
    assert Booking.objects.get().nights.upper == date(2028, 3, 8)


def test_a_renewal_takes_the_same_berth_for_the_next_year(cassis):
    [ada] = on_list({"name": "ada"})
    sweep_offers()
    do(MarinaBerth, ada, "accept", RESIDENT)
    do(MarinaBerth, ada, "renew", berth="a1@2028-03-08/2029-03-08")
    assert Booking.objects.filter(reference=ada.code, state="taken").count() == 2


def test_two_months_of_silence_refuse_the_request(cassis, moved):
    ada = ask("ada")
    with moved(2027, 5, 2, 0, 5):
        sweep()
    assert Live.objects.get(case_id=ada.case_id).silence_on == date(2027, 5, 2)


def test_the_list_itself_knows_no_silence(cassis, moved):
    [ada] = on_list({"name": "ada", "length": 20})
    with moved(2028, 3, 1, 12):
        sweep()
    assert Live.objects.get(case_id=ada.case_id).silence_on is None


def stay(place: str, first: int, last: int, length=7):
    raw = {
        "harbour": "cassis", "stay": {"from": f"2027-07-{first:02}", "to": f"2027-07-{last:02}"}, "boat_name": "Mistral",
        **boat(length), "berth": f"{place}@2027-07-{first:02}/2027-07-{last:02}", "contact": {"name": "Ada", "email": "ada@example.org"},
    }  # fmt: skip
    return file_case(prepare_case(MarinaVisit, raw, channel="portal"))


def test_a_stay_is_booked_and_the_smallest_berth_is_offered_first(cassis):
    known = {"harbour": "cassis", "stay": {"from": "2027-07-01", "to": "2027-07-05"}, **boat(7)}
    offered = find_places(MarinaVisit, find_booking(MarinaVisit, "visitor"), known)
    assert [f.name for f in offered[:2]] == ["V1", "V2"]
    stay("v1", 1, 5)
    with pytest.raises(SlotFull) as refused:
        stay("v1", 3, 6)
    assert str(refused.value.nearest[0]) == "v2@2027-07-03/2027-07-06"


def test_the_fee_goes_by_length_and_nights():
    known = {"stay": {"from": "2027-07-01", "to": "2027-07-05"}, "length_m": 7.5, "today": date(2027, 7, 1)}
    assert compute_fee(MarinaVisit, "stay", known).total_cents == 4 * 2_500


def test_nights_are_counted_when_the_boat_arrives(cassis, moved):
    filed = stay("v1", 1, 5)
    stay("v2", 1, 3)
    with moved(2027, 7, 1, 15):
        do(MarinaVisit, filed, "arrive")
    assert compute("marina-visitor-nights", Period.year(2027)).value == 4
    assert compute("marina-calls", Period.year(2027)).value == 1


def test_a_stay_is_cancelled_until_the_eve(cassis, moved):
    filed = stay("v1", 1, 5)
    with moved(2027, 6, 30, 18), pytest.raises(TooLate):
        do(MarinaVisit, filed, "cancel", RESIDENT)
    with moved(2027, 6, 30, 17):
        assert do(MarinaVisit, filed, "cancel", RESIDENT).step == "cancelled"
    stay("v1", 2, 4)


def test_a_broken_pontoon_moves_the_stays_to_another_berth(cassis):
    filed = stay("v1", 1, 5)
    berth = Resource.objects.get(code="v1")
    closing = close(berth, date(2027, 7, 1), date(2027, 7, 31), "Broken pontoon", OFFICE)
    assert [str(a.instead) for a in closing.moved] == ["v2@2027-07-01/2027-07-05"]
    assert read_places(filed.code) == {"visitor-berth": "v2@2027-07-01/2027-07-05"}


def business(**given):
    raw = {
        "harbour": "cassis", "where": "Quai des Baux", "surface_m2": 40, "use": "shop", "years_wanted": 5, "is_short": "no",
        "project": "Une librairie de mer", "applicant": {"kind": "person", "name": "Ada"},
        "contact": {"name": "Ada", "email": "ada@example.org"},
    } | given  # fmt: skip
    return file_case(prepare_case(MarinaOccupancy, raw, channel="portal"))


def test_business_comes_after_a_call_applications_marks_and_a_choice(cassis, moved):
    filed = business()
    closes = (date(2027, 3, 1) + timedelta(days=30)).isoformat()
    criteria = [{"criterion": "Projet", "weight": 60}, {"criterion": "Redevance", "weight": 40}]
    do(MarinaOccupancy, filed, "publish", criteria=criteria, closes_on=closes, published_at="Site internet")
    candidate = {"kind": "person", "name": "Bob"}
    do(MarinaOccupancy, filed, "application", candidate=candidate, fee_offered="12000", arrived_on="2027-03-01")
    with pytest.raises(NotNow):
        do(MarinaOccupancy, filed, "close_call", applications=1)
    with moved(2027, 4, 1, 9):
        do(MarinaOccupancy, filed, "close_call", applications=1)
        do(MarinaOccupancy, filed, "evaluate", marks=[{"candidate_name": "Bob", "mark": 82, "why": "Bon projet"}])
        do(MarinaOccupancy, filed, "choose", chosen=candidate, grounds="Meilleure note")
        done = do(
            MarinaOccupancy, filed, "sign", signed_on="2027-03-01", years=5, yearly_fee="12000", ends_on="2032-03-01"
        )  # fmt: skip
    assert done.step == "in_force"
    counted = {n: compute(n, Period.year(2027)).value for n in ("marina-procedures", "marina-contracts", "marina-successful-share")}
    assert counted == {"marina-procedures": 1, "marina-contracts": 1, "marina-successful-share": 100}


def test_only_what_is_short_is_given_with_publicity_alone(cassis):
    with pytest.raises(NotNow):
        do(MarinaOccupancy, business(), "publish_only", published_at="Site internet")
    assert do(MarinaOccupancy, business(is_short="yes"), "publish_only", published_at="Site internet").step == "contract"


def test_the_longest_title_is_the_metropolis_own():
    assert known_on(MarinaOccupancy, date(2027, 3, 1))["rule:most_years"] == 15


@pytest.mark.parametrize("service", [MarinaBerth, MarinaVisit, MarinaOccupancy], ids=lambda s: s.code)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_notice_reads_well(service, language):
    words = dict.fromkeys(("code", "booked", "link", "authority", "reason", "message", "received_on"), "X")
    for notice in service.notices:
        with override(language):
            subject, body = notice.render(words)
        assert subject and body and not re.search(r"[{}]", subject + body)


def test_every_harbour_of_the_form_is_a_place_of_the_demonstration():
    from oppidum.bookings.loading import DEMO, read_file

    told = read_file(DEMO)
    assert set(HARBOURS) == {group["site"] for group in told["berths"]} <= {site["code"] for site in told["sites"]}
