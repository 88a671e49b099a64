"""The catalogue for people: found by words, narrowed by theme, department and format."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.people.models import Directorate
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.declaration import THEMES
from oppidum.publishing.datasets.searching import Wanted, find_datasets
from oppidum.publishing.datasets.using import uses_of_all
from oppidum.publishing.datasets.versions import latest_versions

SIZE = 20
FORMATS = ("csv", "geojson", "parquet")
LONGEST_WORDS = 120


@require_safe
def page(request):
    """Ours first, then those held elsewhere; five queries whatever their number."""
    wanted = asked(request)
    found = find_datasets(wanted)
    shown = Paginator(found, SIZE).get_page(request.GET.get("page"))
    names = [hit.name for hit in shown]
    versions, uses, owners = latest_versions(names), uses_of_all(names), owner_names()
    rows = [
        {
            "hit": hit,
            "version": versions.get(hit.name),
            "uses": uses.get(hit.name, 0),
            "theme": THEMES.get(hit.theme, ""),
            "owner": owners.get(hit.owner, "") or hit.publisher,
        }
        for hit in shown
    ]
    used = {one.owner for one in all_datasets().values()}
    context = {
        "wanted": wanted,
        "is_narrowed": wanted != Wanted(),
        "page": shown,
        "rows": rows,
        "outside": sum(hit.is_outside for hit in found),
        "themes": [("", _("All themes")), *THEMES.items()],
        "owners": [("", _("All departments")), *((code, name) for code, name in owners.items() if code in used)],
        "formats": [("", _("All formats")), *((one, SAID_FORMATS[one]) for one in FORMATS)],
    }
    return render(request, "data/list.html", context)


SAID_FORMATS = {"csv": "CSV", "geojson": "GeoJSON", "parquet": "Parquet"}


def asked(request) -> Wanted:
    """What the address asks for; what can't be read is as if unsaid."""
    raw = request.GET
    theme, owner, suffix = raw.get("theme", ""), raw.get("owner", ""), raw.get("format", "")
    words = " ".join(raw.get("q", "").replace("\x00", " ").split())[:LONGEST_WORDS]
    return Wanted(words, theme if theme in THEMES else "", owner[:60].replace("\x00", ""), suffix if suffix in FORMATS else "")


def owner_names() -> dict[str, str]:
    """The directorates by code."""
    return dict(Directorate.objects.values_list("code", "name"))
