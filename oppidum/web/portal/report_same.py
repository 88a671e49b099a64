"""The same problem, already reported: follow that report and be counted. An e-mail address is welcome and not needed."""

from django.shortcuts import redirect

from oppidum.cases.acting import act_on
from oppidum.cases.models import Case
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import RESIDENT, Contact
from oppidum.core.errors import Refusal
from oppidum.services.living_environment.report import Report
from oppidum.web.portal.report_contact import ContactForm, contact_of
from oppidum.web.portal.report_draft import Draft, alone_with, mark_sent
from oppidum.web.portal.report_sending import check_pace
from oppidum.web.portal.report_steps import go, show_page

FOLLOWED = "followed"


def show(request, draft: Draft, form: ContactForm | None = None, errors=None, status: int = 200):
    """What is followed, and how to be told."""
    case = Case.objects.public().filter(code=draft.same, live__is_open=True).first()
    if case is None:
        return go(draft, "nearby")
    form = form or ContactForm(initial=draft.contact)
    context = {"form": form, "errors": errors or form, "case": case, "category": Report.categories.get(case.live.category)}
    return show_page(request, draft, "same", context, status)


def take(request, draft: Draft):
    """Follow it, once: a second tap, or a second form by the same visitor, counts nobody twice."""
    form = ContactForm(request.POST)
    if not form.is_valid():
        return show(request, draft, form, status=422)
    case = Case.objects.public().filter(code=draft.same).first()
    if case is None:
        return go(draft, "nearby")
    check_pace(request)
    with alone_with(request, draft) as held:
        if not held.is_sent:
            held.contacted = bool(form.cleaned_data["email"])
            try:
                _follow(request, case, contact_of(form))
            except Refusal as refusal:
                return show(request, draft, form, refusal, refusal.status)
            mark_sent(request, held, case.code, joined=True)
    return redirect("portal:report-sent", draft.id)


def _follow(request, case: Case, contact: Contact) -> None:
    followed = request.session.get(FOLLOWED, [])
    if case.code in followed:
        return
    act_on(case.pk, prepare(Report, "follow", {}, RESIDENT, contact=contact))
    request.session[FOLLOWED] = [*followed, case.code][-50:]
