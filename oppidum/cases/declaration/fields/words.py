"""Questions answered in words, by choosing, or by yes and no."""

import re
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.fields.base import Field
from oppidum.core.errors import Invalid

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def one_line(raw: Any, longest: int) -> str:
    """Text on one line without control characters; raises `Invalid` when it is none or too long."""
    if not isinstance(raw, str | int):
        raise Invalid(_("Write this answer as text."))
    text = " ".join(_CONTROL.sub("", str(raw)).split())
    if len(text) > longest:
        raise Invalid(
            _("This text has %(length)d characters; at most %(longest)d fit. Shorten it.")
            % {"length": len(text), "longest": longest}
        )
    return text


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
    owed: ClassVar[Any] = _("Choose an answer: it is needed to go on.")

    def clean(self, raw, today):
        picked = [str(r) for r in raw] if isinstance(raw, (list, tuple)) else [str(raw)]
        picked = [p for p in picked if p]
        if any(p not in self.options for p in picked) or (len(picked) > 1 and not self.many):
            raise Invalid(_("Choose one of the answers offered."))
        if not picked:
            return ""
        return list(dict.fromkeys(picked)) if self.many else picked[0]

    def show(self, value):
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(self.options.get(v, v)) for v in values)


@dataclass(frozen=True)
class YesNo(Field):
    """Yes or no, as `True` or `False`; anything else is an empty answer."""

    kind: ClassVar[str] = "yes_no"
    owed: ClassVar[Any] = _("Choose an answer: it is needed to go on.")
    WORDS: ClassVar[dict[str, bool]] = {
        "true": True,
        "yes": True,
        "oui": True,
        "vrai": True,
        "o": True,
        "1": True,
        "on": True,
        "false": False,
        "no": False,
        "non": False,
        "faux": False,
        "n": False,
        "0": False,
    }

    def clean(self, raw, today):
        value = raw if isinstance(raw, bool) else self.WORDS.get(str(raw).strip().lower())
        if value is None:
            raise Invalid(_("Answer yes or no."))
        return value

    def show(self, value):
        return str(_("yes") if value else _("no"))


def says_yes(raw: Any) -> bool:
    """Whether something typed or sent means yes."""
    return (raw if isinstance(raw, bool) else YesNo.WORDS.get(str(raw).strip().lower())) is True


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
