"""The edge of Open311: everything that each address has in common, so that a view only says what it answers.

Format by suffix (.json, .xml), else by an Accept header that names JSON alone, else XML, the format that GeoReport requires.
Language: French, or the one that `locale` names. Answers are readable from pages of any site (CORS): no cookie plays a part.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from oppidum.core.addresses import client_address
from oppidum.core.errors import Invalid
from oppidum.interfaces.keys import limit_rate
from oppidum.interfaces.open311.authority import check_jurisdiction
from oppidum.interfaces.open311.errors import WrongMethod, explain
from oppidum.interfaces.open311.formats import CONTENT_TYPES, Document
from oppidum.interfaces.open311.photos import LARGEST_FORM

READS_A_MINUTE = 300
LOCALES = frozenset(code for code, _name in settings.LANGUAGES)
_BASIC = {"X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}

View = Callable[..., Document]


def endpoint(**views: View):
    """A Django view that answers each method with one of `views`, given by its name in small letters."""
    allowed = [name.upper() for name in views] + (["HEAD"] if "get" in views else []) + ["OPTIONS"]

    def view(request, *, format: str | None = None, **parts) -> HttpResponse:
        format = format or _format_wished(request)
        with override(settings.LANGUAGE_CODE):
            try:
                return _answer(request, views, allowed, format, parts)
            except Exception as error:  # the outermost edge: whatever happens, the program gets its error document
                status, document = explain(error)
                return _respond(document, format, status)

    return csrf_exempt(wraps(next(iter(views.values())))(view))


def _answer(request, views: dict[str, View], allowed: list[str], format: str, parts: dict) -> HttpResponse:
    method = "get" if request.method == "HEAD" else request.method.lower()
    if method == "options":
        return _preflight(allowed)
    if method not in views:
        raise WrongMethod(_("This address answers %(methods)s.") % {"methods": ", ".join(allowed)}, allowed=allowed)
    if method == "post" and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FORM:
        raise RequestDataTooBig
    asked = request.POST if method == "post" else request.GET
    with override(_locale(asked.get("locale") or request.GET.get("locale"))):
        try:
            if method == "get":
                limit_rate(f"open311:{client_address(request)}", READS_A_MINUTE)
            check_jurisdiction(asked.get("jurisdiction_id") or request.GET.get("jurisdiction_id"))
            return _respond(views[method](request, **parts), format)
        except Exception as error:
            status, document = explain(error)
            return _respond(document, format, status)


def _format_wished(request) -> str:
    accept = request.META.get("HTTP_ACCEPT", "")
    return "json" if "application/json" in accept and "xml" not in accept else "xml"


def _locale(wish: str | None) -> str:
    if wish and wish not in LOCALES:
        raise Invalid(_("We speak %(known)s.") % {"known": ", ".join(sorted(LOCALES))}, field="locale")
    return wish or settings.LANGUAGE_CODE


def _respond(document: Document, format: str, status: int = 200) -> HttpResponse:
    body = document.render(format)
    headers = {**_BASIC, "Content-Length": str(len(body)), **document.headers}
    return HttpResponse(body, content_type=CONTENT_TYPES[format], status=status, headers=headers)


def _preflight(allowed: list[str]) -> HttpResponse:
    """What a browser asks before it lets another site's page send its own headers."""
    headers = {"Access-Control-Allow-Methods": ", ".join(allowed), "Access-Control-Allow-Headers": "Content-Type, Idempotency-Key"}
    return HttpResponse(status=204, headers=_BASIC | headers | {"Allow": ", ".join(allowed), "Access-Control-Max-Age": "86400"})
