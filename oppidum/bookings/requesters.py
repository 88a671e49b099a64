"""Who books, without a name: a keyed hash, so that a quota can be counted and nobody can be found in the table."""

import hashlib
import hmac

from django.conf import settings

from oppidum.territory.words import tokens


def requester_key(*parts: str) -> str:
    """A key for those `parts` (an address, an e-mail), however they are written; "" when all are empty.

    Keyed by the installation: whoever holds the table alone can't try out addresses.
    """
    plain = "|".join(" ".join(tokens(part)) for part in parts if part)
    return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256).hexdigest() if plain else ""
