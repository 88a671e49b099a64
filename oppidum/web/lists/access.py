"""Who may file from a list: who may file for somebody, of the services that he may file; a list's rows are its sender's alone."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from oppidum.cases.declaration import Service, catalogue
from oppidum.cases.lists.columns import is_importable
from oppidum.cases.models import ListUpload
from oppidum.core.errors import NotFound
from oppidum.people.models import Officer, Right
from oppidum.web.desk.entry import require_right
from oppidum.web.portal.offered import is_askable, may_open

RIGHTS = (Right.INTAKE, Right.ACT)
# They see of everybody's lists what is kept of them, and no row.
OVERSIGHT = frozenset({Right.SETUP.value, Right.PRIVACY.value})


def may_import(officer: Officer, service: type[Service]) -> bool:
    """Whether this officer files such requests one by one, and a row can hold one."""
    files = officer.may(Right.INTAKE) or officer.may(Right.ACT)
    offered = files and (bool(service.categories) or is_askable(service)) or may_open(service, officer)
    return offered and is_importable(service)


def services_of(officer: Officer) -> list[type[Service]]:
    """What this officer may file from a list, by name."""
    found = [one for one in catalogue().values() if may_import(officer, one)]
    return sorted(found, key=lambda one: str(one.name).casefold())


def get_service_to_import(request: HttpRequest, code: str) -> type[Service]:
    """The service of that code. Raises `NotAllowed`, or `NotFound` where there is none that the officer may import."""
    require_right(request, *RIGHTS)
    service = catalogue().get(code)
    if service is None or not may_import(request.user, service):
        raise NotFound()
    return service


def lists_in_sight(officer: Officer):
    """The officer's own lists; who watches over the installation sees that there were others."""
    found = ListUpload.objects.select_related("officer")
    return found if officer.rights & OVERSIGHT else found.filter(officer=officer)


def get_own_list(request: HttpRequest, pk: int) -> ListUpload:
    """A list that the officer sent. Raises `NotAllowed` or `Http404`."""
    require_right(request, *RIGHTS)
    return get_object_or_404(ListUpload.objects.select_related("officer"), pk=pk, officer=request.user)
