"""Keys of programs: shown once, limited, refused when revoked."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from oppidum.core import clock
from oppidum.core.errors import NotAllowed, TooMany
from oppidum.interfaces import keys
from oppidum.interfaces.models import ApiKey


def run(*words: str) -> str:
    out = StringIO()
    call_command("key", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_command_prints_a_key_that_opens_and_keeps_only_its_hash(db):
    token = run("Allô Castelmer", "--scope", "open311:write", "--limit", "30").strip()
    assert keys.admit(token, "open311:write", "192.0.2.1").name == "Allô Castelmer"
    stored = ApiKey.objects.get()
    assert token not in stored.hash and token.startswith(stored.prefix) and stored.limit_per_minute == 30
    assert stored.last_used_on == clock.today()
    assert token not in run("--list") and stored.prefix in run("--list")


def test_a_key_without_a_known_scope_is_not_made(db):
    for words in (["App"], ["App", "--scope", "everything"], ["App", "--scope", "api:read", "--expires", "2020-01-01"], []):
        with pytest.raises(CommandError):
            run(*words)
    assert not ApiKey.objects.exists()


def test_a_revoked_key_is_refused_by_this_process_at_once(db):
    token = keys.make_key("App", ["open311:write"])
    keys.admit(token, "open311:write", "192.0.2.1")
    run("--revoke", token[:12])
    with pytest.raises(NotAllowed):
        keys.admit(token, "open311:write", "192.0.2.1")


def test_a_key_revoked_elsewhere_is_refused_after_fifteen_seconds(db, monkeypatch):
    token = keys.make_key("App", ["open311:write"])
    keys.admit(token, "open311:write", "192.0.2.1")
    ApiKey.objects.update(revoked_at=clock.now())
    keys.admit(token, "open311:write", "192.0.2.1")
    later = keys.time.monotonic() + keys.KEPT_SECONDS
    monkeypatch.setattr(keys.time, "monotonic", lambda: later)
    with pytest.raises(NotAllowed):
        keys.admit(token, "open311:write", "192.0.2.1")


def test_a_busy_key_costs_no_query(db, django_assert_num_queries):
    token = keys.make_key("App", ["open311:write"])
    keys.admit(token, "open311:write", "192.0.2.1")
    with django_assert_num_queries(0):
        keys.admit(token, "open311:write", "192.0.2.1")


def test_an_expired_key_and_another_scope_are_refused(db):
    old = keys.make_key("Old", ["open311:write"], expires_at=clock.now() - timedelta(seconds=1))
    reader = keys.make_key("Reader", ["api:read"])
    for token in (old, reader, "opd_wrong", ""):
        with pytest.raises(NotAllowed) as refusal:
            keys.admit(token, "open311:write", "192.0.2.1")
        assert refusal.value.field == "api_key"


def test_guessing_keys_is_slowed_down(db):
    with pytest.raises(TooMany):
        for n in range(70):
            with pytest.raises(NotAllowed):
                keys.admit(f"opd_{n}", "open311:write", "192.0.2.7")
