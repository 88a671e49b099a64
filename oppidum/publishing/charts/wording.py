"""Numbers as they are written beside a mark, and charts told in a sentence, in the active language."""

from collections.abc import Sequence

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

NARROW, NO_BREAK = "\u202f", "\u00a0"
TOLD = 8  # so many values are told one by one; of more, the ends alone


def in_french() -> bool:
    """Whether the reader reads French."""
    return (get_language() or "fr").startswith("fr")


def say(value: float | None, unit: str = "", decimals: int | None = None) -> str:
    """1234.5 -> "1 234,5"; up to three significant decimals are kept, never a tail of zeros. "–" for no value."""
    if value is None:
        return "–"
    if decimals is None:
        decimals = 0 if abs(value) >= 1000 or value == int(value) else 2 if abs(value) < 10 else 1
    text = f"{value:,.{decimals}f}"
    if "." in text and decimals:
        text = text.rstrip("0").rstrip(".")
    text = text.replace("-", "\u2212")
    if in_french():
        text = text.replace(",", NARROW).replace(".", ",")
    return f"{text}{NO_BREAK if in_french() or unit != '%' else ''}{unit}" if unit else text


def colon() -> str:
    """The colon with the space that French puts before it."""
    return f"{NO_BREAK}: " if in_french() else ": "


def enumerate_values(pairs: Sequence[tuple[str, str]]) -> str:
    """ "Aubagne 12; Arles 8": each name with its value as it is written."""
    separator = f"{NARROW}; " if in_french() else "; "
    return separator.join(f"{label} {said}" for label, said in pairs)


def tell_values(title: str, form: str, pairs: Sequence[tuple[str, str]]) -> str:
    """A description: what kind of drawing, of what, and its values, or its first and last ones when there are many."""
    head = f"{form}{colon()}{title}. "
    if len(pairs) <= TOLD:
        return f"{head}{enumerate_values(pairs)}."
    ends = {"first": enumerate_values(pairs[:3]), "last": enumerate_values(pairs[-1:]), "count": len(pairs)}
    return head + _("%(count)d values, from %(first)s… to %(last)s.") % ends


def tell_series(title: str, series: Sequence[tuple[str, Sequence[tuple[str, float, str]]]]) -> str:
    """A description of lines: where each begins and ends, and its highest value."""
    parts = []
    for name, points in series:
        if not points:
            continue
        (first_at, _v, first), (last_at, _w, last) = points[0], points[-1]
        top_at, _x, top = max(points, key=lambda point: point[1])
        told = _("from %(first)s (%(first_at)s) to %(last)s (%(last_at)s), highest %(top)s (%(top_at)s)") % {
            "first": first,
            "first_at": first_at,
            "last": last,
            "last_at": last_at,
            "top": top,
            "top_at": top_at,
        }
        parts.append(f"{name}{colon()}{told}" if name else told)
    return f"{pgettext('chart', 'Lines')}{colon()}{title}. " + ". ".join(parts) + "."
