"""Where the operator of text messages tells what became of them and what was answered; its key opens it (OPPIDUM_SMS_BACK).

    POST /sms/reports   Authorization: Bearer KEY   {"id": "98765", "status": "delivered", "description": "..."}
    POST /sms/answers   Authorization: Bearer KEY   {"from": "+33612345678", "message": "STOP"}

Both answer {"taken": ...}. The same news taken twice change nothing.
"""

import hmac
import json
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from oppidum.cases.texting.coming_in import take_answer, take_report
from oppidum.core.errors import Invalid, NotAllowed

LARGEST = 16 * 1024


def _from_operator(view: Callable[[dict[str, str]], JsonResponse]) -> Callable[[HttpRequest], JsonResponse]:
    """Only for who holds the operator's key; the view gets the fields, as text."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest) -> JsonResponse:
        if not settings.SMS_BACK or not hmac.compare_digest(_key(request).encode(), settings.SMS_BACK.encode()):
            raise NotAllowed()
        try:
            told = json.loads(request.body[:LARGEST])
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise Invalid()
        return view({name: str(value) for name, value in told.items()})

    return guarded


def _key(request: HttpRequest) -> str:
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""


@_from_operator
def reports(told: dict[str, str]) -> JsonResponse:
    """News of a message that we sent."""
    return JsonResponse({"taken": take_report(told.get("id", ""), told.get("status", ""), told.get("description", ""))})


@_from_operator
def answers(told: dict[str, str]) -> JsonResponse:
    """What somebody answered to one."""
    return JsonResponse({"taken": take_answer(told.get("from", ""), told.get("message", ""))})
