"""The look of a commune: one colour, two texts. A colour that people can't read on is refused, with one near it that they can.

WCAG 2.2, success criteria 1.4.3 (text: 4.5:1) and 1.4.11; the colour carries white words, and is that of links on our grounds.
"""

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from oppidum.communes.models import Change, Look
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.people.models import Officer
from oppidum.territory.models import Commune

# The grounds of the pages by day (`web/static/web/tokens.css`): whoever reads against the darkest of them reads against all.
GROUNDS = ("#ffffff", "#fbfaf7", "#f3f0e9", "#e7f0f3")
LEAST = 4.5
_HEX = re.compile(r"#[0-9a-f]{6}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Texts:
    """How long each text may be."""

    welcome: int = 300
    news: int = 600


LONGEST = Texts()


def luminance(colour: str) -> float:
    """The relative luminance of "#rrggbb" (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart: 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def least_contrast(colour: str) -> float:
    """Against the ground where it is read worst."""
    return min(contrast(colour, ground) for ground in GROUNDS)


def darker(colour: str, factor: float) -> str:
    """The same hue with its lightness times `factor`."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, light * factor, full))


def nearest_readable(colour: str) -> str:
    """The lightest colour of the same hue that can be read."""
    return next(one for step in range(101) if least_contrast(one := darker(colour, 1 - step / 100)) >= LEAST)


def clean_colour(raw: Any) -> str:
    """The colour as it is kept; "" for the house's. Raises `Invalid`."""
    colour = str(raw or "").strip().lower()
    if not colour:
        return ""
    if not _HEX.fullmatch(colour):
        raise Invalid(_("Write the colour with a hash and six digits, like #0b5c7a."), field="colour")
    found = least_contrast(colour)
    if found < LEAST:
        told = {"colour": colour, "found": f"{found:.1f}", "least": LEAST, "other": nearest_readable(colour)}
        raise Invalid(
            _(
                "The colour %(colour)s can't be read well: its contrast is %(found)s to 1, and %(least)s to 1 are needed. %(other)s, darker, can."
            )
            % told,
            field="colour",
        )
    return colour


def clean_text(raw: Any, name: str) -> str:
    """A text on one line without control characters. Raises `Invalid`."""
    text = " ".join(_CONTROL.sub(" ", str(raw or "")).split())
    longest = getattr(LONGEST, name)
    if len(text) > longest:
        raise Invalid(
            _("This text has %(length)d characters; at most %(longest)d fit. Shorten it.")
            % {"length": len(text), "longest": longest},
            field=name,
        )
    return text


def save_look(commune: Commune, raw: Mapping[str, Any], officer: Officer) -> Look:
    """Keep a look; who may was asked before. Raises `InvalidForm` with every fault."""
    faults, kept = [], {}
    for name, clean in (("colour", clean_colour), ("welcome", None), ("news", None)):
        try:
            kept[name] = clean(raw.get(name)) if clean else clean_text(raw.get(name), name)
        except Invalid as fault:
            faults.append(fault)
    if faults:
        raise InvalidForm(faults)
    with transaction.atomic():
        look, _new = Look.objects.update_or_create(commune=commune, defaults=kept | {"changed_at": clock.now()})
        Change.objects.create(commune=commune, at=clock.now(), by=officer, what=Change.What.LOOK, detail=kept["colour"])
    return look


def sheet(look: Look | None) -> str:
    """The style sheet of a look: by day alone, for the night has colours of its own."""
    if look is None or not look.colour:
        return ""
    deep = darker(look.colour, 0.7)
    return (
        "@media not all and (prefers-color-scheme: dark) {\n"
        f"  :root {{ --sea: {look.colour}; --sea-deep: {deep}; --house: {deep}; --on-house-soft: #ffffff; --focus: {look.colour}; }}\n}}\n"
    )
