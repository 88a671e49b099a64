"""Correcting and erasing at a person's wish, from what a look-up found."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oppidum.cases.contests import sealed_until
from oppidum.cases.declaration import Field, get_service
from oppidum.cases.declaration.fields import is_empty
from oppidum.cases.models import Case, Party
from oppidum.cases.persons.engine_data import questions_of
from oppidum.core.errors import InvalidForm, NotFound
from oppidum.privacy import mending
from oppidum.privacy.looking import chosen, open_lookup, require_identity, traces_of
from oppidum.web.answering import read_answers
from oppidum.web.desk.entry import officers_only
from oppidum.web.privacy.found import case_ids
from oppidum.web.questions import draw_questions

# Kinds of answers that stand as they were given: files are sent again, a signature is a signature, a result follows from others.
LASTING = frozenset({"files", "statement", "computed"})


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
    # Numbers as people type them: a page would write them with spaces.
    typed = {name: str(value) if type(value) in (int, float) else value for name, value in case.answers.items()}
    errors = None
    if request.method == "POST":
        typed = typed | read_answers(request, _asked(case))[0]
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
        "questions": draw_questions(_asked(case), typed, errors.errors if errors else ()),
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
    raw, faults = read_answers(request, _asked(case))
    if faults:
        raise InvalidForm(faults)
    return changed + sum(mending.rectify_answer(lookup, case.pk, name, given) for name, given in raw.items() if not is_empty(given))


def _asked(case: Case) -> dict[str, Field]:
    """The questions that the case has answers to, and that can be answered anew, whatever they depended on; none that is sealed."""
    service = get_service(case.service, case.definition)
    questions = questions_of(service, case.filed_category)
    sealed = service.contest.sealed if sealed_until(service, case.live) else ()
    return {
        name: replace(question, when=None)
        for name, question in questions.items()
        if name in case.answers and question.kind not in LASTING and name not in sealed
    }


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
