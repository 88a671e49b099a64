"""Last page: the answers with a way to change each, what everybody will see, and the button that sends it."""

from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.files.photos import public_url, thumbnail_url
from oppidum.cases.publicity import is_masked, public_words
from oppidum.core.errors import InvalidForm
from oppidum.territory.models import Commune
from oppidum.web.portal.report_details import go_to_stop
from oppidum.web.portal.report_draft import Draft, alone_with, mark_sent
from oppidum.web.portal.report_photo import find_photos
from oppidum.web.portal.report_sending import check_pace, file_draft
from oppidum.web.portal.report_steps import address_of, find_owed, go, show_page

TRAP = "website"


def show(request, draft: Draft, errors=(), status: int = 200):
    """The summary and the preview."""
    photos = [{"src": thumbnail_url(one), "full": public_url(one)} for one in find_photos(draft)]
    context = {
        "errors": errors,
        "rows": _summary(draft, len(photos)),
        "photos": photos,
        "category": draft.subject,
        "commune": Commune.objects.filter(code=draft.commune).first(),
        "public": public_words(draft.words),
        "masked": is_masked(draft.words),
        "trap": TRAP,
    }
    return show_page(request, draft, "check", context, status)


def take(request, draft: Draft):
    """Send it. What is missing or wrong is said on the page that asks it; a replay shows the same confirmation."""
    if request.POST.get(TRAP):
        return show(request, draft, [("", _("Leave the field “Web site” empty: it is a trap for programs. Then send again."))], 422)
    if draft.danger:
        return go_to_stop(draft)
    if owed := find_owed(draft):
        return go(draft, owed)
    check_pace(request)
    with alone_with(request, draft) as held:
        if not held.is_sent:
            try:
                filed = file_draft(held)
            except InvalidForm as wrong:
                return show(request, held, wrong, 422)
            mark_sent(request, held, filed.code)
    return redirect("portal:report-sent", draft.id)


def _summary(draft: Draft, photos: int) -> list[dict]:
    """Label, value and the address of the page that changes it."""
    category, contact = draft.subject, draft.contact
    given = [(one, draft.answers[name]) for name, one in category.questions.items() if name in draft.answers]
    answers = [(str(one.label), capfirst(one.show(value))) for one, value in given]
    group = next(one.name for one in REPORTS.service.groups if one.code == category.group)
    lines = [
        ("what", _("What"), f"{category.name} ({group})"),
        ("where", _("Where"), draft.full_address),
        ("details", _("Your description"), draft.words or _("No description")),
        *(("details", label, value) for label, value in answers),
        ("photo", _("Photos"), str(photos) if photos else _("No photo")),
    ]
    given = [(_("Name"), contact.get("name")), (_("Telephone"), contact.get("phone")), (_("E-mail"), contact.get("email"))]
    lines += [("contact", label, value) for label, value in given if value]
    lines.append(("contact", _("Messages"), _told(contact)))
    return [{"label": label, "value": value, "href": address_of(draft, name, back="check")} for name, label, value in lines]


def _told(contact: dict) -> str:
    if not contact.get("email"):
        return _("None: a code will let you follow your report")
    words = _("At each step, in French") if contact.get("language") == "fr" else _("At each step, in English")
    return words if contact.get("notify") else _("Only if we have a question")
