"""The day's calls: by hour and outcome, one's own for who takes calls, everybody's for who may see the figures."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oppidum.cases.calls import DayCount, count_day
from oppidum.cases.inbox import read_rows
from oppidum.cases.models import Call, CallOutcome
from oppidum.core import clock
from oppidum.web.desk.calls_words import say_outcome, say_phone
from oppidum.web.desk.entry import officers_only, require_right

MOST_LISTED = 200
OLDEST = date(2000, 1, 1)


@officers_only
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """A day in one table and, below it, one's own calls."""
    require_right(request, "intake", "figures")
    day, officer = read_day(request.GET.get("day", "")), request.user
    takes_calls, sees_all = officer.may("intake"), officer.may("figures")
    context = {
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < clock.today() else None,
        "table": draw_table(count_day(day, None if sees_all else officer.pk)),
        "sees_all": sees_all,
        "takes_calls": takes_calls,
        "calls": own_calls(officer, day) if takes_calls else [],
        "may_persons": officer.may("persons"),
        "most": MOST_LISTED,
    }
    return render(request, "desk/calls/today.html", context)


def read_day(text: str) -> date:
    """The day asked for, today when it can't be read or is yet to come."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return clock.today()
    return day if OLDEST < day <= clock.today() else clock.today()


def draw_table(counted: list[DayCount]) -> dict:
    """Outcomes across, hours down, totals at both ends; hours without a call between the first and the last are shown."""
    outcomes = [one for one in CallOutcome.values if any(count.outcome == one for count in counted)]
    cells = {(count.hour, count.outcome): count.calls for count in counted}
    hours = range(counted[0].hour, counted[-1].hour + 1) if counted else ()
    total, seconds = sum(count.calls for count in counted), sum(count.seconds for count in counted)
    return {
        "outcomes": [say_outcome(one) for one in outcomes],
        "total": total,
        "minutes": seconds / total / 60 if total else 0,
        "rows": [(hour, numbers, sum(numbers)) for hour in hours for numbers in [[cells.get((hour, one), 0) for one in outcomes]]],
        "sums": [sum(count.calls for count in counted if count.outcome == one) for one in outcomes],
    }


def own_calls(officer, day: date) -> list[dict]:
    """The officer's calls of the day, last first, each with the report that it was about."""
    begin, end = clock.midnight(day), clock.midnight(day + timedelta(days=1))
    calls = list(
        Call.objects.filter(officer=officer, received_at__gte=begin, received_at__lt=end).order_by("-received_at")[:MOST_LISTED]
    )
    cases = read_rows(officer, [call.case_id for call in calls if call.case_id])
    return [
        {"call": call, "case": cases.get(call.case_id), "outcome": say_outcome(call.outcome), "phone": say_phone(call.phone)}
        for call in calls
    ]
