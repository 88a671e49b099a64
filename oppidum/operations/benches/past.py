"""A rule and a reminder tried on a year of reports: seconds, beside those that reading one narrow row a case takes."""

import os
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from oppidum.cases.declaration import answer, get_service
from oppidum.cases.declaration.plain_data import to_plain
from oppidum.cases.declaration.routing import Escalation
from oppidum.cases.models import RoutingRule
from oppidum.core.sql import rows
from oppidum.operations.benches.answer import Answer
from oppidum.operations.benches.figures_filling import fill_year
from oppidum.operations.benches.scratch import own_siren, scratch_database
from oppidum.people.models import Team
from oppidum.rehearsal.past.escalating import try_escalation
from oppidum.rehearsal.past.trying import try_rule

YEAR = 2025
_FLOOR = "select c.id, l.filed_on, l.commune, l.category from cases_case c join cases_live l on l.case_id = c.id where c.service = 'report'"


def run(cases: int = 400_000) -> Answer:
    """Fill a year, then try a rule that reads the category, one that reads the hour, and a reminder before the promise."""
    load, service = os.getloadavg()[0], get_service("report")
    with scratch_database(own_siren()):
        # The others of a hundred are requests to other services.
        fill_year(cases * 100 // 82, YEAR)
        whole = date(YEAR, 1, 1), date(YEAR, 12, 31)
        by_category, by_hour = _rule(answer("category").is_("dumping.rubble")), _rule(answer("hour") >= 18)
        category_s, trial = _timed(lambda: try_rule(by_category, *whole))
        hour_s, _ = _timed(lambda: try_rule(by_hour, *whole))
        reminder = Escalation("promise", before=2, to="supervisor", says="")
        reminder_s, told = _timed(lambda: try_escalation(service, reminder, *whole))
        floor_s, read = _timed(lambda: rows(_FLOOR))
    figures = {"rule_s": category_s, "rule_by_hour_s": hour_s, "reminder_s": reminder_s}
    counted = {"cases": trial.cases, "fires": trial.fires, "told": told.told, "rows_read": len(read)}
    return Answer("past", figures, {"narrow_rows_s": floor_s}, settings=counted | {"load_before": round(load, 2)})


def _rule(condition: Any) -> RoutingRule:
    return RoutingRule(service="report", says="bench", condition=to_plain(condition), team=Team.objects.get(code="roads"), rank=1)


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = call()
    return round(time.perf_counter() - began, 2), found
