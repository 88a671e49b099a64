"""Who asks: an officer by session, or a program by key. Both are told apart only by what they may see."""

from ninja.security import APIKeyHeader, SessionAuth

from oppidum.core.addresses import client_address
from oppidum.interfaces.keys import admit
from oppidum.people.models import Sight


class KeyHolder:
    """A program with the scope "api:read": sees every case, and no person."""

    is_authenticated = True
    pk = 0

    def __init__(self, key):
        self.key = key

    def sight(self) -> Sight:
        return Sight(None, None)

    def may(self, right: str) -> bool:
        return False

    @property
    def teams(self):
        return _NoTeams()


class _NoTeams:
    """A program belongs to no team."""

    def values_list(self, *names, **options) -> list:
        return []


class BySession(SessionAuth):
    """An officer signed in at the desk."""

    def authenticate(self, request, key):
        return request.user if request.user.is_authenticated else None


class ToFile(APIKeyHeader):
    """A key that may file requests."""

    param_name = "X-API-Key"

    def authenticate(self, request, key):
        return admit(key, "api:write", client_address(request)) if key else None


class ByKey(APIKeyHeader):
    """A key in the header X-API-Key."""

    param_name = "X-API-Key"

    def authenticate(self, request, key):
        if not key:
            return None
        return KeyHolder(admit(key, "api:read", client_address(request)))
