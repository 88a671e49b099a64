"""What inquiries and votes of residents say in the same words: how to follow what one wrote, and why something was given up."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Notice, Text

FOLLOW = _("Follow your request: {link}\nIts code, also by telephone: {code}\n\n{authority}")
ABANDONED = {"abandoned_because": Text(_("Why? Everybody reads it."), required=True, longest=600, fact=True)}


def told(act: str, subject: Any, text: Any) -> Notice:
    """What is written to who took part when `act` was taken: the text, and how to follow."""
    return Notice(act, subject, format_lazy("{}\n\n{}", text, FOLLOW))
