"""Closed months as files: the same figures from PostgreSQL, DuckDB and Spark; nothing personal; a late entry reaches its month."""

import json
from datetime import UTC, date, datetime

import pyarrow.parquet as parquet
import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.models import Case, Live, Party
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Period, compute_all
from oppidum.figures.declaration import Counted, Quantile, Stock
from oppidum.figures.lake.comparing import compare
from oppidum.figures.lake.dialects import for_duckdb, for_spark
from oppidum.figures.lake.reading import open_lake, run_on
from oppidum.figures.lake.tables import TABLES
from oppidum.figures.lake.writing import read_notes, write_lake
from oppidum.figures.sources import HOURS_SINCE_FILING
from tests.figures.rehearsed import YEAR


@pytest.fixture
def lake(after_winter, settings, tmp_path):
    """The winter's closed months, November to January."""
    settings.LAKE = tmp_path / "lake"
    write_lake()
    return settings.LAKE


def test_every_figure_is_equal_in_postgresql_and_duckdb(lake):
    assert compare(YEAR) == {}
    from_lake = compute_all(Period.year(YEAR), run=run_on(open_lake(lake)))
    assert sum(bool(one.value) for one in from_lake.values()) > 15


@pytest.mark.slow
def test_every_figure_is_equal_in_spark(lake):
    pytest.importorskip("pyspark")
    from oppidum.figures.lake.sparking import local_session, read_lake

    spark = local_session()
    try:
        assert compare(YEAR, read_lake(spark, lake)) == {}
    finally:
        spark.stop()


def test_only_closed_months_are_written_and_each_is_one_whole_file(lake):
    months = {path.name for path in (lake / "cases_journal").iterdir()}
    assert months >= {"month=2027-11", "month=2027-12", "month=2028-01"} and max(months) == "month=2028-01"
    written = parquet.read_table(lake / "cases_journal").num_rows
    assert written == rows("select count(*) from cases_journal where valid_at < '2028-01-31 23:00:00+00'")[0][0] > 500
    assert not list(lake.glob("**/*.aside"))


def test_what_is_there_is_not_written_again(lake):
    again = write_lake()
    assert (again.again, again.files) == ([], sum(not table.at for table in TABLES))


def test_a_late_entry_is_written_into_its_month_and_the_note_keeps_the_version_before(lake):
    open_one = Live.objects.filter(service="report", is_open=True, case__filed_at__year=2027).order_by("case_id").first()
    with clock.at(datetime(2028, 2, 10, 19, tzinfo=UTC)):
        done = Command(
            "finish",
            Actor("officer", 1, "Ana", frozenset({"act"})),
            {"what_was_done": "Fait"},
            valid_at=clock.midnight(date(2028, 1, 20)),
        )
        act_on(open_one.case_id, done)
        assert compare(YEAR) == {}
        written = write_lake()
    assert written.again == ["cases_journal 2028-01"]
    note = read_notes(lake)["cases_journal"]["2028-01"]
    assert note["version"] == 2 and note["rows"] == note["earlier"][0]["rows"] + 1


def test_a_file_that_is_destroyed_leaves_the_lake(lake):
    case = Case.objects.filter(service="intended-sale", filed_at__year=2027).first()
    Case.objects.filter(pk=case.pk).update(answers={})
    assert write_lake().again == [f"cases_case {case.filed_at.astimezone(clock.PARIS):%Y-%m}"]
    told = open_lake(lake).execute("select answers from cases_case where id = ?", [case.pk]).fetchone()
    assert json.loads(told[0]) == {}


def test_nothing_in_the_lake_names_a_person_or_opens_a_case(lake):
    """Every name, address, number and code of the town is sought in all that was written."""
    written = "\n".join(str(parquet.read_table(path).to_pylist()) for path in lake.glob("**/*.parquet"))
    persons = [value for row in Party.objects.values_list("name", "email", "phone") for value in row if value]
    sought = {*persons, *Case.objects.values_list("code", flat=True), *filter(None, Case.objects.values_list("address", flat=True))}
    assert len(sought) > 300
    assert [one for one in sought if len(one) > 5 and one in written] == []


def test_the_months_until_one_are_written_alone(after_winter, settings, tmp_path):
    settings.LAKE = tmp_path
    write_lake(until=date(2027, 11, 15))
    assert [path.name for path in (tmp_path / "cases_case").iterdir()] == ["month=2027-11"]


def test_a_month_that_was_half_written_is_not_there(lake, monkeypatch):
    """The machine stops in the middle of a file: the one that stood there stands there still."""
    place = lake / "cases_call" / "month=2027-12" / "data.parquet"
    before = place.read_bytes()
    monkeypatch.setattr("oppidum.figures.lake.writing.os.replace", _stop)
    rows_before = parquet.read_table(place).num_rows
    from oppidum.cases.models import Call

    Call.objects.filter(received_at__year=2027, received_at__month=12).update(outcome="lost")
    with pytest.raises(KeyboardInterrupt):
        write_lake()
    assert place.read_bytes() == before and parquet.read_table(place).num_rows == rows_before


def _stop(*_):
    raise KeyboardInterrupt


def test_statements_in_the_words_of_each_engine():
    sql = (
        "select (j.data ->> 'n')::numeric from cases_journal j where j.action = any(%(names)s::text[]) and j.valid_at >= %(since)s"
    )
    given = {"names": ["finish", "l'autre"], "since": datetime(2027, 1, 1, tzinfo=UTC)}
    assert "= any(['finish', 'l''autre']::text[])" in for_duckdb(sql, given)
    spark = for_spark(sql, given)
    assert "get_json_object(j.data, '$.n'))::decimal(20,4)" in spark
    assert "array_contains(array('finish', 'l''autre'), j.action)" in spark
    seconds = "((unix_micros(j.valid_at) - unix_micros(c.filed_at)) / 1000000)"
    assert for_spark(HOURS_SINCE_FILING, {}) == f"floor({seconds} / 3600)::int"
    with pytest.raises(TypeError):
        for_duckdb("%(one)s", {"one": object()})


def test_the_winter_counts_something_of_every_kind_in_the_lake(lake):
    values = compute_all(Period.year(YEAR), run=run_on(open_lake(lake)))
    for kind in (Stock, Quantile):
        assert any(one.value for one in values.values() if isinstance(one.figure, kind))
    assert {figure.counts.name for figure in all_figures().values() if isinstance(figure, Counted)} >= {
        "money lines",
        "bookings",
        "letters",
    }
