"""What is proved of every dataset before anything is published."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from oppidum.figures.declaration import MONTH, Condition
from oppidum.figures.sources import FILED_CASES
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.checks import check_dataset, private_answers, read_answers
from oppidum.publishing.datasets.declaration import Anonymity, Column, Drop, Query, Tally, ToGrid, ToMonth
from oppidum.publishing.datasets.reading import centre_of_square, text_of
from oppidum.publishing.datasets.schema import table_schema
from tests.datasets.conftest import TREES


def faults(**changes) -> list[str]:
    return list(check_dataset(replace(TREES, **changes)))


def test_there_are_enough_datasets_and_none_has_a_fault():
    assert len(all_datasets()) >= 25


@pytest.mark.parametrize("name", sorted(all_datasets()))
def test_every_dataset_says_itself_in_both_languages(name):
    dataset = all_datasets()[name]
    said = {}
    for language in ("fr", "en"):
        with override(language):
            said[language] = [str(dataset.title), str(dataset.says), *(str(column.label) for column in dataset.columns)]
    assert all(said["fr"]) and said["fr"][1] != said["en"][1]
    assert dataset.keywords and dataset.owner and dataset.licence.url


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("select c.code as id, '' as kind, 1 as height_m from cases_case c", "its author's key"),
        ("select name as id, '' as kind, 1 as height_m from cases_party", "the parties of cases"),
        ("select k.phone as id, '' as kind, 1 as height_m from cases_call k", "callers' numbers"),
        ("select c.words as id, '' as kind, 1 as height_m from cases_case c", "residents' own words"),
        ("select recipient as id, '' as kind, 1 as height_m from publishing_paper", "addressees of letters"),
    ],
)
def test_a_source_that_reads_persons_stops_the_start(sql, why):
    assert any(why in fault for fault in faults(source=Query(sql)))


def test_a_private_answer_is_published_only_as_the_declaration_says_how():
    answer = sorted(private_answers() - {"association", "parcels"})[0]
    source = Query(f"select c.answers ->> '{answer}' as id, '' as kind, 1 as height_m from cases_case c")
    assert any(f"private answer '{answer}'" in fault for fault in faults(source=source))
    assert not faults(source=source, personal=(Drop(answer, "a person"),))
    assert not faults(source=source, by_law={answer: "CRPA, art. L312-1-1"})


def test_the_answers_that_datasets_read_are_found():
    assert "association" in read_answers(all_datasets()["grants"])


def test_a_split_that_a_source_does_not_have_is_named():
    tally = Tally(FILED_CASES, where=Condition(), by={"id": MONTH, "kind": "shoe-size"}, counts="height_m")
    assert faults(source=tally) == ["dataset 'trees': filed cases can't be split by 'shoe-size' (column 'kind')"]


def test_keys_geometry_and_anonymity_name_columns():
    assert any("key names 'x'" in fault for fault in faults(key=("x",)))
    assert any("geometry names 'lon'" in fault for fault in faults(geometry=("lon", "lat")))
    assert any("anonymity names 'age'" in fault for fault in faults(anonymity=Anonymity(5, ("age",))))
    assert any("no type" in fault for fault in faults(columns=(Column("id", "Id", "txt"), *TREES.columns[1:])))


def test_a_day_becomes_its_month_and_a_point_its_square(declared, media, db):
    from oppidum.publishing.datasets.reading import read_rows

    sql = "select '2027-03-12'::date as id, 5.123456::float as kind, 43.654321::float as height_m"
    columns = (Column("id", "Month", "yearmonth"), Column("kind", "Lon", "number"), Column("height_m", "Lat", "number"))
    treated = (ToMonth("id", "a day tells too much"), ToGrid("kind", "height_m", 200, "a door"))
    ((month, lon, lat),) = read_rows(replace(TREES, source=Query(sql), columns=columns, personal=treated))
    assert month == "2027-03"
    assert 0 < abs(float(lon) - 5.123456) < 0.0026 and abs(float(lat) - 43.654321) < 0.0018


def test_neighbours_in_a_square_become_one_point():
    lon, lat = centre_of_square(5.1234, 43.6543, 200)
    assert {centre_of_square(lon + x, lat + y, 200) for x in (-0.001, 0, 0.001) for y in (-0.0008, 0, 0.0008)} == {(lon, lat)}


def test_cells_are_written_as_programs_read_them():
    from datetime import UTC, date, datetime
    from decimal import Decimal

    assert text_of(datetime(2027, 3, 12, 9, 20, tzinfo=UTC)) == "2027-03-12T10:20:00+01:00"
    assert [text_of(value) for value in (None, True, date(2027, 3, 12), Decimal("1200.50"), Decimal("1E+3"), "x")] == [
        "",
        "true",
        "2027-03-12",
        "1200.5",
        "1000",
        "x",
    ]


def test_a_schema_names_the_national_one_it_keeps_to():
    schema = table_schema(all_datasets()["deliberations"])
    assert schema["conformsTo"]["version"] == "2.1.5"
    assert schema["fields"][1]["constraints"] == {"required": True, "pattern": r"\d{14}"}
    assert schema["title"] == "Délibérations" and schema["title_en"] == "Deliberations"
