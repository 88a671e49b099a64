"""The contact centre's one screen: what is typed on it, and everything that follows from that. Nothing here writes."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from oppidum.cases.calls import Caller, find_caller, read_phone
from oppidum.cases.declaration import Category, Choice, Danger, Field, YesNo, clean_form
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.histories import Line, read_lines
from oppidum.cases.inbox import Row, read_rows
from oppidum.cases.models import Case
from oppidum.cases.nearby import Near, nearby
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.decide import actions_open_to
from oppidum.core import clock
from oppidum.core.codes import normalise
from oppidum.core.errors import InvalidForm
from oppidum.people.models import Officer
from oppidum.web.desk import choices
from oppidum.web.desk.calls_place import Spot, find_spot
from oppidum.web.desk.calls_words import suggest
from oppidum.web.desk.forms import draw_field

KEPT_WORDS = 20_000
NEAR_METRES = 250
NEIGHBOURS = 4
LINES_TOLD = 3
LONGEST_CALL = timedelta(hours=12)
_KEY = re.compile(r"[\w-]{16,40}", re.ASCII)
# Questions bear names such as "place" or "name", which the screen uses too.
ASKED = "q_"
_SAYS_YES = {True: "yes", False: "no"}


@dataclass
class OpenCase:
    """A report that the caller asks about, as the call taker reads it out."""

    row: Row
    lines: list[Line]
    actions: frozenset[str]

    @property
    def says(self) -> str:
        """Where it stands, in the service's own sentence."""
        return str(REPORTS.service.flow.steps[self.row.step].says)


@dataclass
class Screen:
    """What is typed; what it means is worked out when asked for, once. `faults` are shown beside their fields."""

    officer: Officer
    raw: QueryDict
    faults: list = field(default_factory=list)

    def text(self, name: str, longest: int = 200) -> str:
        """A typed line."""
        return self.raw.get(name, "").replace("\x00", "")[:longest]

    @cached_property
    def key(self) -> str:
        """What names this screen; a tampered one is replaced."""
        given = self.text("key")
        return given if _KEY.fullmatch(given) else secrets.token_urlsafe(16)

    @cached_property
    def opened_at(self) -> datetime:
        """When the screen was opened, believed as far as it can be true."""
        now = clock.now()
        try:
            given = datetime.fromisoformat(self.text("opened_at"))
            return given if given.tzinfo and now - LONGEST_CALL <= given <= now else now
        except ValueError:
            return now

    @property
    def received_at(self) -> datetime:
        """When the call began: the screen stood open for `waited` seconds before the first key (0 when a number came with it)."""
        waited = self.text("waited", 9)
        begun = self.opened_at + timedelta(seconds=int(waited)) if waited.isascii() and waited.isdigit() else self.opened_at
        return min(begun, clock.now())

    @property
    def words(self) -> str:
        return self.text("words", KEPT_WORDS).replace("\r\n", "\n")

    @cached_property
    def phone(self) -> str:
        """The caller's number in E.164, "" while it isn't one."""
        return read_phone(self.text("phone", 40))

    @cached_property
    def caller(self) -> Caller | None:
        return find_caller(self.officer, self.phone)

    @cached_property
    def spot(self) -> Spot:
        return find_spot(self.raw)

    @cached_property
    def category(self) -> Category | None:
        """The category chosen; the list wins over the suggestions, for it is empty until somebody uses it."""
        return REPORTS.service.categories.get(self.text("category_listed") or self.text("category"))

    @cached_property
    def suggestions(self) -> list[Category]:
        """What may be chosen by a key: the one chosen keeps its place among the probable ones, or comes first."""
        probable = suggest(self.words)
        if self.category and self.category not in probable:
            probable = [self.category, *probable][:5]
        return probable

    @cached_property
    def near(self) -> list[Near]:
        """Open reports around the place, of the category chosen or else the most probable one."""
        about = self.category or next(iter(self.suggestions), None)
        if not about or self.spot.lon is None or not self.spot.is_placed:
            return []
        return nearby(
            self.spot.lon, self.spot.lat, about.code, radius_m=NEAR_METRES, limit=NEIGHBOURS, words=self.words, officer=self.officer
        )

    @cached_property
    def typed(self) -> dict[str, Any]:
        """The answers as they came."""
        questions = self.category.questions if self.category else {}
        return {
            name: self.raw.getlist(ASKED + name) if getattr(one, "many", False) else self.text(ASKED + name, KEPT_WORDS)
            for name, one in questions.items()
        }

    @cached_property
    def danger(self) -> Danger | None:
        """Whether the category, or an answer, means that life is at risk."""
        return self.category.find_danger(sound_answers(self.category, self.typed)) if self.category else None

    @property
    def is_rescued(self) -> bool:
        """Whether the emergency services know already."""
        return "rescued" in self.raw

    @cached_property
    def case_code(self) -> str:
        """The code of the report that the call is about: a button pressed, a code just searched for, or the one that was open."""
        if "open" in self.raw:
            return normalise(self.text("open")) or ""
        searched = self.text("find", 40).strip()
        if searched and searched != self.text("found_by", 40).strip():
            return normalise(searched) or ""
        return normalise(self.text("opened")) or ""

    @cached_property
    def case(self) -> OpenCase | None:
        return open_case(self.officer, self.case_code) if self.case_code else None

    @cached_property
    def found_caller(self) -> Caller | None:
        """Whose reports were searched for by their number."""
        searched = self.text("find", 40)
        return find_caller(self.officer, read_phone(searched)) if searched and not normalise(searched) else None

    @property
    def is_lost(self) -> bool:
        """Whether something was searched for that nothing answers."""
        return bool(self.text("find", 40).strip()) and "open" not in self.raw and not self.case and not self.found_caller

    @property
    def questions(self) -> list[dict[str, Any]]:
        return draw_questions(self.category, self.typed, {f.field: str(f) for f in self.faults}) if self.category else []

    @property
    def asked_for(self) -> str:
        """The category whose questions the browser shows."""
        return self.text("questions_of")

    @property
    def contact(self) -> dict[str, str]:
        """Name, e-mail and language as typed; blank ones come from what is known of the number."""
        known = self.caller or Caller("")
        return {
            "name": self.text("name") or known.name,
            "email": self.text("email", 254) or known.email,
            "language": self.text("language", 5) or known.language,
        }

    @property
    def all_categories(self) -> str:
        """The list's options; what is chosen stands among the suggestions, so none of them is marked."""
        return draw_options((("", _("Another category…")), *choices.only_categories()))

    @property
    def communes(self) -> str:
        drawn = draw_options((("", _("Only the commune…")), *choices.named("commune")))
        return mark_safe(drawn.replace(f'value="{self.spot.commune}"', f'value="{self.spot.commune}" selected', 1))  # noqa: S308


@lru_cache(maxsize=8)
def draw_options(pairs: tuple[tuple[str, str], ...]) -> SafeString:
    """A select's options, drawn once: every key pressed shows them again."""
    return format_html_join("", '<option value="{}">{}</option>', pairs)


def open_case(officer: Officer, code: str) -> OpenCase | None:
    """The report of that code within the officer's sight, with its last steps and what can be done now in the resident's name."""
    case = Case.objects.visible_to(officer).filter(code=code).first()
    if case is None:
        return None
    row, standing = read_rows(officer, [case.pk])[case.pk], read_standings([case.pk])[case.pk]
    told = [line for line in read_lines(case) if not line.is_note and line.action not in ("route", "give_to", "move_team")]
    possible = (
        actions_open_to(REPORTS.service, standing, "resident", frozenset(), clock.today()) if case.service == REPORTS.code else []
    )
    return OpenCase(row, told[:LINES_TOLD], frozenset(action.name for action in possible))


def sound_answers(category: Category, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that can be understood, whatever is wrong with the others."""
    asked = dict(category.questions)
    while True:
        try:
            return clean_form(asked, typed, clock.today())
        except InvalidForm as wrong:
            for fault in wrong.errors:
                del asked[fault.field]


def draw_questions(category: Category, typed: Mapping[str, Any], faults: Mapping[str, str]) -> list[dict[str, Any]]:
    """The category's questions, each with the answer that calls for it; one whose turn hasn't come is off."""
    answers = sound_answers(category, typed)
    return [
        draw_field(ASKED + name, one, typed[name], faults.get(ASKED + name, ""))
        | {"kind": kind_of(one), "choices": choices_of(one)}
        | _when(one, answers)
        | {"unit": str(getattr(one, "unit", ""))}
        for name, one in category.questions.items()
    ]


def kind_of(question: Field) -> str:
    """Choices as buttons in a row, everything else as the desk draws it."""
    match question:
        case Choice(many=True):
            return "checkboxes"
        case Choice() | YesNo():
            return "radios"
    return draw_field("", question, "")["kind"]


def choices_of(question: Field) -> list[tuple[str, str]]:
    match question:
        case Choice():
            return [(code, str(label)) for code, label in question.options.items()]
        case YesNo():
            return [("yes", _("Yes")), ("no", _("No"))]
    return []


def _when(question: Field, answers: Mapping[str, Any]) -> dict[str, Any]:
    if not question.when:
        return {"when": "", "values": "", "off": False}
    values = [_SAYS_YES[one] if isinstance(one, bool) else str(one) for one in question.when.values]
    return {"when": ASKED + question.when.name, "values": " ".join(values), "off": not question.when.holds(answers)}
