"""Why a change of a declared figure is refused, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from oppidum.core.errors import NotAllowed, Refusal


class YearLocked(Refusal):
    """The edition is closed; nothing of it changes until it is reopened with a reason."""

    code = "year-locked"
    status = 409
    default = _("This year is locked: whoever owns the report may reopen it, or this figure alone, and says why.")


class NotYourFigure(NotAllowed):
    """Another directorate answers for this figure."""

    code = "not-your-figure"
    default = _("This figure belongs to another directorate: its officers enter it.")


class SecondPerson(NotAllowed):
    """Nobody validates what they entered themselves."""

    code = "second-person"
    default = _("You entered this value yourself: a second person validates it.")


class NotThere(Refusal):
    """What was asked for doesn't fit where the figure stands."""

    code = "not-there"
    status = 409
    default = _("This figure stands elsewhere by now: look at it again.")


class StillOpen(Refusal):
    """A year isn't locked while values wait for their second person."""

    code = "still-open"
    status = 409
    default = _("Some values wait for validation: validate them or send them back, then lock the year.")


class ReasonMissing(Refusal):
    """Sending back and reopening need a word to those concerned."""

    code = "reason-missing"
    default = _("Say why: the reason stays in the history of the figure.")
