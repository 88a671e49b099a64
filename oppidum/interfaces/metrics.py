"""`/metrics` in Prometheus' text format (0.0.4): what an operator wants to be woken for. Read with a key of scope "metrics:read".

All gauges come from the database, so every process of an installation gives the same answer.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppidum.cases import outbox
from oppidum.core import clock
from oppidum.core.addresses import client_address
from oppidum.core.errors import NotAllowed, TooMany
from oppidum.core.sql import rows
from oppidum.interfaces.keys import admit

SCOPE = "metrics:read"
# name, help, query: one row of a number, or rows of a label and a number.
_GAUGES = (
    (
        "oppidum_cases_open",
        "Cases that are open, by step",
        "step",
        "select step, count(*) from cases_live where is_open group by 1",
    ),
    (
        "oppidum_cases_late",
        "Open cases past their promise",
        "",
        "select count(*) from cases_live where is_open and due_on < %(today)s",
    ),
    ("oppidum_effects_waiting", "Effects in the outbox", "", "select count(*) from cases_effect where done_at is null"),
    (
        "oppidum_effects_stuck",
        "Effects that are no longer tried",
        "",
        "select count(*) from cases_effect where done_at is null and attempts >= %(patience)s",
    ),
    (
        "oppidum_outbox_age_seconds",
        "Age of the oldest effect still waiting",
        "",
        "select coalesce(extract(epoch from %(now)s - min(created_at)), 0) from cases_effect where done_at is null",
    ),
    (
        "oppidum_mails",
        "Mails of the last seven days by fate",
        "fate",
        "select fate, count(*) from cases_mail where created_at > %(now)s - interval '7 days' group by 1",
    ),
    (
        "oppidum_texts",
        "Text messages of the last seven days by fate",
        "fate",
        "select fate, count(*) from cases_textmessage where created_at > %(now)s - interval '7 days' group by 1",
    ),
    (
        "oppidum_files_to_examine",
        "Files that nobody has examined yet",
        "",
        "select count(*) from cases_attachment where verdict = 'waiting'",
    ),
    (
        "oppidum_files_put_aside",
        "Files with harmful content",
        "",
        "select count(*) from cases_attachment where verdict = 'infected'",
    ),
    (
        "oppidum_files_age_seconds",
        "Age of the oldest file still to be examined",
        "",
        "select coalesce(extract(epoch from %(now)s - min(uploaded_at)), 0) from cases_attachment where verdict = 'waiting'",
    ),
    (
        "oppidum_workers",
        "Workers whose heart beat in the last minute",
        "",
        "select count(*) from procrastinate_workers where last_heartbeat > now() - interval '1 minute'",
    ),
)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The gauges; 403 without a key that allows it."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        admit(token if scheme.lower() == "bearer" else "", SCOPE, client_address(request))
    except (NotAllowed, TooMany) as refusal:
        return HttpResponse(f"{refusal}\n", status=refusal.status, content_type="text/plain; charset=utf-8")
    return HttpResponse("".join(_lines()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _lines():
    params = {"today": clock.today(), "now": clock.now(), "patience": outbox.PATIENCE.attempts}
    for name, told, label, sql in _GAUGES:
        yield f"# HELP {name} {told}\n# TYPE {name} gauge\n"
        wanted = {key: value for key, value in params.items() if f"%({key})s" in sql}
        for *key, value in rows(sql, wanted):
            yield f'{name}{{{label}="{key[0]}"}} {value}\n' if key else f"{name} {value}\n"
