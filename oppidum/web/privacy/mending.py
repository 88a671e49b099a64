"""Correcting and erasing at a person's wish, from what a look-up found."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oppidum.cases.declaration import Field, get_service
from oppidum.cases.engine_data import questions_of
from oppidum.cases.models import Case, Party
from oppidum.core.errors import InvalidForm, NotFound
from oppidum.privacy import mending
from oppidum.privacy.looking import chosen, open_lookup, require_identity, traces_of
from oppidum.web.desk.entry import officers_only
from oppidum.web.privacy.found import case_ids

# Kinds of answers that one line of text can correct.
TYPED = frozenset({"text", "number", "day"})


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def rectify(request: HttpRequest, pk: int, case_id: int) -> HttpResponse:
    """The person's own lines on one case, to be corrected."""
    lookup = open_lookup(request.user, pk)
    require_identity(lookup)
    if not chosen(lookup, [case_id]):
        raise NotFound()
    case = Case.objects.get(pk=case_id)
    parties = list(
        Party.objects.filter(pk__in=[int(t.key[6:]) for t in traces_of(lookup) if t.case_id == case_id and t.key[:6] == "party:"])
    )
    errors = None
    if request.method == "POST":
        try:
            changed = _correct(request, lookup, case, parties)
            said = _("Corrected, and written into the journal.") if changed else _("Nothing was different.")
            messages.success(request, said)
            return redirect("privacy:found", pk=pk)
        except InvalidForm as wrong:
            errors = wrong
    faults = {fault.field: str(fault) for fault in errors.errors} if errors else {}
    context = {
        "lookup": lookup,
        "case": case,
        "parties": parties,
        "answers": _lines(request, case),
        "errors": errors,
        "faults": faults,
    }
    return render(request, "privacy/rectify.html", context | {"service": get_service(case.service)}, status=422 if errors else 200)


def _correct(request: HttpRequest, lookup: Any, case: Case, parties: list[Party]) -> int:
    changed = 0
    for party in parties:
        given = {
            n: request.POST[f"{n}-{party.pk}"].replace("\x00", "")
            for n in ("name", "email", "phone")
            if f"{n}-{party.pk}" in request.POST
        }
        changed += len(mending.rectify_party(lookup, party.pk, given))
    for name, question in _typed(case).items():
        raw = request.POST.get(f"answer-{name}", "").replace("\x00", "").strip()
        if raw and raw != question.show(case.answers[name]) and raw != str(case.answers[name]):
            changed += mending.rectify_answer(lookup, case.pk, name, raw)
    return changed


def _typed(case: Case) -> dict[str, Field]:
    questions = questions_of(get_service(case.service), case.filed_category)
    return {name: question for name, question in questions.items() if name in case.answers and question.kind in TYPED}


def _lines(request: HttpRequest, case: Case) -> list[dict[str, Any]]:
    return [
        {"name": f"answer-{name}", "label": question.label, "value": request.POST.get(f"answer-{name}", str(case.answers[name]))}
        for name, question in _typed(case).items()
    ]


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """What would go first, with what must stay and why; then, confirmed, what went."""
    lookup = open_lookup(request.user, pk)
    require_identity(lookup)
    given = request.POST if request.method == "POST" else request.GET
    cases = chosen(lookup, case_ids(given.getlist("case")))
    if not cases:
        messages.warning(request, _("Tick the cases from which the person wants to be erased."))
        return redirect("privacy:found", pk=pk)
    codes = dict(Case.objects.filter(pk__in=cases).values_list("pk", "code"))
    if request.method != "POST":
        return render(request, "privacy/erase.html", {"lookup": lookup, "codes": codes, "done": None})
    lines = [{"code": codes[one.case_id], "done": one.done, "why": one.why} for one in mending.erase(lookup, cases)]
    return render(request, "privacy/erase.html", {"lookup": lookup, "codes": codes, "done": lines})
