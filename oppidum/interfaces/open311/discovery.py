"""Service discovery: where the endpoint is, which formats it speaks, when its services last changed."""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from oppidum.cases.declaration import definition_version
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.models import Definition
from oppidum.core import clock
from oppidum.interfaces.open311.authority import authority_name

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
_STARTED = clock.now()


def describe() -> dict[str, Any]:
    """The discovery document (Open311, Service Discovery)."""
    changed = _changeset()
    return {
        "changeset": changed,
        "contact": _("%(authority)s, %(url)s") % {"authority": authority_name() or "Oppidum", "url": settings.PUBLIC_URL},
        "key_service": _("Ask %(authority)s for a key through %(url)s; reading needs none.")
        % {"authority": authority_name() or "Oppidum", "url": settings.PUBLIC_URL},
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{settings.PUBLIC_URL}/open311/v2",
                "changeset": changed,
                "type": "test" if settings.DEBUG else "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }


def _changeset() -> str:
    """When this version of the services was first filed under; before that, when this program started."""
    known = Definition.objects.filter(version=definition_version(REPORTS.code)).values_list("first_used_at", flat=True).first()
    return (known or _STARTED).astimezone(UTC).strftime("%Y-%m-%d %H:%M")
