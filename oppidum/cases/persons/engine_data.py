"""What the case engine itself holds on persons: how it is found, handed out and removed (see `rooms.py`).

Facts stay: the journal, the standing, and the answers that name nobody. An answer stays only where the declaration shows that it is
none of a person's; what a declaration no longer knows goes.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Field, Service, catalogue, privacy_of
from oppidum.cases.files.attachments import remove_attachments
from oppidum.cases.files.photos import remove_photos
from oppidum.core.sql import rows, server_cursor

# Kinds of questions whose answers can't name a person: everything else goes.
FACTUAL = frozenset({"choice", "yes_no", "number", "money", "reference", "computed", "asset"})

_REMOVE = (
    "delete from cases_party where case_id = any(%(ids)s)",
    "delete from cases_correction where case_id = any(%(ids)s)",
    "delete from cases_message where case_id = any(%(ids)s)",
    "delete from cases_mail where case_id = any(%(ids)s)",
    "delete from cases_textmessage where case_id = any(%(ids)s)",
    "update cases_effect set payload = '{}' where case_id = any(%(ids)s) and done_at is not null and payload <> '{}'",
    "update cases_call set phone = '', note = '' where case_id = any(%(ids)s)",
    # Where a case was no public matter its place is a home: about a kilometre of it stays, for maps of numbers.
    """update cases_case c set place = st_snaptogrid(place, 0.01) from cases_live l
       where c.id = any(%(ids)s) and l.case_id = c.id and not l.is_public and place is not null""",
)
_BLANK = """
    update cases_case set words = '', address = '', search = to_tsvector('french', plain_words(code)),
        answers = coalesce((select jsonb_object_agg(key, value) from jsonb_each(answers) where key = any(%s)), '{}')
    where id = any(%s) and service = %s
"""


def remove(case_ids: Sequence[int], entirely: bool) -> None:
    """Persons, words, pictures and personal answers; every answer where the file is destroyed."""
    ids = list(case_ids)
    with server_cursor() as cursor:
        for statement in _REMOVE:
            cursor.execute(statement, {"ids": ids})
        for (code,) in rows("select distinct service from cases_case where id = any(%s)", [ids]):
            service = catalogue().get(code)
            kept = [] if entirely or service is None else sorted(factual_names(service))
            cursor.execute(_BLANK, [kept, ids, code])
    remove_photos(ids)
    remove_attachments(ids)


def forms_of(service: type[Service]) -> list[Mapping[str, Field]]:
    """Everything whose answers stand in a case's document: the form, the categories' questions, what actions demand."""
    demands = [action.demands for action in service.flow.actions.values()]
    return [service.form, *(category.questions for category in service.categories.values()), *demands]


def questions_of(service: type[Service], category: str = "") -> dict[str, Field]:
    """The questions behind the answers of one case, by name; where a name is asked twice, the form's own."""
    questions: dict[str, Field] = {}
    for action in service.flow.actions.values():
        questions |= action.demands
    chosen = service.categories.get(category)
    return questions | (dict(chosen.questions) if chosen else {}) | dict(service.form)


def factual_names(service: type[Service]) -> set[str]:
    """The answers that stay after the persons went: those of factual kinds that no question of that name marks as private."""
    privacy = privacy_of(service)
    guarded = {*privacy.sensitive, *privacy.identity_papers} if privacy else set()
    questions = [(name, question) for form in forms_of(service) for name, question in form.items()]
    personal = {name for name, question in questions if question.private or question.kind not in FACTUAL}
    return {name for name, _question in questions} - personal - guarded


_UNFINISHED = "select distinct case_id from cases_effect where case_id = any(%s) and done_at is null"
_MAILS = "select distinct case_id from cases_mail where case_id = any(%s) and fate in ('queued', 'sending')"
_TEXTS = "select distinct case_id from cases_textmessage where case_id = any(%s) and fate in ('queued', 'sending')"
# The resident wrote last, and nobody of the authority did anything since.
_UNANSWERED = """
    select m.case_id from cases_message m where m.case_id = any(%s) and m.kind = 'from_resident' and not exists (
        select from cases_journal j where j.case_id = m.case_id and j.seq > m.seq and j.actor_kind = 'officer')
"""

ENGINE_KEEPERS = (
    ("effects", _("something decided has not left yet"), _UNFINISHED),
    ("mails", _("a mail is still on its way"), _MAILS),
    ("texts", _("a text message is still on its way"), _TEXTS),
    ("unanswered", _("the resident wrote, and nobody has answered"), _UNANSWERED),
)


def ids_of(sql: str, case_ids: Sequence[int]) -> Iterable[int]:
    """The first column of a query over those cases."""
    return [case_id for (case_id,) in rows(sql, [list(case_ids)])]


_CASES = """
    select c.id, c.code, c.service, c.channel, c.filed_at, c.address, c.words, c.answers, c.filed_category, st_x(c.place), st_y(c.place)
    from cases_case c where c.id = any(%s)
"""
_PARTIES = "select case_id, id, role, name, email, phone, language, joined_at from cases_party where case_id = any(%s) order by id"
_MESSAGES = """
    select m.case_id, m.kind, m.text, j.valid_at from cases_message m
    left join cases_journal j on j.case_id = m.case_id and j.seq = m.seq where m.case_id = any(%s) order by m.case_id, m.seq
"""
_CORRECTED = """
    select o.case_id, o.name, o.before, o.after, j.valid_at from cases_correction o
    left join cases_journal j on j.case_id = o.case_id and j.seq = o.seq where o.case_id = any(%s) order by o.case_id, o.seq, o.name
"""
_SENT = 'select case_id, "to", subject, body, created_at, fate from cases_mail where case_id = any(%s) order by id'
_TEXTED = 'select case_id, "to", words, created_at, fate from cases_textmessage where case_id = any(%s) order by id'
_PICTURES = "select case_id, file, uploaded_at from cases_photo where case_id = any(%s) order by id"
_PAPERS = "select case_id, name, content_type, file, uploaded_at from cases_attachment where case_id = any(%s) order by id"
_CALLED = "select case_id, phone, note, received_at, outcome from cases_call where case_id = any(%s) order by id"


_LOOSE_CALLS = "select 'call', phone, note, received_at from cases_call where id = any(%s) and case_id is null"
_LOOSE_PARKED = "select 'parked', sender, subject || E'\\n' || text, received_at from cases_parkedmail where id = any(%s)"
_LOOSE_DRAFTS = "select 'draft', email, raw::text, saved_at from cases_draft where id = any(%s)"


def export_loose(keys: Iterable[str]) -> list[dict[str, Any]]:
    """What belongs to no case, by the keys of its traces ("call:12", "draft:3")."""
    ids: dict[str, list[int]] = {"call": [], "draft": [], "parked": []}
    for kind, _colon, key in (one.partition(":") for one in keys):
        if kind in ids:
            ids[kind].append(int(key))
    found = rows(_LOOSE_CALLS, [ids["call"]]) + rows(_LOOSE_DRAFTS, [ids["draft"]]) + rows(_LOOSE_PARKED, [ids["parked"]])
    parts = {"call": "phone", "draft": "email", "parked": "email"}
    return [{"kind": kind, "at": at, "person": {parts[kind]: reach}, "text": text} for kind, reach, text, at in found]


def remove_loose(keys: Iterable[str]) -> None:
    """Remove it at the person's wish: no task of ours rests on it."""
    for kind, _colon, key in (one.partition(":") for one in keys):
        with server_cursor() as cursor:
            if kind == "call":
                cursor.execute("update cases_call set phone = '', note = '' where id = %s and case_id is null", [int(key)])
            elif kind == "draft":
                cursor.execute("delete from cases_draft where id = %s", [int(key)])
            elif kind == "parked":
                cursor.execute("delete from cases_parkedmail where id = %s", [int(key)])


def export(case_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The records of each case as plain values; answers under their names, labels are the reader's business."""
    ids = [list(case_ids)]
    held: dict[int, list[dict[str, Any]]] = {case_id: [] for case_id in case_ids}
    for case_id, code, service, channel, filed_at, address, words, answers, category, lon, lat in rows(_CASES, ids):
        held[case_id].append(
            {
                "kind": "case",
                "code": code,
                "service": service,
                "category": category,
                "channel": channel,
                "filed_at": filed_at,
                "address": address,
                "place": [lon, lat] if lon is not None else None,
                "words": words,
                "answers": json.loads(answers) if isinstance(answers, str) else answers,
            }
        )
    for case_id, key, role, name, email, phone, language, joined_at in rows(_PARTIES, ids):
        person = {"name": name, "email": email, "phone": phone, "language": language}
        held[case_id].append({"kind": "party", "key": key, "role": role, "joined_at": joined_at, "person": person})
    for case_id, kind, text, at in rows(_MESSAGES, ids):
        held[case_id].append({"kind": "message", "role": kind, "at": at, "text": text})
    for case_id, name, before, after, at in rows(_CORRECTED, ids):
        both = {part: json.loads(one) if isinstance(one, str) else one for part, one in (("before", before), ("after", after))}
        held[case_id].append({"kind": "correction", "at": at, "question": name, **both})
    for case_id, to, subject, body, at, fate in rows(_SENT, ids):
        held[case_id].append({"kind": "mail", "at": at, "fate": fate, "person": {"email": to}, "subject": subject, "text": body})
    for case_id, to, words, at, fate in rows(_TEXTED, ids):
        held[case_id].append({"kind": "text_message", "at": at, "fate": fate, "person": {"phone": to}, "text": words})
    for case_id, file, at in rows(_PICTURES, ids):
        held[case_id].append({"kind": "picture", "file": file, "at": at})
    for case_id, name, kind, file, at in rows(_PAPERS, ids):
        held[case_id].append({"kind": "file", "name": name, "content_type": kind, "file": file, "at": at})
    for case_id, phone, note, at, outcome in rows(_CALLED, ids):
        held[case_id].append({"kind": "call", "at": at, "outcome": outcome, "person": {"phone": phone}, "text": note})
    return held
