"""A figure with its parts, and a trail, as CSV: semicolons and a byte order mark, as French spreadsheets expect."""

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.core.clock import local_day
from oppidum.figures.declaration import SPLIT_LABELS
from oppidum.figures.naming import name_of
from oppidum.figures.overview import value_of
from oppidum.figures.trails import Record, Trail
from oppidum.web.figures.asking import asked_figure, asked_part, asked_year, is_internal
from oppidum.web.figures.opening import codes_in_sight, find_trail, name_record
from oppidum.web.figures.said import say_part
from oppidum.web.spreadsheets import safe

CHUNK = 1000


class _Echo:
    """A file for the csv module that gives back each line."""

    def write(self, line: str) -> str:
        return line


@require_safe
def figure_csv(request, name: str):
    """The value and all its parts: split, code, name, number."""
    figure, year = asked_figure(request, name), asked_year(request)
    value = value_of(name, year)
    lines = [[_("Split"), _("Code"), _("Name"), str(figure.unit) or _("Count")]]
    lines.append([_("Total"), "", str(figure.label), "" if value.value is None else str(value.value)])
    for split, counts in value.splits.items():
        lines += [[str(SPLIT_LABELS[split]), key, say_part(split, key), counts[key]] for key in sorted(counts)]
    return stream_csv(lines, f"{name}-{year}")


@require_safe
def trail_csv(request, name: str):
    """All records of a trail, streamed month by month; the same columns as on its pages, instants as ISO 8601."""
    asked_figure(request, name)
    year = asked_year(request)
    split, value = asked_part(request, name)
    trail = find_trail(name, year, split, value)
    suffix = f"-{split}-{value}" if split else ""
    return stream_csv(_lines(trail, request.user), f"{name}-{year}{suffix}-{_('records')}")


def _lines(trail: Trail, reader) -> Iterator[list]:
    internal, columns, named = is_internal(reader), trail.columns(), lru_cache(maxsize=1000)(name_of)
    withheld = [_("not public")] * len(columns)
    yield [_("No."), _("Date"), _("Case"), *(str(SPLIT_LABELS[column]) for column in columns)]
    records, start = trail.read(internal=internal), 0
    while chunk := list(islice(records, CHUNK)):
        codes = codes_in_sight(chunk, reader) if internal else {}
        for number, record in enumerate(chunk, start + 1):
            cells = [named(column, record.values[column] or "") for column in columns] if record.values else withheld
            yield [number, _moment(record, internal), name_record(record, codes, internal), *cells]
        start += len(chunk)


def _moment(record: Record, internal: bool) -> str:
    """An officer reads the second, everybody the day, or of a withheld record the month."""
    if internal:
        return record.at.isoformat(timespec="seconds")
    return local_day(record.at).isoformat()[: 7 if record.is_withheld else 10]


def stream_csv(lines: Iterable[list], filename: str) -> StreamingHttpResponse:
    """Lines as a CSV file, drawn as they are read."""
    language = translation.get_language()

    def stream() -> Iterator[str]:
        # The language middleware has left when the body is drawn.
        with translation.override(language):
            writer = csv.writer(_Echo(), delimiter=";")
            yield "\ufeff"
            for line in lines:
                yield writer.writerow([_safe(cell) for cell in line])

    response = StreamingHttpResponse(stream(), content_type="text/csv; charset=utf-8")
    safe_name = "".join(letter if letter.isalnum() or letter in "-." else "_" for letter in filename)
    response["Content-Disposition"] = f'attachment; filename="{safe_name}.csv"'
    return response


def _safe(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return safe(cell) if isinstance(cell, str) else cell
