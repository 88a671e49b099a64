"""Every dataset, published from a year of the town: valid against its schema, equal in each format, and without a person in it."""

import json

import duckdb
import pytest

from oppidum.bodies.models import Secretariat
from oppidum.figures.computing import Period, compute
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.publishing import publish, publish_all
from oppidum.publishing.datasets.storing import file_of
from oppidum.publishing.datasets.using import count_uses
from oppidum.publishing.datasets.validating import find_faults
from oppidum.publishing.models import DatasetVersion
from tests.web_figures.conftest import PERSONAL, load_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_summer(people, moved, media):
    """The town on 1 July 2027, and all that it publishes then."""
    load_year(people, moved, 2027)
    Secretariat.objects.create(siret="20009999900010", prefecture="PREF013")
    with moved(2027, 7, 1, 9):
        yield {run.dataset: run for run in publish_all()}


def test_each_is_published_and_keeps_to_its_schema_or_has_no_row_yet(a_summer):
    bad = {name: run.faults for name, run in a_summer.items() if run.outcome != "published" and run.faults != [{"code": "no-rows"}]}
    assert not bad
    assert sum(run.outcome == "published" for run in a_summer.values()) >= 15
    for version in DatasetVersion.objects.all():
        schema = json.loads((file_of(version.dataset, version.number, "csv").parent / "schema.json").read_text())
        assert find_faults(file_of(version.dataset, version.number, "csv"), schema) == [], version.dataset


def test_no_person_stands_in_any_file_and_each_format_holds_the_same_rows(a_summer, media):
    for path in media.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [word for word in PERSONAL if word.encode() in content], path
    for version in DatasetVersion.objects.all():
        csv, parquet = (file_of(version.dataset, version.number, suffix) for suffix in ("csv", "parquet"))
        lines, rows = (duckdb.sql(f"select count(*) from '{path}'").fetchall()[0][0] for path in (csv, parquet))
        assert lines == rows == version.rows, version.dataset
        if "geojson" in version.files:
            places = json.loads(file_of(version.dataset, version.number, "geojson").read_text())
            assert len(places["features"]) == version.rows


def test_no_row_of_a_checked_table_stands_for_fewer_than_k(a_summer):
    checked = 0
    for name, dataset in all_datasets().items():
        run, asked = a_summer[name], dataset.anonymity
        if asked is None or not asked.weight or run.version is None:
            continue
        path = file_of(name, run.version.number, "csv")
        among = ", ".join(f'"{column}"' for column in asked.among)
        smallest = duckdb.sql(
            f"select min(n) from (select sum(\"{asked.weight}\") as n from '{path}' group by {among})"
        ).fetchall()[0][0]
        assert smallest is None or smallest >= asked.k, name
        checked += 1
    assert checked >= 2


def test_hidden_reports_are_not_published_and_an_hour_later_nothing_is_new(a_summer, moved):
    """Of 52 reports of the year and 12 of the one before, the neighbour's noise points at persons."""
    assert a_summer["reports"].version.rows == 63
    with moved(2027, 7, 1, 10):
        again = {name: publish(name) for name in ("communes", "reports", "directory", "legal-delays", "processing-register")}
    assert {run.outcome for run in again.values()} == {"unchanged"}


def test_new_datasets_and_downloads_are_figures_themselves(a_summer, moved):
    with moved(2027, 7, 2, 9):
        count_uses({("reports", "csv"): 3, ("communes", "geojson"): 4})
        count_uses({("reports", "csv"): 2})
        assert compute("datasets-new", Period.year(2027)).value == DatasetVersion.objects.filter(number=1).count()
        downloads = compute("datasets-downloads", Period.year(2027))
    assert (downloads.value, downloads.splits["dataset"]) == (9, {"reports": 5, "communes": 4})
