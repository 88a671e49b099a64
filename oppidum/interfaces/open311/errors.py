"""Refusals as GeoReport v2 tells them: a list of code and description, where the description names the field at fault.

"The HTTP error codes should always be 404 for resources that don't exist, 403 for errors because of wrong or missing api_key and
basically 400 for any other error" (GeoReport v2, Errors). 405, 413, 429 and 500 say more than 400 would, and stay.
"""

import logging
import secrets

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from oppidum.core.errors import InvalidForm, Refusal
from oppidum.interfaces.open311.formats import Document

log = logging.getLogger("oppidum.interfaces")

_KEPT = {403, 404, 405, 413, 429}


class WrongMethod(Refusal):
    """This address answers other methods; `details["allowed"]` names them."""

    code = "method"
    status = 405


def explain(error: Exception) -> tuple[int, Document]:
    """The HTTP status and the error document for whatever went wrong."""
    headers = {}
    if isinstance(error, InvalidForm):
        status, told = 400, [_describe(one) for one in error.errors]
    elif isinstance(error, Refusal):
        status, told = error.status if error.status in _KEPT else 400, [_describe(error)]
        if "retry_after" in error.details:
            headers["Retry-After"] = str(error.details["retry_after"])
        if "allowed" in error.details:
            headers["Allow"] = ", ".join(error.details["allowed"])
    elif isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        status, told = 413, [_("What you sent is larger than we can take.")]
    elif isinstance(error, MultiPartParserError | UnicodeError):
        status, told = 400, [_("The form can't be read: send it as application/x-www-form-urlencoded in UTF-8.")]
    else:
        status, reference = 500, secrets.token_hex(4)
        log.error("reference %s", reference, exc_info=error)
        told = [_("Our service met an error; nothing was filed. If it happens again, tell us this reference: %s") % reference]
    return status, Document("errors", [{"code": status, "description": text} for text in told], headers)


def _describe(refusal: Refusal) -> str:
    return f"{refusal.field}: {refusal}" if refusal.field else str(refusal)
