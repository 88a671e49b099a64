"""The way back of a mail: an envelope sender of its own, with a token that only we can make (variable envelope return path, VERP).

`rebonds+1f4-0c2a…@example.org`: the mail's number and a keyed hash of it, in signs that no server changes. Who reads a token can report
on that one mail, and on no other.
"""

import hmac
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

from oppidum.cases.models import Mail

_SIGNS = 20
_TOKEN = re.compile(rf"\b([0-9a-f]{{1,15}})-([0-9a-f]{{{_SIGNS}}})\b", re.IGNORECASE)


def token_of(mail_id: int) -> str:
    """The token of a mail: "1f4-0c2a..."."""
    return f"{mail_id:x}-{_hash(mail_id)}"


def envelope_of(mail: Mail) -> str:
    """The address to which notices about the mail are sent; the house's own sender where none is set up."""
    if not settings.MAIL_BOUNCES:
        return settings.DEFAULT_FROM_EMAIL
    local, _at, host = settings.MAIL_BOUNCES.rpartition("@")
    return f"{local}+{token_of(mail.pk)}@{host}"


def read_token(text: str) -> int | None:
    """The number of the mail whose token stands in the text, None where there is none that we made."""
    for number, sign in _TOKEN.findall(text):
        mail_id = int(number, 16)
        if hmac.compare_digest(sign.lower(), _hash(mail_id)):
            return mail_id
    return None


def _hash(mail_id: int) -> str:
    return salted_hmac("oppidum.envelope", str(mail_id), algorithm="sha256").hexdigest()[:_SIGNS]
