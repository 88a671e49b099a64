"""Coming back from the payment service: the payer's browser, and the service's own notification.

Both only make us ask the service; neither is believed. Both may come twice, in any order, or never: the worker asks too.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from oppidum.core import rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import TooMany
from oppidum.core.money import say_money
from oppidum.payments.models import Payment
from oppidum.payments.paying import ask_about

NOTICES_A_MINUTE = 600


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@never_cache
def back(request, token: str):
    """The payer, with whatever the service put into the address: we ask, and say what it said."""
    payment = ask_about(get_object_or_404(Payment, token=token).pk)
    amount = say_money(payment.amount_cents)
    match payment.state:
        case Payment.State.PAID:
            messages.success(request, _("Thank you: %(amount)s are paid. Your receipt is below.") % {"amount": amount})
        case Payment.State.STARTED:
            messages.info(
                request,
                _("The payment service has not confirmed yet. This page shows the payment once it has: nothing to do twice."),
            )
        case Payment.State.REFUSED:
            messages.warning(request, _("The bank refused the payment of %(amount)s: nothing was paid.") % {"amount": amount})
        case Payment.State.DIFFERS:
            messages.warning(request, _("The payment service confirmed another amount: an officer looks at it and writes to you."))
        case _:
            messages.info(request, _("You left the payment: nothing was paid."))
    return redirect("pay:page", payment.charge.case.code)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@never_cache
def notify(request, token: str):
    """The service's notification. The token is of one payment and can't be guessed; what the body claims is not read."""
    if not rates.allow(f"notify:{client_address(request)}", NOTICES_A_MINUTE):
        raise TooMany(retry_after=60)
    ask_about(get_object_or_404(Payment, token=token).pk)
    return HttpResponse("ok", content_type="text/plain")
