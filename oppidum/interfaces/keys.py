"""Keys of programs: making, revoking, and looking one up so cheaply that a busy key costs no query.

A process remembers what it looked up for `KEPT_SECONDS`: a revoked key is refused everywhere after that time at the latest.
"""

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from oppidum.core import clock
from oppidum.core.errors import NotAllowed, NotFound, TooMany
from oppidum.core.rates import allow
from oppidum.interfaces.models import ApiKey

SCOPES = {
    "open311:write": _("file reports through Open311"),
    "open311:read-private": _("read through Open311 what is hidden from the public"),
    "api:read": _("read through Oppidum's own API"),
    "api:write": _("file requests through Oppidum's own API"),
    "metrics:read": _("read the operator's gauges at /metrics"),
}
KEPT_SECONDS = 15.0
DEFAULT_LIMIT = 600
_MARK = "opd_"
_REMEMBERED = 10_000
# Guessing 256 bits is hopeless; this only keeps a broken client from costing a query per request.
_WRONG_A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Key:
    """What the edges need to know of a key."""

    id: int
    name: str
    scopes: frozenset[str]
    limit_per_minute: int
    expires_at: datetime | None


_known: dict[str, tuple[float, Key | None]] = {}
_lock = threading.Lock()


def make_key(name: str, scopes: list[str], limit: int = DEFAULT_LIMIT, expires_at: datetime | None = None) -> str:
    """Create a key and return its token: the only time that anybody sees it."""
    token = _MARK + secrets.token_urlsafe(32)
    ApiKey.objects.create(
        name=name,
        hash=_digest(token),
        prefix=token[:12],
        scopes=sorted(set(scopes)),
        limit_per_minute=limit,
        created_at=clock.now(),
        expires_at=expires_at,
    )
    return token


def revoke(prefix: str) -> ApiKey:
    """Revoke the key whose token begins with `prefix` (as listed). Once revoked it stays so."""
    key = ApiKey.objects.filter(prefix=prefix[:12]).first()
    if key is None:
        raise NotFound(_("No key begins like this; `oppidum key --list` shows them all."))
    if key.revoked_at is None:
        key.revoked_at = clock.now()
        key.save(update_fields=["revoked_at"])
    forget()
    return key


def admit(token: str, scope: str, address: str) -> Key:
    """The key behind `token` if it may do `scope` now, within its limit. Raises `NotAllowed` or `TooMany`."""
    key = _look_up(token, address) if token else None
    if not token:
        raise NotAllowed(_("A key is needed to write: send it as api_key."), field="api_key")
    if key is None or (key.expires_at and key.expires_at <= clock.now()):
        raise NotAllowed(_("This key is not valid: it is mistyped, expired or revoked."), field="api_key")
    if scope not in key.scopes:
        raise NotAllowed(_("This key does not allow “%(scope)s”: ask for one that does.") % {"scope": scope}, field="api_key")
    limit_rate(f"key:{key.id}", key.limit_per_minute)
    return key


def limit_rate(who: str, limit: int) -> None:
    """Count one request of `who`; raises `TooMany` beyond `limit` a minute."""
    if not allow(who, limit):
        raise TooMany(retry_after=60 - int(time.time()) % 60)


def _look_up(token: str, address: str) -> Key | None:
    digest = _digest(token)
    held = _known.get(digest)
    if held and time.monotonic() - held[0] < KEPT_SECONDS:
        key = held[1]
    else:
        key = _read(digest)
        with _lock:
            if len(_known) >= _REMEMBERED:
                _known.clear()
            _known[digest] = (time.monotonic(), key)
    if key is None:
        limit_rate(f"wrong-key:{address}", _WRONG_A_MINUTE)
    return key


def _read(digest: str) -> Key | None:
    found = ApiKey.objects.filter(hash=digest, revoked_at=None).first()
    if found is None:
        return None
    today = clock.today()
    if found.last_used_on is None or found.last_used_on < today:
        ApiKey.objects.filter(pk=found.pk).update(last_used_on=today)
    return Key(found.pk, found.name, frozenset(found.scopes), found.limit_per_minute, found.expires_at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def forget() -> None:
    """Look every key up anew: after a revocation, and between tests."""
    _known.clear()
