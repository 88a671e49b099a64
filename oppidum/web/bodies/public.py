"""Acts as everybody reads them: whole, unaltered, to be downloaded, with the day of posting and who signed (CGCT, art. R2131-1)."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.bodies.minutes import list_of_deliberations
from oppidum.bodies.models import Act, Body, Series, Sitting
from oppidum.core.errors import NotFound
from oppidum.publishing.record_paper import minutes_pdf, vote_in_words

SIZE = 25
SITTINGS = 8


def published() -> QuerySet[Act]:
    """What is online: never an individual act, which concerns one person."""
    return Act.objects.filter(published_on__isnull=False, is_individual=False).select_related("body")


@require_safe
def page(request):
    """Newest first; by words, year, series and body."""
    raw = request.GET
    acts, years = published(), [day.year for day in published().dates("decided_on", "year", order="DESC")]
    year = int(raw["year"]) if raw.get("year", "").isdigit() and int(raw["year"]) in years else None
    if year:
        acts = acts.filter(year=year)
    if raw.get("series") in Series.values:
        acts = acts.filter(series=raw["series"])
    if query := raw.get("q", "").replace("\x00", "").strip()[:200]:
        acts = acts.filter(Q(code__iexact=query) | Q(title__icontains=query))
    if raw.get("body"):
        acts = acts.filter(body__code=raw["body"][:40])
    context = {
        "page": Paginator(acts, SIZE).get_page(raw.get("page")),
        "query": query,
        "raw": raw,
        "years": years,
        "year_choices": [("", _("All years")), *((str(y), str(y)) for y in years)],
        "series_choices": [("", _("All series")), *Series.choices],
        "body_choices": [("", _("All bodies")), *Body.objects.exclude(series="").values_list("code", "name")],
        "sittings": Sitting.objects.filter(list_on__isnull=False).select_related("body")[:SITTINGS],
    }
    return render(request, "bodies/public/list.html", context)


def get_published(code: str) -> Act:
    """The act, or `NotFound`: one that isn't online looks as if it didn't exist."""
    act = published().select_related("item__sitting", "file").filter(code=code.upper()).first()
    if act is None:
        raise NotFound()
    return act


@require_safe
def act(request, code: str):
    """One act: its text, its vote, its dates, its file."""
    found = get_published(code)
    vote = vote_in_words(found.item) if found.item else ""
    return render(request, "bodies/public/act.html", {"act": found, "vote": vote})


@require_safe
def pdf(request, code: str):
    """The file as it was put online."""
    found = get_published(code)
    if not hasattr(found, "file"):
        raise NotFound()
    response = HttpResponse(bytes(found.file.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.code}.pdf"'
    response["ETag"] = f'"{found.file.sha256}"'
    response["Last-Modified"] = http_date(found.file.made_at.timestamp())
    return response


def get_listed(code: str) -> Sitting:
    """A sitting whose list is posted, or `NotFound`."""
    found = Sitting.objects.select_related("body", "president__councillor", "secretary__councillor")
    sitting = found.filter(code=code, list_on__isnull=False).first()
    if sitting is None:
        raise NotFound()
    return sitting


@require_safe
def sitting(request, code: str):
    """The list of deliberations examined (CGCT, art. L2121-25), and the minutes once they are online."""
    found = get_listed(code)
    items = list_of_deliberations(found)
    online = set(published().filter(item__in=items).values_list("code", flat=True))
    rows = [
        {
            "item": item,
            "vote": vote_in_words(item),
            "code": item.act.code if hasattr(item, "act") and item.act.code in online else "",
        }
        for item in items
    ]
    return render(request, "bodies/public/sitting.html", {"sitting": found, "rows": rows})


@require_safe
def minutes(request, code: str):
    """The minutes, once settled and put online."""
    found = get_listed(code)
    if found.minutes_online_on is None:
        raise NotFound()
    response = HttpResponse(minutes_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.code}.pdf"'
    return response
