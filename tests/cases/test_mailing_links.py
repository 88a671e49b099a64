"""The magic link to "my reports"."""

import re

import pytest

from oppidum.cases import links
from oppidum.cases.models import Mail
from oppidum.core import clock, rates
from tests.cases.leaving import TOM, ZOE, report, take


@pytest.fixture(autouse=True)
def _fresh_rates(db):
    rates.forget()


def token_of(mail):
    return re.search(r"/my/(\S+)", mail.body).group(1)


def test_a_resident_gets_a_link_that_opens_for_an_hour_as_often_as_one_likes(people, moved):
    report(ZOE)
    with moved(2027, 3, 1, 9):
        links.request_link(" Zoe@Example.org ", "fr")
        token = token_of(Mail.objects.get())
    with moved(2027, 3, 1, 9, 59):
        assert links.read_link(token) == links.read_link(token) == "zoe@example.org"
    with moved(2027, 3, 1, 10, 1), pytest.raises(links.LinkOver):
        links.read_link(token)


def test_an_address_that_reported_nothing_gets_the_same_answer_and_no_mail(people):
    report(ZOE)
    assert links.request_link("nobody@example.org", "fr") is links.request_link("zoe@example.org", "fr")
    assert [m.to for m in Mail.objects.all()] == ["zoe@example.org"]


def test_a_broken_link_says_what_to_do(people):
    with pytest.raises(links.LinkBroken):
        links.read_link("WyJ6b2VAZXhhbXBsZS5vcmciLDFd.forged")


def test_nobody_fills_a_mailbox_with_links(people):
    report(ZOE)
    for _ in range(20):
        links.request_link("zoe@example.org", "fr")
    assert Mail.objects.count() == links.LINKS_PER_HOUR


def test_my_cases_are_those_i_filed_and_those_i_follow_newest_first(people, moved):
    with moved(2027, 3, 1, 9):
        mine = report(ZOE)
    with moved(2027, 3, 2, 9):
        followed = report(TOM)
        report(TOM)
        take(followed.case_id, "follow", contact=ZOE)
    assert [case.code for case in links.my_cases("ZOE@example.org")] == [followed.code, mine.code]
    assert not links.my_cases("")


def test_the_link_is_in_the_readers_language(people):
    report(TOM)
    links.request_link("tom@example.org", "en")
    assert Mail.objects.get().subject == "Your requests" and clock.now()
