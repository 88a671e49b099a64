"""Any key figure opens: a declared one to who entered and validated it, a counted one to its records as well."""

import json
import random
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from oppidum.core import clock
from oppidum.figures.computing import Period, trail
from oppidum.figures.declared.importing import Signed, import_key_figures
from oppidum.figures.key_figures import get_key_figure, list_key_figures
from oppidum.figures.models import Entry
from tests.figures.test_figures import a_year  # noqa: F401  (the year 2027 of the town)

HEADER = "id,direction,theme,label_fr,label_en,value,unit,period,kind,precision,line\n"


@pytest.fixture
def declared(people, tmp_path):
    """Thirty figures of 2027; one of them, the reports, is counted by a service too."""
    rows = [f"figure-{n},mobility,x,Chiffre {n},Figure {n},{n * n},count,2027,flow,exact,{n}" for n in range(29)]
    rows.append("call-centre-reports,institution,call-centre,Signalements,Reports,7,count,2027,flow,exact,90")
    path = tmp_path / "declared.csv"
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    with clock.at(datetime(2028, 1, 15, 9, tzinfo=UTC)):
        import_key_figures(path, 2027, Signed(people.ana, people.dora))
    return path


def opened(name: str) -> dict:
    out = StringIO()
    call_command("trail", name, "--year", "2027", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_figures_drawn_at_random_open_to_what_they_say(declared):
    for value in random.Random(5).sample([one for one in list_key_figures(2027) if one.origin == "declared"], 12):
        found = opened(value.name)
        assert found["entry"]["value"] == value.value
        assert found["entry"]["validated_by"] == "Dora"
        assert found["history"][0]["after"]["value"] == str(value.value)
        assert found["definition"]["label_fr"] == value.label
        assert found["entry"]["line"] == int(value.name.removeprefix("figure-"))


@pytest.mark.usefixtures("a_year")
def test_a_figure_that_a_service_counts_shows_the_difference_and_its_records(declared):
    value = get_key_figure("call-centre-reports", 2027)
    # The town's records begin on 31 December 2026: the year is whole, and the counted value is the one that is told.
    assert (value.origin, value.value, value.declared, value.difference) == ("computed", 5, 7, Decimal(-2))
    found = opened("call-centre-reports")
    assert len(found["records"]) == found["counted"] == len(trail("reports-filed", Period.year(2027))) == 5
    assert found["key_figure"]["entry"]["value"] == 7
    assert get_key_figure("reports-filed", 2027).name == "call-centre-reports"


def test_a_year_that_was_not_recorded_from_its_beginning_keeps_the_declared_value(declared, people, moved):
    from oppidum.cases.filing import file_cases
    from tests.figures.test_figures import new

    with moved(2027, 10, 1, 9):
        file_cases([new(), new()])
    value = get_key_figure("call-centre-reports", 2027)
    assert (value.origin, value.value, value.computed) == ("declared", 7, 2)


def test_a_correction_by_file_stands_in_the_trail(declared, people):
    declared.write_text(declared.read_text().replace(",81,count", ",82,count"))
    import_key_figures(declared, 2027, Signed(people.ana, people.dora))
    found = opened("figure-9")
    assert (found["entry"]["value"], [one["value"] for one in found["superseded"]]) == (82, [81])
    assert Entry.objects.filter(figure__name="figure-9").count() == 2
