"""A commune's page for its residents, in its colour and with its words."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.models import Live
from oppidum.communes.looks import sheet as sheet_of
from oppidum.communes.models import Look
from oppidum.territory.models import Commune

SHEET_SECONDS = 300


@require_safe
def page(request, code: str):
    """REPORTS.service, ask, follow; the town hall; how many reports are open on its ground."""
    commune = get_object_or_404(Commune.objects.members().defer("outline"), pk=code)
    look = Look.objects.filter(commune=commune).first()
    reports = Live.objects.filter(service=REPORTS.code, commune=code, is_open=True, is_public=True).count()
    return render(request, "communes/public.html", {"commune": commune, "look": look, "reports": reports})


@require_safe
@cache_control(public=True, max_age=SHEET_SECONDS)
def sheet(request, code: str):
    """The colour as a style sheet: of checked digits alone."""
    look = get_object_or_404(Look, commune=code)
    return HttpResponse(sheet_of(look), content_type="text/css; charset=utf-8")
