"""The addresses of GeoReport v2. Each view answers a `Document`; what they share is in `edge.py`."""

from django.conf import settings
from django.utils.translation import gettext as _

from oppidum.cases.public import public_id
from oppidum.core.addresses import client_address
from oppidum.core.errors import Invalid, NotFound
from oppidum.interfaces.keys import admit
from oppidum.interfaces.open311.discovery import describe
from oppidum.interfaces.open311.edge import endpoint
from oppidum.interfaces.open311.filters import read_filters
from oppidum.interfaces.open311.formats import Document
from oppidum.interfaces.open311.intake import file_request, notice
from oppidum.interfaces.open311.photos import check_uploads
from oppidum.interfaces.open311.requests import find_identifier, get_request, list_requests
from oppidum.interfaces.open311.services import define, get_category, list_services

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def _discovery(request) -> Document:
    return Document("discovery", describe())


def _services(request) -> Document:
    return Document("services", list_services())


def _definition(request, service_code: str) -> Document:
    return Document("service_definition", define(get_category(service_code)))


def _list(request) -> Document:
    wanted = read_filters(request.GET)
    found, more = list_requests(wanted, _may_read_hidden(request))
    return Document("service_requests", found, _next_page(request, wanted.page) if more else {})


def _one(request, service_request_id: str) -> Document:
    extensions = read_filters(request.GET).extensions
    return Document("service_requests", [get_request(service_request_id, extensions, _may_read_hidden(request))])


def _token(request, token: str) -> Document:
    return Document("service_requests", [{"service_request_id": find_identifier(token), "token": token}])


def _file(request) -> Document:
    """The key first: a stranger learns nothing from a form's faults."""
    if request.content_type not in FORMS:
        raise Invalid(_("Send a form: application/x-www-form-urlencoded, or multipart/form-data."), field="Content-Type")
    key = admit(_api_key(request), "open311:write", client_address(request))
    files = check_uploads(request.FILES) if request.FILES else ()
    filed = file_request(request.POST, key, files, request.META.get("HTTP_IDEMPOTENCY_KEY", "").strip())
    told = {"service_request_id": public_id(filed.case_id), "service_notice": notice(filed), "account_id": None}
    return Document("service_requests", [told])


def _unknown(request) -> Document:
    raise NotFound(_("There is nothing at this address; see %(url)s.") % {"url": f"{settings.PUBLIC_URL}/open311/discovery.xml"})


def _api_key(request) -> str:
    return (request.POST.get("api_key") or request.GET.get("api_key") or "").strip()


def _may_read_hidden(request) -> bool:
    """Whether a key for hidden words came along; a wrong one is refused rather than passed over."""
    token = _api_key(request)
    return bool(token) and "open311:read-private" in admit(token, "open311:read-private", client_address(request)).scopes


def _next_page(request, page: int) -> dict[str, str]:
    asked = request.GET.copy()
    asked["page"] = str(page + 1)
    asked.pop("api_key", None)
    return {"Link": f'<{settings.PUBLIC_URL}{request.path}?{asked.urlencode()}>; rel="next"'}


discovery = endpoint(get=_discovery)
services = endpoint(get=_services)
definition = endpoint(get=_definition)
requests = endpoint(get=_list, post=_file)
one_request = endpoint(get=_one)
token = endpoint(get=_token)
unknown = endpoint(get=_unknown, post=_unknown)
