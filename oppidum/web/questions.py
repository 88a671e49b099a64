"""Any declared question, ready to be drawn: for the pages of a form, for an action on the desk, for the telephone.

    drawn = draw_questions(service.form.page("dwelling").questions, typed, faults, known=answers_before)
    {% questions drawn %}

`typed` holds raw answers, as they were sent or as they are kept; only what is asked with them is drawn. Each input is named by the path
of what it answers ("applicant-name", "lines-0-amount"), which is how faults name it too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.declaration import (
    Address,
    AssetPick,
    Computed,
    Contact,
    Files,
    Items,
    Party,
    Period,
    Place,
    Slot,
    Statement,
    labels_of,
    survey,
)
from oppidum.cases.declaration import Field as Question
from oppidum.cases.declaration.fields import Fields
from oppidum.cases.declaration.fields.files import CONTENT_TYPES, name_kinds
from oppidum.cases.declaration.fields.persons import KIND_LABELS, PERSON
from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.web.fields import Field, build_choices
from oppidum.web.question_inputs import NUMBER_HINTS, PARTS, as_coordinate, as_iso, as_typed, input_of
from oppidum.web.slots import SlotOffer
from oppidum.web.words import say_size


@dataclass
class Row:
    """A row of a list: its questions, and the value of the button that takes it out."""

    number: int
    path: str
    questions: list["Drawn"]


@dataclass
class Drawn:
    """One question. `look` names its piece of template; `fields` are its inputs, `shown` the paths that its reader can answer.

    `decides`: whether another question on the page depends on it. `files`, `rows`, `totals`, `value` and `reason` as the look needs.
    """

    name: str
    question: Question
    look: str
    label: str
    hint: str = ""
    error: str = ""
    required: bool = False
    id: str = ""
    fields: list[Field] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    decides: bool = False
    point: dict[str, str] = field(default_factory=dict)
    choices: Field | None = None
    files: list[dict[str, Any]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    totals: list[dict[str, str]] = field(default_factory=list)
    may_grow: bool = False
    value: str = ""
    reason: str = ""
    slots: SlotOffer | None = None

    @property
    def described_by(self) -> str:
        """The ids that a screen reader says after the label of a group."""
        return " ".join([f"{self.id}-hint"] * bool(self.hint) + [f"{self.id}-error"] * bool(self.error))


def draw_questions(
    fields: Fields,
    typed: Mapping[str, Any],
    faults: Iterable[Invalid] = (),
    *,
    known: Mapping[str, Any] | None = None,
    today: date | None = None,
    scope: str = "",
    places: Mapping[str, list[tuple[str, str]]] | None = None,
    slots: Mapping[str, SlotOffer] | None = None,
    labels: Mapping[str, Any] | None = None,
) -> list[Drawn]:
    """The questions of `fields` that are asked with what was `typed` and `known` before, each with its faults.

    `scope` keeps ids apart where several forms share a page. `places`: for a place without a point, those it may be.
    `slots`: what each question that chooses a place of a booking offers (`web/slots.py`).
    """
    today = today or clock.today()
    said = {fault.field or "": str(fault) for fault in faults}
    found = survey(fields, typed, today, known)
    deciding = {name for question in fields.values() for name in _read_by(question)}
    draw = _Drawing(said, scope, today, found.known, {**(labels or {}), **labels_of(fields)}, places or {}, slots or {})
    return [
        replace(draw.question(name, question, typed.get(name)), decides=name in deciding or _changes_the_page(question))
        for name, question in fields.items()
        if found.states[name] != "unasked"
    ]


def as_kept(fields: Fields, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Kept answers as people type them: a page would write numbers with spaces."""
    numbers = {name for name, question in fields.items() if question.kind == "number"}
    return {
        name: str(value) if type(value) is float or (name in numbers and type(value) is int) else value
        for name, value in kept.items()
    }


def named_faults(fields: Fields, faults: Iterable[Invalid]) -> list[tuple[str, str]]:
    """(path, message) for the summary on top of a page, each message with the question that it is about."""
    told = []
    for fault in faults:
        path = fault.field or ""
        question = fields.get(path.partition("-")[0])
        label = str(question.label).rstrip(" ?:\u00a0\u202f") if question else ""
        told.append((path, _("%(question)s: %(fault)s") % {"question": label, "fault": fault} if label else str(fault)))
    return told


def paths_shown(drawn: Iterable[Drawn]) -> list[str]:
    """The paths of all inputs on screen: a fault elsewhere is not the reader's yet."""
    return [path for one in drawn for path in (*one.shown, *(p for row in one.rows for p in paths_shown(row.questions)))]


def _changes_the_page(question: Question) -> bool:
    """Whether an answer changes the question itself: other inputs, a file kept, a sum."""
    inside = getattr(question, "fields", {}).values()
    return (
        isinstance(question, Party | Files)
        or bool(getattr(question, "totals", ()))
        or any(isinstance(one, Computed) for one in inside)
    )


def _read_by(question: Question) -> frozenset[str]:
    inside = [name for one in getattr(question, "fields", {}).values() for name in _read_by(one)]
    conditions = [question.when, question.required, getattr(question, "value", None)]
    return frozenset(inside).union(*(one.names() for one in conditions if hasattr(one, "names")))


@dataclass
class _Drawing:
    """What drawing needs to know all the time. `in_row`: inside a row of a list, where room is short."""

    faults: Mapping[str, str]
    scope: str
    today: date
    known: Mapping[str, Any]
    labels: Mapping[str, Any]
    places: Mapping[str, list[tuple[str, str]]]
    slots: Mapping[str, SlotOffer]
    in_row: bool = False

    def question(self, path: str, question: Question, value: Any) -> Drawn:
        drawn = Drawn(
            path,
            question,
            "field",
            str(question.label),
            str(question.hint or ""),
            self.faults.get(path, ""),
            question.needed(self.known),
            self.id(path),
            shown=[path, *(f"{path}-{part}" for part in question.parts)],
        )
        group = value if isinstance(value, Mapping) else {}
        match question:
            case Files():
                self._files(drawn, question, value)
            case Items():
                self._items(drawn, question, value)
            case Computed():
                self._computed(drawn, question)
            case Place() | AssetPick() | Address():
                self._place(drawn, question, group, value)
            case Party():
                self._party(drawn, question, group)
            case Slot():
                drawn.look, drawn.slots = "slot", self.slots.get(path, SlotOffer())
            case Contact() | Period() | Statement():
                if isinstance(question, Contact) and drawn.required and not question.needs:
                    drawn.hint = f"{drawn.hint} {_('An e-mail address or a telephone number is enough.')}".strip()
                drawn.look = question.kind if question.kind == "statement" else "group"
                drawn.fields = [self.part(drawn, part, group) for part in question.parts]
            case _:
                drawn.fields = [self.single(drawn, question, value)]
        return drawn

    def id(self, path: str) -> str:
        return f"id_{self.scope}{path}"

    def single(self, drawn: Drawn, question: Question, value: Any) -> Field:
        """The one input of a plain question."""
        kind, options, attrs, unit = input_of(question, self.in_row)
        built = Field(
            drawn.name, drawn.label, kind, as_typed(question, value), drawn.hint, drawn.error, drawn.required, [], drawn.id
        )
        built.unit, built.rows, built.attrs = unit, getattr(question, "lines", 4), attrs
        built.choices = build_choices(options, built.value, drawn.id)
        return built

    def part(self, drawn: Drawn, part: str, group: Mapping[str, Any]) -> Field:
        """One input of a group of them."""
        look = PARTS[drawn.question.kind, part]
        value = as_iso(group.get(part)) if look.kind == "date" else group.get(part) or ""
        if part == "agreed" and group.get("at"):
            value = True
        label = drawn.label if part == "agreed" else str(look.label)
        must = drawn.required and (look.needed or part in getattr(drawn.question, "needs", ()))
        path = f"{drawn.name}-{part}"
        return Field(path, label, look.kind, value, "", self.faults.get(path, ""), must, [], self.id(path), attrs=dict(look.attrs))

    def _party(self, drawn: Drawn, question: Party, group: Mapping[str, Any]) -> None:
        drawn.look = "group"
        kind = group.get("kind") or (question.kinds[0] if len(question.kinds) == 1 else "")
        number = group.get("number") or group.get("siret") or group.get("rna") or group.get("siren") or ""
        if len(question.kinds) > 1:
            chosen = self.part(drawn, "kind", group)
            chosen.choices = build_choices([(one, KIND_LABELS[one]) for one in question.kinds], kind, chosen.id)
            drawn.fields = [chosen]
        names = ("name",) if kind in ("", PERSON) else ("name", "number", "represented_by")
        drawn.fields += [self.part(drawn, part, {**group, "number": number}) for part in names]
        if kind and kind != PERSON:
            drawn.fields[-2].hint = str(NUMBER_HINTS[kind])
        drawn.shown = [drawn.name, *(one.name for one in drawn.fields)]

    def _place(self, drawn: Drawn, question: Question, group: Mapping[str, Any], value: Any) -> None:
        drawn.look = question.kind
        first = question.parts[0]
        text = group.get(first) or (value if isinstance(value, str) else "")
        path = f"{drawn.name}-{first}"
        # The kind of a place without a map is a search too: the register proposes, and takes what it doesn't know.
        error = self.faults.get(path, "") or drawn.error
        built = Field(path, drawn.label, "search", text, drawn.hint, error, drawn.required, [], self.id(path))
        built.attrs = {"autocomplete": "off", "maxlength": "300"}
        if question.kind == "asset":
            built.kind, built.attrs = "text", {"maxlength": "80"}
        drawn.fields = [built]
        drawn.point = {part: as_coordinate(group.get(part)) for part in ("lon", "lat")}
        if offered := self.places.get(drawn.name):
            picked = f"{drawn.name}-choice"
            drawn.choices = Field(picked, _("Which of these places?"), "radios", "", "", "", True, [], self.id(picked))
            drawn.choices.choices = build_choices(offered, "", self.id(picked))

    def _files(self, drawn: Drawn, question: Files, value: Any) -> None:
        drawn.look = "files"
        kinds = _("%(kinds)s; at most %(size)d MB each.") % {"kinds": name_kinds(question.accept), "size": question.largest_mb}
        hint = f"{drawn.hint} {kinds}".strip()
        built = Field(drawn.name, drawn.label, "file", "", hint, drawn.error, drawn.required, [], drawn.id)
        built.attrs = {"accept": ",".join(CONTENT_TYPES[kind] for kind in question.accept), "multiple": question.most > 1}
        drawn.files = [
            {**one, "size": say_size(one["bytes"])} for one in value or () if isinstance(one, Mapping) and one.get("type")
        ]
        # A file kept already answers the question: the browser must not ask for another.
        built.attrs["required"] = drawn.required and not drawn.files
        drawn.fields = [built]

    def _items(self, drawn: Drawn, question: Items, value: Any) -> None:
        drawn.look = "items"
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        # A required list opens with its first rows.
        rows += [{}] * max(0, (question.least if drawn.required else 1) - len(rows))
        inner = replace(self, labels={**self.labels, **labels_of(question.fields)}, in_row=True)
        for n, row in enumerate(rows):
            path = f"{drawn.name}-{n}"
            found = survey(question.fields, row, self.today, self.known)
            inner.known = found.known
            asked = [
                inner.question(f"{path}-{name}", one, row.get(name))
                for name, one in question.fields.items()
                if found.states[name] != "unasked"
            ]
            drawn.rows.append(Row(n + 1, path, asked))
        drawn.may_grow = len(rows) < question.most
        cleaned = [survey(question.fields, row, self.today, self.known).answers for row in rows]
        for name, total in question.sums(cleaned).items():
            drawn.totals.append({"label": str(question.fields[name].label), "value": question.fields[name].show(total)})

    def _computed(self, drawn: Drawn, question: Computed) -> None:
        drawn.look = "computed"
        value = question.take(None, self.today, self.known)
        drawn.value = "" if value is None else question.show(value)
        drawn.reason = question.reason(self.labels)
        drawn.shown = []
