"""What a public site owes its readers: how accessible it is, and what it keeps about them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from oppidum.cases.drafts import KEPT_DAYS
from oppidum.cases.files.photos import DRAFT_DAYS
from oppidum.web.portal.my_reports import KEPT_SECONDS


@require_safe
def accessibility(request):
    """Déclaration d'accessibilité (loi du 11 février 2005, art. 47; arrêté du 20 septembre 2019): what is known, what was tried."""
    return render(request, "portal/statements/accessibility.html", {})


@require_safe
def personal_data(request):
    """What is kept about people, why, for how long, and their rights (GDPR, art. 13)."""
    context = {"draft_days": DRAFT_DAYS, "request_days": KEPT_DAYS, "proof_hours": KEPT_SECONDS // 3600}
    return render(request, "portal/statements/personal_data.html", context)
