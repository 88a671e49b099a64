"""After the sitting: its acts made in one batch, its minutes."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.bodies.acting import conclude, leave_out
from oppidum.bodies.minutes import list_due, minutes_due, minutes_of, put_minutes_online, write_debate
from oppidum.core.errors import Refusal
from oppidum.publishing.record_paper import minutes_pdf, vote_in_words
from oppidum.web.bodies.entry import State, done, get_item, get_sitting, refused, secretariat, show


@secretariat
@require_POST
def conclude_it(request, code: str):
    """Number and sign the acts, and act on every case: all or nothing."""
    try:
        acts = conclude(get_sitting(code), request.user)
    except Refusal as refusal:
        return refused(request, refusal, "minutes", code)
    return done(request, _("Concluded: %(n)d acts are numbered and wait to be sent.") % {"n": len(acts)}, "minutes", code)


@secretariat
@require_POST
def leave_it_out(request, code: str, pk: int):
    """The case of an item moved on since the vote: conclude without it."""
    try:
        leave_out(get_item(get_sitting(code), pk=pk))
    except Refusal as refusal:
        return refused(request, refusal, "minutes", code)
    return done(request, _("The item is left out: its case stays as it is."), "minutes", code)


@secretariat
@require_http_methods(["GET", "POST"])
def minutes_page(request, code: str):
    """The draft as the record gives it, with the gist of the debates to complete."""
    sitting = get_sitting(code)
    if request.method == "POST":
        try:
            item = get_item(sitting, pk=request.POST.get("item", "0") if request.POST.get("item", "").isdigit() else 0)
            write_debate(item, request.POST.get("debate", "").replace("\r\n", "\n").strip())
        except Refusal as refusal:
            return refused(request, refusal, "minutes", code)
        return done(request, _("Saved."), "minutes", code)
    told = minutes_of(sitting)
    return show(
        request,
        "minutes",
        sitting,
        "minutes",
        told=told,
        rows=[{"told": one, "vote": vote_in_words(one.item)} for one in told.items],
        may_conclude=sitting.state == State.CLOSED,
        may_write=sitting.minutes_online_on is None,
        list_due=list_due(sitting),
        minutes_due=minutes_due(sitting),
        acts=[one.act_code for one in told.items if one.act_code],
    )


@secretariat
@require_POST
def online(request, code: str):
    """Put settled minutes online, for good."""
    try:
        put_minutes_online(get_sitting(code))
    except Refusal as refusal:
        return refused(request, refusal, "minutes", code)
    return done(request, _("The minutes are online."), "minutes", code)


@secretariat
@require_safe
def minutes_file(request, code: str):
    """The minutes on paper, draft or settled."""
    sitting = get_sitting(code)
    response = HttpResponse(minutes_pdf(sitting), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{sitting.code}-pv.pdf"'
    return response
