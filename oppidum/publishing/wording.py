"""From what a case holds to the words of its letters: values shown as people write them, entries of lists, conditions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.cases.declaration import Field, Letter, Word
from oppidum.cases.declaration.expressions import euros
from oppidum.cases.declaration.letters import words_of
from oppidum.cases.mailing.notices import follow_link
from oppidum.cases.rules.standing import Fact
from oppidum.core import clock
from oppidum.publishing.stories import Story


class MissingWord(Exception):
    """A word of a letter has no value where the declaration proves one: the letter waits, visible, until the cause is mended."""


def plain_day(day: date | None) -> str:
    """ "1er mars 2027", "1 March 2027"; nothing for no day."""
    if day is None:
        return ""
    number = "1er" if day.day == 1 and (get_language() or "").startswith("fr") else day.day
    return f"{number} {MONTHS[day.month]} {day.year}"


def fields_of(story: Story) -> dict[str, Field]:
    """Every question by name: the form's, the category's, those that actions demand."""
    category = story.service.categories.get(story.case.filed_category)
    demanded = {n: q for a in story.service.flow.actions.values() for n, q in a.demands.items()}
    return {**demanded, **(category.questions if category else {}), **story.service.form}


def show(question: Field | None, value: Any) -> str:
    """A value in words; a day without its weekday, which a legal paper doesn't need."""
    if value in (None, "", []):
        return ""
    if question is not None and question.kind == "day":
        return plain_day(date.fromisoformat(value))
    if question is not None:
        return question.show(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return plain_day(date.fromisoformat(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def show_word(word: Word, known: Mapping[str, Any]) -> str:
    """A computed word as its declaration wants it shown."""
    value = word.value.value(known)
    if value is None:
        return ""
    match word.shown:
        case "money":
            return euros(round(value))
        case "day":
            return plain_day(value if isinstance(value, date) else date.fromisoformat(value))
    return str(value)


@dataclass
class Words:
    """The words of one letter, looked up by name. Only what a text names is shown, so a letter costs its own words alone."""

    story: Story
    letter: Letter
    given: Mapping[str, str]

    def __post_init__(self) -> None:
        self.fields = fields_of(self.story)

    def find(self, name: str) -> str:
        """The word's value in the current language, blank where there is none."""
        if name in self.given:
            return self.given[name]
        if name in self.letter.words:
            return show_word(self.letter.words[name], self.story.known)
        if name in self.story.values:
            return show(self.fields.get(name), self.story.values[name])
        return ""

    def fill(self, text: Any, optional: bool = False) -> str | None:
        """The text with its words; None where a word is blank and the part may be left out. Raises `MissingWord`."""
        named = {name: self._within(str(text), name) for name in words_of(text)}
        blank = [name for name, value in named.items() if not value]
        if blank and optional:
            return None
        if blank:
            raise MissingWord(f"letter '{self.letter.code}' of case {self.story.case.pk}: {{{blank[0]}}} is blank")
        return fill(text, named)

    def _within(self, text: str, name: str) -> str:
        """The word as it stands in the text: the label of a choice begins small, save at the text's beginning ("a flat")."""
        found, question = self.find(name), self.fields.get(name)
        if question is None or question.kind != "choice" or text.startswith(f"{{{name}}}") or found[1:2].isupper():
            return found
        return found[:1].lower() + found[1:]

    def holds(self, condition: Any) -> bool:
        return condition is None or condition.holds(self.story.known)

    def entries(self, name: str) -> Iterator[dict[str, str]]:
        """The entries of a list, each as words: the fields of a row, or its {label}."""
        value, question = self.story.values.get(name), self.fields.get(name)
        for one in value if isinstance(value, list) else [value] if value else []:
            yield _entry(question, one)

    def raw_entries(self, name: str) -> Sequence[Any]:
        value = self.story.values.get(name)
        return value if isinstance(value, list) else []


_ELIDED = re.compile(r"\b([Dd]|[Qq]u)e \{([a-z_][a-z0-9_]*)\}")
_VOWELS = frozenset("aeiouàâäéèêëîïôöùûüœæAEIOUÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ")


def fill(text: Any, words: Mapping[str, str]) -> str:
    """A text with its {words}; whatever stands in the words themselves is left as it is. French "de" and "que" lose their e before a vowel."""
    shown = str(text)
    if (get_language() or "").startswith("fr"):
        shown = _ELIDED.sub(lambda m: f"{m[1]}’{{{m[2]}}}" if words.get(m[2], "")[:1] in _VOWELS else m[0], shown)
    return re.sub(r"\{([a-z_][a-z0-9_]*)\}", lambda m: words.get(m[1], ""), shown)


def _entry(question: Field | None, one: Any) -> dict[str, str]:
    if isinstance(one, Mapping):
        columns = getattr(question, "fields", {})
        shown = {name: show(columns.get(name), value) for name, value in one.items()}
        return {"label": next(iter(shown.values()), ""), **shown}
    return {"label": show(question, [one] if getattr(question, "many", False) else one)}


def number_of(fact: Fact) -> str:
    """The act's number as it is printed, "2027-42"; blank for an act without one."""
    number = fact.data.get("number")
    return f"{clock.local_day(fact.valid_at).year}-{number}" if number else ""


def base_words(story: Story, recipient: str, today: date) -> dict[str, str]:
    """The words that every case has, and those that it may lack."""
    from oppidum.publishing.legal import tacit_day

    service, standing, case = story.service, story.standing, story.case
    category = service.categories.get(standing.category)
    return {
        "code": case.code,
        "service": str(service.name),
        "authority": story.house.authority,
        "received_on": plain_day(standing.filed_on),
        "today": plain_day(today),
        "recipient": recipient,
        "team": story.team.name if story.team else story.house.directorates.get(service.owner, story.house.authority),
        "team_phone": story.team.phone if story.team else "",
        "team_email": story.team.email if story.team else "",
        "agent": str(story.officer) if story.officer else "",
        "place": _place(story),
        "commune": case.commune.name if case.commune else "",
        "category": str(category.name) if category else "",
        "due_on": plain_day(standing.due_on),
        "tacit_on": plain_day(tacit_day(story)),
        "link": follow_link(case.code),
        "number": number_of(story.fact),
        "power": "",
    }


def _place(story: Story) -> str:
    commune = story.case.commune.name if story.case.commune else ""
    address = story.case.address
    if not address or not commune or commune.lower() in address.lower():
        return address or commune
    return f"{address}, {commune}"
