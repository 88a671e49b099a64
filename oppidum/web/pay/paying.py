"""What a case's holder owes, and paying it: /pay/CODE/. Who has the code pays; nothing of the person is shown."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases.models import Case, Party
from oppidum.core import rates
from oppidum.core.addresses import client_address
from oppidum.core.codes import normalise
from oppidum.core.errors import Invalid, Refusal, TooMany
from oppidum.payments.accounts import service_of
from oppidum.payments.models import Charge, Payment
from oppidum.payments.paying import begin_payment, choose_plan
from oppidum.payments.providers import is_open
from oppidum.payments.statements import statement_of

# As for following a case: a guesser needs millions of tries.
LOOKUPS_A_MINUTE = 60


@require_safe
@never_cache
def page(request, code: str):
    """Everything that is due and paid on a case."""
    case = find_case(request, code)
    if case.code != code:
        return redirect("pay:page", case.code)
    return _show(request, case)


@require_POST
@never_cache
def begin(request, code: str, reference: str):
    """To the provider's page, for all that is due or for the next instalment."""
    case = find_case(request, code)
    charge = get_object_or_404(Charge, case=case, reference=reference)
    state = next(c for c in statement_of(case.pk).charges if c.charge.pk == charge.pk)
    part = state.next_part if request.POST.get("part") == "next" else None
    email = request.POST.get("email", "").strip()[:80]
    try:
        _check_email(email)
        amount = part.left_cents if part else max(charge.balance_cents, 0)
        address = begin_payment(charge.pk, amount, email, f"{state.label} {charge.reference}", our_address)
    except Refusal as refusal:
        return _show(request, case, refusal, reference)
    return redirect(address)


@require_POST
@never_cache
def plan(request, code: str, reference: str):
    """By instalments, or all at once."""
    case = find_case(request, code)
    charge = get_object_or_404(Charge, case=case, reference=reference)
    try:
        choose_plan(charge.pk, request.POST.get("plan") == "parts")
    except Refusal as refusal:
        return _show(request, case, refusal, reference)
    messages.success(request, _("Noted. You find the dates and amounts below."))
    return redirect("pay:page", case.code)


@require_safe
@never_cache
def receipt(request, code: str, number: str):
    """The receipt (quittance) of a payment, to be read or printed."""
    case = find_case(request, code)
    payment = get_object_or_404(Payment.objects.select_related("charge"), charge__case=case, receipt=number)
    found = next(c for c in statement_of(case.pk).charges if c.charge.pk == payment.charge_id)
    return render(request, "pay/receipt.html", {"case": case, "payment": payment, "found": found})


def find_case(request, code: str) -> Case:
    """The case of a code, counted against guessing; 404 for what is none."""
    if not rates.allow(f"pay:{client_address(request)}", LOOKUPS_A_MINUTE):
        raise TooMany(_("Many codes were looked up from your connection. Wait a minute, then try again."), retry_after=60)
    canonical = normalise(code)
    case = Case.objects.public().filter(code=canonical).first() if canonical else None
    if case is None:
        raise Http404
    return case


def our_address(kind: str, token: str) -> str:
    """Where a provider sends the payer back, or notifies us."""
    return settings.PUBLIC_URL + reverse(f"pay:{kind}", args=[token])


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(
            _("Write an e-mail address like name@example.org: the payment service sends its ticket there."), field="email"
        ) from None


def _show(request, case: Case, refusal: Refusal | None = None, reference: str = ""):
    email = request.POST.get("email") or (
        Party.objects.filter(case=case, role=Party.AUTHOR).values_list("email", flat=True).first() or ""
    )
    at_fault = f"{reference}-{refusal.field}" if refusal is not None and refusal.field else ""
    context = {
        "case": case,
        "service": service_of(case),
        "statement": statement_of(case.pk),
        "email": email[:80],
        "at_fault": at_fault,
        "fault": str(refusal) if refusal is not None else "",
        "errors": [(at_fault, str(refusal))] if refusal is not None else [],
        "is_open": is_open(),
    }
    return render(request, "pay/page.html", context, status=refusal.status if refusal is not None else 200)
