"""The inputs of a declared question: which kind of input, with which attributes, and a kept value as people would type it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from oppidum.cases.declaration import Choice, Day, Money, Number, Text, YesNo
from oppidum.cases.declaration import Field as Question
from oppidum.cases.declaration.fields.days import read_day
from oppidum.core.errors import Invalid

# Beyond this many options a list to open is easier than buttons one below the other.
MOST_BUTTONS = 8
MOST_IN_A_ROW = 2


@dataclass(frozen=True)
class Part:
    """One input among those of a question: label, kind, whether it must be filled when the question must, attributes."""

    label: Any
    kind: str = "text"
    needed: bool = True
    attrs: dict[str, Any] = field(default_factory=dict)


PARTS = {
    ("period", "from"): Part(gettext_lazy("First day"), "date"),
    ("period", "to"): Part(gettext_lazy("Last day"), "date"),
    ("party", "kind"): Part(gettext_lazy("Who is it?"), "radios"),
    ("party", "name"): Part(gettext_lazy("Name in full"), attrs={"maxlength": "200"}),
    ("party", "number"): Part(gettext_lazy("Its number"), attrs={"maxlength": "30", "autocomplete": "off"}),
    ("party", "represented_by"): Part(
        gettext_lazy("Represented by (first name, name, function)"), "text", False, {"maxlength": "200"}
    ),
    ("contact", "name"): Part(gettext_lazy("First name and name"), "text", False, {"autocomplete": "name", "maxlength": "200"}),
    ("contact", "email"): Part(gettext_lazy("E-mail address"), "email", False, {"autocomplete": "email", "maxlength": "254"}),
    ("contact", "phone"): Part(gettext_lazy("Telephone"), "tel", False, {"autocomplete": "tel", "maxlength": "40"}),
    ("statement", "agreed"): Part("", "checkbox"),
    ("statement", "name"): Part(
        pgettext_lazy("signature", "Your first name and name, as a signature"), attrs={"maxlength": "200", "autocomplete": "name"}
    ),
}
NUMBER_HINTS = {
    "company": gettext_lazy("Its SIRET (14 digits) or its SIREN (9 digits)."),
    "association": gettext_lazy("Its RNA number (W and nine signs) or its SIRET (14 digits)."),
    "commune": gettext_lazy("Its SIRET (14 digits), if you know it."),
}


def input_of(question: Question, in_row: bool = False) -> tuple[str, list, dict[str, Any], str]:
    """Kind of input, options, attributes and unit of a question with one input."""
    match question:
        case Choice(many=True):
            return "checkboxes", list(question.options.items()), {}, ""
        case Choice() if len(question.options) <= (MOST_IN_A_ROW if in_row else MOST_BUTTONS):
            return "radios", list(question.options.items()), {}, ""
        case Choice():
            return "select", [("", _("Choose…")), *question.options.items()], {}, ""
        case YesNo():
            return "radios", [("yes", _("Yes")), ("no", _("No"))], {}, ""
        case Money():
            return "text", [], {"inputmode": "decimal", "autocomplete": "off"}, "€"
        case Number():
            return "text", [], {"inputmode": "numeric" if question.whole else "decimal", "autocomplete": "off"}, str(question.unit)
        case Day():
            return "date", [], {}, ""
        case Text():
            return ("textarea" if question.lines > 1 else "text"), [], {"maxlength": str(question.longest)}, ""
    return "text", [], {}, ""


def as_typed(question: Question, value: Any) -> Any:
    """What stands in the input: as it was typed, or a kept value as people type it."""
    if value is None:
        return ""
    if isinstance(question, YesNo):
        taken = value if isinstance(value, bool) else YesNo.WORDS.get(str(value).strip().lower())
        return "" if taken is None else "yes" if taken else "no"
    if isinstance(question, Money) and isinstance(value, int):
        return f"{value // 100},{value % 100:02d}".removesuffix(",00")
    if isinstance(question, Number) and isinstance(value, float):
        return str(value).replace(".", ",")
    return as_iso(value) if isinstance(question, Day) else value


def as_iso(value: Any) -> str:
    """A day for a date input, which takes ISO alone; what can't be read stays out of it."""
    try:
        return read_day(value).isoformat() if value else ""
    except Invalid:
        return ""


def as_coordinate(value: Any) -> str:
    """A longitude or latitude for a hidden input, "" when it is none."""
    try:
        return f"{float(str(value).replace(',', '.')):.6f}"
    except ValueError:
        return ""
