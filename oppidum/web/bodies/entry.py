"""Who comes in: officers who prepare and hold sittings; and what every page of a sitting shares."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.bodies.models import Item, Member, Sitting
from oppidum.core.errors import NotFound, Refusal
from oppidum.web.desk.entry import officers_only, require_right

RIGHT = "sittings"
State = Sitting.State


def secretariat(view):
    """The page is for officers with the right to hold sittings."""

    @wraps(view)
    @officers_only
    def guarded(request, *args, **kwargs):
        require_right(request, RIGHT)
        return view(request, *args, **kwargs)

    return guarded


def get_sitting(code: str) -> Sitting:
    """The sitting, or `NotFound`."""
    found = Sitting.objects.select_related("body", "president__councillor", "secretary__councillor", "follows").filter(code=code)
    if (sitting := found.first()) is None:
        raise NotFound()
    return sitting


def get_item(sitting: Sitting, **which: Any) -> Item:
    """An item of the sitting, or `NotFound`."""
    item = sitting.items.select_related("case", "rapporteur__councillor", "minutes_of").filter(**which).first()
    if item is None:
        raise NotFound()
    item.sitting = sitting
    return item


def members_of(sitting: Sitting) -> list[Member]:
    """The members in office on the day of the sitting, in the order of the roll."""
    return list(sitting.body.members.in_office(sitting.on))


def find_member(members: list[Member], name: str) -> Member | None:
    """Who is meant by a name picked from a list, however the browser sends it: "Rey Alma", with or without the group."""
    wanted = name.partition("(")[0].strip().lower()
    return next((m for m in members if m.councillor.listed_name.lower() == wanted or str(m).lower() == wanted), None)


def tabs(sitting: Sitting, current: str) -> list[dict[str, Any]]:
    """The pages of a sitting that make sense where it stands."""
    pages = [("sitting", _("Agenda"), "list-checks")]
    if sitting.state not in (State.PREPARED, State.CANCELLED):
        pages.append(("attendance", _("Attendance"), "users"))
    if sitting.state in (State.OPEN, State.CLOSED, State.CONCLUDED):
        pages += [("now", _("Votes"), "circle-check"), ("minutes", _("Minutes"), "file-text")]
    return [
        {"label": label, "icon": icon, "href": reverse(f"bodies:{name}", args=[sitting.code]), "current": name == current}
        for name, label, icon in pages
    ]


def show(request: HttpRequest, template: str, sitting: Sitting, current: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of a sitting, with its head and tabs."""
    context |= {"sitting": sitting, "tabs_of_sitting": tabs(sitting, current)}
    return render(request, f"bodies/{template}.html", context, status=status)


def done(request: HttpRequest, text: str, name: str, *args: Any) -> HttpResponse:
    """Say what happened, and go on to a page."""
    messages.success(request, text)
    return redirect(f"bodies:{name}", *args)


def refused(request: HttpRequest, refusal: Refusal, name: str, *args: Any) -> HttpResponse:
    """Say why not, and go back to where it can be mended."""
    messages.error(request, str(refusal))
    return redirect(f"bodies:{name}", *args)
