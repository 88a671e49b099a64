"""Key figures from a file: all rows or none, the earlier value stays, what is locked isn't touched."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from oppidum.core import sql
from oppidum.figures.declared.importing import Signed, import_key_figures
from oppidum.figures.key_figures import get_key_figure, list_key_figures, search_key_figures
from oppidum.figures.models import Change, Entry, KeyFigure

HEADER = "id,direction,theme,label_fr,label_en,value,unit,period,kind,precision,line,quote"
ROWS = (
    "population,institution,demography,Habitants,Inhabitants,1890000,inhabitants,2018,stock,exact,101,",
    "bikes-rented,mobility,bike-share,Vélos loués,Bikes rented,1200.5,count,2023,flow,about,7,",
    "bus-budget,mobility,finance,Budget des bus,Budget of buses,1200000,EUR,2023,amount,exact,,",
)


@pytest.fixture
def a_file(tmp_path):
    """Writes rows under the usual header; returns the path."""

    def write(*rows: str, header: str = HEADER) -> Path:
        path = tmp_path / "figures.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def test_a_file_declares_its_values_for_the_year_that_its_periods_name(db, a_file):
    done = import_key_figures(a_file(*ROWS))
    assert (done.year, done.rows, done.new, done.faults) == (2023, 3, 3, [])
    assert get_key_figure("population", 2023).value == 1890000
    assert Entry.objects.get(figure__name="bikes-rented").precision == "about"
    assert Change.objects.filter(action="imported").count() == 3


def test_a_row_with_a_fault_stops_the_whole_file_and_says_what_to_do(db, a_file):
    faulty = (
        "Bad Id,mobility,x,Nom,,12,count,2023,flow,exact,,",
        "no-number,mobility,x,Nom,,douze,count,2023,flow,exact,,",
        "no-kind,mobility,x,Nom,,12,count,2023,river,exact,,",
        ROWS[0],
        "no-label,mobility,x,,,12,count,2023,flow,exact,première,",
    )
    done = import_key_figures(a_file(ROWS[0], *faulty))
    assert [(one.row, one.column) for one in done.faults] == [
        (3, "id"), (4, "value"), (5, "kind"), (6, "id"), (7, "label_fr"), (7, "line"),
    ]  # fmt: skip
    assert all(one.says for one in done.faults)
    assert not KeyFigure.objects.exists()


def test_a_missing_column_and_an_empty_file_are_told(db, a_file, tmp_path):
    done = import_key_figures(a_file(ROWS[0], header=HEADER.replace("value", "valeur")))
    assert {one.column for one in done.faults} == {"value", "valeur"}
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    assert import_key_figures(empty).faults


def test_reading_a_file_again_changes_nothing_and_a_correction_keeps_the_earlier_value(db, a_file):
    import_key_figures(a_file(*ROWS))
    again = import_key_figures(a_file(*ROWS))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    assert Change.objects.count() == 3
    corrected = import_key_figures(a_file(*ROWS[:2], ROWS[2].replace("1200000", "1300000")))
    assert (corrected.new, corrected.changed, corrected.unchanged) == (0, 1, 2)
    old, new = Entry.objects.filter(figure__name="bus-budget").order_by("pk")
    assert (old.value, old.is_current, old.superseded_by) == (Decimal(1200000), False, new)
    assert new.is_current and new.value == 1300000
    told = Change.objects.filter(figure__name="bus-budget").first()
    assert (told.before["value"], told.after["value"]) == ("1200000", "1300000")


def test_a_value_found_on_another_line_is_the_same_value_and_stays_validated(people, a_file):
    import_key_figures(a_file(*ROWS), signed=Signed(people.ana, people.dora))
    done = import_key_figures(a_file(ROWS[0].replace(",101,", ",205,"), *ROWS[1:]))
    assert (done.changed, done.unchanged) == (0, 3)
    (entry,) = Entry.objects.filter(figure__name="population")
    assert (entry.line, entry.state) == (205, "validated")


def test_a_locked_value_is_left_and_the_database_itself_refuses_to_change_it(people, a_file):
    import_key_figures(a_file(*ROWS), signed=Signed(people.ana, people.dora))
    Entry.objects.filter(figure__name="population").update(state="locked")
    done = import_key_figures(a_file(ROWS[0].replace("1890000", "1900000"), *ROWS[1:]))
    assert done.locked == ["population"]
    assert get_key_figure("population", 2023).value == 1890000
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        Entry.objects.filter(figure__name="population").update(value=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Change.objects.all().update(reason="")


def test_nobody_validates_what_they_entered_themselves_even_in_the_database(people, a_file):
    import_key_figures(a_file(*ROWS), signed=Signed(people.ana, people.dora))
    with pytest.raises(DatabaseError, match="second_person"), transaction.atomic():
        Entry.objects.filter(figure__name="population").update(validated_by=people.ana)


def test_the_command_says_what_it_did_and_what_is_wrong(db, a_file):
    out = StringIO()
    call_command("figures", "import", str(a_file(*ROWS)), "--json", stdout=out)
    assert json.loads(out.getvalue())["new"] == 3
    with pytest.raises(CommandError, match="1 faults"):
        call_command("figures", "import", str(a_file(ROWS[0].replace("stock", "pond"))), stdout=StringIO())


@pytest.fixture
def statements(monkeypatch):
    """Every statement that goes through `core.sql`, beside those that Django counts."""
    sent = []
    cursor = sql.server_cursor
    monkeypatch.setattr(sql, "server_cursor", lambda: sent.append(1) or cursor())
    return sent


def test_reading_costs_the_same_queries_for_three_figures_as_for_a_thousand(
    people, a_file, statements, django_assert_max_num_queries
):
    many = [f"figure-{n},mobility,x,Chiffre {n},Figure {n},{n},count,2023,flow,exact,," for n in range(1000)]
    with django_assert_max_num_queries(20):
        import_key_figures(a_file(*ROWS, *many))
    list_key_figures(2023)  # what is counted is kept for a minute
    statements.clear()
    with django_assert_max_num_queries(0):
        found = list_key_figures(2023)
    assert len(statements) <= 2
    assert len([one for one in found if one.origin == "declared"]) == 1003
    assert [one.name for one in list_key_figures(2023, "institution")][:1] == ["population"]


def test_words_find_a_figure_mistyped_or_not(people, a_file):
    import_key_figures(a_file(*ROWS))
    for words in ("velos loues", "vélo loué", "bikes", "vellos"):
        assert search_key_figures(words, 2023)[0].name == "bikes-rented", words
    assert search_key_figures("zzzz qqqq", 2023) == []


def test_the_whole_seed_loads(db):
    seed = Path(__file__).resolve().parents[3] / "shared/seed/figures.csv"
    if not seed.exists():
        pytest.skip("the seed isn't on this machine; the demonstration's file is loaded elsewhere")
    done = import_key_figures(seed)
    assert (done.rows, done.new, done.faults) == (1016, 1016, [])
    with seed.open(encoding="utf-8") as file:
        values = {row["id"]: Decimal(row["value"]) for row in csv.DictReader(file)}
    assert {one.name: one.value for one in list_key_figures(2023) if one.name in values} == values
