"""The inbox: left what waits for me, middle the list, right the case. Eight queries whatever the page's size."""

from collections.abc import Iterable

from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from oppidum.cases import inbox
from oppidum.cases.declaration import get_service
from oppidum.cases.filters import Filter, own_teams
from oppidum.cases.rules.decide import may_act
from oppidum.core.codes import normalise
from oppidum.web.desk import choices
from oppidum.web.desk.entry import officers_only
from oppidum.web.desk.lines import draw_lines
from oppidum.web.desk.mails import lost_texts, unreached

SIZES = (50, 20, 100, 200, 500)

# The rail: view, icon, label, and whether its number is alarming.
VIEWS = (
    ("mine", "user", gettext_lazy("Mine")),
    ("team", "users", gettext_lazy("My team")),
    ("late", "triangle-alert", gettext_lazy("Late")),
    ("due_week", "calendar-clock", gettext_lazy("Due this week")),
    ("to_qualify", "circle-question-mark", gettext_lazy("To qualify")),
    ("waiting", "hourglass", gettext_lazy("Waiting")),
    ("unassigned", "user-round", gettext_lazy("Without an officer")),
    ("all", "inbox", gettext_lazy("All to be handled")),
    ("in_force", "shield-check", gettext_lazy("In force")),
    ("closed", "archive", gettext_lazy("Closed")),
)
TITLES = {view: label for view, _icon, label in VIEWS} | {"due_today": gettext_lazy("Due today")}


@officers_only
@require_safe
def page(request):
    """The list of a filter, with every view's count; the case named in `case` stands at the right."""
    officer = request.user
    wanted = Filter.parse(request.GET, inbox.default_view(officer))
    saved = [(view, Filter.parse(QueryDict(view.query))) for view in officer.saved_views.all()]
    counted, listed = inbox.counts_and_page(
        officer, wanted, page_number(request), page_size(request), [one for _view, one in saved]
    )
    opened, bulk = normalise(request.GET.get("case", "")), bulk_actions(officer, (row.service for row in listed.rows))
    context = {
        "wanted": wanted,
        "title": TITLES[wanted.view],
        "page": listed,
        "lines": draw_lines(listed.rows, wanted, opened, bool(bulk)),
        "stats": stats(counted, wanted),
        "rail": rail(counted, wanted, hidden_views(officer)),
        "unreached": unreached(officer).count() + lost_texts(officer).count(),
        "saved": saved_views(saved, counted, wanted),
        "selects": selects(wanted, officer),
        "chosen": chosen_labels(wanted, officer),
        "opened": opened,
        "query": wanted.query(),
        "bulk_actions": bulk,
    }
    return render(request, "desk/inbox.html", context)


def page_number(request) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def page_size(request) -> int:
    text = request.GET.get("size", "")
    return int(text) if text in {str(size) for size in SIZES} else SIZES[0]


def address(wanted: Filter) -> str:
    """The inbox's address for a filter."""
    return f"{reverse('desk:inbox')}?{wanted.query()}"


def stats(counted: dict, wanted: Filter) -> list[dict]:
    """The numbers that matter."""
    return [
        {"label": label, "value": counted[view], "href": address(Filter(view=view)), "tone": tone, "current": wanted.view == view}
        for view, label, tone in (
            ("late", _("late"), "late"),
            ("due_today", _("today"), "soon"),
            ("unassigned", _("without an officer"), ""),
        )
    ]


def hidden_views(officer) -> set[str]:
    """The views that can hold nothing for this officer: the team's without a team, one's own for who is given nothing to do."""
    return {view for view, has in (("team", own_teams(officer)), ("mine", officer.may("act") or officer.may("note"))) if not has}


def rail(counted: dict, wanted: Filter, hidden: set[str]) -> list[dict]:
    """The standard views, each under its own key (the tenth under 0). What is in force and what is closed are not counted: they wait for nobody."""
    return [
        {
            "label": label,
            "icon": icon,
            "href": address(Filter(view=view)),
            "count": counted.get(view),
            "key": str(number % 10),
            "current": view == wanted.view and not wanted.is_narrowed,
        }
        for number, (view, icon, label) in enumerate(VIEWS, start=1)
        if view not in hidden or view == wanted.view
    ]


def saved_views(saved: list, counted: dict, wanted: Filter) -> list[dict]:
    """The officer's own views, counted where one walk can tell."""
    return [
        {
            "pk": view.pk,
            "label": view.name,
            "icon": "star",
            "href": address(one),
            "count": counted.get(one),
            "current": one == wanted,
        }
        for view, one in saved
    ]


def selects(wanted: Filter, officer) -> list[dict]:
    """The selects of the filter."""
    named = (
        ("service", _("Service"), _("all services")),
        ("category", _("Category"), _("all")),
        ("commune", _("Commune"), _("all communes")),
        ("team", _("Team"), _("all teams")),
        ("officer", _("Officer"), _("all officers")),
        ("step", _("Step"), _("all steps")),
        ("channel", _("Channel"), _("all channels")),
        ("order", _("Order"), ""),
    )
    return [
        {"name": name, "label": label, "options": choices.options(name, getattr(wanted, name), empty, wanted.service, officer)}
        for name, label, empty in named
    ]


def chosen_labels(wanted: Filter, officer) -> list[str]:
    """What the filter is set to, in words: told on its closed lid."""
    asked = (
        (kind, str(getattr(wanted, kind) or ""))
        for kind in ("service", "category", "commune", "team", "officer", "step", "channel", "order")
    )
    return [
        label.strip()
        for kind, value in asked
        if value
        for code, label in choices.filter_choices(kind, officer=officer)
        if code == value
    ]


def bulk_actions(officer, services: Iterable[str]) -> list[tuple[str, str]]:
    """What the officer may do to a selection of cases of these services: actions that make sense on many."""
    found = {
        action.name: str(action.label)
        for service in (get_service(code) for code in sorted(set(services)))
        for action in service.flow.actions.values()
        if action.bulk and "resident" not in action.by and may_act(action, "officer", officer.rights)
    }
    return list(found.items())
