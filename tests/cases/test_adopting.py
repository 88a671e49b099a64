"""Duplicates carried out many at once: the same people follow the same reports as if each had come alone."""

import pytest

from oppidum.cases import adopting, outbox
from oppidum.cases.mailing.stopping import stop_link, stop_notices
from oppidum.cases.models import Case, Effect, Entry, Party
from oppidum.cases.rules.standing import Contact
from oppidum.operations.benches.counting import statements_counted
from tests.cases.leaving import TOM, ZOE, report, take

LEA = Contact("Léa", "", "+33611223344", "fr")


def person(n):
    return Contact(f"N° {n}", f"n{n}@example.org", "", "fr")


def duplicate(original, contact):
    double = report(contact)
    take(double.case_id, "mark_duplicate", original=original.code)
    return double


def adopt():
    return outbox.deliver(kinds={"adopt"})


def followers(case_id):
    parties = Party.objects.filter(case_id=case_id, role=Party.FOLLOWER).order_by("pk")
    return [party.email or party.phone for party in parties]


def test_several_duplicates_of_one_report_bring_their_people_in_their_order(people):
    original, other = report(TOM), report(TOM)
    doubles = [duplicate(original, person(n)) for n in range(3)]
    take(doubles[0].case_id, "follow", contact=LEA)
    duplicate(other, ZOE)
    assert adopt() == 4
    assert followers(original.case_id) == ["n0@example.org", "+33611223344", "n1@example.org", "n2@example.org"]
    assert followers(other.case_id) == ["zoe@example.org"]
    assert Case.objects.get(pk=original.case_id).live.followers == 4
    joined = (
        Entry.objects.filter(case_id=original.case_id, action="follow").order_by("seq").values_list("seq", "data__adopted_from")
    )
    start = joined[0][0]
    assert [*joined] == [(start + n, doubles[number].case_id) for n, number in enumerate([0, 0, 1, 2])]


def test_a_person_who_sent_two_duplicates_joins_once(people):
    original = report(TOM)
    for contact in (ZOE, ZOE._replace(email="Zoe@Example.org"), LEA, LEA, TOM):
        duplicate(original, contact)
    assert adopt() == 5
    assert followers(original.case_id) == ["zoe@example.org", LEA.phone]
    assert Entry.objects.filter(case_id=original.case_id, action="follow").count() == 2


def test_who_stopped_the_mails_of_one_duplicate_is_not_joined_by_it(people):
    original = report(TOM)
    quiet, wanting = duplicate(original, ZOE), duplicate(original, person(1))
    stop_notices(stop_link(Party.objects.get(case_id=quiet.case_id).pk).rpartition("/")[2])
    adopt()
    assert followers(original.case_id) == ["n1@example.org"] and wanting.is_new


def test_chains_of_one_batch_end_at_the_report_that_stays(people):
    first = report(TOM)
    second = duplicate(first, person(2))
    third = duplicate(second, person(3))
    duplicate(third, person(4))
    assert adopt() == 3
    assert followers(first.case_id) == ["n2@example.org", "n3@example.org", "n4@example.org"]
    assert followers(second.case_id) == followers(third.case_id) == []


def test_whoever_joins_a_report_that_was_itself_once_a_duplicate_goes_on_with_it(people):
    first = report(TOM)
    second = duplicate(first, person(2))
    take(second.case_id, "reopen", note="Ce n'est pas le même trou")
    duplicate(second, person(3))
    assert adopt() == 2
    assert followers(second.case_id) == ["n3@example.org"] and followers(first.case_id) == ["n2@example.org"]


@pytest.mark.parametrize(("links", "ends"), [(adopting.LONGEST_CHAIN, True), (adopting.LONGEST_CHAIN + 1, False)])
def test_a_chain_is_followed_so_far_and_no_further(people, links, ends):
    first = last = report(TOM)
    for n in range(links):
        last = duplicate(last, person(n))
    [effect] = Effect.objects.filter(kind="adopt", case_id=last.case_id)
    originals, failed = adopting.find_originals([effect])
    assert originals == ({effect.pk: first.case_id} if ends else {}) and bool(failed) is not ends


def test_duplicates_that_lead_nowhere_fail_alone_and_the_others_of_their_batch_do_not(people):
    original = report(TOM)
    here, there = report(person(8)), report(person(9))
    take(here.case_id, "mark_duplicate", original=there.code)
    take(there.case_id, "mark_duplicate", original=here.code)
    for n in range(5):
        duplicate(original, person(n))
    with statements_counted() as sent:
        assert adopt() == 7
    assert followers(original.case_id) == [f"n{n}@example.org" for n in range(5)]
    left = Effect.objects.filter(kind="adopt", done_at=None)
    assert {(e.case_id, e.attempts, e.error.partition(":")[0]) for e in left} == {
        (here.case_id, 1, "NoOriginal"),
        (there.case_id, 1, "NoOriginal"),
    }
    assert sum("for update skip locked" in one for one in sent) == 1, "nothing was tried twice"


def test_an_effect_that_breaks_its_batch_is_found_by_halves(people, monkeypatch):
    original = report(TOM)
    doubles = [duplicate(original, person(n)) for n in range(8)]
    real = adopting.find_originals

    def breaks(effects):
        return 1 / 0 if any(e.case_id == doubles[5].case_id for e in effects) else real(effects)

    monkeypatch.setattr(adopting, "find_originals", breaks)
    adopt()
    assert sorted(followers(original.case_id)) == [f"n{n}@example.org" for n in range(8) if n != 5]
    [left] = Effect.objects.filter(kind="adopt", done_at=None)
    assert left.case_id == doubles[5].case_id and left.error.startswith("ZeroDivisionError") and left.attempts == 1


def test_forty_duplicates_cost_the_statements_of_four(people):
    costs = []
    for count in (4, 40):
        for n in range(count):
            duplicate(report(TOM), person(n))
        with statements_counted() as sent:
            assert adopt() == count
        costs.append(len(sent))
    assert costs[0] == costs[1]


def test_reports_are_locked_in_the_order_of_their_ids_before_their_people_are_read(people):
    one, two = report(TOM), report(TOM)
    duplicate(two, ZOE)
    duplicate(one, ZOE)
    with statements_counted() as sent:
        adopt()
    [locked] = [n for n, sql in enumerate(sent) if "order by case_id for no key update" in sql][:1]
    [read] = [n for n, sql in enumerate(sent) if "from cases_party" in sql]
    assert locked < read
