"""The register of acts at the desk: where each stands between its number and the day from which it binds."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from oppidum.bodies.models import Act, Series, Transmission
from oppidum.bodies.queueing import mark_notified, mark_received, send_again
from oppidum.core import clock
from oppidum.core.errors import Invalid, NotFound, Refusal
from oppidum.publishing.annexes import AnnexWaits, why_no_file
from oppidum.publishing.record_paper import make_files
from oppidum.publishing.sending_out import send_out
from oppidum.web.bodies.entry import done, refused, secretariat

SIZE = 50
LACKS = {
    "queued": {"transmissions__state": Transmission.State.QUEUED},
    "sent": {"transmissions__state": Transmission.State.SENT},
    "refused": {"transmissions__state": Transmission.State.REFUSED},
    "unpublished": {"published_on": None, "is_individual": False},
    "unnotified": {"notified_on": None, "is_individual": True},
    "not-binding": {"enforceable_on": None},
}


@secretariat
@require_safe
def page(request):
    """Newest first; by series, and by what they lack."""
    lacks, series = request.GET.get("lacks", ""), request.GET.get("series", "")
    acts = Act.objects.select_related("body").prefetch_related("transmissions")
    if lacks in LACKS:
        acts = acts.filter(**LACKS[lacks]).distinct()
    if series in Series.values:
        acts = acts.filter(series=series)
    if query := request.GET.get("q", "").strip():
        acts = acts.filter(code__iexact=query) | acts.filter(title__icontains=query)
    found = Paginator(acts, SIZE).get_page(request.GET.get("page"))
    says = {
        "": pgettext("register", "All"),
        "queued": pgettext("register", "To send"),
        "sent": pgettext("register", "Receipt awaited"),
        "refused": pgettext("register", "Refused"),
        "unpublished": pgettext("register", "To publish"),
        "unnotified": pgettext("register", "To notify"),
        "not-binding": pgettext("register", "Not yet binding"),
    }
    tabs = [{"label": label, "href": f"?lacks={key}", "current": key == lacks} for key, label in says.items()]
    context = {"page": found, "tabs_of_acts": tabs, "query": query, "series": series, "today": clock.today()}
    context["series_choices"] = [("", _("All series")), *Series.choices]
    context["lacks"] = lacks
    return render(request, "bodies/acts.html", context)


def get_act(code: str) -> Act:
    """The act, or `NotFound`."""
    act = Act.objects.select_related("body", "item__sitting", "case", "file", "recorded_by").filter(code=code.upper()).first()
    if act is None:
        raise NotFound()
    return act


@secretariat
@require_safe
def act(request, code: str):
    """One act: its words, its dates, its sendings."""
    found = get_act(code)
    context = {
        "act": found,
        "sendings": list(found.transmissions.order_by("queued_at")),
        "today": clock.today(),
        "annexes": list(found.annexes.defer("content")),
        "held": "" if hasattr(found, "file") else why_no_file(found),
    }
    return render(request, "bodies/act.html", context)


@secretariat
@require_safe
def pdf(request, code: str):
    """The act's file, made now if the worker hasn't yet."""
    found = get_act(code)
    if not make_files([found]) and not hasattr(get_act(code), "file"):
        raise AnnexWaits(_("The act has no file yet: %(why)s.") % {"why": why_no_file(found)})
    response = HttpResponse(bytes(get_act(code).file.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.code}.pdf"'
    return response


@secretariat
@require_POST
def send(request):
    """Send and publish what waits, now: as many as fit in a page's time; the worker does the rest."""
    moved = send_out(limit=25)
    return done(request, _("%(n)d acts went out.") % {"n": moved}, "acts")


@secretariat
@require_POST
def receipt(request, code: str):
    """A receipt read elsewhere, on the operator's own page: its number and day."""
    found = get_act(code)
    try:
        day = _day(request.POST.get("day", ""))
        sending = found.transmissions.exclude(state=Transmission.State.RECEIVED).order_by("-queued_at").first()
        number = request.POST.get("number", "").strip()
        if sending is None or not number:
            raise Invalid(_("Give the number of the receipt of an act that was sent."), field="number")
        mark_received(sending.reference, number, clock.midnight(day))
    except Refusal as refusal:
        return refused(request, refusal, "act", code)
    return done(request, _("The receipt is recorded."), "act", code)


@secretariat
@require_POST
def again(request, code: str):
    """Send again what the platform refused."""
    found = get_act(code)
    for one in found.transmissions.filter(state=Transmission.State.REFUSED):
        send_again(one)
    return redirect("bodies:act", code)


@secretariat
@require_POST
def notified(request, code: str):
    """The day on which an individual act reached the person."""
    try:
        mark_notified(get_act(code), _day(request.POST.get("day", "")))
    except Refusal as refusal:
        return refused(request, refusal, "act", code)
    return done(request, _("The notification is recorded."), "act", code)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Invalid(_("Give the day."), field="day") from None
    if day > clock.today():
        raise Invalid(_("This day is yet to come."), field="day")
    return day
