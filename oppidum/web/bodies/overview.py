"""The sittings: to prepare, to hold, to conclude; and a new one."""

from datetime import datetime

from django.db.models import Count, Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oppidum.bodies.agenda import gather
from oppidum.bodies.convening import convene_by, plan_sitting
from oppidum.bodies.models import Act, Body, Sitting, Transmission
from oppidum.bodies.waiting import find_waiting
from oppidum.core import clock
from oppidum.core.errors import Invalid, Refusal
from oppidum.web.bodies.drafting import drafted
from oppidum.web.bodies.entry import State, done, secretariat

PAST_SHOWN = 20


@secretariat
@require_safe
def home(request):
    """What waits first: for each body its cases, then the sittings in the order of their days, then what acts still lack."""
    sittings = Sitting.objects.select_related("body").annotate(
        item_count=Count("items"), voted=Count("items", filter=~Q(items__outcome=""))
    )
    coming = list(sittings.filter(state__in=(State.PREPARED, State.CONVENED, State.OPEN, State.CLOSED)).order_by("at"))
    for sitting in coming:
        sitting.letters_by = convene_by(sitting) if sitting.state == State.PREPARED else None
        sitting.is_late = sitting.letters_by is not None and sitting.letters_by < clock.today()
    past = sittings.filter(state__in=(State.CONCLUDED, State.NO_QUORUM, State.CANCELLED)).order_by("-at")[:PAST_SHOWN]
    bodies = [{"body": body, "waiting": find_waiting(body, request.user).count()} for body in Body.objects.all()]
    context = {"bodies": bodies, "coming": coming, "past": past, "stats": stats(), "drafted": drafted()}
    return render(request, "bodies/home.html", context)


def stats() -> list[dict]:
    """What acts still lack, each number leading to its list."""
    unsent = Transmission.objects.filter(state=Transmission.State.QUEUED).count()
    awaited = Transmission.objects.filter(state=Transmission.State.SENT).count()
    refused = Transmission.objects.filter(state=Transmission.State.REFUSED).count()
    unpublished = Act.objects.filter(published_on=None, is_individual=False).count()
    unnotified = Act.objects.filter(notified_on=None, is_individual=True).count()
    counts = (
        ("queued", _("acts to send"), unsent, ""),
        ("sent", _("receipts awaited"), awaited, ""),
        ("refused", _("sendings refused"), refused, "late"),
        ("unpublished", _("to publish"), unpublished, ""),
        ("unnotified", _("to notify"), unnotified, "soon"),
    )
    return [{"label": label, "value": n, "tone": tone, "href": f"/desk/bodies/acts/?lacks={key}"} for key, label, n, tone in counts]


@secretariat
@require_http_methods(["GET", "POST"])
def plan(request):
    """A new sitting. With one click every case that waits for the body is on its agenda."""
    raw = request.POST if request.method == "POST" else request.GET
    follows = Sitting.objects.filter(code=raw.get("follows", ""), state=State.NO_QUORUM).first()
    error = None
    if request.method == "POST":
        try:
            body = follows.body if follows else _body(raw)
            sitting = plan_sitting(
                body, _instant(raw), raw.get("place", "").strip()[:200], urgency=raw.get("urgency", "").strip(), follows=follows
            )
            added = gather(sitting, request.user) if raw.get("gather") and not follows else []
            return done(request, _("Sitting planned; %(n)d cases on its agenda.") % {"n": len(added)}, "sitting", sitting.code)
        except Refusal as refusal:
            error = refusal
    choices = [(body.code, body.name) for body in Body.objects.exclude(kind=Body.Kind.AUTHORITY)]
    context = {"raw": raw, "bodies": choices, "error": error, "follows": follows}
    return render(request, "bodies/plan.html", context, status=422 if error else 200)


def _body(raw) -> Body:
    body = Body.objects.filter(code=raw.get("body", "")).first()
    if body is None:
        raise Invalid(_("Choose the body that sits."), field="body")
    return body


def _instant(raw) -> datetime:
    try:
        return datetime.fromisoformat(f"{raw.get('day', '')}T{raw.get('hour', '')}").replace(tzinfo=clock.PARIS)
    except ValueError:
        raise Invalid(_("Give the day and the hour of the sitting."), field="day") from None
