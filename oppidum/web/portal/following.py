"""Following a report (suivre): by its code, which is its author's key, or by its public id, which is everybody's.

`/follow/CODE` shows the conversation and lets its reader answer, object, add a message. `/reports/ID` shows the facts, and lets
anyone say "same problem". Whoever types codes at random is slowed down: a well-formed code is looked up sixty times a minute at
most for one address, and one in a hundred million opens something.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.cases.declaration import get_service
from oppidum.cases.files.photos import thumbnail_url
from oppidum.cases.links import my_cases
from oppidum.cases.mailing.sending import note_consulted
from oppidum.cases.mailing.stopping import read_stop_token, stop_notices
from oppidum.cases.models import Case, Party, Photo
from oppidum.cases.public import case_id_of, public_cases
from oppidum.cases.rules.errors import NotNow, Stale
from oppidum.core.codes import normalise
from oppidum.core.errors import InvalidForm, Refusal
from oppidum.web.portal import follow_request
from oppidum.web.portal.finding import find_case, with_surroundings
from oppidum.web.portal.follow_acts import OFFERED, follow, has_followed, own, say, write_to_author
from oppidum.web.portal.follow_story import Story, tell
from oppidum.web.portal.follow_words import say_followers
from oppidum.web.portal.home import explain_code
from oppidum.web.portal.my_reports import known_email


@require_safe
@never_cache
def find(request):
    """The field for a code; `?code=` leads to its report."""
    typed = request.GET.get("code")
    if typed is None:
        return render(request, "portal/follow/find.html", {})
    code = normalise(typed)
    if code:
        return redirect("portal:follow", code)
    return _wrong_code(request, typed, explain_code(typed), 422)


@require_safe
@never_cache
def page(request, code: str):
    """A report for the holder of its code."""
    canonical = normalise(code)
    if canonical and canonical != code:
        return redirect("portal:follow", canonical)
    case = find_case(request, code)
    if case is None:
        return _not_found(request, code, canonical)
    if opened_by_a_person(request):
        note_consulted(case.pk)
    if is_request(case):
        return follow_request.show(request, case)
    return _show(request, tell(case, to_author=True))


@require_POST
@never_cache
def act(request, code: str, action: str):
    """Answer, object or add a message; what was typed comes back with whatever stood in its way."""
    case = find_case(request, code)
    if case is None:
        return _not_found(request, code, normalise(code))
    if is_request(case):
        return follow_request.act(request, case, action)
    if action not in OFFERED:
        raise Http404
    refusal, kept = say(request, case, action)
    if refusal is None:
        messages.success(request, _said(action))
        return redirect("portal:follow", case.code)
    story = tell(with_surroundings(Case.objects.public()).get(pk=case.pk), to_author=True)
    return _show(request, story, refusal, action, kept)


@require_POST
@never_cache
def mails(request, code: str):
    """Stop the mails to the author, go on with them, or give an address where there is none."""
    case = find_case(request, code)
    if case is None:
        return _not_found(request, code, normalise(code))
    if "email" in request.POST:
        try:
            follow(request, case, request.POST["email"] or "?")
            own(case, request.POST["email"])
        except Refusal as refusal:
            return _show(request, tell(case, to_author=True), refusal, "mails")
        messages.success(request, _("From now on we write to you at each step."))
    else:
        notify = request.POST.get("notify") == "1"
        write_to_author(case, notify)
        said = _("We write to you again at each step.") if notify else _("We write no more e-mails about this report.")
        messages.success(request, said)
    return redirect("portal:follow", case.code)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request, token: str):
    """The link at the end of each mail: a page with a button, since programs that check mails open every link."""
    party = stop_notices(token) if request.method == "POST" else read_stop_token(token)
    return render(request, "portal/follow/stop.html", {"token": token, "stopped": not party.notify})


@require_safe
@never_cache
def public_page(request, public_id: str):
    """A report for everybody: the facts, and "same problem"."""
    return _show_public(request, _find_public(request, public_id))


@require_POST
@never_cache
def join(request, public_id: str):
    """The same problem: be counted, and told if an address is given."""
    case = _find_public(request, public_id)
    if not case.live.is_open:
        return _show_public(request, case, NotNow())
    try:
        follow(request, case, request.POST.get("email", ""))
    except Refusal as refusal:
        return _show_public(request, case, refusal)
    told = _("You follow this report: we write to you at each step.")
    messages.success(request, told if request.POST.get("email", "").strip() else _("You are counted. Thank you."))
    return redirect("portal:public-report", public_id)


def opened_by_a_person(request) -> bool:
    """Whether a browser went to this page at somebody's wish, as far as it can be told: programs that check the links of mails and
    pages fetched ahead don't say "navigate", and an officer is not the applicant."""
    fetched = request.headers.get("Sec-Fetch-Mode") == "navigate" and not request.headers.get("Sec-Purpose")
    return request.method == "GET" and fetched and not request.user.is_authenticated


def is_request(case: Case) -> bool:
    """Whether it is a request to a service, and no report: it has a page of its own."""
    return not get_service(case.service).categories


def _find_public(request, public_id: str) -> Case:
    """The case of a public id, if everybody may know of it, or this visitor by proven e-mail follows it."""
    case_id = case_id_of(public_id)
    found = case_id and with_surroundings(public_cases()).filter(pk=case_id).first()
    if not found and case_id and (email := known_email(request)):
        found = with_surroundings(my_cases(email)).filter(pk=case_id).first()
    if not found:
        raise Http404
    return found


def _said(action: str) -> str:
    return {
        "answer": _("Thank you: the team has your answer and goes on."),
        "object": _("Your report is open again: the team looks at it once more."),
        "reply": _("The team has your message."),
    }[action]


def _not_found(request, typed: str, canonical: str | None):
    """No report: which slip it may be, and the field again."""
    if canonical is None:
        return _wrong_code(request, typed, explain_code(typed), 404)
    message = _("No case has this code. Compare it with your message, letter by letter, or look for it in “My requests”.")
    return _wrong_code(request, typed, message, 404)


def _wrong_code(request, typed: str, message: str, status: int):
    context = {"typed": typed[:40], "fault": message, "errors": [("code", message)]}
    return render(request, "portal/follow/find.html", context, status=status)


def _show(request, story: Story, refusal: Refusal | None = None, about: str = "", kept: list[str] = ()):
    author = Party.objects.filter(case_id=story.case.pk, role=Party.AUTHOR).exclude(email="").first()
    typed = request.POST.get("message", "")[:20_000] if about in OFFERED else ""
    offered = [name for name in OFFERED if name in story.actions and not (name == "reply" and "answer" in story.actions)]
    # The act may be over (somebody closed the report meanwhile): what was typed comes back as a message.
    open_form = about if about in offered else "reply" if typed else ""
    faults = _faults(refusal, open_form or about)
    context = {
        "story": story,
        "case": story.case,
        "forms": [
            _form(story, name, typed if name == open_form else "", faults if name == open_form else {}, name == open_form)
            for name in offered
        ],
        "kept": _kept_photos(kept),
        "errors": list(faults.items()),
        "changes": _changes(story, refusal),
        "author": author,
        "may_follow": author is None and "follow" in story.actions,
        "email": request.POST.get("email", "")[:254] if about == "mails" else "",
        "email_error": faults.get("email", ""),
        "followers": say_followers(story.standing.followers),
    }
    return render(request, "portal/follow/page.html", context, status=refusal.status if refusal else 200)


def _form(story: Story, name: str, typed: str, faults: dict, is_open: bool) -> dict:
    action = story.actions[name]
    question = action.demands["message"]
    return {
        "name": name,
        "label": action.label,
        "question": question.label,
        "longest": question.longest,
        "rows": question.lines,
        "typed": typed,
        "error": faults.get(f"{name}-message", ""),
        "photo_error": faults.get(f"{name}-photos", ""),
        "is_open": is_open or name == "answer",
        "message_id": f"id_{name}-message",
        "photos_id": f"id_{name}-photos",
        "address": reverse("portal:follow-act", args=[story.case.code, name]),
    }


def _faults(refusal: Refusal | None, form: str) -> dict[str, str]:
    """Messages by the field's name on the page; "" is the whole form."""
    if refusal is None:
        return {}
    errors = refusal.errors if isinstance(refusal, InvalidForm) else [refusal]
    named = lambda field: field if field == "email" or not field else f"{form}-{field}"  # noqa: E731
    return {named(error.field) or "": str(error) for error in errors}


def _changes(story: Story, refusal: Refusal | None) -> list:
    """What happened since the page was shown, for the author who was too late."""
    if not isinstance(refusal, Stale):
        return []
    seen = {change.seq for change in refusal.details["changes"]}
    return [line["title"] for line in story.entries if line["seq"] in seen]


def _kept_photos(tokens) -> list[dict]:
    found = Photo.objects.filter(token__in=tokens, case=None) if tokens else ()
    return [{"token": photo.token, "src": thumbnail_url(photo)} for photo in found]


def _show_public(request, case: Case, refusal: Refusal | None = None):
    story = tell(case, to_author=False)
    faults = _faults(refusal, "")
    context = {
        "story": story,
        "case": case,
        "followers": say_followers(story.standing.followers),
        "may_follow": story.standing.is_open and not has_followed(request, case),
        "followed": has_followed(request, case),
        "email": request.POST.get("email", "")[:254],
        "email_error": faults.get("email", ""),
        "errors": list(faults.items()),
    }
    return render(request, "portal/follow/public.html", context, status=refusal.status if refusal else 200)
