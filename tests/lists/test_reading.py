"""What people send as a list: read whatever wrote it, or refused with a sentence that says what to do."""

import io
import zipfile

import pytest

from oppidum.cases.declaration import catalogue
from oppidum.cases.lists.columns import columns_for, describe_columns, faults_of_header, is_importable
from oppidum.cases.lists.reading import ListRefused, read_table
from oppidum.cases.lists.rows import Keys, key_of
from oppidum.services.living_environment.report import Report
from oppidum.services.living_environment.special_waste_notice import SpecialWasteNotice


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_accents_and_columns_come_through_whatever_wrote_the_file(encoding, sign):
    table = read_table(f"name{sign}about\r\nÉpicerie{sign}“rules”\r\n\r\nGarage{sign}stop\r\n".encode(encoding))
    assert (table.header, [(row.number, row.cells["name"]) for row in table.rows]) == (
        ["name", "about"],
        [(2, "Épicerie"), (4, "Garage")],
    )
    assert table.encoding == {"cp1252": "Windows-1252", "utf-16": "UTF-16"}.get(encoding, "UTF-8")


def workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (workbook(), "classeur"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "classeur"),
        (b"%PDF-1.7\n", "pas un fichier CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "pas un fichier CSV"),
        (b"<!doctype html><title>;</title>", "pas un fichier CSV"),
        (b'{"key": 1}', "pas un fichier CSV"),
        (b"a;b\n1;\x00", "pas un fichier CSV"),
        (b'a;b\n1;"' + b"x" * 200_000, "guillemet"),
    ],
)
def test_what_is_no_list_is_refused_and_told_why(content, says):
    with pytest.raises(ListRefused) as refused:
        read_table(content)
    assert says in str(refused.value)


def test_cells_beyond_the_header_and_guards_of_formulas_are_seen():
    first, second = read_table(b"a;b\n1;2;3;;\n'=1+1;'quoted'\n").rows
    assert first.beyond == ("3",)
    assert second.cells == {"a": "=1+1", "b": "'quoted'"}


def test_a_key_is_the_row_whatever_stands_beside_it():
    long = {"key": "2027:" + "7" * 80}
    keys = {key_of(SpecialWasteNotice, long), key_of(SpecialWasteNotice, {"key": long["key"] + "8"})}
    assert len(keys) == 2 and all(len(key) <= 60 for key in keys), "two long keys are two rows"
    assert key_of(SpecialWasteNotice, {"about": "x", "to_mend": "y"}) == key_of(SpecialWasteNotice, {"about": "x"})


def test_a_key_that_stands_twice_is_seen_at_its_second_row():
    rows = read_table(b"key;a\n1;x\n2;y\n1;z\n;z\n;z\n").rows
    assert [Keys(rows).taken_by(row) for row in rows] == [None, None, 2, None, None]


def test_a_header_says_what_it_lacks_and_what_nobody_reads():
    header = columns_for(SpecialWasteNotice)
    assert list(faults_of_header(SpecialWasteNotice, ["to_mend", *header])) == []
    assert [column for column, _says in faults_of_header(SpecialWasteNotice, [*header, "colour", "key"])] == ["key", "colour"]
    assert [column for column, _says in faults_of_header(SpecialWasteNotice, ["key", "about"])] == ["applicant", "place"]
    assert [column for column, _says in faults_of_header(Report, ["words"])] == ["category", "lon", "lat"]


def test_each_column_is_told_in_words():
    told = {one.name: one for one in describe_columns(SpecialWasteNotice)}
    assert list(told) == columns_for(SpecialWasteNotice)
    assert told["about"].is_needed and "rules (" in told["about"].values
    assert not told["key"].is_needed and not told["applicant.represented_by"].is_needed
    assert [one.name for one in describe_columns(Report)] == columns_for(Report)


def test_a_service_that_asks_everybody_for_papers_has_no_list():
    assert is_importable(SpecialWasteNotice) and is_importable(Report) and not is_importable(catalogue()["rental-permit"])
