"""From an effect of the outbox to a message in the queue: who is to be told, and what leaves. Nothing is sent here.

The message is written in the transaction that marks the effect done; calling comes after, without a lock on any case.
"""

from collections.abc import Sequence
from typing import Any

from oppidum.cases.declaration import Service, get_service
from oppidum.cases.declaration.outside import FILE, Partner, Third, told_of
from oppidum.cases.models import Case, Effect, Entry
from oppidum.cases.public import public_id
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import Standing
from oppidum.cases.watching import MESSAGES, Exchanged
from oppidum.core import clock
from oppidum.core.watching import tell
from oppidum.interfaces.partners.models import Message
from oppidum.interfaces.partners.thirds import invite


def queue_messages(effects: Sequence[Effect]) -> None:
    """A message for each partner, a link for each third party; repeated, nothing is doubled."""
    ids = {effect.case_id for effect in effects}
    cases, standings = Case.objects.in_bulk(ids), read_standings(list(ids))
    entries = {(e.case_id, e.seq): e for e in Entry.objects.filter(case_id__in=ids, seq__in={effect.seq for effect in effects})}
    for effect in effects:
        case, standing = cases[effect.case_id], standings[effect.case_id]
        entry = entries[effect.case_id, effect.seq]
        service = get_service(standing.service, standing.definition)
        for one in told_of(service, entry.action):
            if isinstance(one, Third):
                invite(case, one, f"{effect.key}:{one.code}")
            elif _concerned(service, one, standing, effect, entry.action):
                _queue(service, case, standing, entry, one, f"{effect.key}:{one.code}")


def _concerned(service: type[Service], one: Partner, standing: Standing, effect: Effect, action: str) -> bool:
    """Its condition was looked at when the act was decided; of a filing, it is now."""
    if action != FILE:
        return one.code in effect.payload.get("partners", ())
    return one.when is None or one.when.holds(service.known(standing))


def _queue(service: type[Service], case: Case, standing: Standing, entry: Entry, one: Partner, key: str) -> None:
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            "partner": one.code,
            "case": case,
            "seq": entry.seq,
            "event": entry.action,
            "body": compose(service, case, standing, entry, one),
            "fate": Message.Fate.WAITING,
            "created_at": clock.now(),
        },
    )
    if is_new:
        tell(MESSAGES, [Exchanged(message.partner, message.case_id, message.created_at)])


def compose(service: type[Service], case: Case, standing: Standing, entry: Entry, one: Partner) -> dict[str, Any]:
    """What leaves: the case's public name (its code is its author's key: docs/decisions/0006), where it stands, what happened and when, and the answers and facts that are declared. No more."""
    known = {**case.answers, **standing.facts, **entry.data}
    return {
        "case": public_id(case.pk),
        "service": case.service,
        "event": entry.action,
        "at": entry.valid_at.isoformat(),
        "step": standing.step,
        "data": {name: known[name] for name in one.sends if known.get(name) is not None},
    }
