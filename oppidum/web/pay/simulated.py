"""The page of the simulated payment service: paid, refused, abandoned. It exists only where that service is in use."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from oppidum.payments.models import Payment, Simulated
from oppidum.payments.paying import ask_about
from oppidum.payments.providers.simulated import click


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request, operation: str):
    """The choice; a click is the payer's. It notifies as a real service does, then sends the payer back."""
    if settings.PAYMENTS != "simulated":
        raise Http404
    found = Simulated.objects.filter(pk=operation).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        click(operation, request.POST.get("state", ""))
        for pk in Payment.objects.filter(provider="simulated", operation=operation).values_list("pk", flat=True):
            ask_about(pk)
        return redirect(found.returns_to.removeprefix(settings.PUBLIC_URL))
    return render(request, "pay/simulated.html", {"found": found})
