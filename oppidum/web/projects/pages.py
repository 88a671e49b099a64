"""The portfolio on a page: projects by theme, state and commune, on a map and in a list; one project; what was done in a year."""

from collections.abc import Mapping

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.publishing.marks import PROJECT
from oppidum.publishing.projects import Project, count_by_state, find_project, is_late, list_achievements, list_projects
from oppidum.web.portal.public_map import commune_names, read_box

EARLIEST = 2000
TONES = {"delivered": "done", "suspended": "soon", "abandoned": "late"}


@require_safe
def portfolio(request):
    """All public projects, narrowed by theme, state and commune."""
    everything, communes = list_projects(), commune_names()
    shown = _narrow(everything, request.GET)
    states, steps = count_by_state(everything), PROJECT.service.flow.steps
    present = {one.commune for one in everything if one.commune}
    context = {
        "rows": [_row(one, communes) for one in shown],
        "raw": request.GET,
        "is_narrowed": len(shown) != len(everything),
        "stats": [{"label": str(step.label), "value": states[name]} for name, step in steps.items() if states.get(name)],
        "themes": [("", _("All themes")), *PROJECT.service.form["theme"].options.items()],
        "states": [("", _("All states")), *((name, step.label) for name, step in steps.items())],
        "communes": [("", _("All communes")), *sorted(((c, communes.get(c, c)) for c in present), key=lambda pair: pair[1])],
        "years": sorted({a.year for one in everything for a in _days(one)}, reverse=True),
    }
    return render(request, "projects/list.html", context)


@require_safe
def points(request):
    """The projects that have a place, as GeoJSON (RFC 7946)."""
    box, communes = read_box(request.GET.get("bbox", "")), commune_names()
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
            "properties": {
                "id": one.public_id,
                "title": one.title,
                "href": reverse("projects:project", args=[one.public_id]),
                "text": " · ".join(filter(None, (one.step_label, communes.get(one.commune, "")))),
                **({"tone": TONES[one.step]} if one.step in TONES else {}),
            },
        }
        for one in _narrow(list_projects(), request.GET)
        if one.lon is not None and (box is None or box[0] <= one.lon <= box[2] and box[1] <= one.lat <= box[3])
    ]
    response = JsonResponse({"type": "FeatureCollection", "features": features})
    response["Content-Type"] = "application/geo+json"
    return response


@require_safe
def project(request, name: str):
    """One project: what changes, where it stands, its milestones, what it costs and who pays."""
    found = find_project(name)
    if found is None:
        raise NotFound()
    today = clock.today()
    context = {
        "project": found,
        "commune": commune_names().get(found.commune, ""),
        "milestones": [(one, one.state(today)) for one in found.milestones],
        "budget": _euros(found.budget_cents) if found.budget_cents else "",
        "funders": [(one.name, _euros(one.cents), _share(one.cents, found)) for one in found.funders],
        "to_find": _euros(found.budget_cents - found.funded_cents)
        if found.budget_cents and found.funders and found.budget_cents > found.funded_cents
        else "",
    }
    return render(request, "projects/project.html", context)


@require_safe
def done(request, year: int):
    """What was reached in a year, month by month, as the activity report lists it."""
    if not EARLIEST <= year <= clock.today().year:
        raise NotFound()
    return render(request, "projects/done.html", {"year": year, "achievements": list_achievements(year)})


def _narrow(projects: list[Project], raw: Mapping[str, str]) -> list[Project]:
    theme, state, commune = (raw.get(name, "") for name in ("theme", "state", "commune"))
    return [
        one
        for one in projects
        if (not theme or one.theme == theme) and (not state or one.step == state) and (not commune or one.commune == commune)
    ]


def _row(one: Project, communes: Mapping[str, str]) -> dict:
    coming = one.next_milestone if one.step not in ("delivered", "abandoned") else None
    return {
        "project": one,
        "commune": communes.get(one.commune, "") or pgettext("place", "the whole territory"),
        "coming": coming,
        "is_late": is_late(one),
        "tone": TONES.get(one.step, ""),
    }


def _days(one: Project):
    yield from (milestone.reached_on for milestone in one.milestones if milestone.reached_on)
    if one.delivered_on:
        yield one.delivered_on


def _euros(cents: int) -> str:
    return str(PROJECT.service.form["budget"].show(cents))


def _share(cents: int, project: Project) -> float:
    """Its part of the budget in per cent; of what is funded where no budget was told."""
    whole = max(project.budget_cents or 0, project.funded_cents)
    return round(100 * cents / whole, 1) if whole else 0
