"""A list at the desk: the service is chosen, its empty list filled in and sent; what would be filed is seen, confirmed, and followed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases.declaration import Service, catalogue
from oppidum.cases.lists import uploads
from oppidum.cases.lists.columns import describe_columns
from oppidum.cases.lists.reading import WINDOWS, ListRefused
from oppidum.cases.lists.rows import Read
from oppidum.cases.models import ListUpload
from oppidum.core.errors import Refusal
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.lists.access import OVERSIGHT, RIGHTS, get_own_list, get_service_to_import, lists_in_sight, services_of

SHOWN_ROWS = 5
SHOWN_FAULTS = 200
PER_PAGE = 20
# A short list is checked before the page comes back; the worker does what takes longer.
AT_ONCE_SECONDS = 1.0


@officers_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The services that the officer may file from a list, how one is made, and the lists sent so far."""
    require_right(request, *RIGHTS, *OVERSIGHT)
    code = request.GET.get("service", "")
    service = get_service_to_import(request, code) if code else None
    return render(request, "lists/home.html", _home(request, service))


def _home(request: HttpRequest, service: type[Service] | None, **more: Any) -> dict[str, Any]:
    found = Paginator(lists_in_sight(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "service": service,
        "services": [(one.code, one.name) for one in services_of(request.user)],
        "columns": describe_columns(service) if service else [],
        "sent": found,
        "lines": [(one, _name_of(one.service)) for one in found],
        "largest_mb": uploads.LARGEST_MB,
        "kept_days": uploads.KEPT_DAYS,
        "sees_all": bool(request.user.rights & OVERSIGHT),
        **more,
    }


def _name_of(code: str) -> Any:
    known = catalogue().get(code)
    return known.name if known else code


@officers_only
@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a list to be checked; nothing is filed."""
    service = get_service_to_import(request, code)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise ListRefused(_("Choose the file first."))
        upload = uploads.receive(file, file.name or "", service, request.user, (get_language() or "fr")[:2])
    except ListRefused as refused:
        refused.field = "file"
        return render(request, "lists/home.html", _home(request, service, refused=refused), status=422)
    uploads.work_on(upload.pk, AT_ONCE_SECONDS)
    return redirect("lists:page", upload.pk)


@officers_only
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A list at its stage; while it is worked on the page asks again by itself."""
    upload = get_own_list(request, pk)
    template = "lists/_list.html" if request.htmx else "lists/page.html"
    return render(request, template, _told(upload))


def _told(upload: ListUpload) -> dict[str, Any]:
    service = catalogue().get(upload.service)
    shows_rows = bool(upload.file) and upload.stage == uploads.Stage.CHECKED and service is not None
    return {
        "list": upload,
        "service_name": _name_of(upload.service),
        "is_windows": upload.encoding == WINDOWS,
        "first": [_row_in_words(service, one) for one in uploads.read_first(upload, SHOWN_ROWS)] if shows_rows else [],
        "faults": list(upload.faults.order_by("row", "pk")[:SHOWN_FAULTS]) if upload.refused and not upload.is_at_work else [],
        "faults_count": upload.faults.count() if upload.refused and not upload.is_at_work else 0,
        "same": _same_file(upload) if upload.stage == uploads.Stage.CHECKED else None,
        "kept_days": uploads.KEPT_DAYS,
    }


def _same_file(upload: ListUpload) -> ListUpload | None:
    """The latest list with the same content that was filed before."""
    others = ListUpload.objects.select_related("officer").filter(sha256=upload.sha256, service=upload.service)
    return others.filter(stage__in=(uploads.Stage.FILING, uploads.Stage.DONE)).exclude(pk=upload.pk).first()


def _row_in_words(service: type[Service], read: Read) -> dict[str, Any]:
    """A row as it is understood: questions with their answers, or its faults."""
    if read.case is None:
        return {"number": read.row.number, "faults": read.faults}
    case, questions = read.case, service.form
    told: list[tuple[Any, str]] = []
    if service.categories:
        category = service.categories[case.category]
        questions = category.questions
        told += [(_("Category"), str(category.name)), (_("Description"), case.words), (_("Address"), case.address)]
    told += [(questions[name].label, questions[name].show(value)) for name, value in case.answers.items() if name in questions]
    if case.contact:
        told.append(
            (_("Contact"), " · ".join(part for part in (case.contact.name, case.contact.email, case.contact.phone) if part))
        )
    return {"number": read.row.number, "told": [(label, shown) for label, shown in told if shown]}


@officers_only
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """File the rows that are in order: the worker does it."""
    upload = get_own_list(request, pk)
    get_service_to_import(request, upload.service)
    return _done(request, pk, uploads.confirm)


@officers_only
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a list that isn't to be filed."""
    get_own_list(request, pk)
    return _done(request, pk, uploads.give_up)


@officers_only
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a list that has stopped."""
    get_own_list(request, pk)
    return _done(request, pk, uploads.try_again)


def _done(request: HttpRequest, pk: int, change: Callable[[int], None]) -> HttpResponse:
    try:
        change(pk)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("lists:page", pk)
