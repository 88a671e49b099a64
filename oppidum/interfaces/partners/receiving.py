"""What comes from partners: taken when it fits, else parked in sight. Nothing that was signed is dropped.

A partner says `{"id", "case", "event", "words", "data"}`; its service declares which action an event stands for (`accepts`).
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.outside import Partner, find_outside
from oppidum.cases.models import Case
from oppidum.cases.preparing import prepare
from oppidum.cases.public import case_id_of, public_id
from oppidum.cases.rules.standing import Actor
from oppidum.cases.watching import MESSAGES, Exchanged
from oppidum.core import clock
from oppidum.core.errors import InvalidForm, Refusal
from oppidum.core.watching import tell
from oppidum.interfaces.partners.calling import AddressRefused, CallFailed
from oppidum.interfaces.partners.models import Endpoint, Message
from oppidum.interfaces.partners.open311 import read_status

Fate = Message.Fate
FOLLOWED_AT_ONCE = 200


class Unfit(Exception):
    """What came doesn't fit the case, or no case at all; says why, for the officer who looks at it."""


def take_in(endpoint: Endpoint, said: Mapping[str, Any]) -> Message:
    """Keep what came, act on it if it fits, and say which; the same id again changes nothing."""
    key = f"in:{endpoint.code}:{str(said.get('id'))[:80]}"
    with transaction.atomic():
        message, is_new = Message.objects.get_or_create(
            key=key,
            defaults={
                "partner": endpoint.code,
                "comes_in": True,
                "event": str(said.get("event") or "")[:60],
                "body": dict(said),
                "fate": Fate.PARKED,
                "created_at": clock.now(),
            },
        )
        if is_new:
            case = _find_case(said)
            message.case = case
            tell(MESSAGES, [Exchanged(message.partner, message.case_id, message.created_at)])
            _act(message, case, said)
    return message


def try_parked(message_id: int) -> Message:
    """Try again what was parked, e.g. once the case stands where it fits."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.fate == Fate.PARKED:
            message.case = message.case or _find_case(message.body)
            _act(message, message.case, message.body)
    return message


def follow_filed() -> int:
    """Ask the other cities where our requests stand; a status that stands for an action is acted on. Returns how many changed."""
    changed = 0
    waiting = Message.objects.filter(fate=Fate.FOLLOWED).select_related("case__live").order_by("try_after", "pk")[:FOLLOWED_AT_ONCE]
    endpoints = {one.code: one for one in Endpoint.objects.filter(is_active=True)}
    for message in waiting:
        if endpoint := endpoints.get(message.partner):
            changed += _follow(endpoint, message)
    return changed


def _follow(endpoint: Endpoint, message: Message) -> bool:
    message.try_after = clock.now()
    try:
        message.remote_id, status, words = read_status(endpoint, message.remote_id)
    except (CallFailed, AddressRefused) as wrong:
        message.error = str(wrong)[:500]
        message.save(update_fields=["error", "try_after"])
        return False
    message.error = ""
    if status == message.remote_status:
        message.save(update_fields=["remote_id", "error", "try_after"])
        return False
    with transaction.atomic():
        message.remote_status = status
        partner = _partner(message.case, message.partner)
        if partner and status in partner.accepts:
            said = {"id": f"{message.key}:{status}", "case": public_id(message.case_id), "event": status, "words": words}
            take_in(endpoint, said)
            message.fate, message.settled_at = Fate.ENDED, clock.now()
        message.save()
    return True


def _act(message: Message, case: Case | None, said: Mapping[str, Any]) -> None:
    """Take the action that the event stands for, or leave the message parked with the reason."""
    try:
        with transaction.atomic():
            _take(message.partner, case, said)
        message.fate, message.error, message.settled_at = Fate.TAKEN, "", clock.now()
    except (Unfit, Refusal) as wrong:
        faults = "; ".join(f"{f.field}: {f}" for f in wrong.errors) if isinstance(wrong, InvalidForm) else str(wrong)
        message.fate, message.error = Fate.PARKED, faults[:500]
    message.save()


def _take(code: str, case: Case | None, said: Mapping[str, Any]) -> None:
    if case is None:
        raise Unfit("no case has this name")
    partner = _partner(case, code)
    event = str(said.get("event") or "")
    if partner is None:
        raise Unfit(f"the service {case.service} doesn't know this partner")
    if event not in partner.accepts:
        raise Unfit(f"the event '{event[:60]}' stands for no action")
    data = said.get("data")
    raw = dict(data) if isinstance(data, Mapping) else {}
    if partner.words and said.get("words"):
        raw.setdefault(partner.words, str(said["words"]))
    service = get_service(case.service, case.live.definition)
    act_on(case.pk, prepare(service, partner.accepts[event], raw, Actor("partner", None, str(partner.name))))


def _partner(case: Case | None, code: str) -> Partner | None:
    if case is None:
        return None
    found = find_outside(get_service(case.service, case.live.definition), code)
    return found if isinstance(found, Partner) else None


def _find_case(said: Mapping[str, Any]) -> Case | None:
    case_id = case_id_of(str(said.get("case") or "")[:40])
    return Case.objects.select_related("live").filter(pk=case_id).first() if case_id is not None else None
