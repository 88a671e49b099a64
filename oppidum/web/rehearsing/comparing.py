"""Any two rehearsed years side by side: of one rehearsal, or of two."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.core.errors import Invalid
from oppidum.people.models import Right
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.whatif import alone, living
from oppidum.rehearsal.whatif.comparing import compare
from oppidum.rehearsal.whatif.report import context
from oppidum.rehearsal.whatif.scenario import LANGUAGES, Scenario
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.rehearsing.pages import get_kept, name_of_year, sides_of


class Side(NamedTuple):
    """One of two: its runs by seed, what it is called, the words and the plan of its scenario (None: of an older version)."""

    runs: dict[int, dict[str, Any]]
    name: str
    scenario: Scenario | None


@officers_only
@require_safe
def compared(request: HttpRequest) -> HttpResponse:
    """`a` and `b`: NAME:base or NAME:changed of a rehearsal, or a year lived alone. Runs of the same seed are pairs, with the same chances
    where their plans agree."""
    require_right(request, Right.SETUP)
    sides = [_side(request.GET.get(which, ""), which) for which in ("a", "b")]
    try:
        comparison = compare(sides[0].runs, sides[1].runs)
    except ValueError:
        raise Invalid(_("These two have no seed in common: choose runs of the same seeds."), field="b") from None
    scenario = sides[1].scenario or sides[0].scenario
    if scenario is None:
        raise Invalid(_("These rehearsals were made by an older version: compare their files."), field="b")
    told = context(scenario, comparison)
    names = [one.name for one in sides]
    return render(request, "rehearsing/compared.html", {"told": told, "names": names, "differ": _differ(*sides)})


def _side(told: str, field: str) -> Side:
    if (year := alone.find_alone(told)) is not None:
        name = name_of_year(year)
        said = dict.fromkeys(LANGUAGES, name)
        return Side(year.result(), name, Scenario("year", said, said, Plan.from_data(year.plan)))
    name, _colon, side = told.partition(":")
    if side not in living.SIDES:
        raise Invalid(_("Choose two rehearsals to compare."), field=field)
    kept = get_kept(name)
    return Side(living.read_sides(kept.folder)[side], dict(sides_of(kept)).get(told, name), kept.scenario)


def _differ(one: Side, other: Side) -> list[str]:
    """What else the two years differ in, which a reader must know before the numbers."""
    if one.scenario is None or other.scenario is None:
        return []
    parts = {
        "year": _("the year"),
        "scale": _("the scale"),
        "services": _("the services"),
        "first": _("the days"),
        "last": _("the days"),
    }
    plans = [side.scenario.plan.checked() for side in (one, other)]
    return sorted({said for part, said in parts.items() if getattr(plans[0], part) != getattr(plans[1], part)})
