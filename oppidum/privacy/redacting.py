"""What a person may read of a case that isn't theirs alone: other persons are taken out. Pure: plain values in, plain values out.

GDPR, art. 15(4): a copy must not harm others. Names can only be found where a case says them (its parties, its answers); e-mail
addresses, telephone numbers and the like are found anywhere.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.persons.finding import fold
from oppidum.cases.persons.rooms import Sought
from oppidum.cases.publicity import EMAIL, PHONE, PLATE, SECRET

_PERSON_PARTS = {"name", "email", "phone", "represented_by"}
_PARTY_PARTS = {"kind", "name"}


def is_person(value: Any) -> bool:
    """Whether a value of an answer is a person: `{kind, name, ...}` or `{name, email, phone}`."""
    if not isinstance(value, Mapping) or not value:
        return False
    parts = set(value)
    return parts <= {"name", "email", "phone", "language"} and bool(parts & _PERSON_PARTS) or parts >= _PARTY_PARTS


def is_sought(person: Mapping[str, Any], sought: Sought) -> bool:
    """Whether that person is the one who asks: by what identifies, or by the whole name."""
    held = {str(value).lower() for value in person.values() if value}
    if held & {value.lower() for value in sought.values}:
        return True
    name = set(fold(str(person.get("name") or "")).split())
    return bool(name) and name == set(fold(sought.name).split())


def persons_in(value: Any) -> Iterable[Mapping[str, Any]]:
    """Every person in a document."""
    if is_person(value):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from persons_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from persons_in(one)


@dataclass(frozen=True)
class Redaction:
    """What to take out of a case for the one who asks; `others` are the texts that name somebody else."""

    sought: Sought
    others: tuple[str, ...]

    @classmethod
    def of(cls, sought: Sought, records: Iterable[Mapping[str, Any]]) -> "Redaction":
        """From everything that is held of the case."""
        others: set[str] = set()
        for record in records:
            for person in persons_in(dict(record)):
                if not is_sought(person, sought):
                    others |= {str(person[part]) for part in _PERSON_PARTS if person.get(part)}
        own = {value.lower() for value in sought.values}
        return cls(sought, tuple(sorted((o for o in others if len(o) > 2 and o.lower() not in own), key=len, reverse=True)))

    def text(self, text: str) -> str:
        """Words, without what names or reaches anybody else."""
        for other in self.others:
            text = re.sub(re.escape(other), _("[another person]"), text, flags=re.IGNORECASE)
        own = {_bare(value) for value in self.sought.values}
        for pattern in (EMAIL, SECRET, PHONE, PLATE):
            text = pattern.sub(lambda found: found[0] if _bare(found[0]) in own else _("[hidden]"), text)
        return text

    def value(self, value: Any) -> Any:
        """An answer, persons other than the one who asks taken out whole."""
        if is_person(value):
            return dict(value) if is_sought(value, self.sought) else _("[another person]")
        if isinstance(value, Mapping):
            return {name: self.value(held) for name, held in value.items()}
        if isinstance(value, list):
            return [self.value(held) for held in value]
        return self.text(value) if isinstance(value, str) else value

    def names(self, value: Any) -> bool:
        """Whether a value is about the one who asks."""
        if any(is_sought(person, self.sought) for person in persons_in(value)):
            return True
        held = [value] if isinstance(value, str) else []
        return any(text.lower() in {one.lower() for one in self.sought.values} for text in held)


def _bare(text: str) -> str:
    """A number or address in one form: a French number as E.164."""
    bare = re.sub(r"[\s.\-\u00a0\u202f/()]", "", text.lower()) if "@" not in text else text.lower()
    return re.sub(r"^(?:0(?=[1-9]\d{8}$)|0033)", "+33", bare)
