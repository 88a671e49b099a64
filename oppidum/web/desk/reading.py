"""The case page: what, where, photos, promise, next actions as verbs, journal below. Whole, or as the inbox's right pane."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.cases.declaration import Action
from oppidum.cases.filters import Filter
from oppidum.cases.histories import CaseFile, Line, read_case_file
from oppidum.cases.mailing.dead_addresses import find_dead
from oppidum.cases.mailing.words import is_troubled, say_fate
from oppidum.cases.models import Mail
from oppidum.cases.nearby import nearby
from oppidum.cases.rules.decide import actions_open_to
from oppidum.cases.texting import fates as texted
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.web.desk.calls_words import say_phone
from oppidum.web.desk.entry import officers_only
from oppidum.web.desk.file_acts import file_acts
from oppidum.web.desk.forms import ActForm, draw_form
from oppidum.web.desk.panels import panels_of
from oppidum.web.desk.said import CHANNELS, ICONS, REACHED, TONES, fact_of, place_of, title_of, who_of

# Buttons that never lead on stand behind "More"; those that lead on come first, as the flow declares them.
ASIDE = ("move_team", "recategorise", "hide", "show", "follow", "reply", "transfer", "mark_duplicate")
# What usually comes next: work that has begun gets done.
NEXT = {"planned": "start", "in_progress": "finish"}
MOST_BUTTONS = 6
SHORT_KEYS = {"give_to": "a", "message": "m", "note": "n"}


@officers_only
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The case; with `act` the form of that action is open. htmx asks for the pane, or for the action's form alone."""
    found = read_case_file(request.user, code)
    wanted = request.GET.get("act", "")
    action = next((a for a in open_actions(found, request.user) if a.name == wanted), None)
    if wanted and action is None:
        messages.warning(request, _("This is no longer possible at the step where the case stands now."))
        if getattr(request, "htmx", False):  # the button stood on a page that is behind the case: show it as it is now
            return HttpResponse(headers={"HX-Refresh": "true"})
    form = draw_form_of(found, action, request.GET) if action else None
    return render_case(request, found, form)


def render_case(request: HttpRequest, found: CaseFile, form: ActForm | None = None, status: int = 200, **more: Any) -> HttpResponse:
    """The case page with a form open, after whatever happened to it; `more` goes to the template."""
    target = request.headers.get("HX-Target") if getattr(request, "htmx", False) else None
    context = case_context(request, found, form) | more
    template = {"case-pane": "desk/_case.html", "act-panel": "desk/_act.html" if form else ""}.get(target or "") or "desk/case.html"
    context["in_pane"] = target == "case-pane" or (target == "act-panel" and context["in_list"])
    return render(request, template, context, status=status)


def case_context(request: HttpRequest, found: CaseFile, form: ActForm | None) -> dict[str, Any]:
    """What the page shows."""
    standing, case = found.standing, found.case
    listed = list_query(request)
    officer = request.user
    actions = open_actions(found, officer)
    main, aside = sort_actions(actions, standing.step)
    return {
        "file": found,
        "case": case,
        "place": place_of(case.address, case.commune.name) if case.commune else case.address,
        "title": title_of_case(found),
        "panels": panels_of(found, officer),
        "standing": standing,
        "form": form,
        "main_actions": main,
        "aside_actions": aside,
        "file_acts": file_acts(found, officer),
        "entries": [entry_of(line) for line in found.lines],
        "channel": CHANNELS.get(case.channel, case.channel),
        "near": nearby(case.place.x, case.place.y, standing.category, limit=5, words=case.words, leave_out=case.pk, officer=officer)
        if standing.is_open and case.place and found.category
        else [],
        "may_persons": found.shows_persons,
        "phone": say_phone(found.author.phone) if found.author and found.author.phone else "",
        "may_duplicate": any(a.name == "mark_duplicate" for a in actions),
        "bad_mails": [{"mail": mail, "says": say_fate(mail)} for mail in mails_in_trouble(found.mails)],
        "bad_texts": [{"text": text, "says": texted.say_fate(text)} for text in found.texts if texted.is_troubled(text)],
        "dead": find_dead([found.author.email]).get(found.author.email) if found.author and found.author.email else None,
        "query": listed or "",
        "in_list": listed is not None and wants_list(request),
        "form_query": form_query(request, listed),
        "can_preview": bool(form) and standing.contactable and found.service.has_notice(form.action.name),
        "back": f"{reverse('desk:inbox')}?{listed}" if listed is not None else reverse("desk:inbox"),
    }


def title_of_case(found: CaseFile) -> str:
    """What the case is about: its category, or its service."""
    return str(found.category.name) if found.category else found.standing.category or str(found.service.name)


def mails_in_trouble(mails: list[Mail]) -> list[Mail]:
    """Mails that failed, came back, are held or may not have left, and were not sent again since: of each, the last sending counts."""
    last = {mail.key.partition("+")[0]: mail for mail in sorted(mails, key=lambda mail: mail.pk)}
    return [mail for mail in last.values() if is_troubled(mail)]


def open_actions(found: CaseFile, officer) -> list[Action]:
    """What the officer may do now; acts of the resident are offered to those who take calls for them."""
    return actions_open_to(found.service, found.standing, "officer", found.rights, clock.today())


def sort_actions(actions: list[Action], step: str) -> tuple[list[dict], list[dict]]:
    """(main, aside) buttons; the first main one leads on and answers to the key e."""
    actions = sorted(actions, key=lambda action: action.name != NEXT.get(step))
    talk = [a for a in actions if a.name in SHORT_KEYS]
    aside = [a for a in actions if a.name in ASIDE]
    lead = [a for a in actions if a not in talk and a not in aside]
    # The flow declares what usually comes first first; beyond a line of buttons the others stand behind "More".
    lead, aside = lead[:MOST_BUTTONS], lead[MOST_BUTTONS:] + aside
    main = [{"action": a, "key": "e" if n == 0 else "", "kind": "primary" if n == 0 else "secondary"} for n, a in enumerate(lead)]
    main += [{"action": a, "key": SHORT_KEYS[a.name], "kind": "secondary"} for a in talk]
    for item in main:
        item["icon"], item["direct"] = ICONS.get(item["action"].name, ""), is_direct(item["action"])
    return main, [{"action": a, "icon": ICONS.get(a.name, ""), "direct": is_direct(a), "kind": "quiet", "key": ""} for a in aside]


def is_direct(action: Action) -> bool:
    """Whether a press does it: nothing to fill in."""
    return not (action.demands or action.photo or action.joins)


def draw_form_of(found: CaseFile, action: Action, raw: Mapping[str, Any], errors: InvalidForm | None = None) -> ActForm:
    """The form of an action on this case."""
    standing = found.standing
    known = found.service.known(standing, clock.today()) | found.case.answers
    return draw_form(
        found.service,
        action,
        raw,
        category=standing.category,
        team=standing.team_id,
        errors=errors,
        known=known,
        viewer=found.viewer,
    )


def entry_of(line: Line) -> dict[str, Any]:
    """A line of the journal as the timeline draws it."""
    told = [fact_of(label, value) for label, value in line.details if value]
    if line.words:
        told.append(line.words)
    return {
        "at": line.at,
        "title": title_of(line),
        "who": who_of(line),
        "icon": ICONS.get(line.action, ""),
        "tone": TONES.get(line.action, ""),
        "note": line.is_note,
        "text": "\n\n".join(told),
        "mails": [{"mail": mail, "says": say_fate(mail), "how": REACHED.get(mail.settled_how, "")} for mail in line.mails],
        "texts": [{"text": text, "says": texted.say_fate(text), "how": REACHED.get(text.settled_how, "")} for text in line.texts],
    }


def wants_list(request: HttpRequest) -> bool:
    return "1" in (request.GET.get("list"), request.POST.get("list"))


def list_query(request: HttpRequest) -> str | None:
    """The inbox's filter that the officer came from, or None; read anew, so that only a filter comes out."""
    given = request.POST.get("back") if request.method == "POST" else request.GET.urlencode()
    query = QueryDict(given or "")
    return Filter.parse(query).query() if "view" in query else None


def form_query(request: HttpRequest, listed: str | None) -> str:
    """What the links of the page carry on: the list and whether it stands beside."""
    return (f"&{listed}" if listed else "") + ("&" + urlencode({"list": "1"}) if wants_list(request) else "")
