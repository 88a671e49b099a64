"""Adoption: whoever is reachable on a duplicate follows the report that stays. A batch of duplicates costs the queries of one.

The report that stays may have become a duplicate itself since: its chain is followed to the end, one query a link for the whole batch.
All reports that stay are locked in the order of their ids before anything is read of their parties. So two batches that share reports
wait for each other, and nobody joins a report twice because two of its duplicates were carried out at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from oppidum.cases.acting import act
from oppidum.cases.declaration import get_service
from oppidum.cases.models import Effect
from oppidum.cases.outbox import handler
from oppidum.cases.reading import lock_standings
from oppidum.cases.rules.standing import RESIDENT, SYSTEM, Actor, Command, Contact, Standing
from oppidum.core.sql import plain_array, rows, text_array

LONGEST_CHAIN = 20

# A case of each code, and the code of its own original while it stands where that entry led.
_LINKS = """
    select c.code, c.id, marked.original from unnest(%s::text::text[]) as asked(code)
    join cases_case c on c.code = asked.code join cases_live l on l.case_id = c.id
    left join lateral (
        select j.to_step, j.data ->> 'original' as original from cases_journal j
        where j.case_id = c.id and j.data ? 'original' order by j.seq desc limit 1
    ) marked on marked.to_step = l.step
"""
_PARTIES = """
    select case_id, notify, name, email, phone, language from cases_party where case_id = any(%s::text::bigint[]) order by id
"""


class NoOriginal(Exception):
    """A duplicate that leads to no report that stays."""


class _Party(NamedTuple):
    """Somebody on a case. `notify`: whether they still want mails about it."""

    notify: bool
    contact: Contact


class _Joining(NamedTuple):
    """Somebody to join to a report, because of an effect."""

    effect: Effect
    contact: Contact


@handler("adopt", size=500)
def adopt(effects: Sequence[Effect]) -> Mapping[int, Exception]:
    """The parties of a duplicate follow the report that stays, each by its own entry there.

    Their mail about the duplicate told them so. Who had stopped the mails about the duplicate isn't joined. The action is called `follow`; a
    service whose pages don't offer it to everybody lets the engine alone take it.
    """
    originals, failed = find_originals(effects)
    standing = lock_standings(list(set(originals.values())))
    follows = {case_id: Command("follow", _who_follows(case)) for case_id, case in standing.items()}
    for turn in _turns(_find_newcomers(effects, originals)):
        commands = [
            (case_id, follows[case_id]._replace(data={"adopted_from": one.effect.case_id}, contact=one.contact))
            for case_id, one in turn
        ]
        for (_, one), outcome in zip(turn, act(commands), strict=True):
            if outcome.refusal:
                failed[one.effect.pk] = outcome.refusal
    return failed


def find_originals(effects: Sequence[Effect]) -> tuple[dict[int, int], dict[int, Exception]]:
    """The ids of the reports that stay, however many duplicates of duplicates lie between, by effect; and what leads to none."""
    originals: dict[int, int] = {}
    failed: dict[int, Exception] = {}
    seen = {effect.pk: {effect.case_id} for effect in effects}
    asked = {effect.pk: effect.payload["original"] for effect in effects}
    for _ in range(LONGEST_CHAIN):
        links = {code: (case_id, further) for code, case_id, further in rows(_LINKS, [text_array(sorted(set(asked.values())))])}
        ahead = {}
        for effect, code in asked.items():
            case_id, further = links.get(code, (None, None))
            if case_id is None or case_id in seen[effect]:
                continue
            seen[effect].add(case_id)
            if further is None:
                originals[effect] = case_id
            else:
                ahead[effect] = further
        asked = ahead
        if not asked:
            break
    for effect in effects:
        if effect.pk not in originals:
            failed[effect.pk] = NoOriginal(f"{effect.payload['original']} is no report, or is itself a duplicate of this one")
    return originals, failed


def _who_follows(original: Standing) -> Actor:
    follow = get_service(original.service, original.definition).flow.actions["follow"]
    return RESIDENT if "resident" in follow.by else SYSTEM


def _find_newcomers(effects: Sequence[Effect], originals: Mapping[int, int]) -> dict[int, list[_Joining]]:
    """Who joins each report, in order: everybody who can be reached, wants it, and isn't there by the same e-mail or telephone."""
    there = _read_parties({*originals.values(), *(effect.case_id for effect in effects)})
    known = {case_id: {_reached_by(party.contact) for party in parties} for case_id, parties in there.items()}
    newcomers: dict[int, list[_Joining]] = {}
    for effect in effects:
        if (original := originals.get(effect.pk)) is None:
            continue
        present = known.setdefault(original, set())
        for party in list(there.get(effect.case_id, ())):
            reached_by = _reached_by(party.contact)
            if party.notify and reached_by and reached_by not in present:
                present.add(reached_by)
                there.setdefault(original, []).append(party)
                newcomers.setdefault(original, []).append(_Joining(effect, party.contact))
    return newcomers


def _read_parties(case_ids: Iterable[int]) -> dict[int, list[_Party]]:
    found: dict[int, list[_Party]] = {}
    for case_id, notify, *contact in rows(_PARTIES, [plain_array(list(case_ids))]):
        found.setdefault(case_id, []).append(_Party(notify, Contact(*contact)))
    return found


def _reached_by(contact: Contact) -> str:
    """What makes two parties the same person: the e-mail, or where there is none the telephone; blank if there is neither."""
    return contact.email.lower() or contact.phone


def _turns(newcomers: Mapping[int, Sequence[_Joining]]) -> Iterable[list[tuple[int, _Joining]]]:
    """One newcomer of each report, then the second ones, and so on: a batch takes one command a case."""
    for turn in zip_longest(*([(case_id, one) for one in joining] for case_id, joining in newcomers.items())):
        yield [each for each in turn if each is not None]
