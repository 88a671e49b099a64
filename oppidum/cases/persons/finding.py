"""Finding a person in what the engine holds: parties, answers, calls, and words that name them. A query each."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from oppidum.cases.persons.rooms import Sought, Trace
from oppidum.core.sql import rows

MOST = 2000

_PARTIES = """
    select case_id, id, role, lower(email), phone, name from cases_party
    where (email <> '' and lower(email) = any(%(emails)s)) or (phone <> '' and phone = any(%(phones)s))
       or (name <> '' and %(name)s <> '' and plain_words(name) like all(%(parts)s))
    order by id desc limit %(most)s
"""
_CALLS = "select case_id, id, phone from cases_call where phone <> '' and phone = any(%s) order by id desc limit %s"
# By the index of what answers say (`person_marks`): whole values, or all words of a name. Read first: the newest are taken of what is found,
# and never the newest of all looked through.
_ANSWERS = """
    with found as materialized (
        select id from cases_case
        where answers <> '{}' and person_marks(answers) @@ (%(marks)s::tsquery || coalesce(
            (select string_agg('''' || word || '''', ' & ') from regexp_split_to_table(plain_words(%(said)s), '[^[:alnum:]_]+') as word
             where word ~ '[[:alpha:]]')::tsquery, ''::tsquery))
    )
    select id, answers from cases_case where id in (select id from found order by id desc limit %(most)s) order by id desc
"""
_DRAFTS = """
    select id from cases_draft
    where (email <> '' and lower(email) = any(%(emails)s)) or (raw <> '{}' and lower(raw::text) like any(%(values)s)) limit %(most)s
"""
_WORDS = """
    select id from cases_case where strpos(words, '@') > 0 and words ilike any(%(mails)s)
    union select case_id from cases_message where strpos(text, '@') > 0 and text ilike any(%(mails)s) limit %(most)s
"""


_PARKED = "select id from cases_parkedmail where lower(sender) like any(%(mails)s) or text ilike any(%(mails)s) limit %(most)s"


def find(sought: Sought) -> Iterator[Trace]:
    """All traces; at most `MOST` of each kind, the newest."""
    wanted = set(fold(sought.name).split())
    parts = [f"%{_like(part)}%" for part in wanted]
    asked = {
        "emails": list(sought.emails),
        "phones": list(sought.phones),
        "name": "x" if parts else "",
        "parts": parts,
        "most": MOST,
    }
    for case_id, key, role, email, phone, name in rows(_PARTIES, asked):
        by = "email" if email in sought.emails else "phone" if phone and phone in sought.phones else "name"
        if by == "name" and not wanted <= set(fold(name).split()):  # "Martin" is part of "Martineau", and another name
            continue
        yield Trace("cases", case_id, by, role, by != "name", f"party:{key}")
    for case_id, key, _phone in rows(_CALLS, [list(sought.phones), MOST]):
        yield Trace("cases", case_id, "phone", "caller", True, f"call:{key}")
    marks = " | ".join(_mark(value.lower()) for value in sought.values)
    for case_id, answers in rows(_ANSWERS, {"marks": marks, "said": sought.name, "most": MOST}) if marks or parts else ():
        if by := _how(json.loads(answers) if isinstance(answers, str) else answers, sought):
            yield Trace("cases", case_id, by, "named", by != "name", "answers")
    values = [f'%"{_like(value.lower())}"%' for value in sought.values]
    for (key,) in rows(_DRAFTS, asked | {"values": values or ["\x01"]}):
        yield Trace("cases", None, "email" if sought.emails else "number", "draft", True, f"draft:{key}")
    if sought.emails:
        mails = [f"%{_like(email)}%" for email in sought.emails]
        for (case_id,) in rows(_WORDS, {"mails": mails, "most": MOST}):
            yield Trace("cases", case_id, "words", "named", False, "words")
        for (key,) in rows(_PARKED, {"mails": mails, "most": MOST}):
            yield Trace("cases", None, "email", "parked", True, f"parked:{key}")


def fold(text: str) -> str:
    """Letters without accents in lower case, words apart: as `plain_words` of the database, and hyphens as spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare))


def _mark(value: str) -> str:
    """A whole value as the index of answers keeps it, quoted for a `tsquery`."""
    quoted = f"={value}"[:200].replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'"


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _how(answers: Any, sought: Sought) -> str:
    """By what the answers name the person; "" if they only look like it."""
    values = {str(value).lower() for value in strings_in(answers)}
    for by, wanted in (("email", sought.emails), ("phone", sought.phones), ("number", sought.numbers)):
        if any(one.lower() in values for one in wanted):
            return by
    parts = set(fold(sought.name).split())
    if not parts:
        return ""
    named = any(parts <= set(fold(text).split()) for text in names_in(answers))
    if named and sought.born_on and sought.born_on in values:
        return "name_and_birth"
    return "name" if named else ""


def names_in(answers: Any) -> Iterable[str]:
    """Each text, and the texts of each group together: first and last names stand apart in it."""
    if isinstance(answers, dict):
        yield " ".join(str(value) for value in answers.values() if isinstance(value, str))
        for value in answers.values():
            yield from names_in(value)
    elif isinstance(answers, list):
        for value in answers:
            yield from names_in(value)
    elif isinstance(answers, str):
        yield answers


def strings_in(value: Any) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from strings_in(one)
    elif isinstance(value, str):
        yield value
