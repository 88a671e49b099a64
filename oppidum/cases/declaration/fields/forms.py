"""A form: pages of questions, cleaned in one pass in the order in which they are declared.

Each question ends in one of three states: *unasked* (its condition doesn't hold: whatever came in is dropped), *empty* or *given*.
Conditions, fees, letters and figures read the same states, from the declaration and the answers, never from what happened to be sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from oppidum.cases.declaration.fields.base import Field, Fields, Holds, is_empty
from oppidum.core.errors import Invalid, InvalidForm

UNASKED, EMPTY, GIVEN = "unasked", "empty", "given"


@dataclass(frozen=True, init=False)
class Page:
    """One subject of a form: `Page("dwelling", _("The dwelling"), address=Place(...), surface=Number(...))`.

    `hint` stands below the title; `when` is the condition for the whole page. Questions may bear these names too.
    """

    name: str
    title: Any
    hint: Any
    when: Holds | None
    questions: Mapping[str, Field]

    def __init__(self, name: str, title: Any, /, **given: Any):
        own = {key: given.pop(key) for key in ("hint", "when") if not isinstance(given.get(key), Field) and key in given}
        values = {"name": name, "title": title, "hint": "", "when": None, "questions": given} | own
        for attribute, value in values.items():
            object.__setattr__(self, attribute, value)

    def asked(self, known: Mapping[str, Any]) -> bool:
        return self.when is None or self.when.holds(known)


@dataclass(frozen=True, init=False)
class Form(Mapping[str, Field]):
    """All questions by name, in order, and the pages on which they are asked. A name is given once in the whole form."""

    pages: tuple[Page, ...]

    def __init__(self, *pages: Page):
        names = [name for page in pages for name in page.questions]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"asked twice in one form: {', '.join(twice)}; give the second one a name of its own")
        object.__setattr__(self, "pages", pages)

    def __getitem__(self, name: str) -> Field:
        for page in self.pages:
            if name in page.questions:
                return page.questions[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for page in self.pages for name in page.questions)

    def __len__(self) -> int:
        return sum(len(page.questions) for page in self.pages)

    def page(self, name: str) -> Page:
        """The page of that name; KeyError if there is none."""
        for page in self.pages:
            if page.name == name:
                return page
        raise KeyError(name)


def pages_of(fields: Fields) -> tuple[Page, ...]:
    """The pages of a form; a plain mapping of questions is one page."""
    return fields.pages if isinstance(fields, Form) else (Page("answers", "", **fields),)


@dataclass
class Survey:
    """What a pass over a form found: the given answers, the state of each question, the faults; `known` adds what was known before."""

    known: dict[str, Any]
    answers: dict[str, Any] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    faults: list[Invalid] = field(default_factory=list)

    def faults_of(self, page: Page) -> list[Invalid]:
        return [fault for fault in self.faults if (fault.field or "").partition("-")[0] in page.questions]

    def settled(self) -> frozenset[str]:
        """The questions that need no more looking at: sound answers, and those that are not asked."""
        wrong = {(fault.field or "").partition("-")[0] for fault in self.faults}
        return frozenset(name for name in self.states if name not in wrong)


def survey(fields: Fields, raw: Mapping[str, Any], today: date, known: Mapping[str, Any] | None = None) -> Survey:
    """One pass over the questions, in order; conditions read cleaned answers, and `known` (rules in force, facts)."""
    found = Survey({"today": today.isoformat(), **(known or {})})
    for page in pages_of(fields):
        is_shown = page.asked(found.known)
        for name, question in page.questions.items():
            if not is_shown or not question.asked(found.known):
                found.states[name] = UNASKED
                found.known.pop(name, None)
                continue
            _take(found, name, question, raw.get(name), today)
    return found


def _take(found: Survey, name: str, question: Field, given: Any, today: date) -> None:
    """One question: its answer or its faults, named by the path to the input ("lines-2-amount")."""
    value: Any = None
    try:
        value = question.take(given, today, found.known)
    except InvalidForm as wrong:
        for fault in wrong.errors:
            fault.field = f"{name}-{fault.field}" if fault.field else name
        found.faults += wrong.errors
    except Invalid as fault:
        fault.field = f"{name}-{fault.field}" if fault.field else name
        found.faults.append(fault)
    else:
        if is_empty(value) and question.needed(found.known):
            found.faults.append(Invalid(question.owed, field=_first_input(name, question)))
    found.states[name] = EMPTY if is_empty(value) else GIVEN
    if not is_empty(value):
        found.answers[name] = found.known[name] = value
    else:
        found.known.pop(name, None)


def _first_input(name: str, question: Field) -> str:
    return f"{name}-{question.first_part}" if question.first_part else name


def clean_form(fields: Fields, raw: Mapping[str, Any], today: date, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The given answers among `raw`, cleaned, in the declaration's order. Raises `InvalidForm` listing every fault at once."""
    found = survey(fields, raw, today, known)
    if found.faults:
        raise InvalidForm(found.faults)
    return found.answers


def clean_page(
    form: Form, page: str, raw: Mapping[str, Any], today: date, known: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The given answers of one page, `raw` holding those of the pages before it too. Raises `InvalidForm` with this page's faults."""
    found, shown = survey(form, raw, today, known), form.page(page)
    if faults := found.faults_of(shown):
        raise InvalidForm(faults)
    return {name: value for name, value in found.answers.items() if name in shown.questions}
