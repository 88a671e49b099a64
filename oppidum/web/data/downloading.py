"""Files as programs fetch them: ETag and conditions, byte ranges, caches, and a count of downloads (RFC 9110, sections 13 and 14)."""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.http import FileResponse, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.http import http_date, parse_etags
from django.views.decorators.http import require_safe

from oppidum.core.errors import NotFound
from oppidum.publishing.datasets.pictures import chart_file
from oppidum.publishing.datasets.storing import file_of, folder_of
from oppidum.publishing.datasets.using import LINK, count_uses, is_bot
from oppidum.publishing.datasets.versions import get_version
from oppidum.publishing.models import DatasetVersion, OutsideDataset

TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
}
LAST_KEPT, VERSION_KEPT = 300, 365 * 24 * 3600  # seconds
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
BLOCK = 64 * 1024


@require_safe
def last(request, name: str, file: str, suffix: str):
    """The file of the last version, at an address that never changes."""
    return _file(request, _version(name, file, suffix), suffix, LAST_KEPT)


@require_safe
def version(request, name: str, number: int, file: str, suffix: str):
    """The file of an older version; it never changes."""
    return _file(request, _version(name, file, suffix, number), suffix, VERSION_KEPT)


def _version(name: str, file: str, suffix: str, number: int | None = None) -> DatasetVersion:
    if file != name:
        raise NotFound(dataset=name)
    found = get_version(name, number)
    if suffix not in found.files:
        raise NotFound(dataset=name)
    return found


def _file(request, version: DatasetVersion, suffix: str, kept: int) -> HttpResponse:
    told, path = version.files[suffix], file_of(version.dataset, version.number, suffix)
    if not path.exists():
        raise NotFound(dataset=version.dataset)
    etag, at = f'"{told["sha256"]}"', version.at
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(at.timestamp()),
        "Cache-Control": f"public, max-age={kept}" + (", immutable" if kept == VERSION_KEPT else ""),
        "Accept-Ranges": "bytes",
        "Access-Control-Allow-Origin": "*",
        "Link": f'<{request.build_absolute_uri(f"/data/{version.dataset}/schema.json")}>; rel="describedby"; type="application/schema+json"',
    }
    if _is_known(request, etag, at):
        return HttpResponse(status=304, headers=headers)
    size, asked = told["bytes"], _asked_range(request, told["bytes"], etag)
    if asked == ():
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    _count(request, version.dataset, suffix, begins=not asked or asked[0] == 0)
    headers["Content-Type"] = TYPES[suffix]
    headers["Content-Disposition"] = f'attachment; filename="{version.dataset}.{suffix}"'
    if not asked:
        headers["Content-Length"] = str(size)
        if request.method == "HEAD":
            return HttpResponse(headers=headers)
        # A content type that is named is not guessed anew from the file's name.
        return FileResponse(path.open("rb"), content_type=headers.pop("Content-Type"), headers=headers)
    first, until = asked
    headers |= {"Content-Range": f"bytes {first}-{until}/{size}", "Content-Length": str(until - first + 1)}
    body = _part(path, first, until - first + 1) if request.method == "GET" else ()
    return StreamingHttpResponse(body, status=206, headers=headers)


def _is_known(request, etag: str, at) -> bool:
    """Whether the reader has it already; an ETag counts before a date (RFC 9110, section 13.2.2)."""
    if given := request.headers.get("If-None-Match"):
        return bool({etag, "*"} & {one.removeprefix("W/") for one in parse_etags(given)})
    try:
        since = parsedate_to_datetime(request.headers.get("If-Modified-Since", ""))
        return int(at.timestamp()) <= since.timestamp()
    except (TypeError, ValueError, OverflowError):
        return False


def _asked_range(request, size: int, etag: str) -> tuple[int, int] | tuple[()] | None:
    """First and last byte asked for; None for the whole file, () for a range that isn't in it. Several ranges: the whole file."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not found or not any(found.groups()) or request.headers.get("If-Range", etag) != etag:
        return None
    begin, end = found.groups()
    if not begin:
        length = min(int(end), size)
        return (size - length, size - 1) if length else ()
    first, until = int(begin), min(int(end or size - 1), size - 1)
    if end and int(end) < first:
        return None
    return (first, until) if first < size else ()


def _part(path: Path, first: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        while length and (block := file.read(min(BLOCK, length))):
            length -= len(block)
            yield block


def _count(request, name: str, suffix: str, begins: bool) -> None:
    """A download counts once, however many parts it is fetched in; looking at the headers is none."""
    if request.method == "GET" and begins and not is_bot(request.headers.get("User-Agent", "")):
        count_uses({(name, suffix): 1})


@require_safe
def schema(request, name: str):
    """The Table Schema of the last version."""
    return _schema(get_version(name), LAST_KEPT)


@require_safe
def schema_of_version(request, name: str, number: int):
    """The Table Schema of an older version."""
    return _schema(get_version(name, number), VERSION_KEPT)


def _schema(version: DatasetVersion, kept: int) -> HttpResponse:
    path = folder_of(version.dataset, version.number) / "schema.json"
    if not path.exists():
        raise NotFound(dataset=version.dataset)
    headers = {"Cache-Control": f"public, max-age={kept}", "Access-Control-Allow-Origin": "*"}
    return HttpResponse(path.read_bytes(), content_type="application/json", headers=headers)


@require_safe
def chart(request, name: str, language: str):
    """The chart of the last version."""
    path = chart_file(name, get_version(name).number, "en" if language == "en" else "fr")
    if not path.exists():
        raise NotFound(dataset=name)
    return HttpResponse(path.read_bytes(), content_type="image/svg+xml", headers={"Cache-Control": f"public, max-age={LAST_KEPT}"})


@require_safe
def go(request, name: str):
    """To a dataset that is held elsewhere; the visit is counted."""
    found = OutsideDataset.objects.filter(name=name).first()
    if found is None:
        raise NotFound(dataset=name)
    _count(request, name, LINK, begins=True)
    answer = HttpResponseRedirect(found.address)
    answer["Cache-Control"] = "no-store"
    return answer
