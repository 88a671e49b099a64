"""The ground of maps and the places of address fields."""


def test_the_ground_is_kept_by_browsers_until_the_territory_changes(town, client):
    first = client.get("/territory/outlines.json")
    drawn = first.json()["features"]
    assert {one["properties"]["name"] for one in drawn if one["properties"]["kind"] == "commune"} >= {"Aubane", "Castelmer"}
    assert "max-age=86400" in first["Cache-Control"]
    again = client.get("/territory/outlines.json", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_the_land_of_the_neighbours_is_drawn_apart(town, client):
    kinds = [one["properties"]["kind"] for one in client.get("/territory/outlines.json").json()["features"]]
    assert kinds.count("around") == 1


def test_a_street_is_suggested_with_its_point(town, client):
    answer = client.get("/territory/search", {"q": "boulevard mer"}).json()
    first = answer["places"][0]
    assert first["label"].startswith("Boulevard de la Mer") and first["kind_label"] == "rue"
    assert (first["lon"], first["lat"]) == (5.28, 43.32) and "lieu" in answer["count_in_words"]


def test_nothing_found_says_what_to_do_and_bad_input_is_harmless(town, client):
    assert "essayez" in client.get("/territory/search", {"q": "zzzzzz"}).json()["count_in_words"]
    assert client.get("/territory/search").json()["places"] == []
    assert client.get("/territory/search", {"q": "rue " * 900, "lon": "x", "lat": "nan"}).status_code == 200


def test_htmx_gets_a_list_to_choose_from(town, client):
    page = client.get("/territory/search", {"q": "Aubane"}, headers={"HX-Request": "true"}).content.decode()
    assert 'type="radio"' in page and "Aubane" in page


def test_searching_is_limited(town, client, monkeypatch):
    from oppidum.core import rates
    from oppidum.web import territory_views

    rates.forget()
    monkeypatch.setattr(territory_views, "SEARCHES_A_MINUTE", 0)
    assert client.get("/territory/search", {"q": "Aubane"}).status_code == 429
