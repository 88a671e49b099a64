"""Key figures of a year are held against each other, against what services counted and against the year before."""

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from oppidum.figures.contradictions.accepting import NoReason, accept, list_accepted, reopen
from oppidum.figures.contradictions.key_figures import _against_count, _may_be_one, check_key_figures
from oppidum.figures.declared.importing import Signed, import_key_figures
from oppidum.figures.models import AcceptedFinding

HEAD = "id,direction,theme,label_fr,label_en,value,unit,period,kind,precision,line\n"
BEFORE = """trams-length,mobility,tramway,Longueur du tramway,Length of the tramway,14,km,2024,stock,exact,8
waste-collected,waste,waste,Déchets collectés,Waste collected,1200,t,2024,flow,exact,12
"""
NOW = """trams-length,mobility,tramway,Longueur du tramway,Length of the tramway,15,km,2025,stock,exact,8
waste-collected,waste,waste,Déchets collectés,Waste collected,12000000,t,2025,flow,exact,12
happy-readers,culture,libraries,Part des lecteurs contents,Share of happy readers,194,%,2025,rate,exact,20
pools-count,sport,pools,Piscines communautaires couvertes,Covered pools,18,count,2025,stock,exact,30
"""


@pytest.fixture
def figures(people, tmp_path):
    for year, rows in ((2024, BEFORE), (2025, NOW)):
        path = tmp_path / f"{year}.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        import_key_figures(path, year, Signed(people.dora, people.rob if hasattr(people, "rob") else None))
    return people


def test_a_share_over_a_hundred_and_a_leap_are_found_with_the_lines_of_the_report(figures):
    found = {finding.kind: finding for finding in check_key_figures(2025)}
    assert found["share"].figures == ("happy-readers",)
    assert found["share"].lines == (20,)
    assert "194" in found["share"].why


def test_a_declared_value_far_from_the_counted_one_is_told():
    figure = SimpleNamespace(
        name="bins", label="Bacs vidés", declared=Decimal(450), computed=Decimal(300), difference=Decimal(-150), precision="exact"
    )
    (finding,) = _against_count(figure)
    assert finding.kind == "two-values"
    assert finding.values == ("450", "300")
    figure.difference, figure.computed, figure.precision = Decimal(-20), Decimal(430), "about"
    assert not list(_against_count(figure))


def test_what_is_accepted_is_kept_with_its_reason_and_may_be_opened_again(figures):
    (finding, *_) = [one for one in check_key_figures(2025) if one.kind == "share"]
    with pytest.raises(NoReason):
        accept(finding, "  ")
    accept(finding, "Taux de prêt, non part", figures.dora)
    kept = list_accepted([finding])[finding.fingerprint]
    assert (kept.reason, kept.by) == ("Taux de prêt, non part", figures.dora)
    assert reopen(finding.fingerprint)
    assert not AcceptedFinding.objects.exists()


def run(capsys, *arguments) -> tuple[int, str]:
    status = 0
    try:
        call_command("figures", "check", *arguments)
    except SystemExit as stop:
        status = stop.code
    return status, capsys.readouterr().out


def test_the_command_fails_while_a_contradiction_is_open_and_passes_once_it_is_accepted(figures, capsys):
    status, out = run(capsys, "2025", "--json")
    told = json.loads(out)
    assert status == 1
    assert all({"kind", "lines", "values", "why", "severity"} <= set(one) for one in told)
    for one in told:
        if one["severity"] != "notice":
            run(capsys, "2025", "--accept", one["fingerprint"], "--reason", "vérifié")
    status, out = run(capsys, "2025", "--json")
    assert status == 0
    assert "vérifié" in out


def test_what_can_not_be_read_ends_with_two(figures, tmp_path):
    for arguments in ((), ("2025", "--text", "x"), ("--text", str(tmp_path / "nothing.txt")), ("2025", "--accept", "0" * 16)):
        with pytest.raises(CommandError) as refused:
            call_command("figures", "check", *arguments)
        assert refused.value.returncode == 2


def labelled(label: str, value: int, period: str = "2025") -> SimpleNamespace:
    return SimpleNamespace(label=label, value=Decimal(value), period=period)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (labelled("Visiteurs du site (texte)", 500), labelled("Visiteurs du site (chiffre clé)", 1550), True),
        (labelled("Massifs forestiers", 19), labelled("Massifs forestiers couverts par un plan", 18), True),
        (labelled("Adhérents", 900), labelled("Adhérents", 800, "2024"), False),
        (labelled("Stagiaires gratifiés", 36), labelled("Stagiaires non gratifiés", 34), False),
        (labelled("Ménages relogés (Brissac)", 40), labelled("Ménages relogés (Lisle)", 49), False),
        (labelled("Dépense pour l’eau potable", 60), labelled("Dépense pour les égouts", 45), False),
    ],
)
def test_two_labels_mean_one_figure_only_where_nothing_tells_them_apart(one, other, may):
    assert _may_be_one(one, other) is may
