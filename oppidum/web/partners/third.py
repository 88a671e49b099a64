"""The page of a third party: what its role needs of one case, and the actions and opinions that are its to give. No account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import Service, get_service
from oppidum.cases.declaration.outside import Third
from oppidum.cases.persons.engine_data import questions_of
from oppidum.cases.preparing import prepare
from oppidum.cases.public import public_id
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.asking import OPINION, open_opinions
from oppidum.cases.rules.decide import actions_open_to
from oppidum.cases.rules.standing import Actor, Command, Standing
from oppidum.core import clock, rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import Invalid, InvalidForm, Refusal, TooMany
from oppidum.interfaces.partners.models import ThirdLink
from oppidum.interfaces.partners.thirds import open_link, third_of
from oppidum.web.answering import changes_rows, read_answers
from oppidum.web.questions import draw_questions

OPENED_AN_HOUR = 600
LONGEST_REASONS = 5000


def by_link(view: Callable) -> Callable:
    """Opens the link; its address is told to no other site, and the page is kept nowhere."""

    @wraps(view)
    @never_cache
    def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rates.allow(f"third:{client_address(request)}", OPENED_AN_HOUR, 3600):
            raise TooMany(retry_after=3600)
        response = view(request, token, open_link(token), *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


@by_link
@require_safe
def page(request: HttpRequest, token: str, link: ThirdLink) -> HttpResponse:
    """The case, as the role may see it."""
    return show(request, token, link)


@by_link
@require_POST
def act(request: HttpRequest, token: str, link: ThirdLink, action: str) -> HttpResponse:
    """Take one of the role's actions."""
    service, standing, third = _read(link)
    wanted = next((one for one in _offered(service, standing, third) if one.name == action), None)
    if wanted is None:
        messages.warning(request, _("This is no longer possible at the step where the case stands now."))
        return redirect("third:page", token)
    raw, faults = read_answers(request, wanted.demands)
    if faults or changes_rows(request):
        return show(request, token, link, InvalidForm(faults) if faults else None, action, raw)
    known = service.known(standing, clock.today())
    try:
        act_on(link.case_id, prepare(service, action, raw, _actor(link, third), known=known))
    except Refusal as refusal:
        return show(request, token, link, refusal, action, raw)
    messages.success(request, _("Done: “%(action)s”. We have it.") % {"action": wanted.label})
    return redirect("third:page", token)


@by_link
@require_POST
def give(request: HttpRequest, token: str, link: ThirdLink, opinion: str) -> HttpResponse:
    """Give an opinion that is asked of the role."""
    _service, _standing, third = _read(link)
    reasons = request.POST.get("reasons", "").replace("\x00", "").strip()[:LONGEST_REASONS]
    data = {"opinion": opinion, "answer": request.POST.get("answer", "")} | ({"reasons": reasons} if reasons else {})
    try:
        act_on(link.case_id, Command(OPINION, _actor(link, third), data))
    except Refusal as refusal:
        return show(request, token, link, refusal, opinion, {"reasons": reasons})
    messages.success(request, _("We have your opinion."))
    return redirect("third:page", token)


def show(
    request: HttpRequest, token: str, link: ThirdLink, refusal: Refusal | None = None, about: str = "", raw: dict | None = None
) -> HttpResponse:
    """The page, after whatever happened."""
    service, standing, third = _read(link)
    known = service.known(standing, clock.today())
    faults: list[Invalid] = refusal.errors if isinstance(refusal, InvalidForm) else []
    forms = []
    for action in _offered(service, standing, third):
        mine = action.name == about
        drawn = draw_questions(
            action.demands, (raw or {}) if mine else {}, faults if mine else (), known=known, scope=f"{action.name}-"
        )
        forms.append({"action": action, "questions": drawn, "errors": [(f.field, str(f)) for f in faults] if mine else []})
    opinions = [
        {"opinion": one, "until": until, "choices": list(one.options.items())}
        for one, until in open_opinions(service, standing)
        if one.of == f"third:{third.code}"
    ]
    context = {
        "token": token,
        "reference": public_id(link.case_id),
        "service": service,
        "third": third,
        "step": service.flow.steps[standing.step],
        "answers": _seen(service, link, standing, third),
        "forms": forms,
        "opinions": opinions,
        "refusal": refusal if refusal and not faults else None,
        "expires_at": link.expires_at,
    }
    return render(request, "partners/third.html", context, status=refusal.status if refusal else 200)


def _read(link: ThirdLink) -> tuple[type[Service], Standing, Third]:
    standing = read_standings([link.case_id]).get(link.case_id)
    if standing is None or standing.forgotten_on:
        raise Http404
    return get_service(standing.service, standing.definition), standing, third_of(link)


def _actor(link: ThirdLink, third: Third) -> Actor:
    return Actor(f"third:{third.code}", link.pk, link.name or str(third.name))


def _offered(service: type[Service], standing: Standing, third: Third) -> list:
    found = actions_open_to(service, standing, f"third:{third.code}", frozenset(), clock.today())
    return [action for action in found if not action.joins]


def _seen(service: type[Service], link: ThirdLink, standing: Standing, third: Third) -> list[tuple[str, str]]:
    """The answers that the role may see, in words; what isn't declared isn't there."""
    questions = questions_of(service, link.case.filed_category)
    known = {**standing.facts, **link.case.answers}
    told = []
    for name in third.sees:
        group, _dot, inner = name.partition(".")
        if known.get(group) is None:
            continue
        question = questions.get(group)
        if inner and question is not None:
            column = question.fields[inner]
            told += [(str(column.label), column.show(row[inner])) for row in known[group] if row.get(inner) is not None]
        else:
            told.append((str(question.label), question.show(known[group])) if question else (name, str(known[group])))
    return told
