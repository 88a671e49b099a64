"""A rehearsed month goes through the real engine, is the same by seed, and sends nothing."""

from datetime import datetime

import pytest
from django.db import transaction

from oppidum.cases.models import Call, Case, Effect, Entry, Live, Mail
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.rehearsal.month import rehearse_month
from oppidum.rehearsal.words import _SENTENCES
from oppidum.services.living_environment.report import Report

UNTIL = datetime(2027, 4, 1, 10, 30, tzinfo=clock.PARIS)


@pytest.fixture
def tally(people):
    return rehearse_month(300, 31, 1, UNTIL)


def test_the_month_is_filed_through_the_engine(tally):
    assert tally.reports == Case.objects.count() == 300
    assert tally.calls == Call.objects.count() > 50
    assert Entry.objects.count() >= 600 + tally.acts
    assert list(verify()) == [(300, [])]


def test_its_reports_are_in_varied_states_and_none_lies_in_the_future(tally):
    assert len(set(Live.objects.values_list("step", flat=True))) >= 6
    assert 10 < Live.objects.filter(is_open=True).count() < 290
    assert Case.objects.filter(filed_at__gte=UNTIL).count() == 0
    assert Entry.objects.filter(valid_at__gt=UNTIL).count() == 0


def test_populous_communes_report_more(tally):
    by_commune = {code: Case.objects.filter(commune=code).count() for code in ("13901", "13902", "13903")}
    assert by_commune["13901"] < by_commune["13902"] < by_commune["13903"]


def test_nothing_leaves(tally):
    assert not Mail.objects.exists()
    assert not Effect.objects.filter(done_at=None).exists()


def test_the_same_seed_gives_the_same_month(people):
    def month(seed):
        with transaction.atomic():
            rehearse_month(60, 10, seed, UNTIL)
            found = list(Case.objects.order_by("code").values_list("code", "filed_at", "words", "live__step", "live__version"))
            transaction.set_rollback(True)
        return found

    first = month(1)
    assert month(1) == first != month(2)


def test_every_category_has_words_of_its_own():
    assert set(Report.categories) == set(_SENTENCES)
