"""Another city's Open311 (GeoReport v2): a case filed there, and its status followed until it is closed.

https://wiki.open311.org/GeoReport_v2: POST requests.json answers with service_request_id, or with a token to ask for it later.
"""

import json
from typing import Any
from urllib.parse import quote, urlencode

from oppidum.cases.declaration.outside import Partner
from oppidum.interfaces.partners.calling import Answer, CallFailed, call
from oppidum.interfaces.partners.models import Endpoint, Message

TOKEN = "token:"


def file(endpoint: Endpoint, message: Message, partner: Partner) -> Answer:
    """POST the case; personal data only where the declaration sends them (email, phone, first_name, last_name, description)."""
    case = message.case
    data = message.body.get("data", {})
    form: dict[str, Any] = {"api_key": endpoint.api_key, "service_code": partner.service_code}
    if endpoint.jurisdiction:
        form["jurisdiction_id"] = endpoint.jurisdiction
    if case.place:
        form |= {"lat": f"{case.place.y:.6f}", "long": f"{case.place.x:.6f}"}
    if case.address:
        form["address_string"] = case.address
    known = {"description", "email", "phone", "first_name", "last_name", "media_url", "device_id"}
    form |= {name: value for name, value in data.items() if name in known}
    form |= {f"attribute[{name}]": value for name, value in data.items() if name not in known}
    form.setdefault("description", message.body.get("case", ""))
    return call(
        "POST",
        f"{endpoint.url.rstrip('/')}/requests.json",
        body=urlencode(form, doseq=True).encode(),
        # The key of ours that the other city may know the repetition by; it is no part of GeoReport.
        headers={"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": message.key},
        inside=endpoint.is_inside,
    )


def read_id(answer: Answer) -> str:
    """The id of the request there, or "token:..." while it has none. Raises `CallFailed` for an answer that is none."""
    first = _first(answer)
    if first.get("service_request_id"):
        return str(first["service_request_id"])[:120]
    if first.get("token"):
        return f"{TOKEN}{first['token']}"[:120]
    raise CallFailed("the answer holds neither a service_request_id nor a token")


def read_status(endpoint: Endpoint, remote_id: str) -> tuple[str, str, str]:
    """(id, status, words) of a request there; the id of a token that has become a request."""
    base = endpoint.url.rstrip("/")
    if remote_id.startswith(TOKEN):
        found = _first(_get(endpoint, f"{base}/tokens/{quote(remote_id.removeprefix(TOKEN), safe='')}.json"))
        remote_id = str(found.get("service_request_id") or remote_id)[:120]
        if remote_id.startswith(TOKEN):
            return remote_id, "", ""
    found = _first(_get(endpoint, f"{base}/requests/{quote(remote_id, safe='')}.json"))
    return remote_id, str(found.get("status") or "")[:60], str(found.get("status_notes") or "")[:2000]


def _get(endpoint: Endpoint, url: str) -> Answer:
    query = urlencode({"jurisdiction_id": endpoint.jurisdiction}) if endpoint.jurisdiction else ""
    answer = call("GET", f"{url}?{query}" if query else url, inside=endpoint.is_inside)
    if not answer.is_well:
        raise CallFailed(f"HTTP {answer.status}: {answer.body[:200].decode(errors='replace')}")
    return answer


def _first(answer: Answer) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except ValueError:
        raise CallFailed("the answer is no JSON") from None
    if isinstance(found, list) and found and isinstance(found[0], dict):
        return found[0]
    raise CallFailed("the answer is no list of requests")
