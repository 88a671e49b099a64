"""The edge where refusals and errors become pages a person can act on, or problem+json (RFC 9457) for a program.

Each page says what happened, what to do, and keeps a way back; a 500 gives a reference that also stands in the log.
"""

import logging
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFilesSent
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from oppidum.core.errors import InvalidForm, Refusal
from oppidum.web.language import chosen

log = logging.getLogger("oppidum.web")

TITLES = {
    400: _("We could not read this request"),
    403: _("This page is not open to you"),
    404: _("We found nothing here"),
    409: _("This changed in the meantime"),
    413: _("This file is too large"),
    429: _("Too many requests"),
    422: _("This can't be done as it stands"),
}
# Nothing is forbidden to somebody whose form has aged.
AGED = _("Your form was not sent: open it again")
ICONS = {403: "lock", 404: "search-x", 409: "refresh-cw", 413: "file-warning", 429: "hourglass"}
ADVICE = {
    404: _("Check the address or the code: a code reads like ABCDE-FGHJK and its letters can be typed in any case."),
    413: _("Choose a smaller file, or send the photo alone: what you typed is kept."),
    429: _("Wait a minute, then try again. If it is urgent, call us."),
}


class RefusalMiddleware:
    """Translates what an engine refuses; everything else goes on to Django's own handlers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # No address of ours holds a NUL, and the database refuses one in any text.
        return not_found(request) if "\x00" in request.path_info else self.get_response(request)

    def process_exception(self, request, error):
        """A refusal becomes its page; a body beyond the limit is told as a file too large."""
        if isinstance(error, Refusal):
            return answer_refusal(request, error)
        if isinstance(error, RequestDataTooBig | TooManyFilesSent):
            return answer(request, 413, gettext("What you sent is larger than we can take."), code="too-large")
        return None


def answer_refusal(request, refusal: Refusal) -> HttpResponse:
    """The answer to a refusal in the form the reader understands."""
    message = str(refusal)
    fields = [(one.field, str(one)) for one in refusal.errors] if isinstance(refusal, InvalidForm) else []
    response = answer(request, refusal.status, message, code=refusal.code, field=refusal.field, fields=fields)
    if "retry_after" in refusal.details:
        response["Retry-After"] = str(refusal.details["retry_after"])
    return response


def answer(request, status: int, message: str, code: str = "", field=None, fields=()) -> HttpResponse:
    """One error, as a page or as problem+json."""
    if wants_json(request):
        return problem(status, code or "error", message, field, fields)
    context = {
        "title": AGED if code == "csrf" else TITLES.get(status, TITLES[422]),
        "message": message,
        "advice": ADVICE.get(status, ""),
        "icon": "refresh-cw" if code == "csrf" else ICONS.get(status, "circle-alert"),
        "back": way_back(request),
        "errors": fields,
    }
    return render(request, "web/refusal.html", context, status=status)


def problem(status: int, code: str, detail: str, field=None, fields=()) -> JsonResponse:
    """RFC 9457 problem details; `code` is stable, `detail` is for people."""
    body = {"type": "about:blank", "title": str(TITLES.get(status, TITLES[422])), "status": status}
    body |= {"code": code, "detail": str(detail)}
    if field:
        body["field"] = field
    if fields:
        body["errors"] = [{"field": name, "detail": text} for name, text in fields]
    return JsonResponse(body, status=status, content_type="application/problem+json")


def wants_json(request) -> bool:
    """Whether a program asks: under /api/, or with an Accept header that names JSON and not HTML."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accept and "text/html" not in accept)


def way_back(request) -> str:
    """The page the reader came from, when it is ours and not this one."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
        ours = request.get_host()
    except (ValueError, DisallowedHost):  # "http://[" is no address at all; a host that isn't ours is being refused already
        return ""
    if came_from.netloc != ours or came_from.path == request.path:
        return ""
    # "//elsewhere" at the beginning of a path would lead to another site.
    return "/" + came_from.path.lstrip("/") + (f"?{came_from.query}" if came_from.query else "")


def bad_request(request, exception=None):
    """Django's handler400; a body larger than the settings allow arrives here as one of its causes."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return answer(request, 413, gettext("What you sent is larger than we can take."), code="too-large")
    return answer(request, 400, gettext("Something in the address or the form is not as we expect it."), "bad-request")


def forbidden(request, exception=None):
    """Django's handler403."""
    return answer(request, 403, gettext("Your account does not open this page. Ask your team's lead if it should."), "forbidden")


def not_found(request, exception=None):
    """Django's handler404."""
    return answer(request, 404, gettext("There is no page at this address, or it is no longer public."), "not-found")


def csrf_failure(request, reason=""):
    """The page stayed open too long, or cookies are refused: nothing is lost, the browser keeps the text."""
    log.info("csrf: %s on %s", reason, request.path)
    message = gettext(
        "The page stayed open too long, or your browser refuses cookies. Nothing was sent. "
        "Go back: what you typed is kept. Then send it again."
    )
    return answer(request, 403, message, "csrf")


def server_error(request):
    """Django's handler500: no database, no context processor, nothing that can fail a second time."""
    reference = secrets.token_hex(4)
    log.error("reference %s: %s %s", reference, request.method, request.path)
    message = gettext("Our service met an error. It is not your doing, and what was accepted before is safe.")
    if wants_json(request):
        return problem(500, "error", f"{message} ({reference})")
    context = {
        "language": get_language() or chosen(request),
        "title": gettext("Something broke on our side"),
        "message": message,
        "advice": gettext("Try again in a few minutes. If it is urgent, call us."),
        "reference_words": gettext("If you call us about it, give this reference:"),
        "reference": reference,
        "home": gettext("Go to the home page"),
        "static": settings.STATIC_URL,
    }
    return HttpResponse(render_to_string("web/broken.html", context), status=500)
