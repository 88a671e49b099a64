"""The rules of school transport, as sentences; entitlement and price by hand."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import compute_fee, foretell_fees
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case, prepare_cases
from oppidum.cases.models import Entry, Live, Mail, Party
from oppidum.cases.new_case import NewCase
from oppidum.cases.rules.errors import Closed, NotEligible, NotYetOpen
from oppidum.cases.rules.standing import RESIDENT, Actor, Command
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.payments.models import Charge
from oppidum.payments.paying import take_at_counter
from oppidum.services.mobility.school_transport import SchoolTransport
from oppidum.territory.models import Zone
from tests.publishing.conftest import letterhead  # noqa: F401
from tests.territory.town import IN_AUBANE, IN_BELLEFONT, square

OFFICER = Actor("officer", None, "Ana", frozenset({"act"}))
IN_TIME = datetime(2027, 6, 1, 10, tzinfo=UTC)
# About 800 m and 8 km from each other.
NEAR = (IN_AUBANE[0] + 0.01, IN_AUBANE[1])


def price_of(home=IN_AUBANE, school=IN_BELLEFONT, zones=(), filed_on="2027-06-01", fee="pass", **more):
    """The bill without a database."""
    place = lambda at, zones=(): {"lon": at[0], "lat": at[1], "zones": list(zones)}  # noqa: E731
    rules = {f"rule:{name}": value for name, value in SchoolTransport.rules_on(date(2027, 6, 1)).items()}
    known = {"home": place(home, zones), "school": place(school), "filed_on": filed_on, "today": filed_on, **rules, **more}
    with translation.override("en"):
        return compute_fee(SchoolTransport, fee, known)


def request(**more):
    point = lambda at: {"lon": at[0], "lat": at[1], "address": "Rue"}  # noqa: E731
    raw = {
        "first_name": "Nour",
        "last_name": "Blanc",
        "birth": "2015-03-04",
        "level": "lower",
        "school_name": "Collège des Pins",
        "school": point(IN_BELLEFONT),
        "home": point(IN_AUBANE),
        "shared": False,
        "in_care": False,
        "contact": {"name": "Zoé Blanc", "email": "zoe@example.org"},
        "sincere": {"agreed": True, "name": "Zoé Blanc"},
        **more,
    }
    for name in ("second_home",):
        if name in raw:
            raw[name] = point(raw[name])
    return raw


def ask(now=IN_TIME, begun_at=None, **more):
    return prepare_case(SchoolTransport, request(**more), now=now, begun_at=begun_at, channel="portal")


@pytest.fixture
def granted(town):
    """A request of 1 June, granted that day, its bill made."""
    with clock.at(IN_TIME):
        filed = file_case(ask())
        act_on(filed.case_id, Command("grant", OFFICER))
        outbox.deliver()
        yield Charge.objects.get(case=filed.case_id)


def test_who_lives_three_kilometres_away_pays_by_means_and_who_lives_nearer_the_full_price():
    assert price_of(quotient=400).total_cents == 1_500
    assert price_of(quotient=401).total_cents == 3_000
    assert price_of(quotient=701).total_cents == 6_000
    assert price_of().total_cents == 6_000
    assert price_of(school=NEAR, quotient=400).total_cents == 12_000


def test_inside_the_city_network_the_pass_of_the_whole_network_is_paid():
    assert price_of(zones=["city-network"]).total_cents == 22_000
    assert price_of(zones=["city-network"], quotient=300).total_cents == 5_500


def test_with_shared_guardianship_the_farther_home_gives_the_right():
    far = {"lon": IN_AUBANE[0], "lat": IN_AUBANE[1], "zones": []}
    assert price_of(home=NEAR, school=(NEAR[0] + 0.005, NEAR[1])).total_cents == 12_000
    assert price_of(home=IN_BELLEFONT, school=IN_BELLEFONT, second_home=far).total_cents == 6_000


def test_a_late_request_costs_fifteen_euros_more():
    assert price_of(filed_on="2027-07-15").total_cents == 6_000
    assert price_of(filed_on="2027-07-16").total_cents == 7_500


def test_a_child_in_the_care_of_the_departement_pays_nothing():
    bill = price_of(in_care=True, filed_on="2027-09-10")
    assert (bill.total_cents, bill.exempt) == (0, "Children in the care of the département")


def test_above_a_hundred_euros_three_instalments_are_offered():
    assert [p.amount_cents for p in price_of(zones=["city-network"]).instalments] == [7_334, 7_333, 7_333]
    assert price_of().instalments == ()


@pytest.mark.parametrize(("day", "owed"), [("2027-08-31", 0), ("2027-09-02", 545), ("2027-12-31", 2_182), ("2028-07-05", 6_000)])
def test_a_pass_given_back_is_paid_for_the_months_begun(day, owed):
    assert price_of(fee="months_used", given_back_on=day).total_cents == owed


def test_distance_and_age_are_reckoned_for_the_parents(town):
    answers = ask().answers
    assert answers["kilometres"] == pytest.approx(8.09, abs=0.1)
    assert answers["age"] == 12


def test_the_age_is_that_of_the_first_day_of_school(town):
    assert ask(birth="2024-09-01", level="nursery").answers["age"] == 3
    with pytest.raises(NotEligible):
        ask(birth="2024-09-02", level="nursery")


def test_who_is_paid_or_studies_is_told_where_to_go(town):
    with pytest.raises(NotEligible, match="under 26|moins de 26"):
        ask(level="student")


def test_a_quotient_needs_its_attestation(town):
    with pytest.raises(InvalidForm) as wrong:
        ask(quotient=300)
    assert [fault.field for fault in wrong.value.errors] == ["attestation"]


def test_the_second_home_is_asked_where_guardianship_is_shared(town):
    with pytest.raises(InvalidForm):
        ask(shared=True)
    assert ask(shared=True, second_home=NEAR).answers["second_home"]["commune"] == "13901"


def test_requests_are_taken_from_nine_o_clock_of_the_17th_of_may(town):
    with pytest.raises(NotYetOpen, match="17/05/2027, 09:00"):
        ask(now=datetime(2027, 5, 17, 6, 59, tzinfo=UTC))
    ask(now=datetime(2027, 5, 17, 7, 0, tzinfo=UTC))


def test_the_last_day_ends_at_midnight_where_the_authority_is_and_who_had_begun_has_two_hours(town):
    last_minute = datetime(2028, 5, 31, 21, 59, tzinfo=UTC)
    after = datetime(2028, 5, 31, 22, 0, tzinfo=UTC)
    ask(now=last_minute)
    with pytest.raises(Closed, match="31/05/2028, 23:59"):
        ask(now=after)
    ask(now=datetime(2028, 5, 31, 23, 59, tzinfo=UTC), begun_at=last_minute)
    with pytest.raises(Closed):
        ask(now=datetime(2028, 6, 1, 0, 0, tzinfo=UTC), begun_at=last_minute)
    with pytest.raises(Closed):
        ask(now=after, begun_at=after)


def test_the_card_is_issued_once_the_pass_is_paid_and_bears_a_number(granted):
    assert granted.total_cents == 6_000
    assert Live.objects.get(case=granted.case_id).step == "to_pay"
    take_at_counter(granted.pk, 6_000, "card", "k", None)
    assert Live.objects.get(case=granted.case_id).step == "valid"
    assert Entry.objects.get(case_id=granted.case_id, action="issue").data["number"] == 1


def test_a_price_inside_the_city_network_follows_the_zone_of_the_home(town):
    Zone.objects.create(layer="city-network", code="all", name="Réseau", outline=square(5.0, 43.3))
    from oppidum.territory.models import Stamp

    Stamp.touch()
    with clock.at(IN_TIME):
        filed = file_case(ask())
        act_on(filed.case_id, Command("grant", OFFICER))
        outbox.deliver()
    assert Charge.objects.get(case=filed.case_id).total_cents == 22_000


def test_a_lost_card_is_paid_and_issued_again(granted):
    take_at_counter(granted.pk, 6_000, "card", "k", None)
    act_on(granted.case_id, Command("replace_card", RESIDENT))
    outbox.deliver()
    duplicate = Charge.objects.get(case=granted.case_id, fee="duplicate")
    take_at_counter(duplicate.pk, 1_000, "card", "k2", None)
    numbers = Entry.objects.filter(case_id=granted.case_id, data__has_key="number").values_list("data__number", flat=True)
    assert sorted(numbers) == [1, 2]


def test_who_gives_the_pass_back_gets_the_months_not_begun(granted):
    take_at_counter(granted.pk, 6_000, "card", "k", None)
    with clock.at(datetime(2027, 12, 20, tzinfo=UTC)):
        act_on(granted.case_id, Command("give_back", RESIDENT, {"given_back_on": "2027-12-31"}))
        outbox.deliver()
    granted.refresh_from_db()
    assert granted.balance_cents == -(6_000 - 2_182)
    assert Live.objects.get(case=granted.case_id).step == "given_back"


def test_a_pass_never_paid_lapses_after_ninety_days(granted):
    with clock.at(datetime(2027, 9, 15, tzinfo=UTC)):
        sweep()
    assert Live.objects.get(case=granted.case_id).step == "lapsed"


def test_means_stay_out_of_the_journal(town):
    with clock.at(IN_TIME):
        filed = file_case(ask(in_care=True))
        act_on(filed.case_id, Command("grant", OFFICER))
        outbox.deliver()
    told = str(list(Entry.objects.filter(case_id=filed.case_id).values_list("data", flat=True)))
    assert "in_care" not in told and "2015" not in told and "Nour" not in told
    assert Live.objects.get(case=filed.case_id).step == "valid"


def test_a_batch_gives_each_its_case_or_its_refusal(town, django_assert_max_num_queries):
    raws = [request(), request(level="student"), request(birth="")] * 20
    with django_assert_max_num_queries(4):
        checked = prepare_cases(SchoolTransport, raws, now=IN_TIME, channel="import")
    assert [type(one) for one in checked[:3]] == [NewCase, NotEligible, InvalidForm]
    assert len(checked) == 60
    with pytest.raises(NotYetOpen):
        prepare_cases(SchoolTransport, raws, now=datetime(2027, 5, 17, 6, tzinfo=UTC), channel="import")


def test_parents_see_the_price_before_they_send_and_no_other_bill():
    place = lambda at: {"lon": at[0], "lat": at[1], "zones": []}  # noqa: E731
    rules = {f"rule:{name}": value for name, value in SchoolTransport.rules_on(date(2027, 9, 10)).items()}
    known = {"home": place(IN_AUBANE), "school": place(IN_BELLEFONT), **rules}
    assert [(f.name, b.total_cents) for f, b in foretell_fees(SchoolTransport, known, date(2027, 6, 1))] == [("pass", 6_000)]
    assert [(f.name, b.total_cents) for f, b in foretell_fees(SchoolTransport, known, date(2027, 9, 10))] == [("pass", 7_500)]
    assert foretell_fees(SchoolTransport, {}, date(2027, 6, 1)) == []


def test_both_parents_of_a_shared_guardianship_get_the_mails(town, people, letterhead):  # noqa: F811
    other = {"name": "Max Noir", "email": "max@example.org"}
    with translation.override("fr"):
        filed = file_case(ask(shared=True, second_home=IN_BELLEFONT, second_parent=other), IN_TIME)
    assert {p.role for p in Party.objects.filter(case=filed.case_id)} == {"author", "fellow"}
    with clock.at(IN_TIME):
        act_on(filed.case_id, Command("refuse", OFFICER, {"reason": "papers"}))
        while outbox.deliver():
            pass
    written = {m.to for m in Mail.objects.filter(case=filed.case_id)}
    assert written == {"zoe@example.org", "max@example.org"}


def test_who_names_the_same_address_twice_is_told_once(town):
    same = {"name": "Zoé Blanc", "email": "Zoe@example.org"}
    filed = file_case(ask(shared=True, second_home=IN_BELLEFONT, second_parent=same))
    assert Party.objects.filter(case=filed.case_id).count() == 1
