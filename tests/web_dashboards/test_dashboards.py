"""Figures side by side: communes related to their people, targets and the way to them, questions in plain words, charts as files."""

import csv
import io
import json
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from django.db.models import Count

from oppidum.cases.models import Case
from oppidum.core.errors import InvalidForm
from oppidum.figures import remembering
from oppidum.figures.catalogue import all_figures
from oppidum.figures.communes import PER_HEAD, PER_KM2, counted_here, counted_in, relate, stand_among
from oppidum.figures.computations import recompute
from oppidum.figures.models import KeyFigure, Target
from oppidum.figures.targets import list_targets, load_targets
from oppidum.web.dashboards.questions import answer, read_question
from tests.web_dashboards.conftest import declare
from tests.web_figures.conftest import PERSONAL

PAGES = (
    "/figures/dashboards/",
    "/figures/communes/?figure=reports-filed&year=2027",
    "/figures/communes/?figure=reports-filed&year=2027&per=km2&with=13901&with=13903",
    "/figures/communes/13901/?year=2027",
    "/figures/services/report/?year=2027",
    "/figures/directorates/living-environment-water/?year=2027",
    "/figures/targets/?year=2026",
    "/figures/ask/?q=signalements",
)
CHARTS = (
    "months.{}?figure=reports-filed&year=2027&before=2026",
    "communes-map.{}?figure=reports-filed&year=2027&per=head",
    "communes-bars.{}?figure=reports-filed&year=2027&own=13902",
    "split.{}?figure=reports-filed&year=2027&by=channel",
    "side-by-side.{}?figure=reports-filed&year=2027&with=13901&with=13903",
    "target.{}?aim=charging-points-target&year=2026",
)


def test_a_small_commune_and_a_large_one_compare_per_inhabitant_and_per_square_kilometre(a_year, now):
    counted = counted_in("reports-filed", 2027)
    filed = dict(Case.objects.filter(filed_at__year=2027).values_list("commune_id").annotate(n=Count("id")))
    assert counted == {code: filed.get(code, 0) for code in ("13901", "13902", "13903")}
    assert relate(counted, PER_HEAD)["13903"] == pytest.approx(1000 * filed["13903"] / 70_000)
    assert relate(counted, PER_KM2)["13901"] == pytest.approx(filed["13901"] / 90)


def test_a_commune_stands_by_its_rank_and_beside_the_median():
    here = stand_among("b", {"a": 5, "b": 3, "c": 3, "d": 1})
    assert (here.value, here.rank, here.among, here.median) == (3, 2, 4, 3)
    assert stand_among("z", {"a": 5}).rank is None


def test_the_communes_counts_add_up_to_the_whole(a_year, now, client):
    counted = counted_in("reports-filed", 2027)
    assert sum(counted.values()) == Case.objects.filter(filed_at__year=2027).count()


def test_a_target_says_what_is_left_and_what_a_year_has_to_bring(charging):
    (way,) = list_targets(2026)
    assert way.points == ((2025, Decimal(900)), (2026, Decimal(1200)))
    assert (way.share, way.missing, way.needed_a_year) == (Decimal(60), Decimal(800), Decimal(200))


def test_a_target_that_is_reached_misses_nothing(charging, people):
    declare(charging.reached, 2027, 2100, people)
    declare(charging.aim, 2027, 2000, people)
    (way,) = list_targets(2027)
    assert way.missing is None and way.needed_a_year is None and way.share == Decimal(105)


def test_what_no_second_person_validated_is_on_no_way_to_a_target(charging, people, client):
    declare(charging.reached, 2027, 9999, people, state="entered")
    assert [year for year, _ in list_targets(2027)[0].points] == [2025, 2026]


def test_targets_are_read_from_a_file_or_not_at_all(charging, tmp_path):
    file = tmp_path / "targets.toml"
    file.write_text('[[targets]]\nreached = "charging-points"\naim = "nothing"\nyear = 2030\n')
    with pytest.raises(InvalidForm) as refused:
        load_targets(file)
    assert "nothing" in str(refused.value.errors[0]) and Target.objects.get() == charging
    file.write_text('[[targets]]\nreached = "charging-points"\naim = "charging-points-target"\nyear = 2035\n')
    assert load_targets(file) == 1 and Target.objects.get().year == 2035


@pytest.mark.parametrize(
    ("words", "rest", "commune", "year"),
    [
        ("Combien de signalements à Aubane en 2026 ?", "signalements", "Aubane", 2026),
        ("points de charge", "points charge", None, None),
        ("how many reports in Castelmer", "reports", "Castelmer", None),
        ("", "", None, None),
    ],
)
def test_a_question_names_a_figure_a_commune_and_a_year(people, words, rest, commune, year):
    asked = read_question(words)
    assert (asked.words, asked.commune and asked.commune.name, asked.year) == (rest, commune, year)


def test_a_question_about_a_commune_is_answered_with_its_own_count(a_year, now):
    stated = all_figures()["reports-filed"].states
    KeyFigure.objects.create(name=stated, directorate="x", theme="x", label_fr="Signalements déposés", unit="count", kind="flow")
    first = next(one for one in answer(read_question("signalements déposés Aubane"), 2027) if one.here)
    assert first.here == str(counted_in("reports-filed", 2027)["13901"]) and "13901" in first.href


def test_a_mistyped_word_finds_the_figure(charging, client):
    page = client.get("/figures/ask/?q=point+de+chrage&year=2026").content.decode()
    assert "Points de charge" in page


@pytest.mark.parametrize("address", PAGES)
def test_a_dashboard_is_open_to_everybody_and_names_nobody(a_year, charging, now, client, address):
    answered = client.get(address)
    assert answered.status_code == 200
    page = answered.content.decode()
    assert not [word for word in PERSONAL if word in page]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_leaves_the_page_as_drawing_and_as_numbers(a_year, charging, now, client, chart):
    def read(form):
        answered = client.get(f"/figures/charts/{chart.format(form)}")
        assert answered.status_code == 200, form
        return answered.content

    assert read("svg").startswith(b"<svg") and b"style=" not in read("svg")
    assert read("png").startswith(b"\x89PNG")
    rows = list(csv.reader(io.StringIO(read("csv").decode("utf-8-sig")), delimiter=";"))
    table = pq.read_table(io.BytesIO(read("parquet")))
    assert table.column_names == rows[0] and table.num_rows == len(rows) - 1 > 0
    assert json.loads(read("json"))["$schema"].endswith("v6.json") or "vega-lite" in json.loads(read("json"))["$schema"]


def test_a_chart_s_numbers_are_the_figure_s(a_year, now, client):
    table = pq.read_table(io.BytesIO(client.get("/figures/charts/communes-map.parquet?figure=reports-filed&year=2027").content))
    assert sum(table.column("reports-filed").to_pylist()) == 52


@pytest.mark.parametrize(
    "address",
    [
        "/figures/charts/months.exe?figure=reports-filed",
        "/figures/charts/nothing.svg",
        "/figures/charts/months.svg?figure=nothing",
        "/figures/charts/split.svg?figure=reports-filed&by=month",
        "/figures/charts/target.svg?aim=reports-filed&year=x",
        "/figures/communes/99999/",
        "/figures/communes/?figure=calls-with-report-share",
        "/figures/services/nothing/",
        "/figures/directorates/nothing/",
        "/figures/targets/?year=12",
    ],
)
def test_an_address_that_names_nothing_says_so(a_year, now, client, address):
    assert client.get(address).status_code == 404


def test_a_figure_that_is_internal_has_no_public_chart(a_year, now, client, monkeypatch):
    object.__setattr__(all_figures()["reports-filed"], "publication", "internal")
    try:
        assert client.get("/figures/charts/months.svg?figure=reports-filed&year=2027").status_code == 404
    finally:
        object.__setattr__(all_figures()["reports-filed"], "publication", "public")


def test_a_directorate_reads_its_figures_with_a_handful_of_queries(a_year, charging, now, client, django_assert_max_num_queries):
    KeyFigure.objects.bulk_create(
        KeyFigure(name=f"k-{n}", directorate="mobility", theme="x", label_fr=f"K {n}", unit="count", kind="flow")
        for n in range(200)
    )
    client.get("/figures/directorates/mobility/?year=2027")
    with django_assert_max_num_queries(14):
        client.get("/figures/directorates/mobility/?year=2027")


def test_a_kept_year_is_read_once_for_all_figures_of_a_commune(a_year, now, client, django_assert_max_num_queries):
    before = counted_here(2027)
    recompute(2027)
    assert counted_here(2027) == before
    client.get("/figures/communes/13901/?year=2027")
    remembering.forget()
    with django_assert_max_num_queries(10):
        assert client.get("/figures/communes/13901/?year=2027").status_code == 200
