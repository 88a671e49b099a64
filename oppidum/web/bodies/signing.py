"""The signature book: what waits for an authority that decides alone, signed in one batch."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oppidum.bodies.acting import sign
from oppidum.bodies.models import Body
from oppidum.bodies.signers import delegates_on, president_of
from oppidum.bodies.waiting import list_waiting
from oppidum.core import clock
from oppidum.core.errors import NotFound, Refusal
from oppidum.web.bodies.entry import done, secretariat

SHOWN = 200


@secretariat
@require_http_methods(["GET", "POST"])
def page(request, code: str):
    """Each case with the actions of its flow; those that have one chosen are signed together, or all of them by their first."""
    body = Body.objects.filter(code=code, kind=Body.Kind.AUTHORITY).first()
    if body is None:
        raise NotFound()
    waiting = [one for one in list_waiting(body, request.user, SHOWN) if one.actions]
    error, delegate = None, request.POST.get("delegate", "")
    if request.method == "POST":
        chosen = []
        for one in waiting:
            name = one.actions[0].name if request.POST.get("all") else request.POST.get(f"case-{one.case.pk}", "")
            if name in {action.name for action in one.actions}:
                chosen.append((one, name))
        try:
            acts = sign(body, chosen, request.user, int(delegate) if delegate.isdigit() else None)
            return done(request, _("Signed: %(n)d acts are numbered.") % {"n": len(acts)}, "sign", code)
        except Refusal as refusal:
            error = refusal
    rows = [
        {"one": one, "title": one.case.answers.get("title") or f"{one.service.name}: {one.case.code}", "choices": one.actions}
        for one in waiting
    ]
    context = {
        "body": body,
        "rows": rows,
        "error": error,
        "president": president_of(body, clock.today()),
        "delegates": [(str(one.key), one.label) for one in delegates_on(clock.today())],
        "delegate": delegate,
    }
    return render(request, "bodies/sign.html", context, status=422 if error else 200)
