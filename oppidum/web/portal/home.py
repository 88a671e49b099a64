"""The portal's first screen: one question, a search, the ways in that are used most, and the code of a request."""

from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.cases.declaration import Category
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.models import Case
from oppidum.core import clock
from oppidum.core.codes import LENGTH, normalise
from oppidum.web.portal.offered import by_theme
from oppidum.web.portal.report_what import find_choices
from oppidum.web.portal.searching import list_events, search_portal

WAYS_IN = 6
LOOKED_BACK = timedelta(days=30)
KEPT_SECONDS = 600
# Until there is a month to count: what metropolises of this size receive most.
USUAL = (
    "dumping.objects",
    "cleanliness.dirty_street",
    "collection.container",
    "lighting.street_lamp",
    "roads.pothole",
    "parking.abandoned_vehicle",
)


@require_safe
def home(request):
    """The question and its answers: `?q=` searches what to report, `?code=` leads to a request."""
    code = request.GET.get("code")
    canonical = normalise(code) if code else None
    if canonical:
        return HttpResponseRedirect(f"/follow/{canonical}")
    fault = explain_code(code) if code is not None else ""
    errors = [("code", fault)] if fault else ()
    context = {
        **search_portal(request),
        "ways_in": find_ways_in(),
        "themes": by_theme(),
        "events": list_events(),
        "code": code or "",
        "code_error": fault,
        "errors": errors,
    }
    return render(request, "portal/home.html", context, status=422 if fault else 200)


@require_safe
def categories(request):
    """Suggestions while somebody types: a piece of the home page, or of the form of a report (`?in_form=1`)."""
    if "in_form" in request.GET:
        return render(request, "portal/report/_suggestions.html", find_choices(request))
    return render(request, "portal/services/_found.html", search_portal(request))


def find_ways_in() -> list[tuple[Category, str]]:
    """What was reported most in the last month, one category a group so that six subjects and icons differ, with its icon."""
    codes = cache.get("portal:ways-in")
    if codes is None:
        since = clock.now() - LOOKED_BACK
        counted = Case.objects.public().filter(service=REPORTS.code, filed_at__gte=since).order_by()
        most = counted.values_list("filed_category").annotate(n=Count("pk")).order_by("-n", "filed_category")
        codes = [code for code, _n in most]
        cache.set("portal:ways-in", codes, KEPT_SECONDS)
    known = [
        REPORTS.service.categories[code]
        for code in [*codes, *USUAL]
        if code in REPORTS.service.categories and code != "other.other"
    ]
    firsts: dict[str, Category] = {}
    for category in known:
        firsts.setdefault(category.group, category)
    icons = {group.code: group.icon for group in REPORTS.service.groups}
    return [(category, icons[group]) for group, category in list(firsts.items())[:WAYS_IN]]


def explain_code(text: str) -> str:
    """Why what was typed can't be a code, and what to look at."""
    letters = [letter for letter in text.upper() if letter.isalnum()]
    if not letters:
        return _("Write the code that you were given: ten letters and digits, like 7KQ2M-XA4RH.")
    if len(letters) != LENGTH:
        return _(
            "A code has %(length)d letters and digits, like 7KQ2M-XA4RH; this one has %(given)d. Compare it with your message."
        ) % {"length": LENGTH, "given": len(letters)}
    return _(
        "This code is not right: one of its letters or digits is wrong, or two changed places. "
        "Compare it with your message, one by one."
    )
