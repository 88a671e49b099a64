"""Mails that did not reach their reader, as things to do: telephone, write a letter, send again, or say that the address works."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases.mailing.dead_addresses import works_again
from oppidum.cases.mailing.post_box import settle as settle_parked
from oppidum.cases.mailing.sending import in_trouble, settle_otherwise
from oppidum.cases.mailing.words import say_fate
from oppidum.cases.models import Case, Mail, ParkedMail, TextMessage
from oppidum.cases.texting import fates as texted
from oppidum.cases.texting import sending
from oppidum.core.errors import NotFound
from oppidum.people.models import Officer
from oppidum.web.desk.acting import after
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.desk.said import REACHED

SIZE = 50
WHY = {
    "no-mail": gettext_lazy("a notice about a mail that we don't know"),
    "no-report": gettext_lazy("an answer to a mail of ours, or a notice in no standard form"),
    "not-ours": gettext_lazy("a message about none of our mails"),
}


def unreached(officer: Officer) -> QuerySet[Mail]:
    """The mails in trouble of the cases within the officer's sight; those of no case for who sets the house up."""
    if not officer.may("persons"):
        return Mail.objects.none()
    seen = Q(case__in=Case.objects.visible_to(officer).values("pk"))
    return in_trouble().filter(seen | Q(case=None) if officer.may("setup") else seen)


def lost_texts(officer: Officer) -> QuerySet[TextMessage]:
    """The text messages in trouble of the cases within the officer's sight."""
    if not officer.may("persons"):
        return TextMessage.objects.none()
    return sending.in_trouble().filter(case__in=Case.objects.visible_to(officer).values("pk"))


@officers_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What came back, was refused, held or perhaps never left; below, what came in and doesn't fit."""
    require_right(request, "persons")
    shown = Paginator(unreached(request.user).select_related("case", "party"), SIZE).get_page(request.GET.get("page", "1"))
    may_parked = request.user.may("setup") or request.user.may("privacy")
    parked = ParkedMail.objects.filter(settled_at=None).select_related("mail__case").order_by("-pk")[:SIZE] if may_parked else ()
    context = {
        "page": shown,
        "lines": [{"mail": mail, "says": say_fate(mail)} for mail in shown],
        "texts": [{"text": text, "says": texted.say_fate(text)} for text in lost_texts(request.user).select_related("case")[:SIZE]],
        "parked": [{"one": one, "why": WHY.get(one.why, one.why)} for one in parked],
    }
    return render(request, "desk/mails.html", context)


@officers_only
@require_POST
def settle(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    """The person was reached another way, or the address works and what was held leaves."""
    require_right(request, "persons")
    mail = unreached(request.user).filter(pk=pk).first()
    if mail is None:
        raise NotFound()
    if how == "works":
        held = works_again(mail.to)
        if mail.fate != Mail.Fate.HELD:
            settle_otherwise(mail.pk, how, request.user)
        said = ngettext("%(n)d mail that was held leaves now.", "%(n)d mails that were held leave now.", held) % {"n": held}
        messages.success(request, said if held else _("From now on we write to this address again."))
    elif how in REACHED:
        settle_otherwise(mail.pk, how, request.user)
        messages.success(request, _("Noted: the person was reached another way."))
    else:
        raise Http404
    return redirect(after(request, mail.case.code) if "seen" in request.POST and mail.case else "desk:mails")


@officers_only
@require_POST
def settle_text(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    """The person whom a text message didn't reach was reached another way."""
    require_right(request, "persons")
    text = lost_texts(request.user).filter(pk=pk).select_related("case").first()
    if text is None:
        raise NotFound()
    if how not in REACHED:
        raise Http404
    sending.settle_otherwise(text.pk, how, request.user)
    messages.success(request, _("Noted: the person was reached another way."))
    return redirect(after(request, text.case.code) if "seen" in request.POST else "desk:mails")


@officers_only
@require_POST
def parked(request: HttpRequest, pk: int) -> HttpResponse:
    """A message that didn't fit has been seen to."""
    require_right(request, "setup", "privacy")
    settle_parked(pk, request.user)
    messages.success(request, _("Put away."))
    return redirect("desk:mails")
