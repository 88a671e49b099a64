"""What an officer with the right "money" does to a case's account: a payment at the counter, a reduction, a refund."""

from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppidum.cases.declaration import Money
from oppidum.cases.models import Case
from oppidum.core import clock
from oppidum.core.codes import normalise
from oppidum.core.errors import Invalid, Refusal
from oppidum.payments.correcting import refund, waive
from oppidum.payments.models import Charge
from oppidum.payments.paying import take_at_counter
from oppidum.payments.reminders import dispute, end_dispute
from oppidum.web.desk.entry import officers_only, require_right


@officers_only
@require_POST
def counter(request, code: str, reference: str):
    """A payment in cash, by cheque, card or transfer."""
    return _carry_out(
        request,
        code,
        reference,
        lambda charge, cents, key: take_at_counter(
            charge.pk, cents, request.POST.get("means", ""), key, request.user, _day(request)
        ),
        _("The payment is booked; its receipt stands on the case."),
    )


@officers_only
@require_POST
def reduce(request, code: str, reference: str):
    """A reduction or exemption granted after the bill."""
    return _carry_out(
        request,
        code,
        reference,
        lambda charge, cents, key: waive(charge.pk, cents, _reason(request), key, request.user),
        _("The reduction is booked."),
    )


@officers_only
@require_POST
def pay_back(request, code: str, reference: str):
    """A refund of what was paid too much."""
    return _carry_out(
        request,
        code,
        reference,
        lambda charge, cents, key: refund(charge.pk, cents, _reason(request), key, request.user),
        _("The refund is ordered: the accountant finds it in the list of movements."),
    )


@officers_only
@require_POST
def contested(request, code: str, reference: str):
    """The person contests what is asked: no reminder leaves meanwhile."""
    case, charge = _find(request, code, reference)
    try:
        dispute(charge.pk, request.POST.get("reason", ""), request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted: no reminder leaves while this is contested."))
    return redirect("desk:case", case.code)


@officers_only
@require_POST
def agreed(request, code: str, reference: str):
    """The disagreement is over."""
    case, charge = _find(request, code, reference)
    end_dispute(charge.pk, request.user)
    messages.success(request, _("Noted: reminders leave again."))
    return redirect("desk:case", case.code)


def _find(request, code: str, reference: str) -> tuple[Case, Charge]:
    require_right(request, "money")
    case = get_object_or_404(Case.objects.visible_to(request.user), code=normalise(code) or code)
    return case, get_object_or_404(Charge, case=case, reference=reference)


def _carry_out(request, code: str, reference: str, act, said: str):
    case, charge = _find(request, code, reference)
    try:
        act(charge, Money(_("Amount")).clean(request.POST.get("amount", ""), clock.today()), request.POST.get("key", "")[:30])
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("desk:case", case.code)


def _reason(request) -> str:
    reason = " ".join(request.POST.get("reason", "").replace("\x00", "").split())
    if not reason:
        raise Invalid(_("Say why: the reason stays in the books."), field="reason")
    return reason


def _day(request) -> date:
    """The day on which the payer paid, not later than today."""
    try:
        day = date.fromisoformat(request.POST.get("day") or clock.today().isoformat())
    except ValueError:
        raise Invalid(_("Write the day like 12/03/2027, or 2027-03-12."), field="day") from None
    if day > clock.today():
        raise Invalid(_("This day has not come yet."), field="day")
    return day
