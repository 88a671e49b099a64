"""My space (mon espace): what somebody asked for, was told and was sent, their appointments and what they want of us.

Everything here hangs on the e-mail address that this device proved (`my_reports.known_email`), and shows cases of which it is the author:
who only follows a case of somebody else sees its public page, none of its words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages as told
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.fields.persons import say_phone
from oppidum.cases.links import my_cases
from oppidum.cases.models import Attachment, Case, Entry, Message, Party
from oppidum.cases.rules.phones import can_be_texted
from oppidum.cases.texting import choices
from oppidum.core import clock
from oppidum.people.models import Resident
from oppidum.privacy.marks import DATA_RIGHTS
from oppidum.publishing.papers import papers_for_applicants
from oppidum.web.portal.my_calendar import Appointment, as_icalendar, list_appointments
from oppidum.web.portal.my_reports import UNREAD, known_email

SHOWN = 100


@dataclass(frozen=True)
class Line:
    """A message or a document: when, of which case, and what it says or where it is."""

    at: datetime
    case: Case
    title: Any
    words: str = ""
    href: str = ""
    is_mine: bool = False


def proven(view: Callable) -> Callable:
    """Only for who proved an address on this device; others are led to the way in. The view gets the address."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        email = known_email(request)
        return view(request, email, *args, **kwargs) if email else redirect("portal:my-reports")

    return guarded


def own_cases(email: str) -> list[Case]:
    """The latest cases of which that address is the author."""
    mine = Party.objects.filter(email__iexact=email, role=Party.AUTHOR).values("case_id")
    return list(my_cases(email).filter(pk__in=mine).defer(*(name for name in UNREAD if not name.startswith("commune")))[:SHOWN])


def title_of(case: Case) -> Any:
    """What the case is about, in the reader's language."""
    service = get_service(case.service, case.live.definition)
    category = service.categories.get(case.live.category)
    return category.name if category else service.name


@require_safe
@proven
def messages(request, email: str):
    """What was written on my cases, both ways, the latest first."""
    cases = {case.pk: case for case in own_cases(email)}
    kinds = (Message.TO_RESIDENT, Message.FROM_RESIDENT)
    found = list(Message.objects.filter(case__in=list(cases), kind__in=kinds).order_by("-pk")[:SHOWN])
    entries = _entries(cases, {(one.case_id, one.seq) for one in found})
    lines = [
        Line(entries[key].recorded_at, case, title_of(case), one.text, _follow(case), one.kind == Message.FROM_RESIDENT)
        for one in found
        if (key := (one.case_id, one.seq)) in entries and (case := cases[one.case_id])
    ]
    return render(request, "portal/mine/messages.html", {"email": email, "lines": lines})


@require_safe
@proven
def documents(request, email: str):
    """The letters that I was sent and the files that I gave or was given."""
    cases = {case.pk: case for case in own_cases(email)}
    letters = [
        Line(paper.made_at, case, paper.subject, "", reverse("portal:follow-letter", args=[case.code, paper.pk]))
        for paper in papers_for_applicants(list(cases.values()))
        if (case := cases[paper.case_id])
    ]
    held = list(Attachment.objects.filter(case__in=list(cases)).order_by("-pk")[:SHOWN])
    entries = _entries(cases, {(one.case_id, one.seq) for one in held})
    files = [
        Line(one.uploaded_at, case, one.name, "", reverse("portal:follow-file", args=[case.code, one.token]), is_mine=True)
        for one in held
        if (one.case_id, one.seq) in entries and (case := cases[one.case_id])
    ]
    context = {"email": email, "letters": letters, "files": files}
    return render(request, "portal/mine/documents.html", context)


def _entries(cases: dict[int, Case], wanted: set[tuple[int, int]]) -> dict[tuple[int, int], Entry]:
    """The entries of the journal that residents are told of, by case and number."""
    found = Entry.objects.filter(case_id__in=list(cases), seq__in={seq for _case, seq in wanted}).only(
        "case_id", "seq", "action", "recorded_at"
    )
    shown = {}
    for entry in found:
        case = cases[entry.case_id]
        action = get_service(case.service, case.live.definition).flow.actions.get(entry.action)
        if (entry.case_id, entry.seq) in wanted and (action is None or action.tells):
            shown[entry.case_id, entry.seq] = entry
    return shown


def _follow(case: Case) -> str:
    return reverse("portal:follow", args=[case.code])


@require_safe
@proven
def appointments(request, email: str):
    """What I booked, the next first."""
    return render(request, "portal/mine/appointments.html", {"email": email, "appointments": _appointments(email)})


@require_safe
@proven
def calendar(request, email: str):
    """The same as a calendar file (iCalendar, RFC 5545)."""
    response = HttpResponse(as_icalendar(_appointments(email)), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="oppidum.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def _appointments(email: str) -> list[Appointment]:
    return list_appointments(own_cases(email), title_of, lambda case: settings.PUBLIC_URL + _follow(case))


@require_http_methods(["GET", "HEAD", "POST"])
@proven
def preferences(request, email: str):
    """Language, and by which way each kind of notice is told: for the requests so far, and for those to come from this address."""
    if request.method == "POST":
        language = request.POST.get("language", "")
        if language not in dict(settings.LANGUAGES):
            return _show_preferences(request, email, [("language", _("Choose one of the languages."))], 422)
        ways = choices.read_choices({kind: request.POST.get(f"way-{kind}", "") for kind in choices.KINDS})
        wants = {"language": language, "ways": ways}
        Resident.objects.update_or_create(email=email, defaults=wants, create_defaults=wants | {"created_at": clock.now()})
        Party.objects.filter(email__iexact=email).update(language=language)
        told.success(request, _("Your preferences are saved."))
        return redirect("portal:my-preferences")
    return _show_preferences(request, email)


def _show_preferences(request, email: str, errors=(), status: int = 200):
    held = Resident.objects.filter(email=email).first()
    chosen = held.ways if held else {}
    kinds = [
        {
            "name": f"way-{kind}",
            "label": label,
            "value": chosen.get(kind) or choices.usual(kind),
            "ways": [(way, choices.WAYS[way]) for way in choices.ways_for(kind)],
        }
        for kind, label in choices.KINDS.items()
    ]
    numbers = sorted({n for n in Party.objects.filter(email__iexact=email).values_list("phone", flat=True) if can_be_texted(n)})
    context = {
        "email": email,
        "errors": errors,
        "language": held.language if held else request.LANGUAGE_CODE,
        "kinds": kinds,
        "numbers": [say_phone(number) for number in numbers],
        "languages": [(code, str(name)) for code, name in settings.LANGUAGES],
        "asks_rights": DATA_RIGHTS.code,
        "identities": list(held.identities.all()) if held else [],
    }
    return render(request, "portal/mine/preferences.html", context, status=status)


def keep_to_preferences(email: str, case_id: int) -> None:
    """A case just filed is told in the language that its author prefers, where that was said."""
    if held := Resident.objects.filter(email=email.strip().lower()).first():
        Party.objects.filter(case_id=case_id, email__iexact=email).update(language=held.language)


@require_POST
@proven
def delete_account(request, email: str):
    """Forget the preferences and the accounts elsewhere, and this device. Requests stay as long as the law keeps them."""
    Resident.objects.filter(email=email).delete()
    request.session.flush()
    return render(request, "portal/mine/deleted.html", {})
