"""Oppidum's own API: the inbox for programs, the same filters, sight and counts as the page."""

from django.http import HttpRequest, JsonResponse
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, ValidationError

from oppidum.cases import inbox
from oppidum.cases.filters import VIEWS, Filter
from oppidum.core.errors import Refusal
from oppidum.interfaces.api import figures, services, signers
from oppidum.interfaces.api.schemas import CaseLine, CasePage, Counts, Problem
from oppidum.interfaces.api.viewers import ByKey, BySession

LARGEST_PAGE = 500
LARGEST_NUMBER = 1_000_000

api = NinjaAPI(
    title="Oppidum",
    version="1",
    urls_namespace="api",
    docs_url=None,
    auth=[ByKey(), BySession()],
    description="Read cases as the desk shows them. Sign in at the desk, or send a key with the scope api:read as X-API-Key.",
)
FAULTS = {401: Problem, 403: Problem, 422: Problem, 429: Problem}


def problem(status: int, code: str, title: str, detail: str, headers: dict | None = None) -> JsonResponse:
    """One error as RFC 9457 problem details."""
    body = {"type": "about:blank", "title": title, "status": status, "code": code, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json", headers=headers)


@api.exception_handler(Refusal)
def on_refusal(request: HttpRequest, refusal: Refusal) -> JsonResponse:
    headers = {"Retry-After": str(refusal.details["retry_after"])} if "retry_after" in refusal.details else None
    return problem(refusal.status, refusal.code, str(refusal), str(refusal), headers)


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> JsonResponse:
    detail = "Sign in at the desk, or send a key with the scope api:read in the header X-API-Key."
    return problem(401, "not-signed-in", "Not signed in", detail)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> JsonResponse:
    told = "; ".join(f"{'.'.join(str(part) for part in one['loc'][-1:])}: {one['msg']}" for one in error.errors)
    return problem(422, "invalid", "A parameter is not valid", told)


@api.get("/cases", response={200: CasePage} | FAULTS, summary="Cases of a filter, within sight", tags=["cases"])
def list_cases(
    request: HttpRequest,
    view: str = Query("all", description=f"One of {', '.join(VIEWS)}"),
    category: str = Query("", description="A category's code, or a group's"),
    commune: str = Query("", description="INSEE code"),
    team: int | None = None,
    officer: int | None = None,
    channel: str = "",
    step: str = "",
    words: str = Query("", description="Words of the text or address, a code; persons with the right to see them"),
    bbox: str = Query("", description="West, south, east, north in degrees"),
    order: str = Query("", description="due, newest, oldest, followers or ended"),
    page: int = Query(1, ge=1, le=LARGEST_NUMBER),
    size: int = Query(50, ge=1, le=LARGEST_PAGE),
):
    """The same list as the inbox: what can't be read in the filter is left out, sight always holds."""
    wanted = Filter.parse(request.GET)
    found = inbox.page(request.auth, wanted, page, size)
    # Rows are plain values already: drawn at once, not validated a second time.
    cases = [line(row) for row in found.rows]
    return JsonResponse({"total": found.total, "page": found.number, "size": found.size, "pages": found.num_pages, "cases": cases})


@api.get("/cases/counts", response={200: Counts} | FAULTS, summary="How many cases each view holds", tags=["cases"])
def count_cases(request: HttpRequest):
    """Exact, in one query."""
    return inbox.counts(request.auth)


api.add_router("/services", services.router)
api.add_router("/figures", figures.router)
api.add_router("", signers.router)

_SHOWN = [name for name in CaseLine.model_fields if name not in ("category_label", "step_label")]


def line(row: inbox.Row) -> dict:
    """A row as the schema says."""
    told = {name: getattr(row, name) for name in _SHOWN}
    return told | {"category_label": row.category_label, "step_label": row.step_label}
