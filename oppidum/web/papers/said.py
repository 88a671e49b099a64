"""Kinds of letters and who signs, in the reader's words."""

from django.utils.translation import gettext_lazy

from oppidum.publishing.letter_kinds import KIND_LABELS

__all__ = ["ACT_KINDS", "FUNCTIONS", "KIND_LABELS"]

FUNCTIONS = {
    "president": gettext_lazy("the president"),
    "mayor": gettext_lazy("the mayor"),
    "acts": gettext_lazy("the president, on acts (orders, decisions)"),
}
ACT_KINDS = (("order", gettext_lazy("acts: orders")), ("decision", gettext_lazy("acts: decisions by delegation")))
