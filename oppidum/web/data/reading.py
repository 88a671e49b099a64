"""The page of a dataset: what it is, a first look, its versions, its files, and what was removed of persons."""

import math

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from oppidum.core.errors import NotFound
from oppidum.publishing.datasets.catalogue import all_datasets, get_dataset
from oppidum.publishing.datasets.declaration import THEMES, Dataset
from oppidum.publishing.datasets.pictures import find_picture
from oppidum.publishing.datasets.previewing import first_rows
from oppidum.publishing.datasets.previewing import places as places_in
from oppidum.publishing.datasets.storing import file_of
from oppidum.publishing.datasets.using import uses_of
from oppidum.publishing.datasets.versions import get_version, list_versions
from oppidum.publishing.models import DatasetVersion, Letterhead, OutsideDataset
from oppidum.web.context import authority_name
from oppidum.web.data.listing import SAID_FORMATS, owner_names
from oppidum.web.data.said import changes_of, columns_of, persons_of, snippets

VERSIONS_SHOWN = 12


@require_safe
def page(request, name: str):
    """The dataset with its last version; one that waits for its first says so. A dataset held elsewhere is led to."""
    if name not in all_datasets() and OutsideDataset.objects.filter(name=name).exists():
        return redirect("data:go", name)
    dataset, versions = get_dataset(name), list_versions(name)
    whole = [one for one in versions if file_of(name, one.number, "csv").exists()]
    last = whole[0] if whole else None
    context = {
        "dataset": dataset,
        "version": last,
        "files": _files(dataset, last) if last else [],
        "versions": [
            {"version": one, "changes": changes_of(one), "files": _files_of(dataset, one)} for one in whole[:VERSIONS_SHOWN]
        ],
        "rest": max(0, len(whole) - VERSIONS_SHOWN),
        "columns": columns_of(dataset),
        "persons": persons_of(dataset, last),
        "rows": first_rows(dataset, last) if last else [],
        "headers": [field["name"] for field in last.schema["fields"]] if last else [],
        "picture": find_picture(name, last.number, language()) if last else None,
        "language": language(),
        "theme": THEMES[dataset.theme],
        "owner": owner_names().get(dataset.owner, dataset.owner),
        "phone": Letterhead.objects.values_list("phone", flat=True).first(),
        "snippets": snippets(dataset),
        "address": f"{settings.PUBLIC_URL}/data/{name}/",
        "publisher": authority_name(),
        "is_drawn": bool(dataset.geometry and last),
        "is_points": isinstance(dataset.geometry, tuple),
    }
    return render(request, "data/dataset.html", context)


def language() -> str:
    """The language of the page, as the charts are named."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def _files(dataset: Dataset, version: DatasetVersion) -> list[dict]:
    uses = uses_of(dataset.name)
    return [
        {
            "format": SAID_FORMATS[suffix],
            "href": reverse("data:file", args=[dataset.name, dataset.name, suffix]),
            "bytes": version.files[suffix]["bytes"],
            "uses": uses.get(suffix, 0),
        }
        for suffix in SAID_FORMATS
        if suffix in version.files
    ]


def _files_of(dataset: Dataset, version: DatasetVersion) -> list[tuple[str, str]]:
    return [
        (SAID_FORMATS[suffix], reverse("data:version-file", args=[dataset.name, version.number, dataset.name, suffix]))
        for suffix in SAID_FORMATS
        if suffix in version.files
    ]


@require_safe
def places(request, name: str):
    """The places in view, for the map: points gathered where they are many; outlines whole."""
    dataset = get_dataset(name)
    version = get_version(name)
    if not dataset.geometry:
        raise NotFound(dataset=name)
    answer = JsonResponse(places_in(dataset, version, _box(request.GET.get("bbox", ""))), content_type="application/geo+json")
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def _box(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north; the whole world for anything unreadable."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        return -180.0, -90.0, 180.0, 90.0
    return numbers[0], numbers[1], numbers[2], numbers[3]
