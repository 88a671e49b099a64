"""The source code, which this site owes its readers; the portal has its other statements (`portal/statements.py`)."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe


@require_safe
def source(request):
    """Where the source code of this very installation is offered (AGPL, section 13)."""
    return render(request, "web/source.html", {"title": _("Source code"), "address": settings.SOURCE_URL})
