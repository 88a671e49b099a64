"""The filter as a CSV file, streamed from the database row by row."""

import csv
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.cases.filters import Filter
from oppidum.cases.inbox import export
from oppidum.core import clock
from oppidum.web.desk import choices
from oppidum.web.desk.entry import officers_only
from oppidum.web.desk.said import CHANNELS
from oppidum.web.spreadsheets import safe


class _Echo:
    """A file for the csv module that gives back each line."""

    def write(self, line: str) -> str:
        return line


@officers_only
@require_safe
def export_csv(request):
    """Every case of the filter within sight, semicolons and a byte order mark as French spreadsheets expect."""
    wanted, language = Filter.parse(request.GET), translation.get_language()
    persons = request.user.may("persons")

    def stream() -> Iterator[str]:
        # The language middleware has left when the body is drawn.
        with translation.override(language):
            writer = csv.writer(_Echo(), delimiter=";")
            yield "\ufeff" + writer.writerow(headings(persons))
            communes = choices.commune_names()
            for found in export(request.user, wanted):
                yield writer.writerow(cells(found, communes, persons))

    response = StreamingHttpResponse(stream(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="oppidum-{wanted.view}-{clock.today()}.csv"'
    return response


def headings(persons: bool) -> list[str]:
    named = [
        _("Code"),
        _("Category"),
        _("Step"),
        _("Commune"),
        _("Address"),
        _("Longitude"),
        _("Latitude"),
        _("Reported on"),
        _("Due on"),
        _("Ended on"),
        _("Team"),
        _("Officer"),
        _("Channel"),
        _("Followers"),
        _("Words"),
    ]
    return named + ([_("Name"), _("E-mail"), _("Telephone")] if persons else [])


def cells(found: tuple, communes: dict[str, str], persons: bool) -> list[object]:
    """One case as a line of the file; days as ISO 8601. What has no place on the ground has no coordinates."""
    row, words, lon, lat, person = found
    due = row.due_on.isoformat() if row.due_on else ""
    ended = clock.local_day(row.ended_at).isoformat() if row.ended_at else ""
    line = [
        row.code,
        row.category_label,
        row.step_label,
        communes.get(row.commune, row.commune),
        safe(row.address),
        "" if lon is None else f"{lon:.6f}",
        "" if lat is None else f"{lat:.6f}",
        clock.local_day(row.filed_at).isoformat(),
        due,
        ended,
        safe(row.team),
        safe(row.officer),
        str(CHANNELS.get(row.channel, row.channel)),
        row.followers,
        safe(words),
    ]
    return line + ([safe(person[0]), safe(person[1]), person[2]] if persons else [])
