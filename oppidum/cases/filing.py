"""Filing: new cases enter in batches, each with its first facts (filed, routed), its author and its effects, in one statement."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from oppidum.cases.booking.places import books_place, settle_filings
from oppidum.cases.declaration import Service, definition_version, get_service
from oppidum.cases.declaration.outside import told_of
from oppidum.cases.definitions import keep_definition
from oppidum.cases.intake import prepare_case
from oppidum.cases.lying import lie_somewhere
from oppidum.cases.models import Party
from oppidum.cases.new_case import Filed, NewCase
from oppidum.cases.routing.teams import route
from oppidum.cases.rules.evolve import begin, evolve
from oppidum.cases.rules.standing import Contact, Fact, Standing
from oppidum.cases.watching import FILINGS, Filing
from oppidum.cases.withholding import WITHHELD, held_since
from oppidum.cases.writing import (
    JOURNAL_TYPES,
    LIVE_TYPES,
    as_json,
    ensure_months,
    journal_columns,
    live_columns,
    quoted_instant,
    spread,
    tell_effects,
)
from oppidum.core import clock
from oppidum.core.codes import new_code
from oppidum.core.memory import no_cycle_collection
from oppidum.core.sql import numbered, plain_array, raw_cursor, server_cursor, text_array
from oppidum.core.watching import all_or_nothing, is_watched, tell
from oppidum.people.remits import Remits, get_remits

__all__ = ["BATCH", "Filed", "NewCase", "file_case", "file_cases", "prepare_case"]

BATCH = 2000


_LIVE = [name for name in LIVE_TYPES if name != "case_id"]
_CASE_TYPES = {
    "code": "text",
    "service": "text",
    "definition": "text",
    "channel": "text",
    "commune_id": "text",
    "lon": "float8",
    "lat": "float8",
    "address": "text",
    "words": "text",
    "answers": "jsonb",
    "filed_category": "text",
    "filed_at": "timestamptz",
    "recorded_at": "timestamptz",
    "key": "text",
}
_JOURNAL = [name for name in JOURNAL_TYPES if name != "case_id"]


# One statement, and so one transaction of its own where the caller has none: a report costs one round trip. Ids are drawn once
# per row of the input; whatever a key turned away takes its journal, standing, author, acknowledgement, pictures and files with it.
_FILE = numbered(f"""
    with input as materialized (
        select nextval('cases_case_id_seq') as id, i.* from unnest({spread(_CASE_TYPES, _CASE_TYPES)}) with ordinality
            as i({", ".join(_CASE_TYPES)}, n)
    ), filed as (
        insert into cases_case (id, code, service, definition, channel, commune_id, place, address, words, answers, filed_category,
                                filed_at, recorded_at, key, search)
        select id, code, service, definition, channel, nullif(commune_id, ''), st_setsrid(st_makepoint(lon, lat), 4326), address, words, answers,
               filed_category, filed_at, recorded_at, key,
               to_tsvector('french', plain_words(code || ' ' || address || ' ' || words))
        from input order by n on conflict (key) do nothing
        returning id, code
    ), placed as (
        select input.n, filed.id from filed join input using (id)
    ), standing as (
        insert into cases_live (case_id, {", ".join(_LIVE)})
        select placed.id, {", ".join(f"s.{c}" for c in _LIVE)}
        from unnest({spread(_LIVE, LIVE_TYPES)}) with ordinality as s({", ".join(_LIVE)}, n) join placed using (n)
    ), journal as (
        insert into cases_journal (case_id, {", ".join(_JOURNAL)})
        select placed.id, {", ".join(f"j.{c}" for c in _JOURNAL)}
        from unnest(%s::text::bigint[], {spread(_JOURNAL, JOURNAL_TYPES)}) as j(n, {", ".join(_JOURNAL)})
        join placed using (n)
    ), author as (
        insert into cases_party (case_id, role, name, email, phone, language, notify, joined_at)
        select placed.id, p.role, p.name, p.email, p.phone, p.language, true, %s
        from unnest(%s::text::bigint[], %s::text::text[], %s::text::text[], %s::text::text[], %s::text::text[], %s::text::text[])
            as p(n, role, name, email, phone, language) join placed using (n)
    ), effect as (
        insert into cases_effect (key, case_id, seq, kind, payload, created_at, attempts, done_at, error)
        select placed.id || ':1:' || e.kind, placed.id, 1, e.kind, e.payload::jsonb, %s, 0, e.held, case when e.held is null then '' else '{WITHHELD}' end
        from unnest(%s::text::bigint[], %s::text::text[], %s::text::timestamptz[], %s::text::text[]) as e(n, kind, held, payload) join placed using (n)
    ), picture as (
        update cases_photo as photo set case_id = placed.id, seq = 1
        from unnest(%s::text::bigint[], %s::text::text[]) as p(n, token) join placed using (n)
        where photo.token = p.token and photo.case_id is null
    ), paper as (
        update cases_attachment as paper set case_id = placed.id, seq = 1
        from unnest(%s::text::bigint[], %s::text::text[]) as p(n, token) join placed using (n)
        where paper.token = p.token and paper.case_id is null
    )
    select n, id from placed order by n
""")


def file_cases(new: Iterable[NewCase], now: datetime | None = None) -> list[Filed]:
    """File the cases, in transactions of `BATCH`, in their order. Each is routed by the remits to its team at once."""
    now = now or clock.now()
    cases = list(new)
    filed: list[Filed] = []
    for start in range(0, len(cases), BATCH):
        batch = lie_somewhere(cases[start : start + BATCH])
        with no_cycle_collection():
            filed += _file_with_places(batch, now) if any(books_place(case) for case in batch) else _file_batch(batch, now)
    return filed


def file_case(new: NewCase, now: datetime | None = None) -> Filed:
    """File one case; raises the refusal of the place that it books."""
    filed = file_cases([new], now)[0]
    if filed.refusal:
        raise filed.refusal
    return filed


def _file_with_places(cases: Sequence[NewCase], now: datetime) -> list[Filed]:
    """Each case with the place that it books, in one transaction: neither is without the other. A case filed before books nothing."""
    with all_or_nothing(apart=False):
        known = _find_by_key([case.key for case in cases if case.key])
        coded = [case if case.code else replace(case, code=new_code()) for case in cases]
        refused = settle_filings([case for case in coded if case.key not in known], now)
        filed = iter(_file_batch([case for case in coded if case.code not in refused], now))
    return [Filed(0, "", False, refusal=refused[case.code]) if case.code in refused else next(filed) for case in coded]


def _file_batch(cases: Sequence[NewCase], now: datetime) -> list[Filed]:
    codes = [case.code or new_code() for case in cases]
    openings = [_open(case, get_remits(case.service), now) for case in cases]
    ensure_months({now})
    for service in {case.service for case in cases}:
        keep_definition(service)
    ids = _insert(cases, codes, openings, now)
    known = _find_by_key([case.key for n, case in enumerate(cases) if n not in ids])
    if is_watched(FILINGS):
        opened = ((n, case_id, *openings[n]) for n, case_id in ids.items())
        tell(
            FILINGS,
            [Filing(cases[n], standing._replace(case_id=case_id), facts, codes[n]) for n, case_id, standing, facts in opened],
        )
    return [
        Filed(ids[n], codes[n], True, openings[n][0]._replace(case_id=ids[n])) if n in ids else Filed(*known[cases[n].key], False)
        for n in range(len(cases))
    ]


def _open(case: NewCase, remits: Remits, now: datetime) -> tuple[Standing, list[Fact]]:
    """The first facts of a case, and the standing that they make (its id is still to come)."""
    service = get_service(case.service, case.definition)
    valid_at = case.filed_at or now
    category = service.categories.get(case.category)
    data = {
        "category": case.category,
        "promise": category.promise if category else service.promise,
        "commune": case.commune,
        "definition": case.definition or definition_version(case.service),
        "channel": case.channel,
    }
    if any(one.is_reachable for one in (case.contact, *case.fellows) if one):
        data["contactable"] = True
    if facts := first_facts(service, case):
        data["facts"] = facts
    filing = Fact(1, valid_at, now, case.actor, "file", None, service.flow.first, data)
    filed = begin(service, 0, filing)
    routing = route(service, filed, filing, remits, now, case.answers)
    return evolve(service, filed, routing), [filing, routing]


def first_facts(service: type[Service], case: NewCase) -> dict[str, Any]:
    """What rules read of the answers, and the case that this one belongs to."""
    facts = service.keep_facts(case.answers, service.form) if service.facts_read else {}
    return facts | {"parent": case.parent} if case.parent else facts


def _insert(
    cases: Sequence[NewCase], codes: list[str], openings: list[tuple[Standing, list[Fact]]], now: datetime
) -> dict[int, int]:
    """Write the batch; returns the new id of each position that was new."""
    recorded = quoted_instant(now)
    case_columns = [
        plain_array(codes),
        plain_array([c.service for c in cases]),
        plain_array([s.definition for s, _ in openings]),
        text_array([c.channel for c in cases]),
        plain_array([c.commune for c in cases]),
        plain_array([c.lon for c in cases]),
        plain_array([c.lat for c in cases]),
        text_array([c.address for c in cases]),
        text_array([c.words for c in cases]),
        text_array([as_json(c.answers) for c in cases]),
        plain_array([c.category for c in cases]),
        plain_array([quoted_instant(c.filed_at) if c.filed_at else recorded for c in cases]),
        plain_array([recorded] * len(cases)),
        text_array([c.key for c in cases]),
    ]
    facts = [(n, fact) for n, (_, both) in enumerate(openings, start=1) for fact in both]
    leaving = [
        (n, kind, payload)
        for n, (case, (standing, _)) in enumerate(zip(cases, openings, strict=True), start=1)
        for kind, payload in _effects_of_filing(get_service(case.service, case.definition), standing, case.quiet)
    ]
    live = live_columns([s for s, _ in openings], _LIVE)
    with raw_cursor() as cursor:
        columns = [*case_columns, *live, *journal_columns(facts), *_columns_beside(cases, leaving, now)]
        rows = cursor.execute(_FILE, columns).fetchall()
    tell_effects([kind for _, kind, _ in leaving], now)
    return {n - 1: case_id for n, case_id in rows}


def _columns_beside(cases: Sequence[NewCase], leaving: list[tuple[int, str, dict[str, Any]]], now: datetime) -> list[Any]:
    """What stands beside the facts: authors, effects of filing, pictures, files; each with the position of its case."""
    authors = [(n, Party.AUTHOR, case.contact) for n, case in enumerate(cases, start=1) if case.contact]
    authors += [(n, Party.FELLOW, one) for n, case in enumerate(cases, start=1) for one in case.fellows]
    pictures = [(n, token) for n, case in enumerate(cases, start=1) for token in case.photos]
    papers = [(n, token) for n, case in enumerate(cases, start=1) for token in case.attachments]
    return [
        now,
        plain_array([n for n, _, _ in authors]),
        plain_array([role for _, role, _ in authors]),
        *(text_array([contact[column] for _, _, contact in authors]) for column in range(len(Contact._fields))),
        now,
        plain_array([n for n, _, _ in leaving]),
        plain_array([kind for _, kind, _ in leaving]),
        plain_array([(held := held_since(kind, now)) and quoted_instant(held) for _, kind, _ in leaving]),
        text_array([as_json(payload) for _, _, payload in leaving]),
        plain_array([n for n, _ in pictures]),
        text_array([token for _, token in pictures]),
        plain_array([n for n, _ in papers]),
        text_array([token for _, token in papers]),
    ]


def _effects_of_filing(service: type[Service], standing: Standing, quiet: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """What leaves because a case was filed: a mail, the letter that the law or the service wants, the fee that is due at once."""
    if not quiet and standing.contactable and service.has_notice("file"):
        yield "notify", {}
    if not quiet and "file" in service.lettered:
        yield "letter", {}
    if service.partners and told_of(service, "file"):
        yield "partner", {}
    if service.contest and "parent" in standing.facts:
        yield "answer_call", {}
    if service.goes_on:
        yield "go_on", {"action": service.goes_on}
    if not quiet:
        yield from (("charge", {"fee": fee.name}) for fee in service.fees if fee.at_filing)


def _find_by_key(keys: list[str | None]) -> dict[str, tuple[int, str]]:
    if not keys:
        return {}
    with server_cursor() as cursor:
        found = cursor.execute("select key, id, code from cases_case where key = any(%s::text::text[])", [text_array(keys)])
        return {key: (case_id, code) for key, case_id, code in found}
