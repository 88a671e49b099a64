"""The rehearsals of this installation: all of them with what they take of the disk, one with its progress and results."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from oppidum.core.errors import NotFound
from oppidum.people.models import Right
from oppidum.rehearsal.replay import running
from oppidum.rehearsal.whatif import alone, keeping, living
from oppidum.rehearsal.whatif.alone import Alone
from oppidum.rehearsal.whatif.comparing import compare
from oppidum.rehearsal.whatif.keeping import Kept
from oppidum.rehearsal.whatif.report import context
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.words import say_number

REFRESH_SECONDS = 10


def get_kept(name: str) -> Kept:
    """The rehearsal of that name. Raises `NotFound`."""
    found = keeping.find_kept(name)
    if found is None:
        raise NotFound()
    return found


def states() -> dict[str, str]:
    """A rehearsal's states in words."""
    return {
        keeping.STARTING: pgettext("rehearsal", "starting"),
        living.LIVING: pgettext("rehearsal", "running"),
        living.DONE: pgettext("rehearsal", "over"),
        living.STOPPED: pgettext("rehearsal", "stopped"),
        living.FAILED: pgettext("rehearsal", "failed"),
        running.COUNTING: pgettext("rehearsal", "counting"),
        keeping.LOST: pgettext("rehearsal", "no longer heard of"),
    }


def line_of(kept: Kept) -> dict[str, Any]:
    """A rehearsal as pages show it."""
    share, left = kept.status.get("share", 0.0), kept.status.get("seconds_left")
    return {
        "kept": kept,
        "state": states()[kept.state],
        "percent": int(100 * share),
        "minutes_left": max(1, round(left / 60)) if left else None,
        "done": kept.status.get("done", 0),
        "runs": kept.status.get("runs", 2 * kept.scenario.seeds if kept.scenario else 0),
        "alive": [
            {"name": name, "day": one.get("day") or "", "percent": int(100 * one.get("share", 0))}
            for name, one in sorted(kept.status.get("alive", {}).items())
        ],
    }


@officers_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All rehearsals, the latest first; what is running renews the page."""
    require_right(request, Right.SETUP)
    kept, years = keeping.list_kept(), alone.list_alone()
    return render(
        request,
        "rehearsing/home.html",
        {
            "lines": [line_of(one) for one in kept],
            "years": [year_of(one) for one in years],
            "refresh": REFRESH_SECONDS if any(one.is_alive for one in [*kept, *years]) else None,
            "free": keeping.free_gb(),
            "taken": keeping.taken_gb(),
            "at_once": keeping.AT_ONCE,
            "kept_at_most": keeping.KEPT,
            "sides": [pair for one in kept for pair in sides_of(one)]
            + [(one.name, name_of_year(one)) for one in years if one.is_over],
        },
    )


def name_of_year(one: Alone) -> str:
    """A year lived alone, by what makes it."""
    told = {"year": one.plan["year"], "scale": say_number(one.plan["scale"]), "seed": one.plan["seed"]}
    return _("%(year)s at a scale of %(scale)s, seed %(seed)s") % told


def year_of(one: Alone) -> dict[str, Any]:
    """A year lived alone as pages show it."""
    left = one.status.get("seconds_left")
    return {
        "year": one,
        "title": name_of_year(one),
        "state": states().get(one.state, one.state),
        "percent": int(100 * one.status.get("share", 0.0)),
        "day": one.status.get("day") or "",
        "minutes_left": max(1, round(left / 60)) if left else None,
    }


def sides_of(kept: Kept) -> list[tuple[str, str]]:
    """What of it can be compared: each side that has a run which is over."""
    names = {living.BASE: _("without the change"), living.CHANGED: _("with the change")}
    over = kept.over()
    return [(f"{kept.name}:{side}", f"{kept.title}, {names[side]} ({over[side]})") for side in living.SIDES if over[side]]


@officers_only
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One rehearsal: how far it is, and what its runs tell so far."""
    require_right(request, Right.SETUP)
    kept = get_kept(name)
    return render(
        request,
        "rehearsing/page.html",
        {
            "kept": kept,
            "line": line_of(kept),
            "refresh": REFRESH_SECONDS if kept.is_alive else None,
            "told": _told(kept),
            "text": (kept.folder / keeping.FILE).read_text(encoding="utf-8"),
            "error": kept.status.get("error", ""),
        },
    )


def _told(kept: Kept) -> dict[str, Any] | None:
    """The report's own words, in the reader's language; None while no pair of runs is over."""
    if kept.scenario is None or not all(kept.over().values()):
        return None
    sides = living.read_sides(kept.folder)
    try:
        return context(kept.scenario, compare(sides[living.BASE], sides[living.CHANGED]))
    except ValueError:
        return None


@officers_only
@require_POST
def stop(request: HttpRequest, name: str) -> HttpResponse:
    """Stop it after the week that it lives."""
    require_right(request, Right.SETUP)
    keeping.stop(get_kept(name))
    messages.success(request, _("The rehearsal stops after the week that it lives. What is over is kept."))
    return redirect("rehearsing:page", name)


@officers_only
@require_POST
def go_on(request: HttpRequest, name: str) -> HttpResponse:
    """Start it again where it was."""
    require_right(request, Right.SETUP)
    keeping.go_on(get_kept(name))
    return redirect("rehearsing:page", name)


@officers_only
@require_POST
def remove(request: HttpRequest, name: str) -> HttpResponse:
    """Remove it with its results."""
    require_right(request, Right.SETUP)
    if keeping.remove(get_kept(name)):
        messages.success(request, _("The rehearsal is removed."))
        return redirect("rehearsing:home")
    messages.warning(request, _("Stop it first: it is running."))
    return redirect("rehearsing:page", name)


@officers_only
@require_POST
def end_year(request: HttpRequest, name: str) -> HttpResponse:
    """Stop a year that is lived alone; one that is not alive is removed."""
    require_right(request, Right.SETUP)
    one = alone.find_alone(name)
    if one is None:
        raise NotFound()
    if one.is_alive:
        alone.stop_alone(one)
        messages.success(request, _("The rehearsal stops after the week that it lives. What is over is kept."))
    else:
        alone.remove_alone(one)
        messages.success(request, _("The rehearsal is removed."))
    return redirect("rehearsing:home")


@officers_only
@require_safe
def download(request: HttpRequest, name: str, file: str) -> FileResponse:
    """A file of its results. The report is a page of its own, to be kept and sent: it is downloaded, not shown."""
    require_right(request, Right.SETUP)
    kept = get_kept(name)
    if file not in kept.files:
        raise NotFound()
    return FileResponse(
        (kept.folder / file).open("rb"), as_attachment=True, filename=f"{kept.scenario.name}-{file}" if kept.scenario else file
    )
