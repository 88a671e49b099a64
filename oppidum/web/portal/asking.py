"""Asking for any declared service (faire une demande), page by page: saved at each page, checked as it will be when it is sent.

A draft belongs to whoever holds its address. It is made by a button, never by an address that somebody else may have thought of, so that
nobody can be led to write into a draft that another one reads.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.cases import drafts
from oppidum.cases.completing import complete_one
from oppidum.cases.contests import find_document, list_calls
from oppidum.cases.declaration import Page, Place, Service, catalogue
from oppidum.cases.declaration.rulebook import labels_of
from oppidum.cases.files.attachments import tokens_in
from oppidum.cases.models import Attachment, Draft
from oppidum.core import clock, rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import Invalid, TooMany
from oppidum.territory.gazetteer import search_places
from oppidum.web.answering import changes_rows, faults_on_screen, read_answers, was_shown
from oppidum.web.errors import answer
from oppidum.web.files import hand_out
from oppidum.web.portal import asking_check
from oppidum.web.portal.asking_prefill import prefilled
from oppidum.web.portal.asking_steps import (
    CHECK,
    SENT,
    STOP,
    Asking,
    address_of,
    go,
    look_at,
    show_page,
    wants_back,
)
from oppidum.web.portal.may_ask import questions_before, read_quick
from oppidum.web.portal.offered import is_askable, may_open
from oppidum.web.portal.season import find_season
from oppidum.web.questions import draw_questions, named_faults, paths_shown
from oppidum.web.slots import offer_slots

SLOT, REMEMBERED = "requests", 8
STARTED_AN_HOUR = 60
OFFERED = 6


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request, code: str):
    """A draft is begun by a button of the service's page; this address alone leads back to it."""
    service = find_askable(code, request.user)
    if request.method != "POST":
        return redirect("portal:service", code)
    if not find_season(service, clock.now()).is_open:
        return redirect("portal:service", code)
    if not rates.allow(f"drafts:{client_address(request)}", STARTED_AN_HOUR, 3600):
        raise TooMany(_("Many forms were begun from your connection. Wait a little, then try again."), retry_after=3600)
    draft = drafts.start_draft(service)
    draft.raw = read_quick(request, questions_before(service))
    if service.contest and any(call.code == request.POST.get("call") for call in list_calls(service)):
        draft.raw |= {service.contest.question: request.POST["call"]}
    drafts.save(draft)
    remember(request, draft)
    asking = look_at(service, draft)
    return go(asking, asking.pages[0].name)


@require_safe
@never_cache
def resume(request, code: str, token: str):
    """The link of the mail: the first page that is still owed."""
    service = find_askable(code, request.user)
    draft = drafts.find_draft(service, token)
    if draft is None:
        return _gone(request)
    remember(request, draft)
    _tell_what_changed(request, service, draft)
    asking = look_at(service, draft)
    return go(asking, SENT if draft.code else asking.find_owed() or CHECK)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request, code: str, token: str, name: str):
    """One page of a draft."""
    service = find_askable(code, request.user)
    draft = drafts.find_draft(service, token)
    if draft is None:
        return _gone(request)
    _tell_what_changed(request, service, draft)
    asking = look_at(service, draft)
    if draft.code:
        return go(asking, SENT)
    if name == STOP:
        return _stop(request, asking)
    if name != CHECK and asking.page(name) is None:
        raise Http404
    if owed := asking.find_owed(before=name):
        return go(asking, owed)
    if name == CHECK:
        if asking.barred:
            return go(asking, STOP)
        return asking_check.take(request, asking) if request.method == "POST" else asking_check.show(request, asking)
    return _take(request, asking, asking.page(name)) if request.method == "POST" else _show(request, asking, asking.page(name))


def _tell_what_changed(request, service: type[Service], draft: Draft) -> None:
    """Who began under other questions reads so at the next page, whichever it is."""
    if told := drafts.catch_up(service, draft):
        messages.info(request, told)


@require_POST
@never_cache
def look(request, code: str, token: str, name: str):
    """The page drawn anew after an answer that decides what else is asked; what was given so far is saved."""
    service = find_askable(code, request.user)
    draft = drafts.find_draft(service, token)
    asking = look_at(service, draft) if draft else None
    shown = asking.page(name) if asking and not draft.code else None
    if shown is None:
        raise Http404
    raw, faults = read_answers(request, shown.questions)
    asking = _keep(asking, shown, raw, done=False)
    return _show(request, asking, asking.page(name) or shown, faults)


@require_safe
@never_cache
def sent(request, code: str, token: str):
    """It arrived: the code, and what happens next. The same page however often it is asked for."""
    service = find_askable(code, request.user)
    draft = drafts.find_draft(service, token)
    if draft is None:
        return _gone(request)
    asking = look_at(service, draft)
    if not draft.code:
        return go(asking, asking.find_owed() or CHECK)
    return asking_check.show_sent(request, asking)


@require_safe
@never_cache
def file(request, code: str, token: str, paper: str):
    """A file of a draft, for who writes it."""
    draft = drafts.find_draft(find_askable(code, request.user), token)
    held = draft and paper in tokens_in(draft.raw) and Attachment.objects.filter(token=paper, case=None).first()
    if not held:
        raise Http404
    return hand_out(held)


@require_safe
def call_document(request, code: str, call: str, token: str):
    """A document of a call that is open, for everybody."""
    found = find_document(find_askable(code, request.user), call, token)
    if found is None:
        raise Http404
    return hand_out(found)


def find_askable(code: str, user) -> type[Service]:
    """The service of that code, if residents can ask for it with a form, or the officer for the authority; else 404."""
    service = catalogue().get(code)
    if service is None or not (is_askable(service) or may_open(service, user)):
        raise Http404
    return service


def remember(request, draft: Draft) -> None:
    """Offer the draft again on this device."""
    tokens = [token for token in request.session.get(SLOT, []) if token != draft.token]
    request.session[SLOT] = [*tokens, draft.token][-REMEMBERED:]


def find_unfinished(request, service: type[Service]) -> Draft | None:
    """The latest draft of that service begun on this device and not sent."""
    tokens = request.session.get(SLOT, [])
    mine = Draft.objects.filter(token__in=tokens, service=service.code, code="", kept_until__gte=clock.today()) if tokens else None
    return mine.exclude(pages=[]).order_by("-saved_at").first() if mine else None


def _show(request, asking: Asking, shown: Page, faults: list[Invalid] = (), status: int = 200):
    """The page, with what was answered; on its first showing, what the last request of a proven address said."""
    raw, source = dict(asking.draft.raw), ""
    if shown.name not in asking.draft.pages and not faults:
        found, source = prefilled(request, asking, shown)
        raw |= found
    slots = offer_slots(asking.service, shown.questions, asking.found.known, raw)
    places = _places(shown, raw, faults)
    drawn = draw_questions(
        shown.questions, raw, faults, known=asking.found.known, places=places, slots=slots, labels=labels_of(asking.service)
    )
    context = {
        "errors": named_faults(shown.questions, faults),
        "page": shown,
        "questions": drawn,
        "look": address_of(asking, shown.name) + "look",
        "source": source,
        "email": asking.draft.email,
    }
    return show_page(request, asking, shown.name, "portal/ask/questions.html", context, status)


def _take(request, asking: Asking, shown: Page):
    """Keep what was sent, whatever it is; then lead on, or show what is wrong or newly asked."""
    raw, faults = read_answers(request, shown.questions)
    asking = _keep(asking, shown, raw, done=True)
    seen = was_shown(request)
    if changes_rows(request):
        return _show(request, asking, shown, faults)
    faults += faults_on_screen(asking.found.faults_of(shown), seen)
    if faults:
        return _show(request, asking, shown, faults, 422)
    drawn = draw_questions(shown.questions, asking.draft.raw, known=asking.found.known)
    unseen = [path for path in paths_shown(drawn) if path not in seen]
    if unseen:
        return go(asking, shown.name, wants_back(request), f"id_{unseen[0]}")
    if "keep" in request.POST:
        return _keep_for_later(request, asking, shown)
    return go(asking, STOP if asking.barred else asking.next_after(shown.name, wants_back(request)))


def _keep(asking: Asking, shown: Page, raw: dict, done: bool) -> Asking:
    """The answers of a page into the draft."""
    draft = asking.draft
    draft.raw = draft.raw | complete_one(shown.questions, raw)
    if done and shown.name not in draft.pages:
        draft.pages = [*draft.pages, shown.name]
    draft.language = get_language() or "fr"
    drafts.save(draft)
    return look_at(asking.service, draft)


def _keep_for_later(request, asking: Asking, shown: Page):
    """Mail the link of the draft, with the day until which it opens."""
    fault = asking_check.mail_link(request, asking)
    if fault:
        return _show(request, asking, shown, [fault], 422)
    return render(request, "portal/ask/kept.html", {"service": asking.service, "draft": asking.draft})


def _places(shown: Page, raw: dict, faults: list[Invalid]) -> dict[str, list[tuple[str, str]]]:
    """For each place whose address alone didn't say where: the places that it may be."""
    wrong = {(fault.field or "").removesuffix("-address") for fault in faults}
    found = {}
    for name, question in shown.questions.items():
        text = str((raw.get(name) or {}).get("address") or "") if isinstance(raw.get(name), dict) else ""
        if isinstance(question, Place) and name in wrong and text:
            found[name] = [(f"{place.lon:.6f},{place.lat:.6f}", place.label) for place in search_places(text, limit=OFFERED)]
    return found


def _stop(request, asking: Asking):
    """Who can't ask learns at once why, and what to do instead; the answers can be changed."""
    barred = asking.barred
    if barred is None:
        return go(asking, asking.find_owed() or CHECK)
    pages = [page for page in asking.pages if barred.when.names() & set(page.questions)]
    context = {
        "service": asking.service,
        "why": barred.tell_apart(asking.service.form, asking.found.answers),
        "changes": [(page.title, address_of(asking, page.name)) for page in pages],
    }
    return render(request, "portal/ask/stop.html", context)


def _gone(request):
    message = _("This form is no longer open: its last day is over, or its address is not complete. Start a new one.")
    return answer(request, 410, message, "form-gone")
