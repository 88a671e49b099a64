"""The columns of a service's list: their names, what each holds in words, and what is wrong with a header."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oppidum.cases.declaration import Form, Number, Service, Text
from oppidum.cases.declaration.fields import (
    Choice,
    Computed,
    Day,
    Field,
    Fields,
    Files,
    Items,
    Money,
    Party,
    Period,
    YesNo,
    columns_of,
    unknown_columns,
)
from oppidum.cases.declaration.fields.persons import KIND_LABELS
from oppidum.cases.lists.reading import TO_MEND

OWN = ("key", "filed_on")
PLACED = {"lon": Number("lon", required=True), "lat": Number("lat", required=True), "address": Text("address")}
REPORTED = ("category", "words", *PLACED)
# More options than these are told by their number: the answer to a wrong one names what was meant.
MOST_OPTIONS = 12

_OWN_SAY = {
    "key": gettext_lazy("The row’s name in the system that it comes from: sent again, it is found and not filed twice."),
    "filed_on": gettext_lazy("The day on which it was received, where that isn’t today; the rules of that day hold."),
    "category": gettext_lazy("The code of the category."),
    "words": gettext_lazy("The description."),
    "lon": gettext_lazy("Longitude, as 5.3698 (WGS 84)"),
    "lat": gettext_lazy("Latitude, as 43.2965 (WGS 84)"),
    "address": gettext_lazy("The address in words."),
}
_PARTS_SAY = {
    "kind": gettext_lazy("what it is"),
    "name": gettext_lazy("name"),
    "number": gettext_lazy("SIRET, SIREN or RNA number"),
    "represented_by": gettext_lazy("represented by"),
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("telephone"),
    "address": gettext_lazy("address in words"),
    "text": gettext_lazy("address in words"),
    "lon": gettext_lazy("longitude (WGS 84)"),
    "lat": gettext_lazy("latitude (WGS 84)"),
    "id": gettext_lazy("number of the thing"),
    "from": gettext_lazy("first day"),
    "to": gettext_lazy("last day"),
    "agreed": gettext_lazy("agreed"),
}
# What may stay empty in an answer that is needed: who has no representative, a place known by its address or by its point.
_LEFT_OUT = frozenset({"represented_by", "phone", "lon", "lat", "address", "text", "id", "number"})


@dataclass(frozen=True)
class Column:
    """A column of a list in words: what it holds, what may stand there, whether each row needs it."""

    name: str
    says: str
    values: str
    is_needed: bool


def columns_for(service: type[Service], rows: int = 3) -> list[str]:
    """The header of a spreadsheet for this service, with `rows` of each list."""
    if not service.categories:
        return [*OWN, *columns_of(service.form, rows)]
    return [*OWN, *REPORTED, *columns_of(_questions(service), rows)]


def describe_columns(service: type[Service], rows: int = 3) -> list[Column]:
    """What `columns_for` names, in words of the current language."""
    own = [*OWN, *(REPORTED if service.categories else ())]
    told = [Column(name, str(_OWN_SAY[name]), _own_values(name), name in ("category", "lon", "lat")) for name in own]
    return told + list(_describe(_questions(service), rows))


def is_importable(service: type[Service]) -> bool:
    """Whether a row can hold all that a request needs: no paper is asked of everybody."""
    needs_files = any(isinstance(one, Files) and one.required is True and one.when is None for one in _questions(service).values())
    return bool(service.categories) or isinstance(service.form, Form) and not needs_files


def faults_of_header(service: type[Service], header: list[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a header: (column, what to do)."""
    if not any(header):
        yield "", _("The file is empty: its first row names the columns.")
        return
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield name, _("This column stands twice: keep one.")
    named = [name for name in header if name not in (*OWN, TO_MEND)]
    if service.categories:
        known = set(columns_for(service, 1))
        unknown = [name for name in named if name and name.replace("-", ".") not in known]
    else:
        unknown = [fault.field or "" for fault in unknown_columns(service.form, named)]
    for name in unknown:
        yield name, _("No question of this service reads this column: correct its name, or take it out.")
    if not unknown:
        for name in _missing(service, header):
            yield name, _("Every row needs this column: add it.")


def _missing(service: type[Service], header: list[str]) -> Iterator[str]:
    """What no row can go without, of which the header names no part."""
    named = {name.strip().replace("-", ".").partition(".")[0] for name in header}
    needed = ("category", "lon", "lat") if service.categories else _always_asked(service.form)
    yield from (name for name in needed if name not in named)


def _always_asked(form: Fields) -> Iterator[str]:
    for name, question in form.items():
        if not isinstance(question, Computed | Files) and question.required is True and question.when is None:
            yield name


def _questions(service: type[Service]) -> Mapping[str, Field]:
    if not service.categories:
        return service.form
    return {name: one for category in service.categories.values() for name, one in category.questions.items()}


def _describe(questions: Fields, rows: int, prefix: str = "", always: bool = True) -> Iterator[Column]:
    for name, question in questions.items():
        if isinstance(question, Items):
            for n in range(rows):
                yield from _describe(question.fields, rows, f"{prefix}{name}.{n}.", always=False)
            continue
        if isinstance(question, Computed | Files):
            continue
        is_needed = always and question.required is True and question.when is None
        for part in question.parts or ("",):
            says = f"{question.label} ({_PARTS_SAY[part]})" if part in _PARTS_SAY else str(question.label)
            needs = is_needed and part not in _LEFT_OUT - set(getattr(question, "needs", ()))
            yield Column(f"{prefix}{name}.{part}" if part else f"{prefix}{name}", says, _values(question, part), needs)


def _values(question: Field, part: str) -> str:
    """What may stand in the column; "" where its words say it."""
    if isinstance(question, Party) and part == "kind":
        return _options({kind: KIND_LABELS[kind] for kind in question.kinds})
    if isinstance(question, Choice):
        many = _("; several are parted by |") if question.many else ""
        return _options(question.options) + many
    if isinstance(question, YesNo) or part == "agreed":
        return _("yes or no")
    if isinstance(question, Day | Period):
        return _("a day, as 31/12/2027 or 2027-12-31")
    if isinstance(question, Money):
        return _("euros, as 1 234,50")
    return _("a number") if isinstance(question, Number) or part in ("lon", "lat") else ""


def _options(options: Mapping[str, Any]) -> str:
    told = ", ".join(f"{word} ({label})" for word, label in list(options.items())[:MOST_OPTIONS])
    return f"{told}…" if len(options) > MOST_OPTIONS else told


def _own_values(name: str) -> str:
    return _("a day, as 31/12/2027 or 2027-12-31") if name == "filed_on" else ""
