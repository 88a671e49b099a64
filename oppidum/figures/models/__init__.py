"""What the figures keep: key figures, their declared values year by year with evidence, and who did what."""

from oppidum.figures.models.edition import Edition
from oppidum.figures.models.entry import Entry, State
from oppidum.figures.models.history import Change
from oppidum.figures.models.key_figure import KeyFigure
from oppidum.figures.models.target import Target

__all__ = ["Change", "Edition", "Entry", "KeyFigure", "State", "Target"]
