"""Whom a letter goes to: names and the lines of the address as the post wants them, six lines at most (NF Z10-011)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from oppidum.cases.declaration import Letter
from oppidum.cases.declaration.asking import find_address, find_asker
from oppidum.publishing.stories import Story

_POSTCODE = re.compile(r"^(?P<street>.*?)[\s,]*\b(?P<code>\d{5})\s+(?P<town>[^,]+?)\s*$")


@dataclass(frozen=True)
class Addressee:
    """A name, the lines of the address, its postcode, where a mail can tell of the paper, and in which rank (0: not a copy)."""

    name: str
    lines: tuple[str, ...]
    postcode: str = ""
    email: str = ""
    party_id: int | None = None
    rank: int = 0


def split_address(text: str) -> tuple[tuple[str, ...], str]:
    """ "12 rue d'Aubagne, 13001 Marseille" as its lines, the town in capitals, and the postcode."""
    found = _POSTCODE.match(" ".join(text.split()))
    if not found:
        return tuple(part.strip() for part in text.split(",") if part.strip()), ""
    street = tuple(part.strip() for part in found["street"].split(",") if part.strip())
    return (*street, f"{found['code']} {found['town'].upper()}"), found["code"]


def addressees(story: Story, letter: Letter) -> Iterator[Addressee]:
    """Who receives the letter, then its copies."""
    rank = 0
    for named, address in (letter.to or {"": ""}).items():
        yield _party(story, named, address, rank) if named else _applicant(story, rank)
        rank += 1
    for code, name in letter.copies.items():
        known = story.house.correspondents.get(code)
        lines, postcode = split_address(", ".join(known.address.splitlines())) if known else ((), "")
        yield Addressee(known.name if known else str(name), lines, postcode, "", None, rank)
        rank += 1


def _applicant(story: Story, rank: int) -> Addressee:
    party = story.author
    asker = find_asker(story.service.form, story.case.answers)
    asked = story.case.answers[asker] if asker else None
    name = (asked or {}).get("name") or (party.name if party else "") or _contact_name(story)
    lines, postcode = _address(story)
    agent = (asked or {}).get("represented_by")
    email = party.email if party and party.notify else ""
    return Addressee(name, (*([agent] if agent else []), *lines), postcode, email, party.pk if party else None, rank)


def _party(story: Story, named: str, address: str, rank: int) -> Addressee:
    """A party that the form asks for by name, at the address that another question gives."""
    who = story.values.get(named) or {}
    where = story.values.get(address) or {}
    lines, postcode = split_address(_text(where)) if where else ((), "")
    return Addressee(who.get("name", "") if isinstance(who, Mapping) else str(who), lines, postcode, _email(who), None, rank)


def _answers(story: Story, kind: str) -> Iterator[Any]:
    return (story.case.answers[n] for n, q in story.service.form.items() if q.kind == kind and n in story.case.answers)


def _contact_name(story: Story) -> str:
    return next((v.get("name", "") for v in _answers(story, "contact")), "")


def _address(story: Story) -> tuple[tuple[str, ...], str]:
    """The postal address that who asks gave; else the place that the case is about."""
    named = find_address(story.service.form, story.case.answers)
    if answer := story.case.answers[named] if named else next(_answers(story, "place"), None):
        return split_address(_text(answer))
    commune = story.case.commune.name if story.case.commune else ""
    return split_address(", ".join(part for part in (story.case.address, commune) if part))


def _text(answer: Any) -> str:
    return (answer.get("text") or answer.get("address") or "") if isinstance(answer, Mapping) else str(answer)


def _email(who: Any) -> str:
    return who.get("email", "") if isinstance(who, Mapping) else ""
