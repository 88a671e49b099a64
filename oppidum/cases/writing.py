"""Writing decisions down: whole batches, one statement each, in the caller's transaction.

Columns travel as array literals and are spread by `unnest`: one round trip for one case or for five thousand.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from oppidum.cases.files.attachments import claim as claim_papers
from oppidum.cases.files.attachments import tokens_in
from oppidum.cases.rules.standing import Decision, Fact, Mended, Standing
from oppidum.cases.watching import EFFECTS
from oppidum.cases.withholding import WITHHELD, held_since
from oppidum.core.sql import plain_array, server_cursor, text_array
from oppidum.core.watching import is_watched, tell

LIVE_TYPES = {
    "case_id": "bigint",
    "service": "text",
    "definition": "text",
    "commune": "text",
    "category": "text",
    "step": "text",
    "back_to": "text",
    "team_id": "int",
    "officer_id": "int",
    "version": "int",
    "filed_on": "date",
    "clock_from": "date",
    "promise": "smallint",
    "paused_on": "date",
    "paused_days": "smallint",
    "step_since": "date",
    "due_on": "date",
    "wakes_on": "date",
    "silence_on": "date",
    "forgotten_on": "date",
    "followers": "int",
    "contactable": "bool",
    "is_open": "bool",
    "rests": "bool",
    "is_public": "bool",
    "ended_at": "timestamptz",
    "updated_at": "timestamptz",
    "facts": "jsonb",
    "clocks": "jsonb",
}
CHANGING = [name for name in LIVE_TYPES if name not in ("service", "definition", "commune", "filed_on")]


def spread(names: Iterable[str], types: dict[str, str]) -> str:
    """Placeholders for the array literals of these columns, to stand inside `unnest(...)`."""
    return ", ".join(f"%s::text::{types[name]}[]" for name in names)


# Documents cost more to write than all the rest, and most acts leave them as they are.
DOCUMENTS = ("facts", "clocks")
PLAIN = [name for name in CHANGING if name not in DOCUMENTS]


def update_of(names: Sequence[str]) -> str:
    """The statement that puts those columns of new standings in place of the old ones, whose version was one less."""
    return f"""
        update cases_live as live set {", ".join(f"{c} = new.{c}" for c in names if c != "case_id")}
        from unnest({spread(names, LIVE_TYPES)}) as new({", ".join(names)})
        where live.case_id = new.case_id and live.version = new.version - 1
    """


UPDATE_LIVE, _UPDATE_PLAIN = update_of(CHANGING), update_of(PLAIN)

_REDEFINE = """
    update cases_live as live set definition = new.version from unnest(%s::text::bigint[], %s::text::text[]) as new(case_id, version)
    where live.case_id = new.case_id
"""

JOURNAL_TYPES = {
    "case_id": "bigint",
    "seq": "int",
    "recorded_at": "timestamptz",
    "valid_at": "timestamptz",
    "actor_kind": "text",
    "actor_id": "bigint",
    "actor_name": "text",
    "action": "text",
    "from_step": "text",
    "to_step": "text",
    "data": "jsonb",
}
_INSERT_JOURNAL = f"""
    insert into cases_journal ({", ".join(JOURNAL_TYPES)})
    select * from unnest({spread(JOURNAL_TYPES, JOURNAL_TYPES)})
"""
_INSERT_EFFECTS = f"""
    insert into cases_effect (key, case_id, seq, kind, payload, created_at, attempts, done_at, error)
    select key, case_id, seq, kind, payload, %s, 0, held, case when held is null then '' else '{WITHHELD}' end
    from unnest(%s::text::text[], %s::text::bigint[], %s::text::int[], %s::text::text[], %s::text::jsonb[], %s::text::timestamptz[])
        as new(key, case_id, seq, kind, payload, held)
    on conflict (key) do nothing
"""
_INSERT_MESSAGES = """
    insert into cases_message (case_id, seq, kind, text)
    select * from unnest(%s::text::bigint[], %s::text::int[], %s::text::text[], %s::text::text[])
"""
_INSERT_PARTIES = """
    insert into cases_party (case_id, role, name, email, phone, language, notify, joined_at)
    select case_id, role, name, email, phone, language, true, %s
    from unnest(%s::text::bigint[], %s::text::text[], %s::text::text[], %s::text::text[], %s::text::text[], %s::text::text[])
        as new(case_id, role, name, email, phone, language)
    on conflict do nothing
"""
_PUT_ANSWERS = """
    update cases_case as c set answers = (c.answers || new.answers)
        - array(select key from jsonb_each(new.answers) where jsonb_typeof(value) = 'null')
    from unnest(%s::text::bigint[], %s::text::jsonb[]) as new(id, answers) where c.id = new.id
"""
_INSERT_CORRECTIONS = """
    insert into cases_correction (case_id, seq, name, before, after)
    select * from unnest(%s::text::bigint[], %s::text::int[], %s::text::text[], %s::text::jsonb[], %s::text::jsonb[])
"""
_MOVE = """
    with new as (
        select * from unnest(%s::text::bigint[], %s::text::float8[], %s::text::float8[], %s::text::text[], %s::text::text[])
            as new(id, lon, lat, commune, address)
    ), live as (
        update cases_live l set commune = new.commune from new where l.case_id = new.id
    )
    update cases_case as c set place = st_setsrid(st_makepoint(new.lon, new.lat), 4326), address = new.address,
        commune_id = nullif(new.commune, ''), search = to_tsvector('french', plain_words(c.code || ' ' || new.address || ' ' || c.words))
    from new where c.id = new.id
"""
_CLAIM_PHOTOS = """
    update cases_photo as photo set case_id = new.case_id, seq = new.seq
    from unnest(%s::text::bigint[], %s::text::int[], %s::text::text[]) as new(case_id, seq, token)
    where photo.token = new.token and photo.case_id is null
"""

_months_ready: set[tuple[int, int]] = set()
as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=4096)
def quoted_instant(moment: datetime) -> str:
    """For an array literal: an instant has a space."""
    return f'"{moment}"'


def journal_columns(facts: Sequence[tuple[int, Fact]]) -> list[str]:
    """The journal's columns of (case id, fact) pairs, as array literals in `JOURNAL_TYPES`' order."""
    return [
        plain_array([case_id for case_id, _ in facts]),
        plain_array([f.seq for _, f in facts]),
        plain_array([quoted_instant(f.recorded_at) for _, f in facts]),
        plain_array([quoted_instant(f.valid_at) for _, f in facts]),
        plain_array([f.actor.kind for _, f in facts]),
        plain_array([f.actor.id for _, f in facts]),
        text_array([f.actor.name for _, f in facts]),
        plain_array([f.action for _, f in facts]),
        plain_array([f.from_step for _, f in facts]),
        plain_array([f.to_step for _, f in facts]),
        text_array([as_json(f.data) if f.data else "{}" for _, f in facts]),
    ]


def live_columns(standings: Sequence[Standing], names: Iterable[str]) -> list[str]:
    """The named columns of the standings, as array literals."""
    columns = []
    for name in names:
        position = Standing._fields.index(name)
        values: list[Any] = [standing[position] for standing in standings]
        if LIVE_TYPES[name] == "jsonb":
            columns.append(text_array([as_json(v) if v else "{}" for v in values]))
            continue
        if LIVE_TYPES[name] == "timestamptz":
            values = [v and quoted_instant(v) for v in values]
        columns.append(plain_array(values))
    return columns


def write_standings(standings: Sequence[Standing], before: Sequence[Standing]) -> int:
    """Put the new standings in place of those one version before. Returns how many rows matched: the caller compares."""
    same = all(new.facts is old.facts and new.clocks is old.clocks for new, old in zip(standings, before, strict=True))
    sql, names = (_UPDATE_PLAIN, PLAIN) if same else (UPDATE_LIVE, CHANGING)
    with server_cursor() as cursor:
        return cursor.execute(sql, live_columns(standings, names)).rowcount


def write_definitions(redefined: Sequence[tuple[int, str]]) -> None:
    """The declaration under which cases go on, for the few that a change moves: no other act touches that column."""
    if redefined:
        ids, versions = zip(*redefined, strict=True)
        with server_cursor() as cursor:
            cursor.execute(_REDEFINE, [plain_array(ids), plain_array(versions)])


def write_facts(facts: Sequence[tuple[int, Fact]]) -> None:
    """Append (case id, fact) pairs to the journal."""
    ensure_months({f.recorded_at for _, f in facts} if len(facts) < 50 else {facts[0][1].recorded_at, facts[-1][1].recorded_at})
    with server_cursor() as cursor:
        cursor.execute(_INSERT_JOURNAL, journal_columns(facts))


def write_beside(decided: Sequence[tuple[int, Decision]], now: datetime) -> None:
    """Effects, messages, followers, photos and files of (case id, decision) pairs; nothing at all for most."""
    write_effects([(i, d.fact.seq, e) for i, d in decided if d.effects for e in d.effects], now)
    words = [(i, d.fact.seq, d.words) for i, d in decided if d.words]
    joining = [(i, "follower", d.joins) for i, d in decided if d.joins and (d.joins.email or d.joins.phone)]
    if words:
        with server_cursor() as cursor:
            cursor.execute(
                _INSERT_MESSAGES,
                [
                    plain_array([i for i, _, _ in words]),
                    plain_array([s for _, s, _ in words]),
                    plain_array([w.kind for _, _, w in words]),
                    text_array([w.text for _, _, w in words]),
                ],
            )
    claim_photos([(i, d.fact.seq, token) for i, d in decided for token in d.photos])
    claim_papers(
        [(i, d.fact.seq, token) for i, d in decided for held in (d.answers, d.fact.data) if held for token in tokens_in(held)]
    )
    write_parties(joining, now)
    put_answers([(i, d.answers) for i, d in decided if d.answers])
    write_mended([(i, d.fact.seq, d.mended) for i, d in decided if d.mended])


def write_mended(mended: Sequence[tuple[int, int, Mended]]) -> None:
    """What corrections leave beside the journal, of (case id, seq, mended): before and after of what may name somebody, and a new place."""
    told = [(i, seq, name, *both) for i, seq, each in mended for name, both in each.beside.items()]
    moved = [(i, *each.place) for i, _seq, each in mended if each.place]
    if told:
        ids, seqs, names, before, after = zip(*told, strict=True)
        columns = [plain_array(ids), plain_array(seqs), text_array(names)]
        with server_cursor() as cursor:
            cursor.execute(_INSERT_CORRECTIONS, columns + [text_array([as_json(one) for one in each]) for each in (before, after)])
    if moved:
        ids, lons, lats, communes, addresses = zip(*moved, strict=True)
        with server_cursor() as cursor:
            cursor.execute(_MOVE, [*(plain_array(each) for each in (ids, lons, lats)), text_array(communes), text_array(addresses)])


def put_answers(given: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Put (case id, answers) into the documents of their cases, in place of what stood there under the same names; None takes one out."""
    if not given:
        return
    with server_cursor() as cursor:
        cursor.execute(_PUT_ANSWERS, [plain_array([i for i, _ in given]), text_array([as_json(one) for _, one in given])])


def write_effects(effects: Sequence[tuple[int, int, tuple[str, dict]]], now: datetime) -> None:
    """Put (case id, seq, (kind, payload)) into the outbox; the same twice is once."""
    if not effects:
        return
    kinds = [e[0] for _, _, e in effects]
    with server_cursor() as cursor:
        cursor.execute(
            _INSERT_EFFECTS,
            [
                now,
                plain_array([_effect_key(i, s, *e) for i, s, e in effects]),
                plain_array([i for i, _, _ in effects]),
                plain_array([s for _, s, _ in effects]),
                plain_array(kinds),
                text_array([as_json(e[1]) for _, _, e in effects]),
                plain_array([(held := held_since(kind, now)) and quoted_instant(held) for kind in kinds]),
            ],
        )
    tell_effects(kinds, now)


def tell_effects(kinds: Sequence[str], now: datetime) -> None:
    """Tell which kinds were put into the outbox, but those that are withheld."""
    if is_watched(EFFECTS):
        tell(EFFECTS, [kind for kind in dict.fromkeys(kinds) if held_since(kind, now) is None])


def _effect_key(case_id: int, seq: int, kind: str, payload: dict[str, Any]) -> str:
    """An act has one effect of a kind, but asks several bodies for their opinions."""
    return f"{case_id}:{seq}:{kind}:{payload['opinion']}" if kind == "ask" else f"{case_id}:{seq}:{kind}"


def write_parties(parties: Sequence[tuple[int, str, Any]], now: datetime) -> None:
    """Put (case id, role, contact) beside their cases; an e-mail already there stays as it is."""
    if not parties:
        return
    with server_cursor() as cursor:
        cursor.execute(
            _INSERT_PARTIES,
            [
                now,
                plain_array([i for i, _, _ in parties]),
                plain_array([r for _, r, _ in parties]),
                text_array([c.name for _, _, c in parties]),
                text_array([c.email for _, _, c in parties]),
                text_array([c.phone for _, _, c in parties]),
                text_array([c.language for _, _, c in parties]),
            ],
        )


def claim_photos(photos: Sequence[tuple[int, int, str]]) -> None:
    """Give uploaded pictures, by token, to (case id, seq, token); one that already belongs to a case stays there."""
    if not photos:
        return
    with server_cursor() as cursor:
        cursor.execute(
            _CLAIM_PHOTOS,
            [
                plain_array([i for i, _, _ in photos]),
                plain_array([s for _, s, _ in photos]),
                text_array([t for _, _, t in photos]),
            ],
        )


def ensure_months(moments: set[datetime | date]) -> None:
    """Make the journal's partitions for the months of `moments`, once per process and month."""
    missing = {(m.year, m.month) for m in moments} - _months_ready
    if not missing:
        return
    with connection.cursor() as cursor:
        for year, month in sorted(missing):
            cursor.execute("select cases_ensure_month(%s, %s)", [year, month])
    # A transaction rolled back takes its new partition with it: remember only what is committed.
    transaction.on_commit(lambda: _months_ready.update(missing))


def forget_months() -> None:
    """Ask the database again which partitions exist: for tests that throw theirs away."""
    _months_ready.clear()
