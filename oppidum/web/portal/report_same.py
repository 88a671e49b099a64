"""The same problem, already reported: follow that report and be counted. An e-mail address is welcome and not needed."""

from django.shortcuts import redirect

from oppidum.cases.acting import act_on
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.models import Case, Party
from oppidum.cases.preparing import prepare
from oppidum.cases.public import find_public_case, public_id
from oppidum.cases.rules.standing import RESIDENT
from oppidum.core.errors import Refusal
from oppidum.web.portal.report_contact import ContactForm, blank_form, make_contact
from oppidum.web.portal.report_draft import Draft, alone_with, mark_sent
from oppidum.web.portal.report_sending import check_pace
from oppidum.web.portal.report_steps import go, show_page

FOLLOWED = "followed"


def show(request, draft: Draft, form: ContactForm | None = None, errors=None, status: int = 200):
    """What is followed, and how to be told."""
    case = _find_open(draft)
    if case is None:
        return go(draft, "nearby")
    form = form or blank_form(draft)
    context = {"form": form, "errors": errors or form, "case": case, "category": REPORTS.service.categories.get(case.live.category)}
    return show_page(request, draft, "same", context, status)


def take(request, draft: Draft):
    """Follow it, once: a second tap, or a second form by the same visitor, counts nobody twice."""
    form = ContactForm(request.POST)
    if not form.is_valid():
        return show(request, draft, form, status=422)
    case = _find_open(draft)
    if case is None:
        return go(draft, "nearby")
    check_pace(request)
    with alone_with(request, draft) as held:
        if not held.is_sent:
            held.contacted = bool(form.cleaned_data["email"])
            try:
                _follow(request, case, form.cleaned_data)
            except Refusal as refusal:
                return show(request, draft, form, refusal, refusal.status)
            mark_sent(request, held, case.code, joined=True)
    return redirect("portal:report-sent", draft.id)


def _find_open(draft: Draft) -> Case | None:
    """The report chosen, unless it was closed or hidden meanwhile: then the neighbours are shown as they are now."""
    case = find_public_case(draft.same)
    return case if case and case.live.is_open else None


def _follow(request, case: Case, given: dict) -> None:
    followed = request.session.get(FOLLOWED, [])
    if public_id(case.pk) in followed:
        return
    act_on(case.pk, prepare(REPORTS.service, "follow", {}, RESIDENT, contact=make_contact(given)))
    if given["email"] and not given["notify"]:
        case.parties.filter(role=Party.FOLLOWER, email__iexact=given["email"]).update(notify=False)
    request.session[FOLLOWED] = [*followed, public_id(case.pk)][-50:]
