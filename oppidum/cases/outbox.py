"""The outbox: effects that were written with their entry are carried out here, each once, by whichever worker comes first.

An effect is done in the transaction that marks it done. One that fails waits, longer each time, and holds nobody up; after
`PATIENCE.attempts` it stays, visible, until somebody mends the cause and calls `try_again`.
"""

import json
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from typing import Any

from django.db.models import QuerySet

from oppidum.cases.declaration import get_service
from oppidum.cases.mailing.notices import Told, choose_readers, read_told, render_notice
from oppidum.cases.mailing.sending import queue_mails
from oppidum.cases.mailing.stopping import with_stop_link
from oppidum.cases.models import Effect, Mail, Party, TextMessage
from oppidum.cases.texting.choices import MAIL, SMS
from oppidum.cases.texting.sending import queue_texts
from oppidum.cases.texting.telling import read_ways, short_words
from oppidum.core import clock
from oppidum.core.sql import dict_rows, plain_array, rows, server_cursor
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

_WAITS = "done_at is null and attempts < %s and (try_after is null or try_after <= %s)"
_KINDS = f"select distinct kind from cases_effect where {_WAITS}"
_CLAIM = f"select * from cases_effect where kind = %s::text and {_WAITS} order by id limit %s for update skip locked"
_CLAIM_AGAIN = f"select * from cases_effect where id = any(%s::bigint[]) and {_WAITS} order by id for update skip locked"
_DONE = "update cases_effect set done_at = %s, error = '' where id = any(%s::text::bigint[])"


class UnknownEffect(Exception):
    """No handler: perhaps the work of a newer version; kept until there is one."""


Carry = Callable[[Sequence[Effect]], Mapping[int, Exception] | None]
HANDLERS: dict[str, tuple[Carry, int]] = {}


def handler(kind: str, size: int = 1) -> Callable[[Carry], Carry]:
    """Declares who carries out the effects of a kind, at most `size` in a transaction. Any room may: in its `AppConfig.ready`.

    It carries out all or raises; or returns those that failed alone, as {effect's id: error}, and has done nothing for them that a second
    attempt would do twice.
    """

    def declare(carry: Carry) -> Carry:
        HANDLERS[kind] = carry, size
        return carry

    return declare


def deliver(limit: int = 500, kinds: Collection[str] = (), tries: int = PATIENCE.attempts) -> int:
    """Carry out up to `limit` waiting effects and those that they bring about, of those `kinds` alone if some are named.

    What failed before is tried again in its time, up to so many `tries`. Returns how many effects were tried.
    """
    tried = 0
    while tried < limit and (waiting := _waiting_kinds(kinds, tries)):
        count = deliver_kinds(waiting, limit - tried, tries)
        tried += count
        if not count:  # others are at it
            break
    return tried


def deliver_kinds(kinds: Collection[str], limit: int, tries: int = PATIENCE.attempts) -> int:
    """Carry out once round what waits of these kinds, for whoever knows that something does; returns how many effects were tried."""
    tried = 0
    for kind in [*(kind for kind in HANDLERS if kind in kinds), *sorted(set(kinds) - HANDLERS.keys())]:
        tried += _deliver_kind(kind, limit - tried, tries)
    return tried


def stuck() -> QuerySet[Effect]:
    """Effects that are no longer tried: for readiness and the desk, which show `error`."""
    return Effect.objects.filter(done_at=None, attempts__gte=PATIENCE.attempts).order_by("pk")


def try_again(effect_ids: Iterable[int]) -> int:
    """Give stuck effects a new start, once their cause is mended."""
    return Effect.objects.filter(pk__in=list(effect_ids), done_at=None).update(attempts=0, try_after=None)


def _waiting_kinds(kinds: Collection[str], tries: int) -> set[str]:
    """The kinds of which something waits."""
    return {kind for (kind,) in rows(_KINDS, [tries, clock.now()]) if not kinds or kind in kinds}


def _deliver_kind(kind: str, limit: int, tries: int) -> int:
    _carry, size = HANDLERS.get(kind, (_unknown, 1))
    tried = 0
    while tried < limit:
        wanted = min(size, limit - tried)
        tried += (count := _deliver_batch(_CLAIM, [kind, tries, clock.now(), wanted]))
        if count < wanted:
            break
    return tried


def _deliver_batch(claim: str, params: Sequence[Any]) -> int:
    """Claim effects of a kind and carry them out in one transaction; returns how many were claimed.

    If they fail together, each half goes into a transaction of its own, and so on down to the one that failed: it is kept. A part holds no
    locks of another, so that none waits for a second worker's part that waits for it.
    """
    effects: list[Effect] = []
    try:
        with all_or_nothing():
            effects += [Effect(**row | {"payload": json.loads(row["payload"])}) for row in dict_rows(claim, params)]
            if effects:
                _carry_out(effects)
    except Exception as error:  # whatever it is, it concerns these effects alone: kept, told, tried again
        if len(effects) <= 1:
            if not effects:
                raise
            _keep(effects[0], error)
        else:
            middle = len(effects) // 2
            for part in (effects[:middle], effects[middle:]):
                _deliver_batch(_CLAIM_AGAIN, [[effect.pk for effect in part], PATIENCE.attempts, clock.now()])
    return len(effects)


def _carry_out(effects: Sequence[Effect]) -> None:
    """Carry out effects of a kind and mark them, but for those that failed alone: they are kept."""
    carry, _size = HANDLERS.get(effects[0].kind, (_unknown, 1))
    failed = carry(effects) or {}
    done = [effect.pk for effect in effects if effect.pk not in failed]
    with server_cursor() as cursor:
        cursor.execute(_DONE, [clock.now(), plain_array(done)])
    for effect in effects:
        if error := failed.get(effect.pk):
            _keep(effect, error)


def _keep(effect: Effect, error: Exception) -> None:
    attempts = effect.attempts + 1
    if attempts >= PATIENCE.attempts:
        log.error("effect %s is stuck: %r", effect.key, error)
    Effect.objects.filter(pk=effect.pk, done_at=None).update(
        attempts=attempts, try_after=clock.now() + PATIENCE.pause(attempts), error=f"{type(error).__name__}: {error}"[:2000]
    )


def _unknown(effects: Sequence[Effect]) -> None:
    raise UnknownEffect(f"nothing here carries out '{effects[0].kind}'")


@handler("notify", size=500)
def _notify(effects: Sequence[Effect]) -> None:
    """One mail, one text message or both to each reader of each entry, as they chose. The key makes each unique, whatever happens to
    the effect."""
    told = read_told((e.case_id, e.seq) for e in effects)
    reachable = Party.objects.filter(case__in={e.case_id for e in effects}, notify=True).exclude(email="", phone="")
    parties: dict[int, list[Party]] = {}
    for party in reachable.order_by("pk"):
        parties.setdefault(party.case_id, []).append(party)
    ways = read_ways(party for there in parties.values() for party in there)
    mails, texts = [], []
    for effect in effects:
        about = told[effect.case_id, effect.seq]
        there = [p for p in parties.get(effect.case_id, []) if p.joined_at <= about.fact.recorded_at]
        service, say = get_service(about.standing.service, about.standing.definition), cache(partial(_say, about))
        for party in choose_readers(there, about):
            wanted = ways.of(service, about.fact.action, party)
            if MAIL in wanted:
                mails.append(_mail(effect, party, *say(MAIL, party.language, party.role)))
            if SMS in wanted:
                texts.append(_text(effect, party, say(SMS, party.language, party.role), ways.fate(party)))
    queue_mails(mails)
    queue_texts(texts)


def _say(about: Told, way: str, language: str, role: str) -> Any:
    """The notice in one language for one kind of reader: subject and body of a mail, or the words of a text message."""
    service, action = get_service(about.standing.service, about.standing.definition), about.fact.action
    to_reader = about.to_follower() if role == Party.FOLLOWER else about
    return (render_notice if way == MAIL else short_words)(service, action, to_reader, language)


def _mail(effect: Effect, party: Party, subject: str, body: str) -> Mail:
    return Mail(
        case_id=effect.case_id,
        seq=effect.seq,
        party=party,
        to=party.email,
        language=party.language,
        subject=subject,
        body=with_stop_link(body, party),
        key=f"{effect.case_id}:{effect.seq}:{party.pk}",
    )


def _text(effect: Effect, party: Party, words: str, fate: str) -> TextMessage:
    return TextMessage(
        case_id=effect.case_id,
        seq=effect.seq,
        party=party,
        to=party.phone,
        language=party.language,
        words=words,
        fate=fate,
        key=f"{effect.case_id}:{effect.seq}:{party.pk}",
    )
