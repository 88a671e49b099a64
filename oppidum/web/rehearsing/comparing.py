"""Any two rehearsed years side by side: of one rehearsal, or of two."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.core.errors import Invalid
from oppidum.people.models import Right
from oppidum.rehearsal.whatif import living
from oppidum.rehearsal.whatif.comparing import compare
from oppidum.rehearsal.whatif.keeping import Kept
from oppidum.rehearsal.whatif.report import context
from oppidum.rehearsal.whatif.scenario import Scenario
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.rehearsing.pages import get_kept, sides_of


@officers_only
@require_safe
def compared(request: HttpRequest) -> HttpResponse:
    """`a` and `b`: NAME:base or NAME:changed. Runs of the same seed are pairs, with the same chances where their plans agree."""
    require_right(request, Right.SETUP)
    sides = [_side(request.GET.get(which, ""), which) for which in ("a", "b")]
    runs = [living.read_sides(kept.folder)[side] for kept, side in sides]
    try:
        comparison = compare(*runs)
    except ValueError:
        raise Invalid(_("These two have no seed in common: choose runs of the same seeds."), field="b") from None
    names = [dict(sides_of(kept)).get(f"{kept.name}:{side}", kept.name) for kept, side in sides]
    told = context(_as_one(sides[0][0], sides[1]), comparison)
    return render(
        request, "rehearsing/compared.html", {"told": told, "names": names, "differ": _differ(*(kept for kept, side in sides))}
    )


def _side(told: str, field: str) -> tuple[Kept, str]:
    name, _colon, side = told.partition(":")
    if side not in living.SIDES:
        raise Invalid(_("Choose two rehearsals to compare."), field=field)
    return get_kept(name), side


def _as_one(first: Kept, second: tuple[Kept, str]) -> Scenario:
    """The scenario whose words the page uses: the second's, which is read as the change."""
    scenario = second[0].scenario or first.scenario
    if scenario is None:
        raise Invalid(_("These rehearsals were made by an older version: compare their files."), field="b")
    return scenario


def _differ(first: Kept, second: Kept) -> list[str]:
    """What else the two years differ in, which a reader must know before the numbers."""
    if first.scenario is None or second.scenario is None or first.name == second.name:
        return []
    one, other = first.scenario.plan, second.scenario.plan
    parts = {
        "year": _("the year"),
        "scale": _("the scale"),
        "services": _("the services"),
        "first": _("the days"),
        "last": _("the days"),
    }
    return sorted({said for part, said in parts.items() if getattr(one, part) != getattr(other, part)})
