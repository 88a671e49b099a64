"""Taking a call: one screen that answers while one types, one key for each outcome, and what to say at the end.

The page is a form that works by itself. With JavaScript the columns that depend on what is typed are asked for anew, and they alone:
no box in which somebody types is ever replaced.
"""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.models import Call, CallOutcome, Case
from oppidum.core.errors import InvalidForm, Refusal
from oppidum.web.desk.calls_outcomes import end_call
from oppidum.web.desk.calls_screen import Screen
from oppidum.web.desk.calls_words import say_outcome, say_phone, spell
from oppidum.web.desk.entry import officers_only, require_right


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The empty screen, `?phone=` with the number that the telephone system passes; a POST looks things up or ends the call."""
    require_right(request, "intake")
    if request.method != "POST":
        given = QueryDict(mutable=True)
        given["phone"] = request.GET.get("phone", "")[:40]
        return show(request, Screen(request.user, given), fresh=True)
    screen = Screen(request.user, request.POST)
    if "outcome" not in request.POST and not request.POST.get("join"):
        return show(request, screen)
    try:
        call = end_call(screen)
    except InvalidForm as wrong:
        screen.faults = wrong.errors
        return show(request, screen, 422, errors=wrong)
    except Refusal as refusal:
        return show(request, screen, refusal.status, errors=refusal)
    return redirect("desk:calls-done", call.pk)


@never_cache
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What follows from what is typed, for htmx: the right column, the place, and the questions when the category changed.

    Whose session has ended gets nothing to put in its place (401): the choices made stay on the screen, and in its draft.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    require_right(request, "intake")
    screen = Screen(request.user, request.POST)
    changed = screen.asked_for != (screen.category.code if screen.category else "")
    return render(
        request, "desk/calls/_answer.html", {"screen": screen, "say_questions": changed, "may_persons": may_persons(request)}
    )


@never_cache
@require_POST
def caller(request: HttpRequest) -> HttpResponse:
    """Who calls, as soon as the number is whole."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    require_right(request, "intake")
    return render(
        request, "desk/calls/_caller.html", {"screen": Screen(request.user, request.POST), "may_persons": may_persons(request)}
    )


def show(request: HttpRequest, screen: Screen, status: int = 200, errors=None, fresh: bool = False) -> HttpResponse:
    """The whole screen with everything that was typed."""
    spot = screen.spot
    context = {
        "screen": screen,
        "errors": summary(screen) or errors,
        "fresh": fresh,
        "ended": ended_last(request) if fresh else "",
        "may_persons": may_persons(request),
        "faults": {fault.field: str(fault) for fault in screen.faults},
        "lon": "" if spot.lon is None else f"{spot.lon:.6f}",
        "lat": "" if spot.lat is None else f"{spot.lat:.6f}",
        "focus_phone": fresh and not screen.phone,
        "focus_words": fresh and bool(screen.phone),
        "shown_phone": say_phone(screen.phone) if screen.phone else screen.text("phone", 40),
        "languages": [("fr", _("French")), ("en", _("English"))],
    }
    return render(request, "desk/calls/screen.html", context, status=status)


def summary(screen: Screen) -> list[tuple[str, str]]:
    """Every fault, a question's with the question before it: the line is read far from its field."""
    labels = {one["name"]: one["label"] for one in screen.questions} if screen.faults else {}
    return [(fault.field, f"{labels[fault.field]} {fault}" if fault.field in labels else str(fault)) for fault in screen.faults]


def ended_last(request: HttpRequest) -> str:
    """The screen whose call the officer ended last: what it had typed must not come back, however fast the next call is opened."""
    key = Call.objects.filter(officer=request.user).order_by("-pk").values_list("key", flat=True).first()
    return (key or "").partition(":")[2]


def may_persons(request: HttpRequest) -> bool:
    return request.user.may("persons")


@officers_only
@require_safe
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """What to say before hanging up: the code to read out, who has it and by when. One's own calls only."""
    require_right(request, "intake")
    call = get_object_or_404(Call, pk=pk, officer=request.user)
    case = Case.objects.visible_to(request.user).select_related("live__team", "commune").filter(pk=call.case_id).first()
    context = {
        "call": call,
        "case": case,
        "outcome": say_outcome(call.outcome),
        "is_report": call.outcome == CallOutcome.REPORT,
        "is_joined": call.outcome == CallOutcome.JOINED,
        "spelled": spell(case.code) if case else [],
        "category": REPORTS.service.categories.get(case.live.category) if case else None,
        "says": str(REPORTS.service.flow.steps[case.live.step].says) if case else "",
    }
    return render(request, "desk/calls/done.html", context)
