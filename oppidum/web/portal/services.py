"""The catalogue of services (les démarches): by theme, by search, and a page for each, drawn from its declaration."""

from typing import Any

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppidum.cases.contests import list_calls
from oppidum.cases.declaration import catalogue
from oppidum.cases.declaration.marks import Mark
from oppidum.core import clock
from oppidum.services.life_events import LIFE_EVENTS
from oppidum.web.portal.asking import find_unfinished
from oppidum.web.portal.may_ask import may_context, questions_before
from oppidum.web.portal.offered import by_theme, is_of_communes, may_open, offered
from oppidum.web.portal.searching import address_of, list_events, search_portal, services_of, where
from oppidum.web.portal.service_story import tell_service

# Services that publish what is asked through them: where everybody reads it. Other rooms add theirs: mark -> (route, words on the button).
READ_AT: dict[Mark, tuple[str, Any]] = {}


@require_safe
def catalogue_page(request):
    """All services by theme, or what the words of `?q=` find, problems to report among them."""
    context = search_portal(request) | {"themes": by_theme(), "events": list_events()}
    return render(request, "portal/services/catalogue.html", context)


@require_safe
@never_cache
def service_page(request, code: str):
    """What it is, who may ask, what is needed, how long it takes, what it costs, what silence means, what happens."""
    service = catalogue().get(code)
    if service is None or service not in offered():
        raise Http404
    officer = request.user.is_authenticated
    story = tell_service(service, clock.today(), to_officer=officer)
    context = {
        "story": story,
        "service": service,
        "is_report": bool(service.categories),
        "officer": officer,
        # An officer of the authority asks for it here; who is of a commune, in its space.
        "of_communes": is_of_communes(service) and (not may_open(service, request.user) or request.user.is_of_commune),
    }
    context["only_in"] = [name for _code, name in where(service)]
    if not service.categories:
        context["unfinished"] = find_unfinished(request, service)
        if asked := questions_before(service):
            context |= may_context(service, asked)
    if read_at := next((READ_AT[mark] for mark in service.marks if mark in READ_AT), None):
        context["read_at"], context["read_label"] = read_at
    if service.contest:
        context["calls"] = list_calls(service)
    return render(request, "portal/services/service.html", context)


@require_safe
def suggestions(request):
    """What the words find, as a piece of a page, while somebody types."""
    return render(request, "portal/services/_found.html", search_portal(request))


@require_safe
def life_event_page(request, code: str):
    """A moment of life (événement de vie): all that it may call for, services first."""
    event = LIFE_EVENTS.get(code)
    if event is None:
        raise Http404
    return render(request, "portal/services/event.html", {"event": event, "answers": services_of(event)})


@require_safe
def found_json(request):
    """What the words find, for programs: best first."""
    found = search_portal(request)
    answers = [
        {
            "code": one.target.code,
            "service": one.target.service.code,
            "category": one.target.category.code if one.target.category else None,
            "name": str(one.title),
            "only_in": list(one.only),
            "address": request.build_absolute_uri(address_of(one)),
        }
        for one in found["answers"]
    ]
    return JsonResponse({"words": found["words"], "understood": found["understood"], "answers": answers})
