"""Reporting a problem, page by page (signaler): one subject a page, nothing lost, no JavaScript needed.

The pages live in `report_photo`, `report_what`, `report_where`, `report_details`, `report_nearby`, `report_same`, `report_contact`
and `report_check`, each with two functions: `show` writes the page, `take` reads what was sent and leads on, or shows the page
again with its errors.
"""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.models import Case
from oppidum.cases.public import public_id
from oppidum.web.errors import answer
from oppidum.web.portal import (
    report_check,
    report_contact,
    report_details,
    report_nearby,
    report_photo,
    report_same,
    report_what,
    report_where,
)
from oppidum.web.portal.report_draft import Draft, find_draft, find_unfinished, is_identity, keep, new_draft
from oppidum.web.portal.report_steps import find_owed, go

PAGES = {
    "photo": report_photo,
    "what": report_what,
    "where": report_where,
    "details": report_details,
    "nearby": report_nearby,
    "same": report_same,
    "contact": report_contact,
    "check": report_check,
}


@require_safe
@never_cache
def start(request):
    """The first page; nothing is kept before it is sent. `?category=` is chosen on the home page."""
    draft = new_draft()
    if request.GET.get("category") in REPORTS.service.categories:
        draft.category = request.GET["category"]
    return report_photo.show(request, draft, unfinished=find_unfinished(request))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def step(request, draft_id: str, step: str):
    """One page of a draft. A draft that its session lost begins anew under its own address with what was just sent."""
    page = PAGES.get(step)
    if page is None or not is_identity(draft_id):
        raise Http404
    draft = find_draft(request, draft_id)
    if draft is None:
        return _begin_again(request, draft_id, step, page)
    if draft.is_sent:
        return redirect("portal:report-sent", draft.id)
    owed = find_owed(draft, before=step)
    if owed and PAGES[owed] is not page:
        return redirect("portal:report-stop", draft.id) if owed == "details" and draft.danger else go(draft, owed)
    return page.take(request, draft) if request.method == "POST" else page.show(request, draft)


def _begin_again(request, draft_id: str, step: str, page):
    if request.method != "POST":
        message = _("This form is no longer open: it was closed after two weeks, or begun on another device. Start a new one.")
        return answer(request, 410, message, "form-gone")
    draft = new_draft(draft_id)
    _keep_what_was_sent(request, draft, step)
    keep(request, draft)
    owed = find_owed(draft, before=step)
    if not owed:
        return page.take(request, draft)
    response = go(draft, owed)
    response["Location"] += "?lost=1"
    return response


def _keep_what_was_sent(request, draft: Draft, step: str) -> None:
    """From a page further on: the category that its first page carried, the words of the details, the contact."""
    if request.POST.get("category") in REPORTS.service.categories:
        draft.category = request.POST["category"]
    if step == "details":
        draft.words = request.POST.get("words", "")[: report_details.LONGEST_KEPT]
    if step == "contact":
        draft.contact = report_contact.read(request)


@require_safe
@never_cache
def stop(request, draft_id: str):
    """Life is at risk: the number to call, and nothing to fill in."""
    draft = find_draft(request, draft_id) if is_identity(draft_id) else None
    if draft is None or draft.danger is None:
        return go(draft, find_owed(draft) or "check") if draft and not draft.is_sent else redirect("portal:report")
    return render(request, "portal/report/stop.html", {"draft": draft, "danger": draft.danger})


@require_safe
@never_cache
def sent(request, draft_id: str):
    """It arrived: the code, what happens next, who does it and by when. The same page however often it is asked for."""
    draft = find_draft(request, draft_id) if is_identity(draft_id) else None
    if draft is None:
        message = _("We don't find this form any more. If you noted the code of your report, you can follow it with that.")
        return answer(request, 410, message, "form-gone")
    if not draft.is_sent:
        return go(draft, find_owed(draft) or "check")
    case = Case.objects.public().select_related("live__team", "commune").get(code=draft.code)
    context = {
        "draft": draft,
        "case": case,
        "public_id": public_id(case.pk),
        "live": case.live,
        "category": REPORTS.service.categories.get(case.live.category),
        "says": REPORTS.service.flow.steps[case.live.step].says,
    }
    return render(request, "portal/report/sent.html", context)
