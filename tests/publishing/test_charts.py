"""Charts: drawn offline, told in words, twinned by a table, in the reader's language."""

import json
import re

import pytest
from django.utils import translation

from oppidum.publishing.charts import (
    Datum,
    Point,
    choropleth,
    columns,
    compared_months,
    drawing,
    grouped_bars,
    path_to_target,
    ranked_bars,
    render_all,
    render_png,
    render_svg,
    rendering,
    share_bars,
    small_multiples,
    spec_json,
    years,
)
from oppidum.publishing.charts.maps import class_bounds, wound

NB, NNB = "\u00a0", "\u202f"
MONTHS = ["janv.", "févr.", "mars"]
TWO_YEARS = [Point(m, 1000 + 10 * n, "2023") for n, m in enumerate(MONTHS)] + [Point(m, 900, "2022") for m in MONTHS]


def square(code, name, x, *, clockwise=False):
    ring = [[x, 43.0], [x + 1, 43.0], [x + 1, 44.0], [x, 44.0], [x, 43.0]]
    told = {"kind": "commune", "code": code, "name": name, "population": 10, "lon": x + 0.5, "lat": 43.5}
    shape = {"type": "Polygon", "coordinates": [ring[::-1] if clockwise else ring]}
    return {"type": "Feature", "id": code, "properties": told, "geometry": shape}


GROUND = {"type": "FeatureCollection", "features": [square("1", "Rognac", 5), square("2", "Velaux", 6), square("3", "Berre", 7)]}
CHARTS = {
    "ranked": lambda: ranked_bars("Déchets collectés en 2023", [Datum("Verre", 33000), Datum("Textile", 1234.5)], unit="t"),
    "shares": lambda: share_bars("Parts en 2023", [Datum("Rendement", 84.2)]),
    "pairs": lambda: grouped_bars("Deux ans", [Point("Piscines", 7, "2022"), Point("Piscines", 8, "2023")], own="2023"),
    "columns": lambda: columns("Demandes par mois", TWO_YEARS, own="2023", before="2022"),
    "months": lambda: compared_months("Demandes par mois", TWO_YEARS, own="2023", before="2022"),
    "years": lambda: years("Ruches", [Point("2021", 3), Point("2022", 9)]),
    "target": lambda: path_to_target("Points de charge", [Point("2023", 1500)], Point("2025", 5712)),
    "multiples": lambda: small_multiples("Par équipe", TWO_YEARS),
    "map": lambda: choropleth("Demandes par commune", {"1": 3.0, "2": 8.0}, GROUND),
}


@pytest.fixture(autouse=True)
def _french():
    with translation.override("fr"):
        yield


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_drawn_without_a_style_attribute(name):
    drawn = render_svg(CHARTS[name]().spec).decode()
    assert drawn.startswith("<svg") and "<style" not in drawn and "style=" not in drawn


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_its_table_and_its_description(name):
    chart = CHARTS[name]()
    assert chart.title in chart.alt and chart.alt.endswith(".")
    assert chart.rows and all(len(row) == len(chart.columns) for row in chart.rows)


def test_numbers_of_a_drawing_are_french_for_a_french_reader():
    drawn = render_svg(CHARTS["ranked"]().spec).decode()
    assert f"33{NNB}000{NB}t" in drawn and f"1{NNB}234{NB}t" in drawn
    assert f"1{NNB}000" in render_svg(CHARTS["months"]().spec).decode()


def test_the_same_chart_in_english():
    with translation.override("en"):
        chart = CHARTS["ranked"]()
    assert chart.rows[0] == ("Verre", f"33,000{NB}t")
    assert chart.alt.startswith("Bars: ")


def test_bars_begin_at_zero():
    bars = json.loads(spec_json(CHARTS["ranked"]().spec))
    assert bars["encoding"]["x"]["scale"]["domain"][0] == 0
    assert all(json.loads(spec_json(CHARTS[n]().spec))["encoding"]["y"]["scale"]["zero"] for n in ("columns", "months", "years"))


def test_a_long_name_is_written_on_two_lines_rather_than_cut():
    name = "Demandes instruites par le service de l'eau potable"
    drawn = render_svg(ranked_bars("Titre", [Datum(name, 3)]).spec).decode()
    assert "…" not in drawn and len(re.findall("<tspan", drawn)) >= 2


def test_a_value_that_is_missing_is_left_out_of_the_drawing():
    assert ranked_bars("Titre", [Datum("A", None), Datum("B", 2)]).rows == (("B", "2"),)


def test_a_map_leaves_a_commune_without_a_value_blank_and_lists_it_last():
    chart = CHARTS["map"]()
    assert [row[0] for row in chart.rows] == ["Velaux", "Rognac", "Berre"]
    assert chart.rows[-1][1] == "–"


@pytest.mark.parametrize("clockwise", [False, True])
def test_a_commune_covers_itself_and_not_the_rest_of_the_earth(clockwise):
    ring = wound(square("1", "Rognac", 5, clockwise=clockwise)["geometry"])["coordinates"][0]
    assert sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False)) < 0


def test_classes_of_a_map_hold_about_as_many_communes_each():
    bounds = class_bounds(list(range(100)))
    assert len(bounds) == 4 and bounds == sorted(bounds)
    assert class_bounds([5, 5, 5]) == []


def test_a_chart_is_drawn_once(monkeypatch):
    chart = CHARTS["shares"]()
    first = render_svg(chart.spec)
    monkeypatch.setattr(drawing, "svg", lambda text: pytest.fail("drawn a second time"))
    assert render_svg(CHARTS["shares"]().spec) == first
    rendering.forget()
    assert render_svg(chart.spec) == first


def test_many_charts_are_shared_out_and_come_back_in_their_order(settings, tmp_path):
    settings.VAR = tmp_path
    specs = [ranked_bars(f"Titre {n}", [Datum(f"nom{n}", n + 1)]).spec for n in range(14)]
    drawn = render_all(specs)
    assert all(f"nom{n}<" in one.decode() for n, one in enumerate(drawn))


def test_a_file_that_leaves_the_page_carries_its_title():
    chart = CHARTS["columns"]()
    assert "Demandes par mois" in render_svg(chart.titled()).decode()
    assert "Demandes par mois" not in render_svg(chart.spec).decode()
    assert render_png(chart.titled()).startswith(b"\x89PNG")
