"""The outbox: effects that were written with their entry are carried out here, each once, by whichever worker comes first.

An effect is done in the transaction that marks it done. One that fails waits, longer each time, and holds nobody up; after
`PATIENCE.attempts` it stays, visible, until somebody mends the cause and calls `try_again`.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.mailing import queue_mails
from oppidum.cases.models import Case, Effect, Entry, Mail, Party
from oppidum.cases.notices import choose_readers, read_told, render_notice
from oppidum.cases.rules.standing import RESIDENT, SYSTEM, Command, Contact
from oppidum.cases.stopping import with_stop_link
from oppidum.core import clock
from oppidum.core.watching import all_or_nothing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Patience:
    """How often an effect is tried, and how long it waits after the first failure; four times as long after each."""

    attempts: int = 8
    first: timedelta = timedelta(seconds=10)
    longest: timedelta = timedelta(hours=1)

    def pause(self, attempts: int) -> timedelta:
        return min(self.longest, self.first * 4 ** (attempts - 1))


PATIENCE = Patience()
LONGEST_CHAIN = 20


class NoOriginal(Exception):
    """A duplicate that leads to no report that stays."""


class UnknownEffect(Exception):
    """No handler: perhaps the work of a newer version; kept until there is one."""


Carry = Callable[[Sequence[Effect]], None]
HANDLERS: dict[str, tuple[Carry, int]] = {}


def handler(kind: str, size: int = 1) -> Callable[[Carry], Carry]:
    """Declares who carries out the effects of a kind, at most `size` in a transaction. Any room may: in its `AppConfig.ready`."""

    def declare(carry: Carry) -> Carry:
        HANDLERS[kind] = carry, size
        return carry

    return declare


def deliver(limit: int = 500, kinds: Collection[str] = ()) -> int:
    """Carry out up to `limit` waiting effects, of those `kinds` alone if some are named; returns how many were tried."""
    tried = 0
    for kind, (_carry, size) in list(HANDLERS.items()):
        if kinds and kind not in kinds:
            continue
        while tried < limit and (count := _deliver_batch(Q(kind=kind), min(size, limit - tried))):
            tried += count
    return tried + (0 if kinds else _deliver_batch(~Q(kind__in=HANDLERS), limit))


def stuck() -> QuerySet[Effect]:
    """Effects that are no longer tried: for readiness and the desk, which show `error`."""
    return Effect.objects.filter(done_at=None, attempts__gte=PATIENCE.attempts).order_by("pk")


def try_again(effect_ids: Iterable[int]) -> int:
    """Give stuck effects a new start, once their cause is mended."""
    return Effect.objects.filter(pk__in=list(effect_ids), done_at=None).update(attempts=0, try_after=None)


def _deliver_batch(which: Q, size: int) -> int:
    """Claim effects and carry them out in one transaction; if they fail together, each alone."""
    with transaction.atomic():
        effects = list(
            Effect.objects.filter(which, done_at=None, attempts__lt=PATIENCE.attempts)
            .filter(Q(try_after=None) | Q(try_after__lte=clock.now()))
            .order_by("pk")
            .select_for_update(skip_locked=True, of=("self",))[:size]
        )
        if effects and not _try(effects):
            for effect in effects if len(effects) > 1 else []:
                _try([effect])
    return len(effects)


def _try(effects: Sequence[Effect]) -> bool:
    """Carry out effects of a kind, all or none. The failure of a single one is written down."""
    try:
        with all_or_nothing():
            carry, _size = HANDLERS.get(effects[0].kind, (_unknown, 1))
            carry(effects)
            Effect.objects.filter(pk__in=[e.pk for e in effects]).update(done_at=clock.now(), error="")
    except Exception as error:  # whatever it is, it concerns these effects alone: kept, told, tried again
        if len(effects) == 1:
            _keep(effects[0], error)
        return False
    return True


def _keep(effect: Effect, error: Exception) -> None:
    attempts = effect.attempts + 1
    if attempts >= PATIENCE.attempts:
        log.error("effect %s is stuck: %r", effect.key, error)
    Effect.objects.filter(pk=effect.pk).update(
        attempts=attempts, try_after=clock.now() + PATIENCE.pause(attempts), error=f"{type(error).__name__}: {error}"[:2000]
    )


def _unknown(effects: Sequence[Effect]) -> None:
    raise UnknownEffect(f"nothing here carries out '{effects[0].kind}'")


@handler("notify", size=500)
def _notify(effects: Sequence[Effect]) -> None:
    """One mail to each reader of each entry. The key makes a mail unique, whatever happens to the effect."""
    told = read_told((e.case_id, e.seq) for e in effects)
    parties: dict[int, list[Party]] = {}
    for party in Party.objects.filter(case__in={e.case_id for e in effects}, notify=True).exclude(email="").order_by("pk"):
        parties.setdefault(party.case_id, []).append(party)
    mails = []
    for effect in effects:
        about = told[effect.case_id, effect.seq]
        there = [p for p in parties.get(effect.case_id, []) if p.joined_at <= about.fact.recorded_at]
        words = {}
        for party in choose_readers(there, about):
            reader = party.language, party.role
            if reader not in words:
                service = get_service(about.standing.service, about.standing.definition)
                to_reader = about.to_follower() if party.role == Party.FOLLOWER else about
                words[reader] = render_notice(service, about.fact.action, to_reader, party.language)
            subject, body = words[reader]
            mails.append(
                Mail(
                    case_id=effect.case_id,
                    seq=effect.seq,
                    party=party,
                    to=party.email,
                    language=party.language,
                    subject=subject,
                    body=with_stop_link(body, party),
                    key=f"{effect.case_id}:{effect.seq}:{party.pk}",
                )
            )
    queue_mails(mails)


# Alone: no transaction holds the locks of two reports longer than one adoption takes.
@handler("adopt")
def _adopt(effects: Sequence[Effect]) -> None:
    """The parties of a duplicate follow the report that stays, each by its own entry there.

    Their mail about the duplicate told them so. Who had stopped the mails about the duplicate isn't joined. The action is called `follow`; a
    service whose pages don't offer it to everybody lets the engine alone take it.
    """
    for effect in effects:
        original = _find_original(effect)
        follow = get_service(original.service, original.live.definition).flow.actions["follow"]
        who = RESIDENT if "resident" in follow.by else SYSTEM
        there = list(Party.objects.filter(case=original))
        emails, phones = {p.email.lower() for p in there}, {p.phone for p in there if not p.email}
        for party in Party.objects.filter(case=effect.case_id, notify=True).order_by("pk"):
            if party.email.lower() in emails if party.email else not party.phone or party.phone in phones:
                continue
            contact = Contact(party.name, party.email, party.phone, party.language)
            act_on(original.pk, Command("follow", who, {"adopted_from": effect.case_id}, contact=contact))


def _find_original(effect: Effect) -> Case:
    """The report that stays, however many duplicates of duplicates lie between."""
    seen, code = {effect.case_id}, effect.payload["original"]
    while len(seen) <= LONGEST_CHAIN:
        case = Case.objects.select_related("live").filter(code=code).first()
        if case is None or case.pk in seen:
            break
        seen.add(case.pk)
        further = Entry.objects.filter(case_id=case.pk, data__has_key="original").order_by("-seq").first()
        if further is None or case.live.step != further.to_step:
            return case
        code = further.data["original"]
    raise NoOriginal(f"{effect.payload['original']} is no report, or is itself a duplicate of this one")
