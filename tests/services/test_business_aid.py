"""Aid to a business: no more de minimis aid than the ceiling in any three years, whoever asks and however many votes fall at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connections
from django.test import Client
from django.utils.translation import override

from oppidum.cases import outbox
from oppidum.cases.acting import act, act_on
from oppidum.cases.declaration import rules_on
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Entry
from oppidum.cases.preparing import prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.asking import OPINION
from oppidum.cases.rules.errors import NotEligible, NotNow
from oppidum.cases.rules.standing import Actor, Command
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.figures.computing import Period, compute
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.services.economy.business_aid import BusinessAid
from tests.people_of_town import PASSWORD
from tests.publishing.conftest import letterhead, text_of  # noqa: F401
from tests.territory.town import IN_AUBANE

pytestmark = pytest.mark.django_db
OFFICER = Actor("officer", 1, "Ivo", frozenset({"act", "assign", "note"}))
COUNCIL, BUREAU = Actor("body:council"), Actor("body:bureau")
BAKER, MILL = "732829320", "552081317"


@pytest.fixture(autouse=True)
def march(settings, tmp_path, people):
    settings.MEDIA_ROOT = tmp_path
    with at(2027, 3, 1):
        yield


def at(year, month, day):
    return clock.at(datetime(year, month, day, 9, tzinfo=clock.PARIS))


def answers(requested="50 000", siren=BAKER, **changed):
    return {
        "company": {"kind": "company", "name": "Boulangerie du Port", "number": siren},
        "sector": "other",
        "seat": "1 quai du Port, 13901 Aubane",
        "staff": 4,
        "has_linked": "no",
        "contact": {"name": "Zoé Roux", "email": "zoe@example.org"},
        "title": "Un four électrique",
        "kind": "investment",
        "where": {"address": "1 quai du Port", "lon": IN_AUBANE[0], "lat": IN_AUBANE[1]},
        "summary": "Remplacer le four à gaz.",
        "jobs_planned": 3,
        "has_begun": "no",
        "costs": [{"what": "Four", "amount": "900 000"}],
        "requested": requested,
        "papers": [],
        "honour": {"agreed": "yes", "name": "Zoé Roux"},
    } | changed


@pytest.fixture(autouse=True)
def no_papers(monkeypatch):
    """Files are tested elsewhere: here none is asked for."""
    monkeypatch.setattr(type(BusinessAid.form["papers"]), "needed", lambda question, known: False)


def ask(*args, **changed):
    return file_case(prepare_case(BusinessAid, answers(*args, **changed), channel="portal"))


def do(filed, action, actor=OFFICER, **raw):
    return act_on(filed.case_id, prepare(BusinessAid, action, raw, actor))


def at_the_council(*args, proposed="50 000", **changed):
    """Complete, proposed, the committee in favour: it waits for the vote."""
    filed = ask(*args, **changed)
    do(filed, "complete")
    do(filed, "propose", proposed=proposed)
    for who, opinion in (("team:finance", "finance"), ("body:economic-committee", "committee")):
        act_on(filed.case_id, Command(OPINION, Actor(who), {"opinion": opinion, "answer": "favourable"}))
    outbox.deliver()
    assert standing(filed).step == "council"
    return filed


def granted(amount, **changed):
    filed = at_the_council(proposed=amount, requested=amount, **changed)
    do(filed, "grant", COUNCIL, granted=amount)
    return filed


def standing(filed):
    return read_standings([filed.case_id])[filed.case_id]


def test_the_ceiling_is_300_000_euros_since_2024_and_was_200_000():
    ceilings = [
        rules_on(BusinessAid, datetime(year, month, day).date())["ceiling"].literal
        for year, month, day in ((2023, 12, 31), (2024, 1, 1))
    ]
    assert ceilings == [20_000_000, 30_000_000]


def test_what_the_firm_had_in_three_years_is_found_by_its_siren_and_bars_the_proposal_and_the_vote():
    granted("200 000")
    later = at_the_council(proposed="100 000", requested="100 000")
    with pytest.raises(NotEligible) as refused:
        do(later, "grant", COUNCIL, granted="100 000.01")
    with override("fr"):
        assert "200\u202f000" in str(refused.value) and refused.value.field == "granted"
    assert do(later, "grant", COUNCIL, granted="100 000").step == "voted"
    third = ask("1 000")
    do(third, "complete")
    with pytest.raises(NotEligible):
        do(third, "propose_small", proposed="0.01")


def test_the_sum_stands_in_the_journal_with_the_vote_it_was_held_against():
    granted("200 000")
    later = granted("60 000")
    assert Entry.objects.get(case_id=later.case_id, action="grant").data["had"] == 20_000_000


def test_another_firm_has_its_own_ceiling():
    granted("300 000")
    assert standing(granted("300 000", siren=MILL)).step == "voted"


def test_firms_that_are_one_undertaking_share_the_ceiling():
    granted("250 000", siren=MILL)
    linked = [{"firm": {"kind": "company", "name": "Moulin", "number": MILL}}]
    filed = ask("60 000", has_linked="yes", linked=linked)
    do(filed, "complete")
    with pytest.raises(NotEligible):
        do(filed, "propose", proposed="60 000")
    do(filed, "propose", proposed="50 000")


def test_after_three_years_an_aid_counts_no_more():
    granted("300 000")
    filed = ask("5 000")
    do(filed, "complete")
    with at(2030, 3, 1), pytest.raises(NotEligible):
        do(filed, "propose_small", proposed="5 000")
    with at(2030, 3, 2):
        assert do(filed, "propose_small", proposed="5 000").step == "bureau"


def test_what_is_claimed_back_counts_no_more():
    first = granted("300 000")
    do(first, "prepare_agreement")
    do(first, "sign_agreement", signed_on="2027-03-01")
    do(first, "announce_claim", reasons="Projet abandonné", remarks_by="2027-03-20")
    do(first, "claim_back", reasons="Projet abandonné", claimed="100 000")
    filed = ask("100 000")
    do(filed, "complete")
    assert do(filed, "propose", proposed="100 000").step == "committee"


def test_what_others_gave_counts_too_as_long_as_it_is_younger_than_three_years():
    old = {"from_whom": "Région", "amount": "200 000", "given_on": "2024-02-28"}
    young = {"from_whom": "État", "amount": "260 000", "given_on": "2024-03-01"}
    assert ask("50 000", other_aids=[old]).is_new
    with pytest.raises(NotEligible):
        ask("50 000", other_aids=[old, young])
    filed = ask("40 000", other_aids=[young])
    do(filed, "complete")
    with pytest.raises(NotEligible):
        do(filed, "propose", proposed="40 000.01")


def test_two_votes_of_one_sitting_see_each_other():
    first, second = (at_the_council(proposed="200 000", requested="200 000") for _ in range(2))
    votes = [(one.case_id, prepare(BusinessAid, "grant", {"granted": "200 000"}, COUNCIL)) for one in (first, second)]
    outcomes = act(votes)
    assert [type(one.refusal) for one in outcomes] == [type(None), NotEligible]


@pytest.mark.django_db(transaction=True)
def test_of_votes_at_once_no_more_pass_than_the_ceiling_allows(people):
    waiting = [at_the_council(proposed="100 000", requested="100 000") for _ in range(8)]
    gate = threading.Barrier(len(waiting))

    def vote(one):
        try:
            with at(2027, 3, 1):
                command = prepare(BusinessAid, "grant", {"granted": "100 000"}, COUNCIL)
                gate.wait()
                return act([(one.case_id, command)])[0].refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(waiting)) as pool:
        refusals = list(pool.map(vote, waiting))
    assert sum(one is None for one in refusals) == 3


def test_small_aids_go_to_the_bureau_and_others_to_committee_and_council():
    small, large = ask("5 000"), ask("5 000.01")
    for one in (small, large):
        do(one, "complete")
    assert do(small, "propose_small", proposed="4 000").step == "bureau"
    with pytest.raises(NotNow):
        do(large, "propose_small", proposed="4 000")
    assert do(large, "propose", proposed="5 000").step == "committee"


def test_who_has_begun_or_farms_or_asks_for_more_than_the_costs_can_not_ask():
    for wrong in ({"has_begun": "yes"}, {"sector": "farming"}, {"costs": [{"what": "Four", "amount": "100"}]}):
        with pytest.raises(NotEligible):
            ask(**wrong)
    assert ask("5 000", has_begun="yes", kind="shop").is_new


def test_two_months_of_silence_refuse_and_the_vote_may_still_come():
    filed = at_the_council()
    with at(2027, 5, 3):
        sweep()
        assert "silence" in Entry.objects.filter(case_id=filed.case_id).values_list("action", flat=True)
        assert do(filed, "grant", COUNCIL, granted="50 000").step == "voted"


def test_the_letter_names_the_aid_de_minimis_with_its_amount_as_the_regulation_wants(letterhead):  # noqa: F811
    filed = granted("50 000")
    do(filed, "prepare_agreement")
    do(filed, "sign_agreement", signed_on="2027-03-01")
    while outbox.deliver():
        pass
    text = text_of(path_of(Paper.objects.get(case=filed.case_id, letter="notification").file).read_bytes())
    assert [w for w in ("Boulangerie du Port", "50 000 €", "de minimis", "2023/2831") if w not in text] == []


def test_three_years_after_the_payment_the_jobs_are_asked_for_and_counted():
    filed = granted("50 000")
    do(filed, "prepare_agreement")
    do(filed, "sign_agreement", signed_on="2027-03-01")
    do(filed, "pay_last", paid="50 000", paid_on="2027-03-01")
    with at(2030, 3, 2):
        sweep()
        assert do(filed, "tell_jobs", Actor("resident"), jobs_made=4).step == "closed"
        assert compute("business-jobs-made", Period.year(2030)).value == 4
    found = [
        compute(f"business-{name}", Period.year(2027)).value
        for name in ("jobs-planned", "aid-committee", "aid-proposed", "aids-granted")
    ]
    assert found == [3, 1, 50_000, 1]


def test_the_officer_sees_what_the_firm_had(people):
    Remit.objects.create(service="business-aid", team=people.roads, category="*")
    remits.forget()
    first, second = granted("120 000"), ask("20 000")
    browser = Client()
    assert browser.login(username="ana", password=PASSWORD)
    page = browser.get(f"/desk/case/{second.code}/", headers={"accept-language": "fr"}).content.decode()
    assert "La même entreprise" in page and first.code in page and "120\u202f000" in page
