"""The letters of late payments, declared once for all services with fees. Their words are those of the entry `remind_payment` (`reminders.py`)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Letter, Word, answer
from oppidum.cases.declaration.recorded import REMIND
from oppidum.cases.rules.standing import Fact

_WORDS = {"late": Word(answer("late_cents"), "money"), "left": Word(answer("left_cents"), "money")}
_CROSSED = _("If you have paid in the last few days, this letter crossed your payment: take no notice of it.")
_CONTEST = _(
    "If you do not agree with the amount, or cannot pay it at once, write to us or call us before that day: a payment in parts may be possible, "
    "and we send no further reminder while a disagreement is being looked at."
)

REMINDERS = {
    "first": Letter(
        "payment_reminder",
        subject=_("Reminder: {late} to pay, reference {reference}"),
        words=_WORDS,
        body=(
            _("On {billed_on} we sent you the bill {reference} of your case {code} ({service})."),
            _("{late} of it should have been paid by {late_since}, and has not reached us. In all, {left} are left to pay."),
            _("Please pay by {pay_by}, on the page of your case: {link}"),
            _CROSSED,
            _CONTEST,
        ),
    ),
    "formal": Letter(
        "payment_notice",
        subject=_("Formal notice to pay {late}, reference {reference}"),
        words=_WORDS,
        body=(
            _("On {reminded_on} we reminded you of the bill {reference} of {billed_on}, of your case {code} ({service})."),
            _("{late} of it should have been paid by {late_since}, and has not reached us. In all, {left} are left to pay."),
            _("We give you formal notice to pay {late} by {pay_by}, on the page of your case: {link}"),
            _("Without payment by that day, the debt is handed to the public accountant, who may collect it by force of law."),
            _CROSSED,
            _CONTEST,
        ),
    ),
}


def letters_for(fact: Fact) -> list[Letter]:
    """The reminder that an entry makes; none for an entry of another kind."""
    stage: Any = fact.data.get("stage") if fact.action == REMIND else None
    return [REMINDERS[stage]] if stage in REMINDERS else []
