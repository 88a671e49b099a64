"""Categories as Open311 services, and their questions as attributes. They change with the program only."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.cases.declaration import Category, Choice, Danger, Day, Field, Number, Text, YesNo, days_in_words
from oppidum.cases.declaration.marks import REPORTS
from oppidum.core.errors import NotFound


def get_category(code: str) -> Category:
    """The category that is the Open311 service `code`; `NotFound` if there is none."""
    category = REPORTS.service.categories.get(code)
    if category is None:
        raise NotFound(_("There is no service “%(code)s”; GET services lists them.") % {"code": code[:80]}, field="service_code")
    return category


def list_services() -> list[dict[str, Any]]:
    """All services in the current language."""
    return _services(get_language())


@lru_cache(maxsize=8)
def _services(language: str) -> list[dict[str, Any]]:
    report = REPORTS.service
    groups = {group.code: str(group.name) for group in report.groups}
    return [
        {
            "service_code": category.code,
            "service_name": str(category.name),
            "description": _description(category),
            "metadata": bool(category.questions or category.dangers),
            "type": "realtime",
            "keywords": ", ".join(str(category.words).split()) or None,
            "group": groups[category.group],
        }
        for category in report.categories.values()
    ]


def _description(category: Category) -> str:
    promise = _("Promise: %(days)s.") % {"days": days_in_words(category.promise)}
    return f"{category.hint} {promise}".strip()


def define(category: Category) -> dict[str, Any]:
    """The service definition of a category: first the dangers for which one calls instead, then the questions."""
    attributes = [_warning(n, category, danger) for n, danger in enumerate(category.dangers, start=1)]
    attributes += [_attribute(name, question, category) for name, question in category.questions.items()]
    for order, attribute in enumerate(attributes, start=1):
        attribute["order"] = order
    return {"service_code": category.code, "attributes": attributes}


def _attribute(name: str, question: Field, category: Category) -> dict[str, Any]:
    datatype, hint = _datatype(question)
    hints = [str(question.hint), hint, _condition(question, category)]
    attribute = {
        "variable": True,
        "code": name,
        "datatype": datatype,
        # GeoReport knows no conditions: what is asked of some only can't be required of all.
        "required": question.required and question.when is None,
        "datatype_description": " ".join(h for h in hints if h) or None,
        "order": 0,
        "description": str(question.label),
    }
    if values := _values(question):
        attribute["values"] = [{"key": key, "name": label} for key, label in values.items()]
    return attribute


def _warning(number: int, category: Category, danger: Danger) -> dict[str, Any]:
    """A danger as a line to show: `variable` is false, nothing is to be answered."""
    return {
        "variable": False,
        "code": f"danger_{number}",
        "datatype": "string",
        "required": False,
        "datatype_description": None,
        "order": 0,
        "description": f"{_cause(danger, category)}{tell_danger(danger)}",
    }


def tell_danger(danger: Danger) -> str:
    """What to do, and the number to call."""
    return _("%(what)s Number to call: %(number)s. No report is filed for this.") % {"what": danger.says, "number": danger.call}


def _cause(danger: Danger, category: Category) -> str:
    if danger.when is None:
        return ""
    question = category.questions[danger.when.name]
    return f"{question.label} — {' / '.join(question.show(value) for value in danger.when.values)} → "


def _condition(question: Field, category: Category) -> str:
    if question.when is None:
        return ""
    earlier = category.questions[question.when.name]
    shown = " / ".join(earlier.show(value) for value in question.when.values)
    return _("Only asked when “%(question)s” is: %(answers)s.") % {"question": earlier.label, "answers": shown}


def _datatype(question: Field) -> tuple[str, str]:
    match question:
        case Choice(many=True):
            return "multivaluelist", ""
        case Choice() | YesNo():
            return "singlevaluelist", ""
        case Number(unit=unit):
            return "number", _("In %(unit)s.") % {"unit": unit} if unit else ""
        case Day():
            return "datetime", _("A day: year-month-day.")
        case Text(lines=lines, longest=longest):
            return "text" if lines > 1 else "string", _("At most %(longest)d characters.") % {"longest": longest}
        case _:
            return "string", ""


def _values(question: Field) -> dict[str, str]:
    if isinstance(question, Choice):
        return {key: str(label) for key, label in question.options.items()}
    if isinstance(question, YesNo):
        return {"true": question.show(True), "false": question.show(False)}
    return {}
