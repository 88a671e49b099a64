"""The list of key figures of a year, filtered; validating several at once."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from oppidum.core import clock
from oppidum.core.numbers import in_french
from oppidum.figures.declared.access import Reach, reach_of
from oppidum.figures.declared.progress import VIEWS, list_standing
from oppidum.figures.models import KeyFigure, State
from oppidum.figures.wording import say_change, say_qualified, say_value
from oppidum.people.models import Directorate, Right
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.key_figures.asking import asked_edition, clean
from oppidum.web.key_figures.progress import year_tabs

SIZE = 100
VIEW_LABELS = {
    "all": _("All"),
    "requested": _("To enter"),
    "late": _("Late"),
    "returned": _("Sent back"),
    "entered": _("To validate"),
    "validated": _("Validated"),
    "missing": _("Not asked for"),
}


@dataclass(frozen=True)
class Line:
    """A row of the list, in words."""

    name: str
    label: str
    href: str
    value: str
    before: str
    before_year: int | None
    change: str
    state: str
    says: str
    due_on: object
    is_late: bool
    author: str
    has_evidence: bool
    may_validate: bool
    computed_by: str


@officers_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?year=&view=&directorate=&words=`."""
    require_right(request, Right.FIGURES, Right.REPORT)
    year, today, reach = asked_edition(request), clock.today(), reach_of(request.user)
    view = request.GET.get("view", "all")
    view = view if view in VIEWS else "all"
    directorate, words = clean(request.GET.get("directorate", ""), 60), clean(request.GET.get("words", ""))
    found = Paginator(list_standing(year, today, view=view, directorate=directorate, words=words), SIZE)
    shown = found.get_page(request.GET.get("page", "1"))
    lines = [make_line(row, year, today, reach) for row in shown.object_list]
    names = dict(Directorate.objects.values_list("code", "name"))
    codes = KeyFigure.objects.order_by("directorate").values_list("directorate", flat=True).distinct()
    asked = {"year": year, "directorate": directorate, "words": words}
    return render(
        request,
        "key_figures/list.html",
        {
            "year": year,
            "years": year_tabs(year, reverse("key-figures:list")),
            "views": [
                {
                    "label": label,
                    "href": "?" + urlencode({name: value for name, value in {**asked, "view": code}.items() if value}),
                    "current": code == view,
                }
                for code, label in VIEW_LABELS.items()
            ],
            "view": view,
            "directorate": directorate,
            "directorates": [("", _("All directorates")), *((code, names.get(code, code)) for code in codes)],
            "words": words,
            "page": shown,
            "count": found.count,
            "lines": lines,
            "can_validate": any(line.may_validate for line in lines),
            "address": request.get_full_path(),
        },
    )


def make_line(row: dict, year: int, today, reach: Reach) -> Line:
    """A row as its reader sees it."""
    value: Decimal | None = row["value"]
    before: Decimal | None = row["before"]
    figure = KeyFigure(name=row["name"], directorate=row["directorate"])
    is_own = row["entered_by_id"] == reach.officer
    return Line(
        name=row["name"],
        label=row["label_fr"] if in_french() else row["label_en"] or row["label_fr"],
        href=reverse("key-figures:entry", args=[year, row["name"]]),
        value=say_qualified(value, row["unit"], row["precision"] or "exact"),
        before=say_value(before, row["unit"]),
        before_year=row["before_year"],
        change=say_change(value, before, row["unit"]) if value is not None and before is not None else "",
        state=row["state"] or "missing",
        says=str(State(row["state"]).label) if row["state"] else str(_("not asked for")),
        due_on=row["due_on"],
        is_late=bool(row["state"] == State.REQUESTED and row["due_on"] and row["due_on"] < today),
        author=f"{row['first_name'] or ''} {row['last_name'] or ''}".strip() or row["username"] or "",
        has_evidence=row["evidence_id"] is not None,
        may_validate=row["state"] == State.ENTERED and not is_own and reach.may_validate(figure),
        computed_by=row["computed_by"],
    )
