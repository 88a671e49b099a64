"""A note that officers leave on a file, for themselves: in every service."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Action, Text


def internal_note(*by: str) -> Action:
    """The act; `by`: rights other than those to act and to note."""
    note = Text(_("Internal note"), required=True, lines=3, longest=5000, private=True)
    return Action("note", _("Add an internal note"), by=by or ("act", "note"), tells=False, demands={"note": note})


def short_note(*by: str) -> Action:
    """The same, as the housing and planning files have it."""
    note = Text(_("Note"), lines=3, required=True, private=True)
    return Action("note", _("Add a note"), by=by or ("note", "act"), tells=False, demands={"note": note})
