"""A public service, declared. Subclass `Service`, say what the regulation says, and the engines run it."""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.clocks import Clock
from oppidum.cases.declaration.expressions import Expression
from oppidum.cases.declaration.fields import Condition, Field
from oppidum.cases.declaration.flow import Flow
from oppidum.cases.declaration.rulebook import rules_on
from oppidum.cases.declaration.versions import data_of, name_of
from oppidum.cases.declaration.walking import find_parts
from oppidum.core.law_names import in_full


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
class Notice:
    """What is written to the parties of a case when `action` was taken. Placeholders are checked at start (`NOTICE_WORDS`).

    `short`: what a text message says of it, the link following; the subject where nothing else is declared. `is_step`: it tells how far
    things are, and nothing that is owed: a resident may choose not to be told."""

    action: str
    subject: Any
    body: Any
    short: Any = ""
    is_step: bool = False

    def render(self, words: Mapping[str, Any]) -> tuple[str, str]:
        """Subject and body in the current language. A line that holds a word without a value is left out, so that what may
        be missing (a telephone, a team not found yet) stands on its own line; a paragraph left empty goes with its gap."""
        known = {name: str(words.get(name) or "") for name in NOTICE_WORDS}
        lines = (line for line in str(self.body).split("\n") if all(known[word] for word in _words_of(line)))
        body = re.sub(r"\n{3,}", "\n\n", "\n".join(line.format_map(known) for line in lines))
        return " ".join(str(self.subject).format_map(known).split()), in_full(body.strip())

    def render_short(self, words: Mapping[str, Any]) -> str:
        """The words of a text message, in the current language."""
        known = {name: str(words.get(name) or "") for name in NOTICE_WORDS}
        return " ".join(str(self.short or self.subject).format_map(known).split())


def _words_of(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


NOTICE_WORDS = frozenset(
    {
        "code",
        "category",
        "place",
        "received_on",
        "received_time",
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
        "booked",
        "booked_where",
        "missed_before",
        "corrected",
        "why",
        "split_code",
        "split_link",
    }
)


@dataclass(frozen=True)
class StandardAnswer:
    """A text that officers start from, for an action and perhaps a category or group."""

    action: str
    label: Any
    text: Any
    category: str = ""


# What officers do to a file is told in the same words by every service, unless it declares its own.
ENGINE_NOTICES = {
    "correct": Notice(
        "correct",
        _("{code}: we corrected your answers"),
        _(
            "Hello,\n\nAn officer corrected what your file {code} says: {corrected}.\n\nWhy: {why}\n\n{message}\n\n"
            "The page of your file shows each answer before and after. Is something wrong? Write to us there.\n\n{link}\n\n{authority}"
        ),
    ),
    "split": Notice(
        "split",
        _("{code}: part of it is now a file of its own, {split_code}"),
        _(
            "Hello,\n\nYour file {code} held two matters. Each is now handled for itself:\n\n- {code}: {link}\n- {split_code}: {split_link}\n\n"
            "{message}\n\nBoth count from {received_on}: nothing starts anew, and you have nothing to do.\n\n{authority}"
        ),
    ),
}


class Service:
    """Base of all declarations. `code` is the stable name; see DESIGN: a service reads like the regulation it carries out.

    `says`: what it is for, in two sentences. `words`: what people call it, for search. `icon`: a Lucide name. `minutes`: how long the
    form takes. `applicants`: who may ask. `for_communes`: what a commune's officers see of the cases on its ground that the authority's own
    teams hold: "" nothing (they are between the authority and the applicant), "cases", or "persons" too where their role may. `area`: the zone in which it exists.
    `lies_at`: the question that names the site at which a case lies whose form asks for no place, so that it has a commune; where a booking names its
    `site`, it is that one.
    `campaign`: the time in which requests are taken (see `campaigns.py`). `contest`: the calls that they answer (see `contests.py`).
    `routing`: the step where a filed case stands when the remits name a team, and the one where it stands when they don't; none: the
    first step, whatever the remits say. `goes_on`: the action that the engine takes right after the filing. `promise`: working days from filing, 0 for none (a category brings its own).
    `fixed`: answers that no officer corrects, beside signatures, files and booked places. `splits`: whether a case that holds two matters
    can be made two.
    `tallies`: what the same firm had in other cases (see `tallies.py`). `overlaps`: which cases on the same ground in the same days officers see.
    `entitled`: which other case gives the right to ask (see `entitled.py`).
    `marks`: what it is to a room above (see `marks.py`). `alarms`: words of a search that should be a telephone call (see `alarms.py`).
    `rules`: delays, amounts and thresholds by name, dated, each with its article.
    """

    code: ClassVar[str] = ""
    name: ClassVar[Any] = ""
    owner: ClassVar[str] = ""
    says: ClassVar[Any] = ""
    words: ClassVar[Any] = ""
    icon: ClassVar[str] = "file-text"
    minutes: ClassVar[int] = 5
    applicants: ClassVar[tuple[str, ...]] = ()
    for_communes: ClassVar[str] = ""
    area: ClassVar[str] = ""
    lies_at: ClassVar[str] = ""
    campaign: ClassVar[Any] = None
    contest: ClassVar[Any] = None
    quick: ClassVar[Any] = None
    flow: ClassVar[Flow]
    routing: ClassVar[tuple[str, str]] = ("", "")
    goes_on: ClassVar[str] = ""
    promise: ClassVar[int] = 0
    form: ClassVar[Mapping[str, Field]] = {}
    eligibility: ClassVar[tuple[Any, ...]] = ()
    rules: ClassVar[Mapping[str, Any]] = {}
    opinions: ClassVar[tuple[Any, ...]] = ()
    bookings: ClassVar[tuple[Any, ...]] = ()
    tariffs: ClassVar[Mapping[str, Any]] = {}
    fees: ClassVar[tuple[Any, ...]] = ()
    grants: ClassVar[tuple[Any, ...]] = ()
    letters: ClassVar[tuple[Any, ...]] = ()
    routes: ClassVar[tuple[Any, ...]] = ()
    escalations: ClassVar[tuple[Any, ...]] = ()
    partners: ClassVar[tuple[Any, ...]] = ()
    tallies: ClassVar[tuple[Any, ...]] = ()
    overlaps: ClassVar[tuple[Any, ...]] = ()
    entitled: ClassVar[tuple[Any, ...]] = ()
    marks: ClassVar[tuple[Any, ...]] = ()
    alarms: ClassVar[tuple[Any, ...]] = ()
    privacy: ClassVar[Any] = None
    rehearsal: ClassVar[Any] = None
    change: ClassVar[Any] = None
    groups: ClassVar[tuple[Group, ...]] = ()
    categories: ClassVar[Mapping[str, Category]] = {}
    clocks: ClassVar[tuple[Clock, ...]] = ()
    notices: ClassVar[tuple[Notice, ...]] = ()
    answers: ClassVar[tuple[StandardAnswer, ...]] = ()
    figures: ClassVar[tuple[Any, ...]] = ()
    fixed: ClassVar[tuple[str, ...]] = ()
    splits: ClassVar[bool] = True
    datasets: ClassVar[tuple[Any, ...]] = ()
    retention: ClassVar[str] = ""
    noticed: ClassVar[frozenset[str]] = frozenset()
    facts_read: ClassVar[frozenset[str]] = frozenset()
    restored_as: ClassVar[str] = ""
    lettered: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        cls.noticed = frozenset(n.action for n in cls.notices)
        cls.facts_read = frozenset(_names_read(cls))
        cls.lettered = frozenset(_lettered(cls))

    @classmethod
    def version(cls) -> str:
        """Twelve hexadecimal digits that name the content of the declaration, texts in its source language."""
        return cls.restored_as or _version_of(cls)

    @classmethod
    def as_data(cls) -> dict[str, Any]:
        """The whole declaration as plain data, to be stored beside the cases filed under it, and restored (see `versions.py`)."""
        return data_of(cls)

    @classmethod
    def keep_facts(cls, given: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
        """What of `given` the rules read later: it stands with the case and in the journal, and holds nothing personal."""
        return {
            name: fields[name].fact_of(value) if name in fields else value
            for name, value in given.items()
            if name in cls.facts_read
        }

    @classmethod
    def known(cls, case: Any, day: date | None = None) -> dict[str, Any]:
        """What expressions read of a case (its `Standing`): its facts, its columns, the rules in force when it was filed, and the day
        on which the question is put, where one is."""
        return {
            **case.facts,
            "category": case.category or None,
            "commune": case.commune or None,
            "today": day and day.isoformat(),
            "filed_on": case.filed_on.isoformat(),
            **{f"rule:{name}": value for name, value in cls.rules_on(case.filed_on).items()},
        }

    @classmethod
    def rules_on(cls, day: date) -> Mapping[str, Any]:
        """The dated rules in force on that day, by name."""
        return rules_on(cls, day) if cls.rules else {}

    @classmethod
    def find_notice(cls, action: str) -> Notice | None:
        """What is written to the parties when `action` was taken, if anything."""
        return next((n for n in cls.notices if n.action == action), ENGINE_NOTICES.get(action))

    @classmethod
    def has_notice(cls, action: str) -> bool:
        return action in cls.noticed or action in ENGINE_NOTICES


def _lettered(service: type[Service]) -> Iterator[str]:
    """The actions that make a letter, "file" among them."""
    yield from (name for letter in service.letters for name in letter.at)
    if hasattr(service, "flow"):
        yield from (action.name for action in service.flow.actions.values() if action.letter)


@lru_cache(maxsize=512)
def _version_of(service: type[Service]) -> str:
    return name_of(service.as_data())


# Fees and letters read the answers themselves: an income that sets a price never stands in the journal.
_RULED = ("flow", "clocks", "opinions", "bookings", "routes", "escalations", "figures", "eligibility", "privacy")


def _names_read(service: type[Service]) -> Iterator[str]:
    """The answers that rules read after filing, and those that the declaration marks as facts."""
    for part in _RULED:
        if hasattr(service, part):
            held = getattr(service, part)
            for one in find_parts(held.steps if part == "flow" else held, (Expression,)):
                yield from one.names()
    yield from (name for name, question in service.form.items() if getattr(question, "fact", False))
    for action in service.flow.actions.values() if hasattr(service, "flow") else ():
        yield from (name for name, question in action.demands.items() if getattr(question, "fact", False))
        yield from action.adds
