"""The declared value beside the counted one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from oppidum.core.errors import NotFound
from oppidum.figures.declaration import Figure
from oppidum.figures.key_figures import KeyFigureValue, get_key_figure
from oppidum.figures.wording import say_value


@dataclass(frozen=True)
class Side:
    """The declared or the counted value, and what the other differs by."""

    label: str
    value: str


def compare_sides(value: KeyFigureValue) -> list[Side]:
    """Declared, counted and the difference, where there are both."""
    if value.declared is None or value.computed is None:
        return []
    return [
        Side(_("Declared by the department"), say_value(value.declared, value.unit)),
        Side(_("Counted from the records"), say_value(value.computed, value.unit)),
        Side(_("Difference"), say_value(value.difference, value.unit)),
    ]


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
