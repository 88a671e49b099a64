"""The door for partners' messages: `POST /partners/CODE/`, signed (see `signing.py`)."""

import json

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from oppidum.core import clock, rates
from oppidum.core.addresses import client_address
from oppidum.interfaces.partners.models import Endpoint
from oppidum.interfaces.partners.receiving import take_in
from oppidum.interfaces.partners.signing import HEADER, is_genuine

LARGEST = 256 * 1024
WRONG_A_MINUTE = 60


@csrf_exempt  # A program signs what it says; no browser's cookie is looked at.
@require_POST
def receive(request: HttpRequest, code: str) -> JsonResponse:
    """202 when it is taken or parked (the answer says which), 200 for a repetition, 401 for a stranger, 400 for what can't be read."""
    body = request.body
    endpoint = Endpoint.objects.filter(code=code, is_active=True).first()
    genuine = endpoint is not None and is_genuine(
        endpoint.secret, body, request.headers.get(HEADER, ""), int(clock.now().timestamp())
    )
    if not genuine:
        if not rates.allow(f"partner-stranger:{client_address(request)}", WRONG_A_MINUTE):
            return _problem(429, "too-many", "Too many requests")
        return _problem(401, "not-signed", "The signature is missing, wrong or too old")
    if len(body) > LARGEST:
        return _problem(413, "too-large", "At most 256 kB")
    try:
        said = json.loads(body)
    except ValueError:
        return _problem(400, "no-json", "The body is no JSON")
    if (
        not isinstance(said, dict)
        or not isinstance(said.get("id"), str)
        or not said["id"]
        or "\\u0000" in body.decode(errors="replace")
    ):
        return _problem(400, "no-id", "The body is an object with an id")
    message = take_in(endpoint, said)
    return JsonResponse({"id": said["id"], "fate": message.fate, "reason": message.error}, status=202)


def _problem(status: int, code: str, title: str) -> JsonResponse:
    """RFC 9457."""
    body = {"type": "about:blank", "title": title, "status": status, "code": code}
    return JsonResponse(body, status=status, content_type="application/problem+json")
