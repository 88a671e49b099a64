"""Routing rules at the desk: written, tried on last year's cases (`rules_tried.py`), then switched on; open cases routed anew with a preview first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases.declaration import Choice, Number, Service, YesNo, answer, catalogue
from oppidum.cases.declaration.expressions import All, Expression
from oppidum.cases.declaration.plain_data import from_plain, to_plain
from oppidum.cases.declaration.routing import PRIORITIES
from oppidum.cases.models import RoutingRule
from oppidum.cases.routing import rerouting
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm, NotFound
from oppidum.people.models import Right, Team
from oppidum.web.desk import choices
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.desk.said import CHANNELS, PRIORITY_LABELS

CONDITIONS = 3
LONGEST_SAYS = 200


@officers_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The rules of a service: those at work in their order, those being written, those that are over."""
    require_right(request, Right.SETUP)
    service = service_named(request.GET.get("service", ""))
    return render(request, "desk/rules.html", rules_context(service))


def service_named(code: str) -> type[Service]:
    services = catalogue()
    if code and code not in services:
        raise NotFound()
    return services[code or next(iter(services))]


def rules_context(service: type[Service], **more: Any) -> dict[str, Any]:
    own = list(RoutingRule.objects.filter(service=service.code).select_related("team", "created_by").order_by("rank", "pk"))
    labels = labels_of_service(service)
    return {
        "service": service,
        "services": choices.options("service", service.code),
        "working": [_line(rule, labels) for rule in own if rule.is_active],
        "written": [_line(rule, labels) for rule in own if rule.active_from is None],
        "over": [_line(rule, labels) for rule in own if rule.active_until],
        "declared": [
            {"says": one.says, "when": one.when.say(labels) if one.when is not None else _("always"), "team": one.team}
            for one in service.routes
        ],
        "names": sorted(labels_for_choice(service).items(), key=lambda pair: pair[1]),
        "teams": choices.options("team", "", _("as the remits say")),
        "priorities": [("", "—"), *((one, PRIORITY_LABELS[one]) for one in PRIORITIES)],
        "conditions": range(CONDITIONS),
        "signs": SIGNS,
        "clocks": [("promise", _("the promise")), *((one.name, one.label) for one in service.clocks)],
        "typed": {},
        **more,
    }


SIGNS = (("is", "="), ("is_not", "≠"), ("at_least", "≥"), ("at_most", "≤"))


def _line(rule: RoutingRule, labels: dict[str, Any]) -> dict[str, Any]:
    when = from_plain(rule.condition) if rule.condition is not None else None
    return {
        "rule": rule,
        "when": when.say(labels) if when is not None else _("always"),
        "priority": PRIORITY_LABELS.get(rule.priority, ""),
    }


def labels_of_service(service: type[Service]) -> dict[str, Any]:
    """What a rule may read, in words: answers to the form and to the categories' questions, and what the engine knows."""
    labels = {name: question.label for name, question in _questions(service).items()}
    for name, question in _questions(service).items():
        labels |= {f"{name}:{value}": label for value, label in getattr(question, "options", {}).items()}
    labels |= {f"category:{code}": one.name for code, one in service.categories.items()}
    labels |= {f"commune:{code}": name for code, name in choices.commune_names().items()}
    return labels | _of_engine()


def labels_for_choice(service: type[Service]) -> dict[str, str]:
    """The names that a rule of the desk may read."""
    usable = {
        name: str(q.label) for name, q in _questions(service).items() if isinstance(q, Choice | Number | YesNo) and not q.private
    }
    return usable | {name: str(label) for name, label in _of_engine().items() if name != "category" or service.categories}


def _of_engine() -> dict[str, Any]:
    return {
        "category": _("Category"),
        "commune": _("Commune (INSEE code)"),
        "channel": _("Channel"),
        "weekday": _("Day of the week (0 is Monday)"),
        "hour": _("Hour of the day (0 to 23)"),
    }


def _questions(service: type[Service]) -> dict[str, Any]:
    found = dict(service.form)
    for category in service.categories.values():
        found |= category.questions
    return found


@officers_only
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Keep a new rule; it works only once it was tried and switched on."""
    require_right(request, Right.SETUP)
    service = service_named(request.POST.get("service", ""))
    try:
        rule = _rule_of(request, service)
    except InvalidForm as wrong:
        return render(request, "desk/rules.html", rules_context(service, errors=wrong, typed=request.POST.dict()), status=422)
    rule.save()
    messages.success(request, _("The rule is kept. Try it on last year's cases before you switch it on."))
    return redirect(f"{reverse('desk:rules')}?service={service.code}")


def _rule_of(request: HttpRequest, service: type[Service]) -> RoutingRule:
    given, faults = request.POST, []
    says = given.get("says", "").strip()[:LONGEST_SAYS]
    if not says:
        faults.append(Invalid(_("Say in a few words what the rule is for: the journal will name it so."), field="says"))
    team = Team.objects.filter(pk=int(given["team"]), is_active=True).first() if given.get("team", "").isdigit() else None
    priority = given.get("priority", "") if given.get("priority", "") in PRIORITIES else ""
    promise = int(given["promise"]) if given.get("promise", "").isdigit() else None
    if not (team or priority or promise):
        faults.append(Invalid(_("Give a team, a priority or a promise: a rule that changes nothing is none."), field="team"))
    try:
        condition = read_condition(given, service)
    except InvalidForm as wrong:
        faults += wrong.errors
    if faults:
        raise InvalidForm(faults)
    return RoutingRule(
        service=service.code,
        rank=int(given["rank"]) if given.get("rank", "").isdigit() else 100,
        says=says,
        condition=to_plain(condition) if condition is not None else None,
        team=team,
        priority=priority,
        promise=promise,
        created_by=request.user,
        created_at=clock.now(),
    )


def read_condition(given, service: type[Service]) -> Expression | None:
    """Up to three comparisons that must all hold; none: always. Raises `InvalidForm`."""
    questions, allowed = _questions(service), labels_for_choice(service)
    parts: list[Expression] = []
    for n in range(CONDITIONS):
        name, sign, text = (given.get(f"{part}-{n}", "").strip() for part in ("name", "sign", "value"))
        if not name:
            continue
        if name not in allowed or sign not in dict(SIGNS) or not text:
            raise InvalidForm([Invalid(_("Complete this condition, or empty it."), field=f"value-{n}")])
        parts.append(_compare(name, sign, _value(questions.get(name), name, text, service, n)))
    return None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))


def _compare(name: str, sign: str, value: Any) -> Expression:
    one = answer(name)
    return {"is": one.is_, "is_not": one.is_not, "at_least": one.__ge__, "at_most": one.__le__}[sign](value)


def _value(question: Any, name: str, text: str, service: type[Service], n: int) -> Any:
    """What is compared with: a word of the choice (or its label), a number, yes or no."""
    field = f"value-{n}"
    try:
        if isinstance(question, Choice):
            known = {str(label).casefold(): value for value, label in question.options.items()}
            return question.clean(known.get(text.casefold(), text), clock.today())
        if question is not None:
            return question.clean(text, clock.today())
    except Invalid as fault:
        raise InvalidForm([Invalid(str(fault), field=field)]) from None
    if name in ("weekday", "hour"):
        if not text.isdigit() or int(text) > (6 if name == "weekday" else 23):
            raise InvalidForm([Invalid(_("Write a whole number."), field=field)])
        return int(text)
    known = {"category": service.categories, "channel": CHANNELS, "commune": choices.commune_names()}[name]
    if text not in known:
        raise InvalidForm(
            [Invalid(_("Write one of its codes, for example “%(code)s”.") % {"code": next(iter(known), "")}, field=field)]
        )
    return text


@officers_only
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a tried rule work, or stop it."""
    require_right(request, Right.SETUP)
    rule = get_object_or_404(RoutingRule, pk=pk)
    if rule.is_active:
        rerouting.switch_off(rule)
        messages.success(request, _("The rule works no more. Cases that it sent stay where they are."))
    elif rule.tried_at is None:
        messages.warning(request, _("Try the rule on last year's cases first."))
    else:
        rerouting.switch_on(rule)
        messages.success(request, _("The rule works from now on, for new cases."))
    return redirect(f"{reverse('desk:rules')}?service={rule.service}")


@officers_only
@require_POST
def reroute(request: HttpRequest) -> HttpResponse:
    """Route the open cases anew by the rules at work: first what would change, then, confirmed, the same."""
    require_right(request, Right.SETUP)
    service = service_named(request.POST.get("service", ""))
    changes = rerouting.find_changes(service)
    if request.POST.get("stage") == "confirm":
        moved = rerouting.carry_out(changes)
        messages.success(request, _("%(n)d open cases were routed anew.") % {"n": moved})
        return redirect(f"{reverse('desk:rules')}?service={service.code}")
    return render(request, "desk/rules.html", rules_context(service, foreseen=changes))
