"""A public service, declared. Subclass `Service`, say what the regulation says, and the engines run it."""

import hashlib
import json
import re
import string
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, fields, is_dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import override

from oppidum.cases.declaration.fields import Condition, Field
from oppidum.cases.declaration.flow import Flow


class DefinitionError(Exception):
    """A declaration that can't run; says where, and what to do."""


@dataclass(frozen=True)
class Danger:
    """A hard stop: where life is at risk nobody fills in a form. `when` none: always; `call` is the number in full."""

    says: Any
    call: str
    when: Condition | None = None


@dataclass(frozen=True)
class Category:
    """What a case is about, in two levels: `code` is "group.name". `promise` is in working days from filing.

    `remit` says whose task it is by default: "metropolis" or "commune" (then the commune's own team has it).
    `words`: what people call it, for search. `public`: whether its cases appear on the public map, list and interfaces; false
    where a report points at persons, at their home or their vehicle, or where nobody has said yet what it is about.
    """

    code: str
    name: Any
    _: KW_ONLY
    promise: int
    hint: Any = ""
    remit: str = "metropolis"
    words: Any = ""
    public: bool = True
    questions: Mapping[str, Field] = field(default_factory=dict)
    dangers: tuple[Danger, ...] = ()

    @property
    def group(self) -> str:
        return self.code.partition(".")[0]

    def find_danger(self, answers: Mapping[str, Any]) -> Danger | None:
        return next((d for d in self.dangers if d.when is None or d.when.holds(answers)), None)


@dataclass(frozen=True)
class Group:
    """The first level of categories; `icon` is a Lucide name."""

    code: str
    name: Any
    icon: str = "circle"


@dataclass(frozen=True)
class LegalClock:
    """A clock that belongs to the case: `months` (or `days`) from filing; silence is recorded at its end.

    `source` is the article. The case keeps its step: silence is a fact beside it, unless `silence` names an action of the flow.
    """

    name: str
    label: Any
    source: str
    months: int = 0
    days: int = 0
    silence: str | None = None


@dataclass(frozen=True)
class Notice:
    """What is written to the parties of a case when `action` was taken. Placeholders are checked at start (`NOTICE_WORDS`)."""

    action: str
    subject: Any
    body: Any

    def render(self, words: Mapping[str, Any]) -> tuple[str, str]:
        """Subject and body in the current language. A line that holds a word without a value is left out, so that what may
        be missing (a telephone, a team not found yet) stands on its own line; a paragraph left empty goes with its gap."""
        known = {name: str(words.get(name) or "") for name in NOTICE_WORDS}
        lines = (line for line in str(self.body).split("\n") if all(known[word] for word in _words_of(line)))
        body = re.sub(r"\n{3,}", "\n\n", "\n".join(line.format_map(known) for line in lines))
        return " ".join(str(self.subject).format_map(known).split()), body.strip()


def _words_of(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


NOTICE_WORDS = frozenset(
    {
        "code",
        "category",
        "place",
        "received_on",
        "team",
        "due_on",
        "link",
        "step",
        "message",
        "day",
        "reason",
        "what_was_done",
        "transferred_to",
        "phone",
        "original",
        "authority",
    }
)


@dataclass(frozen=True)
class StandardAnswer:
    """A text that officers start from, for an action and perhaps a category or group."""

    action: str
    label: Any
    text: Any
    category: str = ""


class Service:
    """Base of all declarations. `code` is the stable name; see DESIGN: a service reads like the regulation it carries out.

    `routing`: the step where a filed case stands when the remits name a team, and the one where it stands when they don't.
    """

    code: ClassVar[str] = ""
    name: ClassVar[Any] = ""
    owner: ClassVar[str] = ""
    flow: ClassVar[Flow]
    routing: ClassVar[tuple[str, str]] = ("", "")
    form: ClassVar[Mapping[str, Field]] = {}
    groups: ClassVar[tuple[Group, ...]] = ()
    categories: ClassVar[Mapping[str, Category]] = {}
    clocks: ClassVar[tuple[LegalClock, ...]] = ()
    notices: ClassVar[tuple[Notice, ...]] = ()
    answers: ClassVar[tuple[StandardAnswer, ...]] = ()
    figures: ClassVar[tuple[Any, ...]] = ()
    retention: ClassVar[str] = ""
    noticed: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        cls.noticed = frozenset(n.action for n in cls.notices)

    @classmethod
    def version(cls) -> str:
        """Twelve hexadecimal digits that name the content of the declaration, texts in its source language."""
        with override("en"):
            return hashlib.sha256(json.dumps(cls.as_data(), sort_keys=True).encode()).hexdigest()[:12]

    @classmethod
    def as_data(cls) -> dict[str, Any]:
        """The whole declaration as plain data, to be stored beside the cases filed under it."""
        names = ("code", "name", "owner", "form", "groups", "categories", "clocks", "notices", "answers", "retention")
        return {name: _plain(getattr(cls, name)) for name in names} | {"flow": _plain(cls.flow.steps)}

    @classmethod
    def find_notice(cls, action: str) -> Notice | None:
        """What is written to the parties when `action` was taken, if anything."""
        return next((n for n in cls.notices if n.action == action), None)

    @classmethod
    def has_notice(cls, action: str) -> bool:
        return action in cls.noticed


def _plain(value: Any) -> Any:
    if isinstance(value, Promise):
        return str(value)
    if is_dataclass(value):
        return {"type": type(value).__name__} | {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(v) for v in value]
    return value
