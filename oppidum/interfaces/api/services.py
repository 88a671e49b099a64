"""Services for programs: what there is, what each asks, and filing a request through the same validation as the page."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from ninja import Router, Status

from oppidum.cases.declaration import Service, catalogue, definition_version, describe_form
from oppidum.cases.filing import Filed, file_case, prepare_case
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import Actor
from oppidum.core.errors import InvalidForm, NotFound
from oppidum.interfaces.api.schemas import FiledCase, FormProblem, Problem, Request, ServiceForm, ServiceLine
from oppidum.interfaces.api.viewers import ToFile

router = Router(tags=["services"])
FAULTS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 429: Problem}


def find_service(code: str) -> type[Service]:
    """The service of that code that is asked for by a form; the report has its own way in, Open311."""
    found = catalogue().get(code)
    if found is None:
        raise NotFound()
    return found


def _line(code: str, service: type[Service]) -> dict:
    return {
        "code": code,
        "name": str(service.name),
        "owner": service.owner,
        "version": definition_version(code),
        "says": str(service.says),
    }


@router.get("", response=list[ServiceLine], summary="All public services")
def list_services(request: HttpRequest):
    """By code; names in the language of Accept-Language."""
    return [_line(code, service) for code, service in catalogue().items()]


@router.get("/{code}", response={200: ServiceForm} | FAULTS, summary="A service and its questions")
def read_service(request: HttpRequest, code: str):
    """The form as the page asks it, with its conditions as data and in words."""
    service = find_service(code)
    pages = describe_form(service.form, get_language() or "fr")
    return JsonResponse(_line(code, service) | {"applicants": list(service.applicants), "pages": pages})


@router.post(
    "/{code}/cases", response={201: FiledCase, 200: FiledCase, 422: FormProblem} | FAULTS, summary="File a request", auth=ToFile()
)
def file_request(request: HttpRequest, code: str, sent: Request):
    """Everything is checked as on the page; a fault files nothing and names its field."""
    service = find_service(code)
    key = f"api:{request.auth.id}:{sent.key}" if sent.key else None
    try:
        new = prepare_case(service, sent.answers, channel="api", actor=Actor("partner", None, request.auth.name), key=key)
    except InvalidForm as wrong:
        errors = [{"field": fault.field, "message": str(fault)} for fault in wrong.errors]
        body = {
            "type": "about:blank",
            "title": str(wrong),
            "status": 422,
            "code": wrong.code,
            "detail": str(wrong),
            "errors": errors,
        }
        return JsonResponse(body, status=422, content_type="application/problem+json")
    filed = file_case(new)
    return Status(201 if filed.is_new else 200, _filed(filed))


def _filed(filed: Filed) -> dict:
    standing = filed.standing or read_standings([filed.case_id])[filed.case_id]
    return {"code": filed.code, "is_new": filed.is_new, "step": standing.step, "due_on": standing.due_on}
