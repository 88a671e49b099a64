"""The operator's door for text messages: one JSON request each, or a folder where none is set up.

The request is the one of OVHcloud's "sms/jobs", which other French operators take or a relay of ten lines translates:

    POST OPPIDUM_SMS            Authorization: Bearer OPPIDUM_SMS_KEY      Idempotency-Key: 12:3:4
    {"sender": "AMP", "receivers": ["+33612345678"], "message": "...", "coding": "7bit" | "8bit", "charset": "UTF-8",
     "noStopClause": true, "priority": "high", "validityPeriod": 720, "tag": "12:3:4"}
    -> 200 {"ids": ["98765"], "validReceivers": ["+33612345678"], "invalidReceivers": []}

`noStopClause`: a message about somebody's own request is no advertising (CPCE, art. L34-5); STOP is honoured all the same.
"""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import requests
from django.conf import settings
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from oppidum.cases.models import TextMessage

Fate = TextMessage.Fate
TIMEOUT = 5, 15  # seconds to reach it, and for its answer
VALID_MINUTES = 720
# Answers that say: not taken, come again. Any other 5xx may come from a proxy behind which it was taken.
_LATER = {401, 403, 407, 429, 503}


@dataclass(frozen=True)
class Answer:
    """What became of a text message at the gateway: `fate` "queued" is to be tried again; `is_dead`: nobody has this number."""

    fate: str
    error: str = ""
    reference: str = ""
    is_dead: bool = False


class Gateway(Protocol):
    """Takes a text message in; never raises."""

    def send(self, text: TextMessage) -> Answer: ...


def open_gateway() -> Gateway:
    """The operator's where one is set up, else the folder."""
    return HttpGateway(settings.SMS_GATEWAY) if settings.SMS_GATEWAY else FolderGateway(Path(settings.SMS_FOLDER))


class FolderGateway:
    """Writes each message to a file, as mails are where there is no mail server."""

    def __init__(self, folder: Path):
        self.folder = folder

    def send(self, text: TextMessage) -> Answer:
        """A file a message, complete or not there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w+-]", "-", f"{text.created_at:%Y%m%d-%H%M%S}-{text.key}")
        told = {"to": text.to, "from": settings.SMS_FROM, "coding": text.coding, "segments": text.segments, "message": text.words}
        unfinished = self.folder / f".{name}"
        try:
            unfinished.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
            os.replace(unfinished, self.folder / f"{name}.json")
        except OSError as error:
            return Answer(Fate.QUEUED, str(error))
        return Answer(Fate.SENT)


class HttpGateway:
    """An operator's, over one connection."""

    def __init__(self, address: str):
        self.address, self.session = address, requests.Session()
        self.session.headers["Authorization"] = f"Bearer {settings.SMS_KEY}"

    def send(self, text: TextMessage) -> Answer:
        """Hand it over. A connection that never came about has taken nothing; one that broke may have."""
        try:
            answer = self.session.post(
                self.address, json=as_job(text), headers={"Idempotency-Key": text.key}, timeout=TIMEOUT, allow_redirects=False
            )
        except requests.RequestException as broken:
            return Answer(Fate.QUEUED if _never_reached(broken) else Fate.UNKNOWN, _short(broken))
        return read_answer(answer.status_code, answer.text, text.to)


def as_job(text: TextMessage) -> dict[str, object]:
    """The body of the request."""
    return {
        "sender": settings.SMS_FROM,
        "receivers": [text.to],
        "message": text.words,
        "coding": "7bit" if text.coding == "gsm7" else "8bit",
        "charset": "UTF-8",
        "noStopClause": True,
        "priority": "high",
        "validityPeriod": VALID_MINUTES,
        "tag": text.key,
    }


def read_answer(status: int, body: str, number: str) -> Answer:
    """What an answer says of the message to that number."""
    said = f"{status} {' '.join(body.split())}"[:500]
    if status in _LATER or 300 <= status < 400:
        return Answer(Fate.QUEUED, said)
    if status >= 500:
        return Answer(Fate.UNKNOWN, said)
    if status >= 400:
        return Answer(Fate.FAILED, said)
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        return Answer(Fate.UNKNOWN, said)
    if number in (told.get("invalidReceivers") or ()):
        return Answer(Fate.FAILED, said, is_dead=True)
    ids = told.get("ids") or [""]
    return Answer(Fate.SENT, reference=str(ids[0])[:80])


def _never_reached(broken: requests.RequestException) -> bool:
    """Whether it certainly didn't leave: no name, no line, or an address that is none."""
    if isinstance(broken, requests.ConnectTimeout | requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return True
    cause = broken.args[0] if broken.args else None
    reason = getattr(cause, "reason", cause)
    return isinstance(reason, NewConnectionError | ConnectTimeoutError | NameResolutionError)


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
