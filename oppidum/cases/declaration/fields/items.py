"""Questions answered by rows (the lines of a budget, the children of a family), and values that the form works out itself."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from oppidum.cases.declaration.expressions import euros
from oppidum.cases.declaration.fields.base import Field, is_empty
from oppidum.cases.declaration.fields.days import say_day
from oppidum.cases.declaration.fields.forms import survey
from oppidum.cases.declaration.fields.numbers import say_number
from oppidum.cases.declaration.fields.words import one_line, says_yes
from oppidum.core.errors import Invalid, InvalidForm


@dataclass(frozen=True)
class Items(Field):
    """Between `least` and `most` rows of `fields`; kept as a list of answers. `totals` names the columns whose sum is shown.

    In a row, conditions read the row first, then the answers before the list. Rows left blank are dropped.
    """

    _: KW_ONLY
    fields: Mapping[str, Field] = field(default_factory=dict)
    least: int = 1
    most: int = 50
    totals: tuple[str, ...] = ()
    row: Any = ""
    kind: ClassVar[str] = "items"
    owed: ClassVar[Any] = _("Fill in one row at least: it is needed to go on.")

    def clean(self, raw, today):
        return self.take(raw, today, {})

    def take(self, raw, today, known):
        if is_empty(raw):
            return None
        if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
            raise Invalid(_("Give the rows as a list."))
        cleaned, faults = [], []
        for n, row in enumerate(raw):
            if is_empty(row):
                continue
            found = survey(self.fields, row, today, known)
            cleaned.append(found.answers)
            for fault in found.faults:
                fault.field = f"{n}-{fault.field}"
                faults.append(fault)
        if len(cleaned) > self.most:
            faults.insert(
                0, Invalid(ngettext_lazy("At most %(n)d row fits.", "At most %(n)d rows fit.", self.most) % {"n": self.most})
            )
        if len(cleaned) < self.least and cleaned:
            said = ngettext_lazy("At least %(n)d row is expected.", "At least %(n)d rows are expected.", self.least)
            faults.insert(0, Invalid(said % {"n": self.least}))
        if faults:
            raise InvalidForm(faults)
        return cleaned

    def sums(self, value: list[dict[str, Any]]) -> dict[str, int | float]:
        """The sum of each column of `totals`."""
        return {name: sum(row.get(name) or 0 for row in value) for name in self.totals}

    def show_row(self, row: Mapping[str, Any]) -> str:
        """ "Size: 240 litres · Number: 2", in the declared order, whatever the order in which the row is kept."""
        told = ((one, row[name]) for name, one in self.fields.items() if name in row)
        return " · ".join(
            str(_("%(label)s: %(value)s") % {"label": as_heading(one), "value": one.show(value)}) for one, value in told
        )

    def show(self, value):
        rows = [self.show_row(row) for row in value]
        totals = [
            str(_("total, %(column)s: %(sum)s") % {"column": as_heading(self.fields[name]), "sum": self.fields[name].show(total)})
            for name, total in self.sums(value).items()
        ]
        return "\n".join(rows + totals)

    def fact_of(self, value):
        """The columns that aren't private."""
        kept = {name: one for name, one in self.fields.items() if not one.private}
        return [{name: kept[name].fact_of(each) for name, each in row.items() if name in kept} for row in value]


def as_heading(question: Field) -> str:
    """The label before an answer: "What for?" heads a column as "What for"."""
    return str(question.label).rstrip(" ?\u00a0\u202f")


@dataclass(frozen=True)
class Statement(Field):
    """A sentence to be signed: the label. Keeps who signed it and when, `{name, at}`; the instant is the engine's, not the browser's."""

    _: KW_ONLY
    private: bool = True
    kind: ClassVar[str] = "statement"
    owed: ClassVar[Any] = _("Tick the box and sign with your name: without it the request can't be sent.")
    parts: ClassVar[tuple[str, ...]] = ("agreed", "name")

    def clean(self, raw, today):
        given = raw if isinstance(raw, Mapping) else {"agreed": raw}
        # What is stored holds the instant instead of the box: cleaned again it stays what it is.
        if not given.get("at") and not says_yes(given.get("agreed")):
            raise Invalid(_("Tick the box to confirm: without it the request can't be sent."), field="agreed")
        name = one_line(given.get("name") or "", 200)
        if not name:
            raise Invalid(_("Write your first name and your name: it is your signature."), field="name")
        return {"name": name, "at": str(given.get("at") or today.isoformat())}

    def show(self, value):
        return str(_("signed by %(name)s on %(day)s") % {"name": value["name"], "day": say_day(value["at"][:10])})

    def fact_of(self, value):
        return {"at": value["at"]}


@dataclass(frozen=True)
class Computed(Field):
    """A value that the form works out from earlier answers, shown with its reason; nobody types it.

    `value` is an expression; `as_` says how it reads: "money" (cents), "number" with its `unit`, "yes_no", "day" or "text", the words of
    which may have labels in `options`.
    """

    _: KW_ONLY
    value: Any = None
    as_: str = "number"
    unit: Any = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    kind: ClassVar[str] = "computed"

    def take(self, raw, today, known):
        """The value as plain JSON, None where an answer that it needs is missing; whatever came in counts for nothing."""
        found = self.value.value(known)
        if isinstance(found, Fraction):
            return round(float(found), 6)
        return found.isoformat() if isinstance(found, date) else found

    def reason(self, labels: Mapping[str, Any]) -> str:
        """How it was worked out, in words."""
        return self.value.say(labels)

    def clean(self, raw, today):
        raise Invalid(_("This value is worked out, not given."))

    def show(self, value):
        match self.as_:
            case "money":
                return euros(round(value))
            case "yes_no":
                return str(_("yes") if value else _("no"))
            case "day":
                return say_day(value)
            case "number":
                return f"{say_number(value)}\u202f{self.unit}" if self.unit else say_number(value)
        return str(self.options.get(value, value))
