"""Accounts from files: waste weighed, energy and what it emits, land use, budgets; what can't be is told by name."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from oppidum.core.errors import Invalid, NotFound
from oppidum.figures.accounts.importing import import_accounts
from oppidum.figures.accounts.reading import check_accounts, find_tied, list_emissions, list_sums, tie
from oppidum.figures.computing import compute, trail
from oppidum.figures.models import AccountFile, AccountLine, KeyFigure
from oppidum.figures.periods import Period

WASTE = "year;month;site;way;flow;commune;destination;quantity;unit"
BUDGET = (
    "BGT_NATDEC;BGT_ANNEE;BGT_SIRET;BGT_NOM;BGT_CONTNAT;BGT_CONTNAT_LABEL;BGT_NATURE;BGT_NATURE_LABEL;BGT_SECTION;BGT_OPBUDG;BGT_CODRD;"
    "BGT_MTREAL;BGT_CREDOUV"
)
SIRET = "20005480700017"


@pytest.fixture
def a_file(tmp_path):
    """Writes a file; returns its path."""

    def write(header: str, *rows: str, name: str = "accounts.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def test_weighings_are_summed_by_flow_in_tonnes_whatever_their_unit(town, a_file):
    done = import_accounts(
        a_file(WASTE, "2027;1;Quai Est;in;Bulky;13901;;1 200,5;t", "2027;2;Quai Est;in;Bulky;13902;;800;kg",
               "2027;2;Quai Est;out;Bulky;;Recycling;1201.3;t"), "waste")  # fmt: skip
    assert (done.rows, done.faults, done.imbalances) == (3, [], [])
    sums = {(one.dimensions["way"], one.dimensions["flow"]): one.quantity for one in list_sums("waste", 2027)}
    assert sums == {("in", "bulky"): Decimal("1201.3"), ("out", "bulky"): Decimal("1201.3")}


def test_what_goes_into_a_site_and_does_not_come_out_is_told_by_name(town, a_file):
    rows = ("2027;1;Quai Est;in;bulky;;;1000;t", "2027;1;Quai Est;out;bulky;;recycling;900;t", "2027;1;Quai Est;stock;bulky;;;20;t",
            "2027;1;Quai Nord;in;glass;;;500;t", "2027;1;Quai Nord;out;glass;;recycling;495;t", "2027;1;Tri;in;glass;;;9;t")  # fmt: skip
    with override("en"):
        (found,) = import_accounts(a_file(WASTE, *rows), "waste").imbalances
    assert found.says == "quai est, 2027: 1,000\u00a0t came in, 920\u00a0t went out or stayed"
    assert found.difference == 80
    assert [one.where for one in check_accounts(2027)] == ["quai est 2027"]


def test_a_faulty_row_stops_the_file_and_says_what_to_do(town, a_file):
    rows = ("soon;13;Quai;sideways;x;;;many;t", "2027;1;;in;x;75056;;5;litres")
    done = import_accounts(a_file(WASTE, *rows), "waste")
    assert [(one.row, one.column) for one in done.faults] == [
        (2, "way"), (2, "quantity"), (2, "year"), (2, "month"), (3, "site"), (3, "unit"),
    ]  # fmt: skip
    assert not AccountLine.objects.exists()
    (commune,) = import_accounts(a_file(WASTE, "2027;1;Quai;in;x;75056;;5;t"), "waste").faults
    assert (commune.column, commune.value) == ("commune", "75056")
    assert {one.column for one in import_accounts(a_file("annee;site", "1;2"), "waste").faults} >= {"annee", "year"}


def test_a_later_file_takes_the_place_of_the_earlier_one_which_stays(town, a_file):
    import_accounts(a_file(WASTE, "2027;1;Quai;in;x;;;5;t"), "waste")
    assert import_accounts(a_file(WASTE, "2027;1;Quai;in;x;;;5;t"), "waste").is_known
    done = import_accounts(a_file(WASTE, "2027;1;Quai;in;x;;;6;t"), "waste")
    assert done.took_place_of == 1
    assert [one.quantity for one in list_sums("waste", 2027)] == [6]
    assert AccountFile.objects.count() == 2
    import_accounts(a_file(WASTE, "2027;1;Quai;in;x;;;4;t", name="other.csv"), "waste")
    assert [one.quantity for one in list_sums("waste", 2027)] == [10]


def test_emissions_follow_from_energy_and_the_factor_that_held_then(town, a_file):
    import_accounts(
        a_file("energy;factor;valid_from;source", "gas;200;2020-01-01;base", "gas;180;2027-07-01;base", "power;40;2020-01-01;base"),
        "factors",
    )
    import_accounts(
        a_file("year;month;sector;energy;quantity;unit", "2027;1;Homes;Gas;10;GWh", "2027;8;Homes;Gas;10;GWh", "2027;;Industry;Power;500;MWh",
               "2027;;Industry;Coal;7;MWh", name="energy.csv"), "energy")  # fmt: skip
    homes, industry = list_emissions(2027)
    assert (homes.sector, homes.energy_mwh, homes.emitted_t) == ("homes", 20000, 3800)
    assert (industry.emitted_t, industry.without_factor_mwh) == (20, 7)


def test_a_land_use_matrix_adds_up_to_the_areas_it_states(town, a_file):
    header = "first_year;last_year;from;to;quantity;unit"
    rows = ("2017;2027;farm;farm;90;ha", "2017;2027;farm;built;10;ha", "2017;2027;built;built;50;ha", "2017;2027;farm;total;1;km2",
            "2017;2027;total;built;60;ha", "2017;2027;built;total;55;ha")  # fmt: skip
    with override("en"):
        (found,) = import_accounts(a_file(header, *rows), "land-use").imbalances
    assert found.says == "built, 2017-2027: 55\u00a0ha at the first date, but the changes from it sum to 50\u00a0ha"


def budget(step: str, section: str, side: str, amount: str, account: str = "6042") -> str:
    real = amount if step == "compte administratif" else ""
    voted = "" if real else amount
    return f"{step};2027;{SIRET};Castelmer;{account};Achats;011;Charges;{section};réel;{side};{real};{voted}"


def test_a_voted_budget_balances_in_each_section(town, a_file):
    rows = [budget("budget primitif", "fonctionnement", side, "100") for side in ("recette", "dépense")]
    rows += [
        budget("budget primitif", "investissement", "recette", "50"),
        budget("budget primitif", "investissement", "dépense", "60.5"),
    ]
    (found,) = import_accounts(a_file(BUDGET, *rows), "budget").imbalances
    assert found.where == f"{SIRET} budget primitif 2027 investissement"
    assert found.difference == Decimal("-10.5")


def test_a_key_figure_in_euros_ties_to_its_budget_lines(town, a_file, client):
    figure = KeyFigure.objects.create(
        name="water-spending", directorate="mobility", theme="x", label_fr="Dépenses", unit="EUR", kind="amount"
    )
    import_accounts(
        a_file(BUDGET, budget("compte administratif", "investissement", "dépense", "1 000 000,00"),
               budget("compte administratif", "investissement", "dépense", "250000.5"),
               budget("compte administratif", "investissement", "recette", "77")), "budget")  # fmt: skip
    tie("water-spending", "budget", {"step": "compte administratif", "section": "investissement", "side": "dépense"})
    tied = find_tied("water-spending", 2027)
    assert (tied.value, tied.lines, tied.files) == (Decimal("1250000.5"), 2, ["accounts.csv"])
    assert find_tied("water-spending", 2026) is None
    figure.entries.create(year=2027, state="validated", value=1250000, unit="EUR", period="2027", validated_at="2028-01-01T00:00Z")
    page = client.get("/figures/water-spending/?year=2027").content.decode()
    assert "Somme de 2 lignes des comptes" in page
    out = StringIO()
    call_command("trail", "water-spending", "--year", "2027", "--json", stdout=out)
    assert json.loads(out.getvalue())["accounts"]["value"] == 1250000.5
    with pytest.raises(NotFound):
        tie("no-such-figure", "budget", {})
    with pytest.raises(Invalid):
        tie("water-spending", "waste", {"way": "in"})


def test_the_command_reads_tells_and_refuses(town, a_file, capsys):
    path = a_file(WASTE, "2027;1;Quai;in;x;;;100;t", "2027;1;Quai;out;x;;;50;t")
    call_command("import", "accounts", str(path), "--kind", "waste")
    said = capsys.readouterr().out
    assert "! quai, 2027" in said and "waste: 2 rows read" in said
    call_command("figures", "accounts", "2027", "--json")
    assert json.loads(capsys.readouterr().out)["imbalances"][0]["kind"] == "mass-balance"
    for wrong in (["--kind", "gold"], []):
        with pytest.raises(CommandError, match="say what the file holds"):
            call_command("import", "accounts", str(path), *wrong)
    with pytest.raises(CommandError, match="1 faults"):
        call_command("import", "accounts", str(a_file(WASTE, "2027;1;Quai;in;x;;;-3;t")), "--kind", "waste")


def test_weighings_are_a_figure_with_its_parts_and_its_trail(town, a_file, moved):
    rows = (
        "2027;1;Quai;in;glass;13901;;10;t",
        "2027;3;Quai;in;paper;;;32.4;t",
        "2026;3;Quai;in;paper;;;5;t",
        "2027;3;Quai;out;paper;;x;7;t",
    )
    import_accounts(a_file(WASTE, *rows), "waste")
    weighed = compute("waste-weighed-in", Period.year(2027))
    assert weighed.value == 42
    assert weighed.splits["flow"] == {"glass": 10, "paper": 32}
    assert weighed.splits["month"] == {"2027-01": 10, "2027-03": 32}
    assert [(row["flow"], row["quantity"]) for row in trail("waste-weighed-in", Period.year(2027))] == [
        ("glass", 10),
        ("paper", Decimal("32.4")),
    ]
