"""`oppidum rule try NUMBER`, `oppidum rule escalation SERVICE`: a rule on last year's cases, before it is switched on."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.routing import PROMISE, Escalation
from oppidum.cases.models import RoutingRule
from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.people.models import Team
from oppidum.rehearsal.past.escalating import EscalationTrial, try_escalation
from oppidum.rehearsal.past.trying import PastTrial, try_rule
from oppidum.territory.models import Commune


class Command(BaseCommand):
    help = "Try a routing rule of the desk (by its number), or an escalation, on the cases of the past. Nothing is changed."

    def add_arguments(self, parser):
        kinds = parser.add_subparsers(dest="kind", required=True)
        rule = kinds.add_parser("try", help="a routing rule, by the number that /desk/rules/ shows")
        rule.add_argument("number", type=int)
        told = kinds.add_parser("escalation", help="tell somebody so many days before a date")
        told.add_argument("service")
        told.add_argument("--clock", default=PROMISE, help="a clock of the service, or promise")
        told.add_argument("--before", type=int, default=3, help="days before its last day; negative: after it")
        for one in (rule, told):
            one.add_argument("--from", dest="first", type=date.fromisoformat, help="first day of filing; by default a year ago")
            one.add_argument("--to", dest="last", type=date.fromisoformat, help="last day of filing; by default today")
            one.add_argument("--json", action="store_true")

    def handle(self, *args, kind, first, last, **options):
        last = last or clock.today()
        first = first or last - timedelta(days=364)
        if first > last:
            raise CommandError(f"from {first} to {last} there is no day")
        told = self._rule(first, last, options) if kind == "try" else self._escalation(first, last, options)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) if options["json"] else "\n".join(_lines(told)))

    def _rule(self, first: date, last: date, options: dict[str, Any]) -> dict[str, Any]:
        rule = RoutingRule.objects.select_related("team").filter(pk=options["number"]).first()
        if rule is None:
            raise CommandError(f"no rule has the number {options['number']}: /desk/rules/ shows them")
        return rule_as_data(try_rule(rule, first, last))

    def _escalation(self, first: date, last: date, options: dict[str, Any]) -> dict[str, Any]:
        try:
            service = get_service(options["service"])
            one = Escalation(options["clock"], before=options["before"], to="supervisor", says="")
            return escalation_as_data(try_escalation(service, one, first, last))
        except KeyError:
            raise CommandError(f"no service is called {options['service']}: `oppidum services list` names them") from None
        except NotFound:
            known = ", ".join([PROMISE, *(each.name for each in service.clocks)])
            raise CommandError(f"{service.code} has no clock {options['clock']}; it has: {known}") from None


def rule_as_data(trial: PastTrial) -> dict[str, Any]:
    """The trial with teams by their codes and communes by their names."""
    teams, communes = dict(Team.objects.values_list("pk", "code")), _communes()
    loads = [
        {
            "team": teams.get(one.team, ""),
            "gains": one.gains,
            "pace_a_day": round(one.pace, 2),
            "late_on_record": one.late_share,
            "without": one.before and one.before.__dict__,
            "with": one.after and one.after.__dict__,
        }
        for one in trial.loads
    ]
    samples = [
        {
            "code": one.code,
            "filed_on": str(one.filed_on),
            "from": teams.get(one.before.team, ""),
            "to": teams.get(one.after.team, ""),
        }
        for one in trial.samples
    ]
    return {
        **trial.as_data(),
        "from": str(trial.first),
        "to": str(trial.last),
        "moves": {f"{teams.get(a, '-')} > {teams.get(b, '-')}": n for (a, b), n in trial.moves.most_common()},
        **_counts(trial, communes),
        "teams": loads,
        "examples": samples,
    }


def escalation_as_data(trial: EscalationTrial) -> dict[str, Any]:
    samples = [{"code": one.code, "told_on": str(one.told_on), "was_late": one.was_late} for one in trial.samples]
    return {
        "cases": trial.cases,
        "told": trial.told,
        "late": trial.late,
        "told_late": trial.told_late,
        "from": str(trial.first),
        "to": str(trial.last),
        **_counts(trial, _communes()),
        "examples": samples,
    }


def _counts(trial: PastTrial | EscalationTrial, communes: dict[str, str]) -> dict[str, Any]:
    return {
        "months": {f"{day:%Y-%m}": n for day, n in sorted(trial.months.items())},
        "communes": {communes.get(code, code or "-"): n for code, n in trial.communes.most_common()},
    }


def _communes() -> dict[str, str]:
    return dict(Commune.objects.members().values_list("code", "name"))


def _lines(told: dict[str, Any], indent: str = "") -> Iterable[str]:
    """The same to be read: a line a number, tables indented."""
    for name, value in told.items():
        if isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{name}:"
            for one in value:
                yield (
                    indent + "  " + ", ".join(f"{k} {v:.3g}" if isinstance(v, float) else f"{k} {_said(v)}" for k, v in one.items())
                )
        else:
            yield f"{indent}{name}: {value}"


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{k} {v:.3g}" for k, v in value.items()) + ")"
    return "-" if value is None else str(value)
