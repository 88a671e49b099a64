"""Kinds of letters and who signs, in the reader's words."""

from django.utils.translation import gettext_lazy

FUNCTIONS = {"president": gettext_lazy("the president"), "acts": gettext_lazy("the president, on acts (orders, decisions)")}
ACT_KINDS = (("order", gettext_lazy("acts: orders")), ("decision", gettext_lazy("acts: decisions by delegation")))
KIND_LABELS = {
    "grant": gettext_lazy("favourable decisions"),
    "conditions": gettext_lazy("decisions with conditions"),
    "refusal": gettext_lazy("refusals"),
    "tacit": gettext_lazy("certificates of tacit decisions"),
    "bill": gettext_lazy("bills"),
    "agreement": gettext_lazy("agreements"),
    "notice": gettext_lazy("notices"),
    "acknowledgement": gettext_lazy("receipts of requests"),
    "papers": gettext_lazy("requests for papers"),
}
