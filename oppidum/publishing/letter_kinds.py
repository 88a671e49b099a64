"""What a delegation may be limited to, in words: kinds of letters, series of acts."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

KIND_LABELS = {
    "grant": gettext_lazy("favourable decisions"),
    "conditions": gettext_lazy("decisions with conditions"),
    "refusal": gettext_lazy("refusals"),
    "lapse": gettext_lazy("refusals by silence, rights that ended"),
    "tacit": gettext_lazy("certificates of tacit decisions"),
    "bill": gettext_lazy("bills"),
    "agreement": gettext_lazy("agreements"),
    "notice": gettext_lazy("notices"),
    "acknowledgement": gettext_lazy("receipts of requests"),
    "papers": gettext_lazy("requests for papers"),
}
SERIES_LABELS = {
    "order": gettext_lazy("orders of the president"),
    "decision": gettext_lazy("decisions by delegation of the council"),
}
ALL_LETTERS, ALL_ACTS = gettext_lazy("letters and decisions"), gettext_lazy("orders and decisions")


def say_kinds(kinds: Iterable[str], of_acts: bool) -> str:
    """The kinds in a row, or all of them where none is named."""
    labels = SERIES_LABELS if of_acts else KIND_LABELS
    return ", ".join(str(labels.get(kind, kind)) for kind in kinds) or str(ALL_ACTS if of_acts else ALL_LETTERS)
