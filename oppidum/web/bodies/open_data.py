"""Open data of acts, in the national formats, streamed from SQL."""

from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from oppidum.bodies.exporting import deliberations
from oppidum.core.streaming import csv_lines
from oppidum.publishing.grants_export import grants
from oppidum.publishing.preemptions_export import acquisitions


@require_safe
def deliberations_csv(request, year: int):
    """Deliberations of a year (SCDL deliberations 2.1.5)."""
    return stream(deliberations(year), f"deliberations-{year}")


@require_safe
def grants_csv(request, year: int):
    """Grants signed in a year (SCDL subventions 2.1.1)."""
    return stream(grants(year), f"grants-{year}")


@require_safe
def preemptions_csv(request, year: int):
    """Properties acquired by pre-emption in a year, and their real use (code de l'urbanisme, art. L213-13)."""
    return stream(acquisitions(year), f"preemptions-{year}")


def stream(rows: Iterable[Sequence[str]], name: str) -> StreamingHttpResponse:
    """Rows as a CSV file."""
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
