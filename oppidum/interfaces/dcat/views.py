"""`/data/catalog.jsonld` and `/data/catalog.ttl`: a hundred datasets a page, `?page=2`; `?high_value=1` gives the EU's high-value ones."""

import json

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from oppidum.interfaces.dcat.nodes import PREFIXES, catalogue
from oppidum.interfaces.dcat.turtle import to_turtle

KEPT = 300  # seconds
LAST_PAGE = 10_000


@require_safe
def json_ld(request):
    """The catalogue as JSON-LD 1.1."""
    nodes, _pages = catalogue(*_asked(request))
    body = json.dumps({"@context": PREFIXES, "@graph": nodes}, ensure_ascii=False, indent=1)
    return _answer(body, "application/ld+json")


@require_safe
def turtle(request):
    """The same as Turtle."""
    nodes, _pages = catalogue(*_asked(request))
    return _answer("".join(to_turtle(nodes)), "text/turtle; charset=utf-8")


def _asked(request) -> tuple[int, bool]:
    """The page, and whether only high-value datasets are asked for; anything unreadable is the first page."""
    page = request.GET.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return min(max(number, 1), LAST_PAGE), request.GET.get("high_value") == "1"


def _answer(body: str, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})
    patch_cache_control(response, public=True, max_age=KEPT)
    return response
