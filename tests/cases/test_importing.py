"""Rows of a spreadsheet become cases through the checks of the page; all faults at once, by row and column; nothing by half."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from oppidum.cases.importing import columns_for, import_file
from oppidum.cases.models import Case
from oppidum.core import clock
from oppidum.services.living_environment.report import Report
from tests.portal.conftest import street_party  # noqa: F401
from tests.territory.town import IN_AUBANE

DAY = (clock.today() + timedelta(days=60)).strftime("%d/%m/%Y")
GOOD = {
    "key": "A-1",
    "applicant.kind": "association",
    "applicant.name": "Les Amis de l'église",
    "applicant.number": "W131001234",
    "contact.email": "amis@example.fr",
    "kind": "Un vide-grenier",
    "stalls": "40",
    "day": DAY,
    "music": "non",
    "where.address": "Rue de la République",
    "where.lon": str(IN_AUBANE[0]),
    "where.lat": str(IN_AUBANE[1]).replace(".", ","),
    "lines.0.what": "Barrières",
    "lines.0.amount": "1 200,50 €",
    "oath.agreed": "oui",
    "oath.name": "Ana Ruiz",
}


@pytest.fixture
def write(tmp_path, street_party):  # noqa: F811
    """Write rows as a file, the required plan left out of the declaration's demands."""

    def write(*rows, encoding="utf-8", sign=";"):
        header = list(dict.fromkeys(name for row in rows for name in row))
        lines = [sign.join(header)] + [sign.join(f'"{row.get(name, "")}"' for name in header) for row in rows]
        path = tmp_path / "parties.csv"
        path.write_text("\n".join(lines), encoding=encoding)
        return path

    return write


MEAL = GOOD | {"kind": "meal", "stalls": ""}


@pytest.mark.parametrize(("encoding", "sign"), [("utf-8", ";"), ("utf-8-sig", ","), ("cp1252", "\t")])
def test_rows_are_filed_as_from_the_page(write, street_party, encoding, sign):  # noqa: F811
    rows = [MEAL, MEAL | {"key": "A-2", "filed_on": "01/03/2026", "day": "12/06/2026"}]
    done = import_file(street_party, write(*rows, encoding=encoding, sign=sign))
    assert [str(fault) for fault in done.faults] == [] and done.rows == 2 and len(done.codes) == 2
    late, first = Case.objects.filter(service="street-party").order_by("filed_at")
    assert first.channel == "import" and first.answers["lines"] == [{"what": "Barrières", "amount": 120050}]
    assert first.commune_id and first.answers["applicant"]["name"] == "Les Amis de l'église"
    assert clock.local_day(late.filed_at).isoformat() == "2026-03-01"


def test_every_fault_is_told_and_nothing_is_filed(write, street_party):  # noqa: F811
    wrong = MEAL | {"key": "A-2", "music": "peut-être", "lines.0.amount": "beaucoup", "oath.agreed": "non"}
    done = import_file(street_party, write(MEAL, wrong, MEAL | {"key": "A-3", "day": "31/02/2027", "applicant.number": "W13"}))
    told = [(fault.row, fault.column) for fault in done.faults]
    assert told == [(3, "music"), (3, "lines.0.amount"), (3, "oath.agreed"), (4, "applicant.number"), (4, "day")]
    assert "peut-être" in str(done.faults[0]) and not Case.objects.filter(service="street-party").exists()


def test_who_cannot_ask_is_a_fault_of_its_row(write, street_party):  # noqa: F811
    done = import_file(street_party, write(GOOD | {"stalls": "300"}))
    assert any("200 stands" in str(fault) or "plan" in fault.column for fault in done.faults)


def test_a_slip_in_the_header_loses_no_column(write, street_party):  # noqa: F811
    done = import_file(street_party, write(MEAL | {"kidn": "x", "lines.0.amuont": "3"}))
    assert [(fault.row, fault.column) for fault in done.faults] == [(1, "kidn"), (1, "lines.0.amuont")]


def test_imported_again_it_is_the_same_case(write, street_party):  # noqa: F811
    path = write(MEAL, MEAL | {"key": ""})
    assert len(import_file(street_party, path).codes) == 2
    again = import_file(street_party, path)
    assert (again.codes, again.known) == ([], 2)


def test_the_command_rehearses_and_tells(write, street_party, capsys):  # noqa: F811
    path = write(MEAL)
    call_command("import", "street-party", str(path), "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out) == {"rows": 1, "faults": [], "codes": [], "known": 0}
    with pytest.raises(CommandError):
        call_command("import", "street-party", str(write(MEAL | {"day": "x"})))
    assert "ligne 2, day" in capsys.readouterr().out
    call_command("import", "street-party", "--columns")
    assert capsys.readouterr().out.startswith("key;filed_on;applicant.kind;")
    with pytest.raises(CommandError):
        call_command("import", "nothing", str(path))


def test_reports_come_from_a_file_too(write, people, tmp_path):
    lon, lat = IN_AUBANE
    rows = {"category": "roads.pothole", "words": "Un trou", "lon": str(lon), "lat": str(lat), "where": "road", "accident": "non"}
    done = import_file(Report, write(rows, rows | {"lon": "2.35", "lat": "48.85"}, rows | {"category": "x.y"}))
    assert [(fault.row, fault.column) for fault in done.faults] == [(3, "lon"), (4, "category")]
    done = import_file(Report, write(rows))
    assert len(done.codes) == 1 and Case.objects.get(code=done.codes[0]).live.team_id == people.roads.pk
    assert columns_for(Report)[:4] == ["key", "filed_on", "category", "words"]
