"""The accountant's lists: what is late, what moved, what doesn't match. For officers with the right "money"."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases.declaration import catalogue
from oppidum.cases.models import Party
from oppidum.core import clock
from oppidum.payments.models import Movement, Reminder
from oppidum.payments.providers import is_open
from oppidum.payments.reminders import DELAYS, FIRST, FORMAL, count_due, remind
from oppidum.payments.statements import differing, late_charges, movements_between, refundable, refunds_between
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.spreadsheets import safe

SHOWN = 200


@officers_only
@require_safe
def page(request):
    """Late payments, refunds to order, payments that differ; the two files."""
    require_right(request, "money")
    today = clock.today()
    late = late_charges(today, SHOWN)
    names = {code: str(service.name) for code, service in catalogue().items()}
    context = {
        "late": [(line, names.get(line.service, line.service)) for line in late],
        "late_cents": sum(line.late_cents for line in late),
        "is_cut": len(late) == SHOWN,
        "reminders": [(count_due(stage), Reminder.Stage(stage).label) for stage in (FIRST, FORMAL)],
        "delays": DELAYS,
        "refundable": refundable()[:SHOWN],
        "differing": differing()[:SHOWN],
        "first": today.replace(day=1).isoformat(),
        "last": today.isoformat(),
        "is_open": is_open(),
    }
    return render(request, "pay/lists.html", context)


@officers_only
@require_safe
def late_csv(request):
    """Everything late, one charge a line."""
    require_right(request, "money")
    heads = [
        _("Reference"),
        _("Code"),
        _("Service"),
        _("Fee"),
        _("Commune"),
        _("Account"),
        _("Total"),
        _("Left to pay"),
        _("Late"),
        _("Late since"),
        _("Disputed"),
        _("Last reminder"),
        _("Reminded on"),
    ]
    stages = dict(Reminder.Stage.choices)
    rows = (
        [
            line.reference,
            line.code,
            line.service,
            line.fee,
            line.commune or "",
            safe(line.account),
            plain(line.total_cents),
            plain(line.balance_cents),
            plain(line.late_cents),
            line.since.isoformat(),
            _("yes") if line.is_disputed else "",
            str(stages.get(line.stage, "")),
            line.reminded_on.isoformat() if line.reminded_on else "",
        ]
        for line in late_charges(clock.today())
    )
    return _file(request, heads, rows, "late")


@officers_only
@require_safe
def movements_csv(request):
    """Every movement between two days: what the accountant compares with the provider's own list."""
    require_right(request, "money")
    first = _day(request.GET.get("from"), clock.today().replace(day=1))
    last = _day(request.GET.get("to"), clock.today())
    heads = [
        _("Day"),
        _("Recorded at"),
        _("Kind"),
        _("Reference"),
        _("Code"),
        _("Service"),
        _("Fee"),
        _("Account"),
        _("Amount"),
        _("Provider"),
        _("Operation"),
        _("Authorisation"),
        _("Means"),
        _("Receipt"),
        _("Reason"),
    ]
    kinds = dict(Movement.Kind.choices)
    rows = (
        [
            day.isoformat(),
            at.astimezone(clock.PARIS).isoformat(timespec="seconds"),
            str(kinds[kind]),
            *found[:4],
            safe(found[4]),
            plain(found[5]),
            *found[6:10],
            found[10],
            safe(found[11]),
        ]
        for day, at, kind, *found in movements_between(first, last)
    )
    return _file(request, heads, rows, f"movements-{first}-{last}")


@officers_only
@require_safe
def refunds_csv(request):
    """What is to be paid back, and what was ordered between two days, for the accountant. Whom the money goes to is named for those who may
    see persons; bank details are asked for by the accountant, never here."""
    require_right(request, "money")
    first = _day(request.GET.get("from"), clock.today().replace(day=1))
    last = _day(request.GET.get("to"), clock.today())
    found = list(refunds_between(first, last))
    authors = Party.objects.filter(case__in={one[-1] for one in found}, role=Party.AUTHOR) if request.user.may("persons") else ()
    names = {party.case_id: party.name for party in authors}
    heads = [
        _("Reference"),
        _("Code"),
        _("Service"),
        _("Fee"),
        _("Account"),
        _("Amount"),
        _("Reason"),
        _("Ordered on"),
        _("How it was paid"),
        _("Payer"),
    ]
    rows = (
        [
            *one[:4],
            safe(one[4]),
            plain(one[5]),
            safe(one[6]),
            one[7].isoformat() if one[7] else "",
            safe(one[8]),
            safe(names.get(one[9], "")),
        ]
        for one in found
    )
    return _file(request, heads, rows, f"refunds-{first}-{last}")


@officers_only
@require_POST
def send_reminders(request, stage: str):
    """The reminders of a stage leave, for all that it is time for."""
    require_right(request, "money")
    if stage not in (FIRST, FORMAL):
        raise Http404
    sent = remind(stage, request.user)
    words = ngettext(
        "%(n)d letter is made. Those on paper wait for a print run.",
        "%(n)d letters are made. Those on paper wait for a print run.",
        sent,
    )
    messages.success(request, words % {"n": sent}) if sent else messages.info(request, _("There is nobody to remind."))
    return redirect("money:lists")


def plain(cents: int) -> str:
    """123450 -> "1234,50", as French spreadsheets read a number."""
    sign, whole = "-" if cents < 0 else "", abs(cents)
    return f"{sign}{whole // 100},{whole % 100:02d}"


def _day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise


class _Echo:
    """A file for the csv module that gives back each line."""

    def write(self, line: str) -> str:
        return line


def _file(request, heads: list[str], rows: Iterable[list], name: str) -> StreamingHttpResponse:
    """A CSV file, streamed: semicolons and a byte order mark as French spreadsheets expect."""
    language = translation.get_language()

    def stream() -> Iterator[str]:
        with translation.override(language):
            writer = csv.writer(_Echo(), delimiter=";")
            yield "\ufeff" + writer.writerow(heads)
            for row in rows:
                yield writer.writerow(row)

    response = StreamingHttpResponse(stream(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="oppidum-{name}-{clock.today()}.csv"'
    return response
