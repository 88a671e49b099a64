"""The records that a number counts, page by page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Paginator
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from oppidum.cases.models import Case
from oppidum.cases.public import public_id
from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.figures.declaration import MONTH, SPLIT_LABELS, Share
from oppidum.figures.naming import name_of
from oppidum.figures.trails import Record, Trail, open_trail
from oppidum.web.figures.asking import asked_figure, asked_part, asked_year, is_internal
from oppidum.web.figures.said import say_part
from oppidum.web.words import say_day, say_moment

PAGE = 100


@dataclass(frozen=True)
class Row:
    """A record as its reader may know it. `name` is the code within sight, the public id for everybody, or blank."""

    number: int
    name: str
    href: str
    at: str
    is_withheld: bool
    cells: list[str]


class Rows:
    """The rows of a trail for this reader; sliced by a paginator, each slice reading its records alone."""

    def __init__(self, trail: Trail, reader):
        self.trail, self.reader = trail, reader
        self.is_internal = is_internal(reader)

    def __len__(self) -> int:
        return self.trail.total

    def __getitem__(self, wanted: slice) -> list[Row]:
        start = wanted.start or 0
        records = list(self.trail.read(offset=start, limit=wanted.stop - start, internal=self.is_internal))
        return make_rows(records, self.reader, self.trail, start)


@require_safe
def page(request, name: str):
    """`?year=&page=` and at most one part, such as `commune=13055`."""
    figure, year = asked_figure(request, name), asked_year(request)
    split, value = asked_part(request, name)
    trail = find_trail(name, year, split, value)
    rows = Rows(trail, request.user)
    try:
        found = Paginator(rows, PAGE).page(request.GET.get("page") or 1)
    except InvalidPage:
        raise NotFound(_("This trail has no such page: go back to its first one.")) from None
    asked = urlencode({"year": year} | ({split: value} if split else {}))
    return render(
        request,
        "figures/trail.html",
        {
            "figure": figure,
            "counted": trail.figure,
            "is_share": isinstance(figure, Share),
            "year": year,
            "split_label": SPLIT_LABELS[split] if split else "",
            "part": say_part(split, value) if split else "",
            "page": found,
            "total": trail.total,
            "columns": [SPLIT_LABELS[column] for column in trail.columns()],
            "is_internal": rows.is_internal,
            "has_names": rows.is_internal or not trail.figure.counts.unnamed,
            "whole": f"{reverse('figures:trail', args=[name])}?year={year}",
            "definition": f"{reverse('figures:figure', args=[name])}?year={year}",
            "download": f"{reverse('figures:trail-csv', args=[name])}?{asked}",
            "is_running": year == clock.today().year,
        },
    )


def find_trail(name: str, year: int, split: str, value: str) -> Trail:
    """The opened number, or a page that says where to go."""
    try:
        return open_trail(name, year, split, value)
    except NotFound:
        raise NotFound(_("No record of this figure falls into this part. Choose a part on the figure's own page.")) from None


def make_rows(records: list[Record], reader, trail: Trail, start: int) -> list[Row]:
    """Records with the names that this reader may know: one query for the codes of all."""
    internal = is_internal(reader)
    codes = codes_in_sight(records, reader) if internal else {}
    rows, columns = [], trail.columns()
    for number, record in enumerate(records, start + 1):
        name = name_record(record, codes, internal)
        at = say_month(record) if record.is_withheld else say_moment(record.at) if internal else say_day(record.at)
        cells = [name_of(column, record.values[column] or "") for column in columns] if record.values else []
        rows.append(Row(number, name, _address(name, internal), at, record.is_withheld, cells))
    return rows


def name_record(record: Record, codes: dict[int, str], internal: bool) -> str:
    """The code within an officer's sight, the public id for everybody, blank where there is neither."""
    if internal or not record.case:
        return codes.get(record.case, "")
    return public_id(record.case)


def codes_in_sight(records: list[Record], officer) -> dict[int, str]:
    """The codes of the cases that this officer may open."""
    wanted = {record.case for record in records if record.case}
    return dict(Case.objects.visible_to(officer).filter(pk__in=wanted).values_list("pk", "code"))


def say_month(record: Record) -> str:
    return say_part(MONTH, f"{clock.local_day(record.at):%Y-%m}")


def _address(name: str, is_code: bool) -> str:
    if not name:
        return ""
    try:
        return reverse("desk:case", args=[name]) if is_code else reverse("portal:public-report", args=[name])
    except NoReverseMatch:
        return ""
