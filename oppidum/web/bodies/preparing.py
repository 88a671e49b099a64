"""Preparing a sitting: its agenda gathered, ordered and completed, and the letters that convene the members."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppidum.bodies.agenda import add_item, faults_of, gather
from oppidum.bodies.attending import president_on
from oppidum.bodies.convening import cancel, convene, convene_by, convening_letter, notice_of
from oppidum.bodies.models import Item
from oppidum.bodies.waiting import find_waiting
from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.publishing.record_paper import convening_pdf
from oppidum.web.bodies.entry import State, done, get_sitting, refused, secretariat, show


@secretariat
@require_safe
def page(request, code: str):
    """The agenda, with what each item lacks and what comes next."""
    sitting = get_sitting(code)
    items = list(sitting.items.select_related("case", "rapporteur__councillor", "act").order_by("rank", "pk"))
    for item in items:
        item.sitting = sitting
        item.lacks = faults_of(item) if sitting.state == State.PREPARED else []
    return show(
        request,
        "sitting",
        sitting,
        "sitting",
        items=items,
        is_open_to_change=sitting.state == State.PREPARED,
        lacking=sum(bool(item.lacks) for item in items),
        waiting=find_waiting(sitting.body, request.user).count() if sitting.state == State.PREPARED else 0,
        notice=notice_of(sitting, clock.today()),
        letters_by=convene_by(sitting),
        today=clock.today(),
        kinds=[(value, label) for value, label in Item.Kind.choices if value != Item.Kind.MINUTES],
    )


@secretariat
@require_POST
def gather_all(request, code: str):
    """One click: all cases that wait for the body, whatever their service."""
    try:
        added = gather(get_sitting(code), request.user)
    except Refusal as refusal:
        return refused(request, refusal, "sitting", code)
    return done(request, _("%(n)d cases put on the agenda.") % {"n": len(added)}, "sitting", code)


@secretariat
@require_POST
def add(request, code: str):
    """A free item, then its page, to write its note."""
    kind = request.POST.get("kind", Item.Kind.VOTE)
    try:
        kind = kind if kind in (Item.Kind.VOTE, Item.Kind.NOMINATION, Item.Kind.INFORMATION) else Item.Kind.VOTE
        item = add_item(get_sitting(code), request.POST.get("title", ""), kind=kind)
    except Refusal as refusal:
        return refused(request, refusal, "sitting", code)
    return done(request, _("Item %(rank)d added: write its note.") % {"rank": item.rank}, "item", code, item.pk)


@secretariat
@require_safe
def letter(request, code: str):
    """The letter as the members will read it, with the notice that it gives."""
    sitting = get_sitting(code)
    subject, body = convening_letter(sitting)
    members = sitting.body.members.in_office(sitting.on)
    return show(
        request,
        "letter",
        sitting,
        "sitting",
        subject=subject,
        body=body,
        notice=notice_of(sitting, clock.today()),
        letters_by=convene_by(sitting),
        readers=members.exclude(councillor__email="").count(),
        on_paper=members.filter(councillor__email="").count(),
        president=president_on(sitting, clock.today()),
        may_send=sitting.state == State.PREPARED,
    )


@secretariat
@require_safe
def letter_pdf(request, code: str):
    """The letter on paper."""
    sitting = get_sitting(code)
    response = HttpResponse(convening_pdf(sitting), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{sitting.code}.pdf"'
    return response


@secretariat
@require_POST
def send(request, code: str):
    """Convene the members: the agenda stands from now on."""
    try:
        count = convene(get_sitting(code))
    except Refusal as refusal:
        return refused(request, refusal, "sitting", code)
    return done(request, _("The members are convened: %(n)d letters leave by e-mail.") % {"n": count}, "sitting", code)


@secretariat
@require_POST
def call_off(request, code: str):
    """Call the sitting off; its cases wait again."""
    try:
        cancel(get_sitting(code))
    except Refusal as refusal:
        return refused(request, refusal, "sitting", code)
    return done(request, _("The sitting is cancelled. Its cases wait for the next one."), "home")
