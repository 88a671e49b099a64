"""What is written to who answers a call: the receipt with its hour, the choice or the refusal with reasons, the way to the judge."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Letter, Notice

FOLLOW = _("Follow your request: {link}\nIts code, also by telephone: {code}\n\n{authority}")
LAW = ("CG3P, art. L2122-1-1",)


def _notice(action, subject, text):
    return Notice(action, subject, format_lazy("{}\n\n{}", text, FOLLOW))


LETTERS = (
    Letter("chosen", kind="grant", signed_by="president", law=LAW, facts="reasons", subject=_("Your application {code} is chosen"), body=(
        _("You have answered our call for a place in a harbour; your application arrived on {received_on}."),
        _("It is chosen. The harbour office writes the title with you; it is personal, temporary and can be revoked."),
    )),
    # Reasons in law and in fact (CRPA, art. L211-2), and the ways to contest (CRPA, art. L412-3; CJA, art. R421-1).
    Letter("refused", kind="refusal", signed_by="president", law=LAW, facts="reasons", subject=_("Your application {code} is not chosen"), body=(
        _("You have answered our call for a place in a harbour; your application arrived on {received_on}."),
        _("It was compared with the others by the criteria of the call, and another one is chosen."),
    )),
    Letter("not_followed", subject=_("Your application {code}: the call ended without a choice"), body=(
        _("You have answered our call for a place in a harbour; your application arrived on {received_on}."),
        _("The call ended without a choice. A new one may follow: it is published on the page of the open calls."),
    )),
)

NOTICES = (
    _notice("file", _("We have your application"), _("Your application arrived on {received_on} at {received_time}, in time. It stays sealed until the call closes.")),
    _notice("opened", _("The call is closed, your application is open"), _("The call is closed. Your application is compared with the others by the criteria of the call.")),
    _notice("choose", _("Your application is chosen"), _("Your application is chosen. A letter says more.")),
    _notice("refuse", _("Your application is not chosen"), _("Another application is chosen. A letter says why, and how to contest it.")),
    _notice("not_followed", _("The call ended without a choice"), _("The call ended without a choice. A letter says more.")),
    _notice("withdraw", _("Your application is withdrawn"), _("We have noted it.")),
)
