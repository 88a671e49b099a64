"""Questions answered by a number, with its unit, or by a sum of money."""

import re
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.expressions import euros
from oppidum.cases.declaration.fields.base import Field
from oppidum.core.errors import Invalid

_SPACES = re.compile(r"[\s\u00a0\u202f]")


def say_number(value: int | float) -> str:
    """ "1 234,5" in French, "1,234.5" in English, after the current language."""
    text = f"{value:,}"
    return text.translate(str.maketrans({",": "\u202f", ".": ","})) if (get_language() or "fr").startswith("fr") else text


@dataclass(frozen=True)
class Number(Field):
    """A number in `unit`, within `minimum` and `maximum`; a French comma is understood, and so is the unit written after it."""

    _: KW_ONLY
    unit: Any = ""
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    kind: ClassVar[str] = "number"
    owed: ClassVar[Any] = _("Write a number: it is needed to go on.")

    def clean(self, raw, today):
        try:
            value = float(_SPACES.sub("", str(raw)).removesuffix(_SPACES.sub("", str(self.unit))).replace(",", "."))
        except ValueError:
            raise Invalid(_("Write a number, for example 12 or 3,5.")) from None
        if value != value or value in (float("inf"), float("-inf")) or (self.whole and value != int(value)):
            raise Invalid(_("Write a whole number.") if self.whole else _("Write a number, for example 12 or 3,5."))
        if self.minimum is not None and value < self.minimum:
            raise Invalid(_("At least %(minimum)s is expected.") % {"minimum": self.show(self.minimum)})
        if self.maximum is not None and value > self.maximum:
            raise Invalid(_("At most %(maximum)s is expected.") % {"maximum": self.show(self.maximum)})
        return int(value) if self.whole or value == int(value) else value

    def show(self, value):
        return f"{say_number(value)}\u202f{self.unit}" if self.unit else say_number(value)


_AMOUNT = re.compile(r"(?P<whole>\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+(?=\.))(?:[.,](?P<rest>\d{1,2}))?")
# More than any authority's budget, and well inside the database's integers.
_MOST_CENTS = 10**13


@dataclass(frozen=True)
class Money(Field):
    """A sum in euros, kept as integer cents. Text is euros as people write them ("1 234,56 €"); a whole number from a program is
    cents already. `minimum` and `maximum` in cents."""

    _: KW_ONLY
    minimum: int | None = 0
    maximum: int | None = None
    kind: ClassVar[str] = "money"
    owed: ClassVar[Any] = _("Write an amount in euros: it is needed to go on.")

    def clean(self, raw, today):
        cents = raw if isinstance(raw, int) and not isinstance(raw, bool) else self._read(raw)
        if abs(cents) > _MOST_CENTS:
            raise Invalid(_("This amount is too large: check it."))
        if self.minimum is not None and cents < self.minimum:
            raise Invalid(_("At least %(minimum)s is expected.") % {"minimum": self.show(self.minimum)})
        if self.maximum is not None and cents > self.maximum:
            raise Invalid(_("At most %(maximum)s is expected.") % {"maximum": self.show(self.maximum)})
        return cents

    def _read(self, raw: Any) -> int:
        if not isinstance(raw, str):
            raise Invalid(_("A program sends amounts as a whole number of cents."))
        text = re.sub(r"(?i)€|euros?|eur$", "", _SPACES.sub("", raw).replace("'", ""))
        negative = text.startswith(("-", "\u2212"))
        found = _AMOUNT.fullmatch(text.lstrip("-\u2212"))
        if not found:
            raise Invalid(_("Write an amount in euros, for example 1 234,56."))
        cents = int(found["whole"].replace(".", "").replace(",", "")) * 100 + int((found["rest"] or "0").ljust(2, "0"))
        return -cents if negative else cents

    def show(self, value):
        return euros(value)
