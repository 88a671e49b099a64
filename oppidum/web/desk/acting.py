"""Acting on a case: one POST, the version that was on screen with it. Whatever refuses it, what was typed stays."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppidum.cases.declaration import Action, Text
from oppidum.cases.files.photos import MOST_PHOTOS, PhotoRefused, save_upload
from oppidum.cases.histories import CaseFile, read_case_file, read_lines
from oppidum.cases.mailing.previews import preview
from oppidum.cases.mailing.sending import NotAgain, send_again
from oppidum.cases.models import Case, Mail, Photo
from oppidum.cases.preparing import actor_of, on_behalf_of_resident, prepare
from oppidum.cases.repeating import act_once
from oppidum.cases.rules.asking import OPINION
from oppidum.cases.rules.errors import Stale
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm, NotFound, Refusal
from oppidum.web.answering import changes_rows, read_answers
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.desk.forms import read_contact, standard_answers
from oppidum.web.desk.reading import draw_form_of, entry_of, list_query, open_actions, render_case, wants_list
from oppidum.web.desk.said import HAPPENED

ANSWER, PREVIEW, KEEP = "insert_answer", "preview", "keep_as_note"


@officers_only
@require_POST
def page(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Take the action, or show the form again: with a standard answer, the mail's preview, faults, or what changed meanwhile."""
    found = read_case_file(request.user, code)
    asked = found.service.flow.actions.get(action)
    if asked is None:
        raise NotFound()
    answers, file_faults = read_answers(request, asked.demands)
    raw = request.POST.dict() | answers
    photos = kept_photos(request)
    if request.POST.get(ANSWER):
        return show_again(request, found, asked, insert_answer(found, asked, raw), photos)
    if changes_rows(request):
        return show_again(request, found, asked, raw, photos)
    try:
        if file_faults:
            raise InvalidForm(file_faults)
        photos = photos + new_photos(request, asked, len(photos))
        if PREVIEW in request.POST:
            mails = preview(found.case, asked.name, raw, request.user)
            return show_again(request, found, asked, raw, photos, preview_asked=True, previews=mails)
        command = command_of(found, asked, raw, request.user, seen_version(request), photos)
        [outcome] = act_once(request.user.pk, [(found.case.pk, command)])
        if outcome.refusal:
            raise outcome.refusal
    except InvalidForm as wrong:
        return show_again(request, found, asked, raw, photos, errors=wrong, status=422)
    except PhotoRefused as wrong:
        wrong.field = "photo"
        return show_again(request, found, asked, raw, photos, errors=InvalidForm([wrong]), status=wrong.status)
    except NotFound:
        raise
    except Refusal as refusal:
        return show_refused(request, code, asked, raw, photos, refusal)
    messages.success(request, f"{found.case.code} · {HAPPENED.get(asked.name, asked.label)}")
    return redirect(after(request, code))


def seen_version(request: HttpRequest) -> int:
    """The version on screen. A form without one is as old as can be: it is asked to look first."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def actor_for(action: Action, officer) -> Actor:
    """The officer; or the resident by way of the officer, for what only residents say."""
    for_them = officer.may("intake") or "ask" in action.by and officer.may("ask")
    return on_behalf_of_resident(officer) if "resident" in action.by and for_them else actor_of(officer)


def command_of(found: CaseFile, action: Action, raw: Mapping[str, Any], officer, seen: int, photos: list[Photo]) -> Command:
    """The checked command; whether the actor may take it is for the rules to say."""
    contact = read_contact(raw) if action.joins else None
    tokens = tuple(photo.token for photo in photos)
    known = found.service.known(found.standing, clock.today()) | found.case.answers
    return prepare(
        found.service, action.name, raw, actor_for(action, officer), seen=seen, photos=tokens, contact=contact, known=known
    )


def kept_photos(request: HttpRequest) -> list[Photo]:
    """Pictures that came with an earlier sending of this form."""
    return list(Photo.objects.filter(token__in=request.POST.getlist("photo_token")[:MOST_PHOTOS], case=None))


def new_photos(request: HttpRequest, action: Action, kept: int) -> list[Photo]:
    """The pictures in this sending, checked and stored."""
    files = request.FILES.getlist("photo") if action.photo else []
    if len(files) + kept > MOST_PHOTOS:
        raise InvalidForm([Invalid(_("At most %(most)d photos can come with it.") % {"most": MOST_PHOTOS}, field="photo")])
    return [save_upload(file, clock.now()) for file in files]


def insert_answer(found: CaseFile, action: Action, raw: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with the chosen standard answer after it."""
    answers = standard_answers(found.service, action.name, found.standing.category)
    target = next((name for name, q in action.demands.items() if isinstance(q, Text) and q.lines > 1), "")
    number = raw.get(ANSWER, "")
    if target and number.isascii() and number.isdigit() and int(number) < len(answers):
        typed = raw.get(target, "").rstrip()
        raw[target] = f"{typed}\n\n{answers[int(number)].text}" if typed else str(answers[int(number)].text)
    return raw


def show_again(
    request: HttpRequest,
    found: CaseFile,
    action: Action,
    raw: Mapping[str, Any],
    photos: list[Photo],
    *,
    errors: InvalidForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The same page, the form open with everything in it."""
    form = draw_form_of(found, action, raw, errors)
    form.photos = photos
    # The version stays the one that was on screen: a preview must not hide what happened meanwhile.
    return render_case(request, found, form, status, **{"seen": seen_version(request) or found.standing.version, **more})


def show_refused(
    request: HttpRequest, code: str, action: Action, raw: Mapping[str, Any], photos: list[Photo], refusal: Refusal
) -> HttpResponse:
    """The case as it is now, what changed since it was on screen, and what was typed: to confirm, or to keep as a note."""
    found = read_case_file(request.user, code)
    seen = seen_version(request)
    changes = [entry_of(line) for line in read_lines(found.case, after=seen)] if seen and seen < found.standing.version else []
    possible = action in open_actions(found, request.user)
    typed = "\n\n".join(str(raw[name]).strip() for name, q in action.demands.items() if isinstance(q, Text) and raw.get(name))
    return show_again(
        request,
        found,
        action,
        raw,
        photos,
        status=refusal.status if refusal.status in (403, 409) else 409,
        seen=found.standing.version,
        refusal=refusal,
        changes=changes,
        is_possible=possible,
        typed=typed,
        is_stale=isinstance(refusal, Stale),
    )


def after(request: HttpRequest, code: str) -> str:
    """Where to go once it is done: back beside the list, or to the case."""
    listed = list_query(request)
    if listed is not None and wants_list(request):
        return f"{reverse('desk:inbox')}?{listed}&case={code}"
    return reverse("desk:case", args=[code]) + (f"?{listed}" if listed else "")


@officers_only
@require_POST
def send_mail_again(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Send a mail once more whose fate is failed or unknown, at an officer's word."""
    require_right(request, "persons")
    case = Case.objects.visible_to(request.user).filter(code=code).first()
    mail = Mail.objects.filter(pk=pk, case=case).first() if case else None
    if mail is None:
        raise NotFound()
    try:
        send_again(mail.pk, request.user)
        messages.success(request, _("The mail is queued once more."))
    except NotAgain as refusal:
        messages.warning(request, str(refusal))
    return redirect(after(request, code))


@officers_only
@require_POST
def give_opinion(request: HttpRequest, code: str) -> HttpResponse:
    """Record what another body answered on paper or by telephone, or the officer's own team's opinion."""
    found = read_case_file(request.user, code)
    data = {name: request.POST.get(name, "").strip() for name in ("opinion", "answer", "reasons")}
    command = Command(OPINION, actor_of(request.user), {k: v for k, v in data.items() if v} | {"answer": data["answer"]})
    try:
        [outcome] = act_once(request.user.pk, [(found.case.pk, command._replace(seen=seen_version(request)))])
        if outcome.refusal:
            raise outcome.refusal
        messages.success(request, _("The opinion is recorded."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(after(request, code))
