"""The declared value beside the counted one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppidum.core.errors import NotFound
from oppidum.core.numbers import say_number
from oppidum.figures.accounts.reading import Tied
from oppidum.figures.declaration import Figure
from oppidum.figures.key_figures import KeyFigureValue, get_key_figure
from oppidum.figures.wording import plain, say_value


@dataclass(frozen=True)
class Side:
    """The declared or the counted value, and what the other differs by."""

    label: str
    value: str


def compare_sides(value: KeyFigureValue, tied: Tied | None = None) -> list[Side]:
    """Declared, counted, summed from the accounts, and the difference, where there are two at least."""
    other = value.computed if value.computed is not None else tied.value if tied else None
    if value.declared is None or other is None:
        return []
    sides = [Side(_("Declared by the department"), say_value(value.declared, value.unit))]
    if value.computed is not None:
        sides.append(Side(_("Counted from the records"), say_value(value.computed, value.unit)))
    if tied is not None:
        words = {"lines": say_number(tied.lines), "files": ", ".join(tied.files)}
        label = ngettext(
            "Sum of %(lines)s line of the accounts (%(files)s)", "Sum of %(lines)s lines of the accounts (%(files)s)", tied.lines
        )
        sides.append(Side(label % words, say_value(tied.value, value.unit)))
    return [*sides, Side(_("Difference"), say_value(plain(other - value.declared), value.unit))]


@dataclass(frozen=True)
class Twin:
    """The key figure that a counted figure states, and both values where there are both."""

    value: KeyFigureValue
    sides: list[Side]


def find_twin(figure: Figure, year: int, *, internal: bool) -> Twin | None:
    """The key figure that a counted figure states in a year, with its declared value; None for none."""
    if not figure.states:
        return None
    try:
        value = get_key_figure(figure.states, year, validated_only=not internal)
    except NotFound:
        return None
    return Twin(value, compare_sides(value))
