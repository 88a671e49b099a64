"""What the figures keep: key figures, their declared values year by year with evidence, and who did what; what was computed, and
stocks as they stood each day."""

from oppidum.figures.models.accepted_finding import AcceptedFinding
from oppidum.figures.models.account import AccountFile, AccountKind, AccountLine, AccountTie
from oppidum.figures.models.computed import Computation, Snapshot
from oppidum.figures.models.edition import Edition
from oppidum.figures.models.entry import Entry, State
from oppidum.figures.models.history import Change
from oppidum.figures.models.key_figure import KeyFigure
from oppidum.figures.models.target import Target

__all__ = [
    "AcceptedFinding",
    "AccountFile",
    "AccountKind",
    "AccountLine",
    "AccountTie",
    "Change",
    "Computation",
    "Edition",
    "Entry",
    "KeyFigure",
    "Snapshot",
    "State",
    "Target",
]
