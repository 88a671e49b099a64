"""A form as plain data, for programs and for the screens of the telephone desk; and the names that expressions are said with."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from oppidum.cases.declaration.fields.base import Field, Fields
from oppidum.cases.declaration.fields.files import CONTENT_TYPES, Files
from oppidum.cases.declaration.fields.forms import Form, pages_of
from oppidum.cases.declaration.fields.items import Computed, Items
from oppidum.cases.declaration.fields.persons import KIND_LABELS, Party
from oppidum.cases.declaration.fields.words import Choice

_LIMITS = (
    "longest",
    "minimum",
    "maximum",
    "whole",
    "earliest",
    "latest",
    "least",
    "most",
    "largest_mb",
    "many",
    "inside",
    "asset",
    "to",
)


def labels_of(fields: Fields) -> dict[str, Any]:
    """What expressions are said with: `name` -> label, `name:option` -> the option's label, `list.column` -> the column's label."""
    labels: dict[str, Any] = {}
    for name, question in fields.items():
        labels[name] = question.label
        if isinstance(question, Choice):
            labels |= {f"{name}:{option}": label for option, label in question.options.items()}
        if isinstance(question, Items):
            labels |= {f"{name}.{column}": label for column, label in labels_of(question.fields).items()}
    return labels


def describe_form(form: Form | Fields, language: str) -> list[dict[str, Any]]:
    """Pages of questions as JSON: what is asked, when, how it is answered, and within which limits; texts in `language`."""
    labels = labels_of(form)
    with override(language):
        return [
            {
                "name": page.name,
                "title": str(page.title),
                "hint": str(page.hint),
                **_condition("when", page.when, labels),
                "questions": [describe(name, question, labels) for name, question in page.questions.items()],
            }
            for page in pages_of(form)
        ]


def describe(name: str, question: Field, labels: Mapping[str, Any]) -> dict[str, Any]:
    """One question as JSON, in the current language."""
    told: dict[str, Any] = {
        "name": name,
        "kind": question.kind,
        "label": str(question.label),
        "hint": str(question.hint),
        "required": question.required if isinstance(question.required, bool) else False,
        "private": question.private,
        **_condition("when", question.when, labels),
    }
    if not isinstance(question.required, bool):
        told |= _condition("required_when", question.required, labels)
    told |= {limit: value for limit in _LIMITS if (value := getattr(question, limit, None)) not in (None, False, "")}
    if question.parts:
        told["parts"] = list(question.parts)
    if unit := getattr(question, "unit", ""):
        told["unit"] = str(unit)
    return told | _particular(question, labels)


def _particular(question: Field, labels: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(question, Choice):
        return {"options": [{"value": value, "label": str(label)} for value, label in question.options.items()]}
    if isinstance(question, Party):
        return {"options": [{"value": kind, "label": str(KIND_LABELS[kind])} for kind in question.kinds]}
    if isinstance(question, Files):
        return {"accept": [CONTENT_TYPES[kind] for kind in question.accept]}
    if isinstance(question, Items):
        inside = {**labels, **labels_of(question.fields)}
        return {"fields": [describe(name, one, inside) for name, one in question.fields.items()], "totals": list(question.totals)}
    if isinstance(question, Computed):
        return {"as": question.as_, "reason": question.reason(labels)}
    return {}


def _condition(key: str, condition: Any, labels: Mapping[str, Any]) -> dict[str, Any]:
    return {} if condition is None else {key: {"reads": sorted(condition.names()), "says": condition.say(labels)}}
