"""The catalogue of services (les démarches): by theme, by search, and a page for each, drawn from its declaration."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppidum.cases.category_search import find_categories
from oppidum.cases.contests import list_calls
from oppidum.cases.declaration import catalogue
from oppidum.cases.service_search import find_services
from oppidum.core import clock
from oppidum.services.living_environment.report import Report
from oppidum.web.portal.asking import find_unfinished
from oppidum.web.portal.offered import by_theme, offered
from oppidum.web.portal.service_story import tell_service

CATEGORIES_SHOWN = 6


@require_safe
def catalogue_page(request):
    """All services by theme, or what the words of `?q=` find, problems to report among them."""
    return render(request, "portal/services/catalogue.html", search(request) | {"themes": by_theme()})


@require_safe
@never_cache
def service_page(request, code: str):
    """What it is, who may ask, what is needed, how long it takes, what it costs, what silence means, what happens."""
    service = catalogue().get(code)
    if service is None or service not in offered():
        raise Http404
    officer = request.user.is_authenticated
    story = tell_service(service, clock.today(), to_officer=officer)
    context = {"story": story, "service": service, "is_report": bool(service.categories), "officer": officer}
    if not service.categories:
        context["unfinished"] = find_unfinished(request, service)
    if service.contest:
        context["calls"] = list_calls(service)
    return render(request, "portal/services/service.html", context)


@require_safe
def suggestions(request):
    """What the words find, as a piece of a page, while somebody types."""
    return render(request, "portal/services/_found.html", search(request))


def search(request) -> dict:
    """What was asked for; the services and the problems to report that it finds."""
    words = request.GET.get("q", "")[:120].strip()
    language = get_language() or "fr"
    return {
        "words": words,
        "services": find_services(words, language, [one for one in offered() if not one.categories]) if words else [],
        "categories": find_categories(Report, words, language, CATEGORIES_SHOWN) if words else [],
    }
