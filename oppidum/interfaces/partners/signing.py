"""Signatures of messages: HMAC-SHA256 over the time and the body, as in the header `X-Oppidum-Signature: t=1804233600,v1=HEX`.

The time is signed too, so that a message that was overheard can't be played again later.
"""

import hashlib
import hmac
import re

HEADER = "X-Oppidum-Signature"
TOLERANCE_SECONDS = 300
_FORM = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


def sign(secret: str, body: bytes, at: int) -> str:
    """The header's value for a body sent at that second (since 1970)."""
    return f"t={at},v1={_digest(secret, body, at)}"


def is_genuine(secret: str, body: bytes, header: str, now: int) -> bool:
    """Whether the header was made with the secret over this very body, at most five minutes ago or ahead."""
    found = _FORM.fullmatch(header or "")
    if not found or abs(now - int(found[1])) > TOLERANCE_SECONDS:
        return False
    return hmac.compare_digest(_digest(secret, body, int(found[1])), found[2])


def _digest(secret: str, body: bytes, at: int) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
