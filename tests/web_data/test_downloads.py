"""Files as programs fetch them: whole, in parts, only when they changed; counted without a trace of who."""

from dataclasses import replace

import pytest
from django.test import Client

from oppidum.publishing.datasets.declaration import Query
from oppidum.publishing.datasets.publishing import publish
from oppidum.publishing.models import DatasetUse
from tests.datasets.conftest import TREES

PROGRAM = {"User-Agent": "curl/8.5"}
ADDRESS = "/data/trees/trees.csv"
TABLE = b"id,kind,height_m\r\na,plane,12\r\nb,pine,9\r\n"


def fetch(address=ADDRESS, method="get", **headers):
    return getattr(Client(), method)(
        address, headers={**PROGRAM, **{name.replace("_", "-"): value for name, value in headers.items()}}
    )


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_last_version_stands_at_an_address_that_never_changes(published):
    answer = fetch()
    assert (answer.status_code, body(answer)) == (200, TABLE)
    assert answer["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer["ETag"] == f'"{published["trees"].version.files["csv"]["sha256"]}"'
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in answer.get("Vary", "")


def test_an_older_version_stays_at_its_own(published, declared):
    declared(replace(TREES, source=Query("select 'z' as id, 'pine' as kind, 1 as height_m")))
    publish("trees")
    assert body(fetch()) == b"id,kind,height_m\r\nz,pine,1\r\n"
    first = fetch("/data/trees/v/1/trees.csv")
    assert body(first) == TABLE and "immutable" in first["Cache-Control"]
    assert fetch("/data/trees/v/3/trees.csv").status_code == 404


@pytest.mark.parametrize("header", ["If_None_Match", "If_Modified_Since"])
def test_who_has_it_already_gets_nothing(header, published):
    first = fetch()
    known = first["ETag"] if header == "If_None_Match" else first["Last-Modified"]
    again = fetch(**{header: known})
    assert (again.status_code, body(again), again["ETag"]) == (304, b"", first["ETag"])
    assert fetch(If_None_Match='"other"').status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "content", "told"),
    [
        ("bytes=0-1", 206, TABLE[:2], f"bytes 0-1/{len(TABLE)}"),
        ("bytes=5-", 206, TABLE[5:], f"bytes 5-{len(TABLE) - 1}/{len(TABLE)}"),
        ("bytes=-3", 206, TABLE[-3:], f"bytes {len(TABLE) - 3}-{len(TABLE) - 1}/{len(TABLE)}"),
        ("bytes=0-99999", 206, TABLE, f"bytes 0-{len(TABLE) - 1}/{len(TABLE)}"),
        ("bytes=99999-", 416, b"", f"bytes */{len(TABLE)}"),
        ("bytes=-0", 416, b"", f"bytes */{len(TABLE)}"),
        ("bytes=5-2", 200, TABLE, None),
        ("bytes=0-1,4-5", 200, TABLE, None),
        ("bytes=x", 200, TABLE, None),
    ],
)
def test_a_part_is_given_and_what_is_no_part_is_not(asked, status, content, told, published):
    answer = fetch(Range=asked)
    assert (answer.status_code, body(answer), answer.get("Content-Range")) == (status, content, told)


def test_a_part_of_another_version_is_not_mixed_in(published):
    assert fetch(Range="bytes=0-1", If_Range='"other"').status_code == 200


def test_a_look_at_the_headers_tells_all_but_the_file(published):
    answer = fetch(method="head")
    assert (answer.status_code, body(answer), int(answer["Content-Length"])) == (200, b"", len(TABLE))


def uses() -> dict:
    return dict(DatasetUse.objects.values_list("format", "count"))


def test_downloads_are_counted_a_day_and_format_and_nothing_else(published):
    fetch()
    fetch()
    fetch("/data/trees/trees.parquet")
    assert uses() == {"csv": 2, "parquet": 1}
    assert {field.name for field in DatasetUse._meta.fields} == {"id", "dataset", "day", "format", "count"}


def test_robots_looks_known_copies_and_later_parts_do_not_count(published):
    etag = fetch(method="head")["ETag"]
    fetch(User_Agent="Googlebot/2.1")
    fetch(User_Agent="")
    fetch(If_None_Match=etag)
    fetch(Range="bytes=5-")
    fetch(Range="bytes=99999-")
    assert uses() == {}
    fetch(Range="bytes=0-4")
    assert uses() == {"csv": 1}


@pytest.mark.parametrize(
    "address", ["/data/trees/other.csv", "/data/trees/trees.geojson", "/data/nothing/nothing.csv", "/data/grants/grants.csv"]
)
def test_what_was_not_published_is_not_there(address, published):
    assert fetch(address).status_code == 404


def test_the_schema_and_the_places_are_served(published):
    assert fetch("/data/trees/schema.json").json()["primaryKey"] == ["id"]
    assert len(fetch("/data/communes/places?bbox=5,43.3,5.1,43.4").json()["features"]) == 1
    assert len(fetch("/data/communes/places?bbox=nonsense").json()["features"]) == 3
    assert fetch("/data/commune-outlines/places").json()["features"][0]["geometry"]["type"].endswith("Polygon")


def test_many_points_are_gathered_into_cells_that_say_how_many(published, monkeypatch):
    from oppidum.publishing.datasets import previewing

    monkeypatch.setattr(previewing, "MOST_PLACES", 2)
    cells = fetch("/data/communes/places?bbox=5,43,6,44").json()["features"]
    assert sum(cell["properties"]["gathers"] for cell in cells) == 3
    (all_in_one,) = fetch("/data/communes/places").json()["features"]
    assert all_in_one["properties"]["gathers"] == 3 and all_in_one["geometry"]["coordinates"] == [5.15, 43.35]


def test_geojson_keeps_the_types_of_the_columns(published):
    found = fetch("/data/communes/communes.geojson")
    collection = __import__("json").loads(body(found))
    assert found["Content-Type"] == "application/geo+json" and len(collection["features"]) == 3
    first = collection["features"][0]
    assert first["properties"]["population"] == 10_000 and first["properties"]["code"] == "13901"
    assert first["geometry"]["type"] == "Point" and "longitude" not in first["properties"]
