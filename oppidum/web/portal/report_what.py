"""Second page: what it is about, by everyday words or by group."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.searching import find_categories
from oppidum.cases.searching.alarms import find_alarm
from oppidum.web.portal.report_draft import Draft, keep
from oppidum.web.portal.report_steps import go, next_after, show_page, wants_back

SHOWN = 8


def show(request, draft: Draft, errors=(), status: int = 200):
    """A search, the groups, or the categories of one group: each choice is a button, so one tap is enough."""
    return show_page(request, draft, "what", {"errors": errors, "groups": REPORTS.service.groups, **find_choices(request)}, status)


def take(request, draft: Draft):
    """Keep the category; one that doesn't exist was tampered with or has been withdrawn since."""
    code = request.POST.get("category", "")
    if code not in REPORTS.service.categories:
        return show(request, draft, [("q", _("This category doesn't exist: choose one from the list."))], 422)
    draft.choose(code)
    keep(request, draft)
    return go(draft, next_after(draft, "what", wants_back(request)))


def find_choices(request) -> dict:
    """What the address asks for: `q` searches, `group` opens a group."""
    words = request.GET.get("q", "")[:120].strip()
    group = next((one for one in REPORTS.service.groups if one.code == request.GET.get("group")), None)
    found = find_categories(REPORTS.service, words, get_language() or "fr", SHOWN) if words else []
    if not words and group:
        found = [one for one in REPORTS.service.categories.values() if one.group == group.code]
    return {
        "words": words,
        "group": group,
        "found": found,
        "other": REPORTS.service.categories.get("other.other"),
        "alarm": find_alarm(words),
    }
