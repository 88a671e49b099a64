"""The typed fields of a form: what a question accepts, said once for page, API, phone desk and bulk import.

A field's identity is the name that it has in the declaration, for ever. An answer is *unasked* (its condition does not hold), *empty* or
*given*; only given answers are kept. `clean` turns what came in (text from a page, JSON from an API) into the value that is stored,
always plain JSON; it raises `Invalid` with a sentence that says what to do.
"""

import re
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from oppidum.core.errors import Invalid, InvalidForm


@dataclass(frozen=True)
class Condition:
    """Holds when the earlier answer `name` is one of `values`."""

    name: str
    values: tuple[Any, ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        given = answers.get(self.name)
        return any(v in self.values for v in given) if isinstance(given, list) else given in self.values


def answered(name: str, *values: Any) -> Condition:
    """Condition for `when=`: the earlier question `name` was answered with one of `values`."""
    return Condition(name, values)


@dataclass(frozen=True)
class Field:
    """One question. `label` is the question as asked, `hint` the help below it, `when` the condition under which it is asked.

    `private` answers stay between the resident and the officers: never on a public page, in open data or in an API for all.
    `fact`: kept with the case's facts, for rules and figures, beyond the person's data.
    """

    label: Any
    _: KW_ONLY
    hint: Any = ""
    required: bool = False
    when: Condition | None = None
    private: bool = False
    fact: bool = False
    kind: ClassVar[str] = "text"

    def asked(self, answers: Mapping[str, Any]) -> bool:
        return self.when is None or self.when.holds(answers)

    def clean(self, raw: Any, today: date) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """The value in words, for pages and letters."""
        return str(value)

    def fact_of(self, value: Any) -> Any:
        """What of the value rules may keep beside the case: nothing personal."""
        return value


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Text(Field):
    """Free text of at most `longest` characters; `lines` is how many a page shows."""

    _: KW_ONLY
    longest: int = 4000
    lines: int = 1
    kind: ClassVar[str] = "text"

    def clean(self, raw, today):
        if not isinstance(raw, str):
            raise Invalid(_("Write this answer as text."))
        text = _CONTROL.sub("", raw.replace("\r\n", "\n")).strip()
        if len(text) > self.longest:
            raise Invalid(
                _("This text has %(length)d characters; at most %(longest)d fit. Shorten it, or add a message after sending.")
                % {"length": len(text), "longest": self.longest}
            )
        return text


@dataclass(frozen=True)
class Choice(Field):
    """One of `options`, a mapping from the stored word to its label; several with `many`."""

    options: Mapping[str, Any] = field(default_factory=dict)
    _: KW_ONLY
    many: bool = False
    kind: ClassVar[str] = "choice"

    def clean(self, raw, today):
        picked = [str(r) for r in raw] if isinstance(raw, (list, tuple)) else [str(raw)]
        picked = [p for p in picked if p]
        if any(p not in self.options for p in picked) or (len(picked) > 1 and not self.many):
            raise Invalid(_("Choose one of the answers offered."))
        if not picked:
            return ""
        return picked if self.many else picked[0]

    def show(self, value):
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(self.options.get(v, v)) for v in values)


@dataclass(frozen=True)
class YesNo(Field):
    """Yes or no, as `True` or `False`; anything else is an empty answer."""

    kind: ClassVar[str] = "yes_no"
    WORDS: ClassVar[dict[str, bool]] = {
        "true": True,
        "yes": True,
        "oui": True,
        "1": True,
        "on": True,
        "false": False,
        "no": False,
        "non": False,
        "0": False,
    }

    def clean(self, raw, today):
        value = raw if isinstance(raw, bool) else self.WORDS.get(str(raw).strip().lower())
        if value is None:
            raise Invalid(_("Answer yes or no."))
        return value

    def show(self, value):
        return str(_("yes") if value else _("no"))


@dataclass(frozen=True)
class Number(Field):
    """A number in `unit`, within `minimum` and `maximum`; a French comma is understood."""

    _: KW_ONLY
    unit: Any = ""
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    kind: ClassVar[str] = "number"

    def clean(self, raw, today):
        try:
            value = float(re.sub(r"[\s\u00a0\u202f]", "", str(raw)).replace(",", "."))
        except ValueError:
            raise Invalid(_("Write a number, for example 12 or 3,5.")) from None
        if value != value or value in (float("inf"), float("-inf")) or (self.whole and value != int(value)):
            raise Invalid(_("Write a whole number.") if self.whole else _("Write a number, for example 12 or 3,5."))
        if self.minimum is not None and value < self.minimum:
            raise Invalid(_("At least %(minimum)s is expected.") % {"minimum": self.minimum})
        if self.maximum is not None and value > self.maximum:
            raise Invalid(_("At most %(maximum)s is expected.") % {"maximum": self.maximum})
        return int(value) if self.whole or value == int(value) else value

    def show(self, value):
        return f"{value}\u202f{self.unit}" if self.unit else str(value)


_FRENCH_DAY = re.compile(r"^(\d\d)[/.](\d\d)[/.](\d{4})$")


@dataclass(frozen=True)
class Day(Field):
    """A day, typed as ISO or as the French write it, kept as an ISO text; `earliest` and `latest` are days from today (negative: before)."""

    _: KW_ONLY
    earliest: int | None = None
    latest: int | None = None
    kind: ClassVar[str] = "day"

    def clean(self, raw, today):
        try:
            day = raw if isinstance(raw, date) else date.fromisoformat(_FRENCH_DAY.sub(r"\3-\2-\1", str(raw).strip()))
        except ValueError:
            raise Invalid(_("Write the day like 12/03/2027, or 2027-03-12.")) from None
        if self.earliest is not None and day < today + timedelta(days=self.earliest):
            raise Invalid(_("This day is too early: %(first)s at the soonest.") % {"first": today + timedelta(days=self.earliest)})
        if self.latest is not None and day > today + timedelta(days=self.latest):
            raise Invalid(_("This day is too late: %(last)s at the latest.") % {"last": today + timedelta(days=self.latest)})
        return day.isoformat()


@dataclass(frozen=True)
class Reference(Field):
    """Something that the engine knows under a stable name: a `team`, an `officer`, a `category`, another `case` (by its code).

    Whether it exists is checked by the engine when the command is prepared, in one query for the whole batch.
    """

    to: str = "team"
    kind: ClassVar[str] = "reference"

    def clean(self, raw, today):
        text = str(raw).strip()
        if len(text) > 80 or "\x00" in text:
            raise Invalid(_("Choose one of the answers offered."))
        return int(text) if self.to in ("team", "officer") and text.isascii() and text.isdigit() else text


Fields = Mapping[str, Field]


def clean_form(fields: Fields, raw: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The given answers among `raw`, cleaned, in the declaration's order; one pass, so that conditions read cleaned answers.

    Unasked answers are dropped whatever `raw` holds. Raises `InvalidForm` listing every fault at once.
    """
    answers: dict[str, Any] = {}
    faults: list[Invalid] = []
    for name, question in fields.items():
        if not question.asked(answers):
            continue
        given = raw.get(name)
        if given in (None, "", []):
            if question.required:
                faults.append(Invalid(_("This answer is needed to go on."), field=name))
            continue
        try:
            value = question.clean(given, today)
        except Invalid as fault:
            fault.field = name
            faults.append(fault)
            continue
        if value not in ("", []):
            answers[name] = value
        elif question.required:
            faults.append(Invalid(_("This answer is needed to go on."), field=name))
    if faults:
        raise InvalidForm(faults)
    return answers


def days_in_words(count: int) -> Any:
    """ "3 working days", translated; for promises."""
    return ngettext_lazy("%(count)d working day", "%(count)d working days", count) % {"count": count}
