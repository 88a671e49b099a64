"""A dataset is published whole or not at all; what was published stays."""

import csv
import json
from dataclasses import replace

import pyarrow.parquet
import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from oppidum.publishing.datasets import publishing
from oppidum.publishing.datasets.declaration import Column, Drop, Export, Query
from oppidum.publishing.datasets.publishing import publish
from oppidum.publishing.datasets.running import ask, is_due, publish_waiting
from oppidum.publishing.models import DatasetRun, DatasetVersion
from tests.datasets.conftest import TREES

pytestmark = pytest.mark.django_db


def trees(sql: str):
    return replace(TREES, source=Query(f"select * from (values {sql}) as t (id, kind, height_m)"))


def read(path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_first_version_has_its_table_its_parquet_its_schema_and_their_digests(media, declared):
    declared(TREES)
    run = publish("trees")
    assert (run.outcome, run.version.number, run.version.rows) == ("published", 1, 2)
    assert read(media / "trees/1/trees.csv") == [["id", "kind", "height_m"], ["a", "plane", "12"], ["b", "pine", "9"]]
    assert b"\r\n" in (media / "trees/1/trees.csv").read_bytes()
    table = pyarrow.parquet.read_table(media / "trees/1/trees.parquet")
    assert table.to_pylist() == [{"id": "a", "kind": "plane", "height_m": 12}, {"id": "b", "kind": "pine", "height_m": 9}]
    schema = json.loads((media / "trees/1/schema.json").read_text())
    assert [field["type"] for field in schema["fields"]] == ["string", "string", "integer"]
    assert set(run.version.files) == {"csv", "parquet"} and len(run.version.files["csv"]["sha256"]) == 64


def test_what_did_not_change_makes_no_new_version(media, declared):
    declared(TREES)
    publish("trees")
    run = publish("trees")
    assert (run.outcome, run.version.number) == ("unchanged", 1)
    assert DatasetVersion.objects.count() == 1


def test_a_new_version_tells_what_was_added_removed_and_changed_by_key(media, declared):
    declared(TREES)
    publish("trees")
    declared(trees("('b', 'pine', 10), ('c', 'pine', 3), ('d', 'plane', 4)"))
    version = publish("trees").version
    assert version.number == 2
    assert version.changes == {"added": 2, "removed": 1, "changed": 1, "columns": False}
    assert (media / "trees/1/trees.csv").exists(), "the first version stays"


@pytest.mark.parametrize(
    ("sql", "row", "column", "code"),
    [
        ("('a', 'plane', -1)", 2, "height_m", "minimum"),
        ("('a', 'plane', 1), ('b', 'oak', 1)", 3, "kind", "enum"),
        ("('a', 'plane', 1), (null, 'pine', 1)", 3, "id", "required"),
        ("('a', 'plane', 1), ('a', 'pine', 1)", 3, "id", "unique"),
    ],
)
def test_a_fault_refuses_the_publication_with_row_and_column_and_the_last_version_stays(sql, row, column, code, media, declared):
    declared(TREES)
    first = publish("trees").version
    declared(trees(sql))
    run = publish("trees")
    assert run.outcome == "refused" and run.version is None
    assert {"row": row, "column": column, "code": code}.items() <= run.faults[0].items()
    assert DatasetVersion.objects.get() == first
    assert [one.name for one in (media / "trees").iterdir()] == ["1"], "nothing is left lying about"


def test_a_column_that_nobody_declared_is_never_published(media, declared):
    declared(replace(TREES, source=Query("select 'a' as id, 'pine' as kind, 1 as height_m, 'Zoé' as planted_by")))
    run = publish("trees")
    assert run.faults == [{"code": "source-brings", "column": "planted_by"}]
    assert not DatasetVersion.objects.exists()


def test_a_column_that_is_dropped_by_declaration_leaves_no_trace(media, declared):
    source = Query("select 'a' as id, 'pine' as kind, 1 as height_m, 'Zoé' as planted_by")
    declared(replace(TREES, source=source, personal=(Drop("planted_by", "a person"),)))
    assert publish("trees").outcome == "published"
    assert all(b"Zo" not in path.read_bytes() for path in (media / "trees/1").iterdir())


def test_a_table_without_rows_waits_for_its_first(media, declared):
    declared(replace(TREES, source=Query("select 'a' as id, 'pine' as kind, 1 as height_m where false")))
    assert publish("trees").faults == [{"code": "no-rows"}]


def test_a_source_that_breaks_in_the_middle_is_told_and_leaves_the_last_version(media, declared):
    declared(TREES)
    publish("trees")

    def broken():
        yield "a", "pine", 1
        raise ValueError("no such tree")

    declared(replace(TREES, source=Export(broken)))
    run = publish("trees")
    assert run.outcome == "failed" and "no such tree" in run.faults[0]["detail"]
    assert [one.name for one in (media / "trees").iterdir()] == ["1"]


def test_a_publication_that_was_killed_before_it_was_recorded_is_done_again(media, declared, monkeypatch):
    declared(TREES)
    with monkeypatch.context() as broken:
        broken.setattr(publishing.DatasetVersion, "save", lambda *args, **more: (_ for _ in ()).throw(OSError("killed")))
        assert publish("trees").outcome == "failed"
    assert (media / "trees/1").exists()
    assert publish("trees").version.number == 1


def test_text_with_separators_quotes_and_line_ends_comes_back_as_it_was(media, declared):
    odd = 'a "b", c\nd;é'
    dataset = replace(
        TREES, source=Export(lambda: [("a", odd, 1)]), columns=(TREES.columns[0], Column("kind", _("Kind")), TREES.columns[2])
    )
    declared(dataset)
    assert publish("trees").outcome == "published"
    assert read(media / "trees/1/trees.csv")[1][1] == odd
    assert pyarrow.parquet.read_table(media / "trees/1/trees.parquet").to_pylist()[0]["kind"] == odd


def test_the_database_refuses_to_alter_or_remove_a_version(media, declared):
    declared(TREES)
    publish("trees")
    DatasetRun.objects.all().delete()
    for change in (lambda: DatasetVersion.objects.update(rows=0), DatasetVersion.objects.all().delete):
        with pytest.raises(DatabaseError, match="never altered"), transaction.atomic():
            change()


def test_what_an_officer_asks_for_is_published_by_the_worker_in_the_officers_name(media, declared, people):
    declared(TREES)
    publish("trees")
    ask("trees", people.dora)
    ask("trees", people.dora)
    assert DatasetRun.objects.filter(outcome="asked").count() == 1
    publish_waiting(seconds=30)
    done = DatasetRun.objects.filter(dataset="trees").order_by("-pk").first()
    assert (done.outcome, done.by) == ("unchanged", people.dora)
    assert not DatasetRun.objects.filter(outcome="asked").exists()


def test_each_night_what_is_due_by_its_frequency_is_published(media, declared, moved):
    from datetime import date

    with moved(2027, 3, 1, 3):
        weekly = replace(TREES, frequency=publishing.all_datasets()["grants"].frequency)
        declared(weekly)
        run = publish("trees")
    assert not is_due(weekly, run, date(2027, 3, 7)) and is_due(weekly, run, date(2027, 3, 8))
    assert is_due(weekly, None, date(2027, 3, 1))
    run.outcome = "refused"
    assert is_due(weekly, run, date(2027, 3, 2)), "what was refused is tried again every night"
