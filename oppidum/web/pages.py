"""The pages that a public site owes its readers: accessibility, personal data, source code."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request):
    """The statement asked by article 47 of the law of 11 February 2005 (déclaration d'accessibilité)."""
    return render(request, "web/accessibility.html", {"title": _("Accessibility")})


@require_safe
def personal_data(request):
    """What is kept about people, why, and whom to write to (GDPR, art. 13)."""
    return render(request, "web/personal_data.html", {"title": _("Personal data")})


@require_safe
def source(request):
    """Where the source code of this very installation is offered (AGPL, section 13)."""
    return render(request, "web/source.html", {"title": _("Source code"), "address": settings.SOURCE_URL})
