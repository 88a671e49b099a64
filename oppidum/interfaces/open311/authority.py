"""Whose endpoint this is: the jurisdiction, and the communes by name, as this process knows the territory."""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from oppidum.core.errors import NotFound
from oppidum.territory import locate
from oppidum.territory.models import Commune, Intercommunality


class CommuneName(NamedTuple):
    """A commune's name, and its postcode if it has only one."""

    name: str
    postcode: str | None


def jurisdictions() -> tuple[str, ...]:
    """What `jurisdiction_id` may be: the authority's SIREN, or the host name of its site without "www"."""
    host = (urlsplit(settings.PUBLIC_URL).hostname or "").removeprefix("www.")
    return tuple(one for one in (_siren_and_name(locate.ground().version)[0], host) if one)


def authority_name() -> str:
    """The authority's name."""
    return _siren_and_name(locate.ground().version)[1]


def check_jurisdiction(given: str | None) -> None:
    """One authority answers here, so `jurisdiction_id` may be left out; another's is refused."""
    if given and given.removeprefix("www.") not in jurisdictions():
        known = ", ".join(jurisdictions())
        raise NotFound(
            _("This is not the jurisdiction served here; leave it out, or send %(known)s.") % {"known": known},
            field="jurisdiction_id",
        )


def commune_names() -> dict[str, CommuneName]:
    """The authority's communes by INSEE code."""
    return _communes(locate.ground().version)


@lru_cache(maxsize=2)
def _siren_and_name(version: str | None) -> tuple[str, str]:
    return Intercommunality.objects.values_list("siren", "name").first() or ("", "")


@lru_cache(maxsize=2)
def _communes(version: str | None) -> dict[str, CommuneName]:
    found = Commune.objects.members().values_list("code", "name", "postcodes")
    return {code: CommuneName(name, codes[0] if len(codes) == 1 else None) for code, name, codes in found}
