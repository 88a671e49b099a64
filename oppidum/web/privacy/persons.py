"""Looking a person up: who, why, how identified; then where they were found."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.fields.persons import read_email, read_phone
from oppidum.cases.models import Case
from oppidum.cases.persons.retaining import overdue
from oppidum.cases.persons.rooms import Sought, Trace
from oppidum.cases.reading import read_standings
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.privacy.looking import LASTS, RIGHT, look_up, open_lookup, traces_of
from oppidum.privacy.models import Identity, Lookup, Reason
from oppidum.web.desk.entry import officers_only, require_right

FIELDS = ("request", "reason", "words", "identity", "email", "phone", "name", "born_on", "number")
OVERDUE_SHOWN = 20
_HOW = {
    "email": gettext_lazy("e-mail address"),
    "phone": gettext_lazy("telephone"),
    "number": gettext_lazy("number"),
    "name_and_birth": gettext_lazy("name and birth day"),
    "name": gettext_lazy("name alone"),
    "words": gettext_lazy("named in a text"),
}


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form, with the officer's look-ups of the last day and what is kept beyond its time."""
    require_right(request, RIGHT)
    typed = {name: request.POST.get(name, request.GET.get(name, "")).replace("\x00", "").strip()[:300] for name in FIELDS}
    errors = None
    if request.method == "POST":
        try:
            lookup = look_up(
                request.user,
                read_sought(typed),
                reason=typed["reason"],
                words=typed["words"],
                identity=typed["identity"],
                request=typed["request"],
            )
            return redirect("privacy:found", pk=lookup.pk)
        except InvalidForm as wrong:
            errors = wrong
    context = {
        "typed": typed,
        "errors": errors,
        "faults": {fault.field: str(fault) for fault in errors.errors} if errors else {},
        "reasons": Reason.choices,
        "identities": Identity.choices,
        "recent": Lookup.objects.filter(officer=request.user, at__gt=clock.now() - LASTS).order_by("-pk"),
        "overdue": overdue_lines(),
    }
    return render(request, "privacy/persons.html", context, status=422 if errors else 200)


def read_sought(typed: dict[str, str]) -> Sought:
    """Whom the form names, numbers and addresses in their one form. Raises `InvalidForm`."""
    faults, read = [], {}
    for name, reader in (("email", read_email), ("phone", read_phone)):
        try:
            read[name] = (reader(typed[name]),) if typed[name] else ()
        except Invalid as fault:
            fault.field = name
            faults.append(fault)
    born_on = typed["born_on"]
    if born_on:
        try:
            born_on = date.fromisoformat(born_on).isoformat()
        except ValueError:
            faults.append(Invalid(_("Write the day of birth like 1980-05-12."), field="born_on"))
    if faults:
        raise InvalidForm(faults)
    number = "".join(typed["number"].split()).upper()
    return Sought(read["email"], read["phone"], typed["name"], born_on, (number,) if number else ())


def overdue_lines() -> list[dict]:
    """Cases whose time is over and that are kept, each with the reason in words."""
    kept = dict(overdue(limit=OVERDUE_SHOWN))
    codes = dict(Case.objects.filter(pk__in=list(kept)).values_list("pk", "code"))
    return [{"code": codes[case_id], "why": str(why)} for case_id, why in kept.items() if case_id in codes]


@officers_only
@require_safe
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the person was found: sure ones ticked, guesses to be looked at."""
    lookup = open_lookup(request.user, pk)
    traces = traces_of(lookup)
    context = {
        "lookup": lookup,
        "lines": lines_of(traces),
        "loose": sum(trace.case_id is None for trace in traces),
        "is_identified": lookup.identity not in (Identity.NONE, Identity.NEEDLESS),
    }
    return render(request, "privacy/found.html", context)


def lines_of(traces: list[Trace]) -> list[dict]:
    """A line per case, newest first: what it is, and by what the person was found there."""
    by_case: dict[int, list[Trace]] = {}
    for trace in traces:
        if trace.case_id:
            by_case.setdefault(trace.case_id, []).append(trace)
    standings = read_standings(list(by_case))
    codes = dict(Case.objects.filter(pk__in=list(by_case)).values_list("pk", "code"))
    lines = []
    for case_id in sorted(standings, reverse=True):
        standing, traced = standings[case_id], by_case[case_id]
        service = get_service(standing.service, standing.definition)
        lines.append(
            {
                "id": case_id,
                "code": codes[case_id],
                "service": service.name,
                "step": service.flow.steps[standing.step].label,
                "filed_on": standing.filed_on,
                "how": sorted({str(_HOW[trace.by]) for trace in traced}),
                "sure": any(trace.sure for trace in traced),
                "gone": standing.forgotten_on,
            }
        )
    return lines
