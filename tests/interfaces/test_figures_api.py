"""Key figures for programs: without a key, what was validated and nothing that waits."""

from oppidum.figures.declared.validating import validate
from tests.web_key_figures.conftest import house  # noqa: F401


def test_the_figures_of_a_year_are_read_without_a_key(house, client):  # noqa: F811
    found = client.get("/api/figures?year=2025&directorate=living-environment-water&lang=en").json()
    named = {one["name"]: one for one in found["figures"] if one["origin"] == "declared"}
    assert set(named) == {"waste-collected", "bins-emptied", "trees-planted"}
    waste = named["waste-collected"]
    assert (waste["label"], waste["value"], waste["unit"], waste["said"]) == ("Waste collected", 12000, "t", "12,000\u00a0t")
    assert [one["name"] for one in client.get("/api/figures?year=2025&words=tramwai budget").json()["figures"]][:1] == [
        "tram-budget"
    ]


def test_a_figure_tells_its_years_and_what_waits_stays_hidden(house, client):  # noqa: F811
    hidden = client.get("/api/figures/waste-collected?year=2026").json()
    assert (hidden["value"], hidden["years"]) == (None, {"2025": 12000})
    validate(["waste-collected"], 2026, house.emile)
    told = client.get("/api/figures/waste-collected?year=2026").json()
    assert (told["value"], told["previous"], told["years"]) == (12500, 12000, {"2025": 12000, "2026": 12500})
    assert told["page"].endswith("/figures/waste-collected/?year=2026")


def test_faults_are_told_as_problems(house, client):  # noqa: F811
    assert client.get("/api/figures/no-such-figure?year=2025").status_code == 404
    assert client.get("/api/figures?year=12").status_code == 422
    assert client.get("/api/figures").status_code == 422
    assert client.get("/api/figures?year=2025&directorate=%00").status_code == 200


def test_the_description_names_both(client, db):
    paths = client.get("/api/openapi.json").json()["paths"]
    assert "/api/figures" in paths and "/api/figures/{name}" in paths
