"""The outbox: effects become mails and followers, once, and a failing one holds nobody up."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oppidum.cases import outbox
from oppidum.cases.mailing.stopping import stop_link, stop_notices
from oppidum.cases.models import Case, Effect, Entry, Mail, Party
from oppidum.cases.public import public_id
from oppidum.cases.watching import EFFECTS
from oppidum.cases.withholding import withholding
from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.core.watching import watching
from tests.cases.leaving import TOM, ZOE, report, take


def test_each_party_gets_one_mail_in_its_language_with_a_way_out(people):
    filed = report(ZOE)
    outbox.deliver()
    take(filed.case_id, "follow", contact=TOM)
    take(filed.case_id, "start")
    assert outbox.deliver() == 1
    start = Mail.objects.filter(case_id=filed.case_id, seq=4).order_by("to")
    assert [(m.to, m.language, m.fate) for m in start] == [("tom@example.org", "en", "queued"), ("zoe@example.org", "fr", "queued")]
    assert all(f"/stop/{m.party_id}." in m.body for m in start)
    assert not Effect.objects.filter(done_at=None).exists()


def test_an_effect_carried_out_twice_queues_one_mail(people):
    report()
    outbox.deliver()
    Effect.objects.update(done_at=None)
    outbox.deliver()
    assert Mail.objects.count() == 1


def test_who_joins_later_does_not_hear_of_what_was_before(people):
    filed = report(ZOE)
    take(filed.case_id, "follow", contact=TOM)
    outbox.deliver()
    assert [m.to for m in Mail.objects.all()] == ["zoe@example.org"]


def test_words_to_the_author_are_not_for_those_who_follow(people):
    filed = report(ZOE)
    take(filed.case_id, "follow", contact=TOM)
    take(filed.case_id, "ask_resident", message="Quel est votre numéro de porte ?")
    outbox.deliver()
    assert {m.to for m in Mail.objects.filter(seq=4)} == {"zoe@example.org"}


def test_where_nobody_can_write_to_the_author_a_follower_is_asked(people):
    filed = report(contact=None)
    take(filed.case_id, "follow", contact=TOM)
    take(filed.case_id, "ask_resident", message="Quel numéro ?")
    outbox.deliver()
    assert [m.to for m in Mail.objects.all()] == ["tom@example.org"]


def test_a_party_that_stopped_the_mails_gets_none(people):
    filed = report(ZOE)
    party = Party.objects.get(case_id=filed.case_id)
    token = stop_link(party.pk).rpartition("/")[2]
    assert stop_notices(token).case.code == filed.code and stop_notices(token).notify is False
    outbox.deliver()
    assert not Mail.objects.exists()


def test_a_forged_stop_link_stops_nothing(people):
    party = Party.objects.get(case_id=report().case_id)
    with pytest.raises(NotFound):
        stop_notices(f"{party.pk}.forged")
    assert Party.objects.get(pk=party.pk).notify


def test_the_parties_of_a_duplicate_follow_the_report_that_stays(people):
    original, double = report(TOM), report(ZOE)
    take(double.case_id, "mark_duplicate", original=original.code)
    outbox.deliver()
    assert {p.email: p.role for p in Party.objects.filter(case_id=original.case_id)} == {
        "tom@example.org": "author",
        "zoe@example.org": "follower",
    }
    assert Case.objects.get(pk=original.case_id).live.followers == 1
    told = Mail.objects.get(case_id=double.case_id, seq=3).body
    assert f"/reports/{public_id(original.case_id)}" in told and original.code not in told
    take(original.case_id, "start")
    outbox.deliver()
    mails = {m.to: m.subject + m.body for m in Mail.objects.filter(case_id=original.case_id, seq=4)}
    assert set(mails) == {"tom@example.org", "zoe@example.org"} and original.code in mails["tom@example.org"]
    follower = mails["zoe@example.org"]
    assert original.code not in follower and f"/reports/{public_id(original.case_id)}" in follower, "a code is its author's key"


def test_adopting_again_joins_nobody_twice(people):
    original, double = report(ZOE), report(ZOE)
    take(double.case_id, "mark_duplicate", original=original.code)
    outbox.deliver()
    Effect.objects.update(done_at=None)
    outbox.deliver()
    assert Entry.objects.filter(case_id=original.case_id, action="follow").count() == 0
    assert Party.objects.filter(case_id=original.case_id).count() == 1


def test_a_duplicate_of_a_duplicate_leads_to_the_report_that_stays(people):
    first, second, third = report(TOM), report(contact=None), report(ZOE)
    take(second.case_id, "mark_duplicate", original=first.code)
    take(third.case_id, "mark_duplicate", original=second.code)
    outbox.deliver()
    assert Party.objects.filter(case_id=first.case_id, email="zoe@example.org").exists()


def test_two_reports_that_are_duplicates_of_each_other_are_told_not_walked_for_ever(people):
    first, second = report(TOM), report(ZOE)
    take(first.case_id, "mark_duplicate", original=second.code)
    take(second.case_id, "mark_duplicate", original=first.code)
    outbox.deliver()
    assert {e.error.partition(":")[0] for e in Effect.objects.filter(kind="adopt")} == {"NoOriginal"}


def test_one_failing_effect_holds_nobody_up_and_stays_in_sight(people, monkeypatch, moved):
    with moved(2027, 3, 1, 9):
        good, bad = report(ZOE), report(TOM)
        real = outbox.render_notice
        monkeypatch.setattr(
            outbox, "render_notice", lambda s, a, told, lang: 1 / 0 if told.code == bad.code else real(s, a, told, lang)
        )
        assert outbox.deliver() == 2
        assert [m.to for m in Mail.objects.all()] == ["zoe@example.org"] and good.is_new
        assert outbox.deliver() == 0  # it waits
    for day in range(2, 2 + outbox.PATIENCE.attempts):
        with moved(2027, 3, day, 9):
            outbox.deliver()
    [effect] = outbox.stuck()
    assert effect.case_id == bad.case_id and "ZeroDivisionError" in effect.error
    monkeypatch.undo()
    assert outbox.try_again([effect.pk]) == 1 and outbox.deliver() == 1
    assert not outbox.stuck() and Mail.objects.count() == 2


def test_an_effect_of_an_unknown_kind_is_kept_and_told(people):
    filed = report(contact=None)
    Effect.objects.create(key="x", case_id=filed.case_id, seq=1, kind="teleport", created_at=clock.now())
    outbox.deliver()
    effect = Effect.objects.get(key="x")
    assert effect.done_at is None and "teleport" in effect.error


def test_two_hundred_notices_leave_with_the_queries_of_ten(people):
    costs = []
    for count in (10, 200):
        for _ in range(count):
            report()
        with CaptureQueriesContext(connection) as asked:
            assert outbox.deliver() == count
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_door_tells_which_kinds_now_wait_and_whoever_knows_them_asks_no_more(people):
    told = []
    with watching(EFFECTS, told.append):
        filed = report(ZOE)
        with withholding():
            take(filed.case_id, "start")
    assert told == [["notify"], []]
    assert outbox.deliver_kinds({"letter", "nobody declared it"}, 10) == 0
    assert outbox.deliver_kinds({"notify"}, 10) == 1 and outbox.deliver() == 0
