"""A rehearsed month of requests: every service moves, nothing leaves, every state is the fold of its journal."""

import pytest
from django.core.management import call_command

from oppidum.cases.models import Case, Effect, Entry, Mail
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.people.loading import DEMO, load_people
from oppidum.rehearsal.requests import rehearse_requests


@pytest.fixture
def rehearsed(db, moved):
    call_command("territory", "load", "200054807", verbosity=0)
    load_people(DEMO, "demonstration")
    with moved(2026, 11, 25, 18):
        tally = rehearse_requests(31, 1, clock.now())
        yield tally


def test_what_was_counted_stands_in_the_database_and_nothing_left(rehearsed):
    assert sum(rehearsed.filed.values()) == Case.objects.count() > 150
    assert len(rehearsed.filed) >= 5 and rehearsed.acts > 100
    assert not Mail.objects.exists() and not Effect.objects.filter(done_at=None).exists()
    assert Entry.objects.exclude(action__in=["file", "route"]).exists()
    assert [difference for _checked, found in verify() for difference in found] == []
