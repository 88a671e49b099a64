"""What other mail servers say of our mails, read with Python's own parser: notifications of delivery (RFC 3464), automatic answers (RFC 3834).

Pure: bytes in, a small value out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

# Headers in which servers and their pipes keep the address to which a message really came.
_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "To")
_ACTIONS = {"failed": "bounced", "delayed": "delayed", "delivered": "delivered", "relayed": "relayed", "expanded": "relayed"}
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Report:
    """One recipient's fate: `delivery` as `Mail.Delivery` names it, "5.1.1", and the server's words."""

    delivery: str
    status: str
    said: str


@dataclass(frozen=True)
class Received:
    """A message that came in. `marks`: where a token may stand. `is_report`: a notification by the standard."""

    marks: str
    sender: str
    subject: str
    text: str
    is_report: bool
    is_automatic: bool
    reports: tuple[Report, ...]


def read_message(raw: bytes) -> Received:
    """Read a message; one that breaks every rule is read as far as it goes."""
    message = message_from_bytes(raw, policy=policy.default)
    parts = list(_status_parts(message))
    marks = [_header(message, name) for name in _TO]
    marks += [str(part.get("Original-Envelope-Id", "")) for part in parts]
    return Received(
        marks="\n".join(marks),
        sender=_header(message, "From")[:254],
        subject=_header(message, "Subject")[:300],
        text=_text(message)[:LONGEST_TEXT],
        is_report=bool(parts),
        is_automatic=_is_automatic(message),
        reports=tuple(_reports(parts)),
    )


def status_in(words: str) -> str:
    """The status in a server's answer, "550 5.1.1 unknown" -> "5.1.1"; "" without one."""
    found = _STATUS.search(words)
    return found[1] if found else ""


def _status_parts(message: Message) -> Iterator[Message]:
    """The groups of fields of a delivery-status part: one about the message, then one a recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and isinstance(part.get_payload(), list):
            yield from part.get_payload()


def _reports(groups: list[Message]) -> Iterator[Report]:
    for group in groups:
        delivery = _ACTIONS.get(str(group.get("Action", "")).strip().lower())
        if delivery:
            said = " ".join(str(group.get("Diagnostic-Code", "")).split())
            yield Report(delivery, status_in(str(group.get("Status", ""))) or status_in(said), said[:500])


def _is_automatic(message: Message) -> bool:
    """Absence notes, lists, other machines: nobody waits for an answer. RFC 3834, and what was usual before it."""
    if _header(message, "Auto-Submitted").partition(";")[0].strip().lower() not in ("", "no"):
        return True
    if _header(message, "Precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply"):
        return True
    return any(message.get(name) is not None for name in ("X-Autoreply", "X-Autorespond", "List-Id"))


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(" ".join(str(one) for one in message.get_all(name, [])).split())
    except (ValueError, LookupError, AttributeError, IndexError):  # a header that the parser chokes on says nothing
        return ""


def _text(message: Message) -> str:
    body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    try:
        return body.get_content().replace("\0", "") if body else ""
    except (LookupError, ValueError, KeyError):
        return ""
