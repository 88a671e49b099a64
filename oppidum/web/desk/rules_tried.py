"""A rule tried at the desk on the cases of the last year: which cases, whose load, how late; a reminder before a date likewise."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from oppidum.cases.declaration.routing import Escalation
from oppidum.cases.models import RoutingRule
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.people.models import Right
from oppidum.rehearsal.past.escalating import try_escalation
from oppidum.rehearsal.past.loads import TeamLoad
from oppidum.rehearsal.past.trying import PastTrial, try_rule
from oppidum.web.desk import choices
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.desk.rules import rules_context, service_named

YEAR, MONTH = 365, 30
COMMUNES = 12


@officers_only
@require_POST
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rule would have changed on the cases of the last twelve months, or of thirty days."""
    require_right(request, Right.SETUP)
    rule = get_object_or_404(RoutingRule, pk=pk)
    trial = try_rule(rule, *_period(request.POST.get("days", "")))
    RoutingRule.objects.filter(pk=pk).update(tried=trial.as_data(), tried_at=clock.now())
    rule.tried, rule.tried_at = trial.as_data(), clock.now()
    return render(request, "desk/rules.html", rules_context(service_named(rule.service), tried=rule, **said_of(trial)))


def _period(days: str) -> tuple[date, date]:
    today = clock.today()
    return today - timedelta(days=(MONTH if days == str(MONTH) else YEAR) - 1), today


def said_of(trial: PastTrial) -> dict[str, Any]:
    """The trial in the words of the page."""
    teams, communes = dict(choices.named("team")), choices.commune_names()
    return {
        "trial": trial,
        "moves": [(_team(teams, a), _team(teams, b), count) for (a, b), count in trial.moves.most_common()],
        "months": sorted(trial.months.items()),
        "communes": [(communes.get(code, "—"), count) for code, count in trial.communes.most_common(COMMUNES)],
        "other_communes": sum(count for _code, count in trial.communes.most_common()[COMMUNES:]),
        "loads": [_load(teams, one) for one in trial.loads],
        "samples": [
            {"code": s.code, "day": s.filed_on, "before": _team(teams, s.before.team), "after": _team(teams, s.after.team)}
            for s in trial.samples
        ],
    }


def _team(teams: dict[str, str], team: int | None) -> str:
    return teams.get(str(team)) or pgettext("team", "none yet")


def _load(teams: dict[str, str], one: TeamLoad) -> dict[str, Any]:
    return {
        "team": _team(teams, one.team),
        "gains": one.gains,
        "pace": one.pace,
        "record": None if one.late_share is None else 100 * one.late_share,
        "before": one.before and _queue(one.before),
        "after": one.after and _queue(one.after),
    }


def _queue(load: Any) -> dict[str, float]:
    return {"late": 100 * load.late_share, "wait": load.wait_days, "backlog": load.backlog}


@officers_only
@require_POST
def reminder(request: HttpRequest) -> HttpResponse:
    """How often somebody would have been told so many days before a date of the service."""
    require_right(request, Right.SETUP)
    service = service_named(request.POST.get("service", ""))
    name, typed = request.POST.get("clock", ""), request.POST.dict()
    try:
        before = int(request.POST.get("before", ""))
    except ValueError:
        wrong = InvalidForm([Invalid(_("Write a whole number."), field="before")])
        return render(request, "desk/rules.html", rules_context(service, errors=wrong, typed=typed), status=422)
    labels = dict(rules_context(service)["clocks"])
    told = try_escalation(service, Escalation(name, before=before, to="supervisor", says=""), *_period(""))
    communes = choices.commune_names()
    more = {
        "told": told,
        "clock_label": labels[name],
        "before": before,
        "months": sorted(told.months.items()),
        "communes": [(communes.get(code, "—"), count) for code, count in told.communes.most_common(COMMUNES)],
        "other_communes": sum(count for _code, count in told.communes.most_common()[COMMUNES:]),
    }
    return render(request, "desk/rules.html", rules_context(service, typed=typed, **more))
