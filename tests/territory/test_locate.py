"""From points to communes, zones and neighbours, in the town known by heart."""

import threading

import pytest

from oppidum.territory import locate
from oppidum.territory.models import Stamp, Zone

from .town import FAR_AWAY, IN_AUBANE, IN_BELLEFONT, IN_CASTELMER, IN_DORGUES, square

METRE_LAT = 1 / 111_195


def test_the_town_is_where_it_should_be(town):
    points = [IN_AUBANE, IN_BELLEFONT, IN_CASTELMER, IN_DORGUES, FAR_AWAY]
    assert locate.locate(*zip(*points, strict=True)).tolist() == ["13901", "13902", "13903", "", ""]
    assert [locate.find_commune(*point) for point in points] == ["13901", "13902", "13903", None, None]


def test_a_shared_border_belongs_to_exactly_one_commune(town):
    assert locate.find_commune(5.1, 43.35) == "13901"
    assert locate.locate([5.1, 5.2], [43.35, 43.3]).tolist() == ["13901", "13902"]


def test_a_border_with_a_neighbour_belongs_to_the_member(town):
    assert locate.find_commune(5.15, 43.4) == "13902"
    assert locate.find_outside(5.15, 43.4) is None


def test_a_point_off_the_coast_belongs_to_the_nearest_commune_within_300_metres(town):
    for metres, commune in ((5, "13902"), (290, "13902"), (320, None)):
        lat = 43.3 - metres * METRE_LAT
        assert locate.find_commune(5.15, lat) == commune
        assert locate.locate([5.15], [lat])[0] == (commune or "")


def test_a_point_just_inside_a_neighbour_is_outside(town):
    just_over = 43.4 + 2 * METRE_LAT
    assert locate.find_commune(5.15, just_over) is None
    assert locate.find_outside(5.15, just_over).name == "Dorgues"


def test_outside_names_the_neighbour_and_nobody_far_away(town):
    assert locate.find_outside(*IN_DORGUES).hall_phone == "04 42 00 00 99"
    assert locate.find_outside(*FAR_AWAY) is None
    assert locate.find_outside(*IN_AUBANE) is None


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf"), 1e300, -1e300, 181.0])
def test_impossible_points_are_outside(town, bad):
    for lon, lat in ((bad, 43.35), (5.05, bad), (bad, bad)):
        assert locate.find_commune(lon, lat) is None
        assert locate.find_outside(lon, lat) is None
        assert locate.find_zones(lon, lat) == {}
        assert locate.locate([lon, 5.05], [lat, 43.35]).tolist() == ["", "13901"]


def test_no_points_are_no_answer(town):
    assert locate.locate([], []).tolist() == []


def test_points_come_in_pairs(town):
    with pytest.raises(ValueError, match="as many longitudes as latitudes"):
        locate.locate([5.05, 5.06], [43.35])


def test_before_any_load_everything_is_outside(db):
    assert locate.find_commune(*IN_AUBANE) is None
    assert locate.find_outside(*IN_AUBANE) is None
    assert locate.find_zones(*IN_AUBANE) == {}
    assert locate.locate([5.05], [43.35]).tolist() == [""]


def test_zones_of_the_town(town):
    assert locate.find_zones(5.22, 43.35) == {"arrondissements": "C1"}
    assert locate.find_zones(5.28, 43.35) == {"arrondissements": "C2"}
    assert locate.find_zones(*IN_AUBANE) == {}


def test_a_layer_that_divides_its_commune_has_a_zone_for_its_shore_too(town):
    assert locate.find_zones(5.28, 43.3 - 100 * METRE_LAT) == {"arrondissements": "C2"}


def test_a_zone_that_covers_a_part_only_has_an_edge(town):
    Zone.objects.create(layer="quiet", code="Q", name="Quiet", commune_id="13901", outline=square(5.02, 43.32, 0.02, 0.02))
    Zone.objects.create(layer="everywhere", code="E", name="E", outline=square(5.0, 43.3, 0.3, 0.2))
    locate.forget()
    assert locate.find_zones(5.03, 43.33) == {"quiet": "Q", "everywhere": "E"}
    assert locate.find_zones(5.045, 43.33) == {"everywhere": "E"}
    assert locate.find_zones(*IN_DORGUES) == {"everywhere": "E"}


def test_a_change_of_the_ground_is_seen_within_a_minute(town, monkeypatch):
    assert locate.find_zones(*IN_AUBANE) == {}
    Zone.objects.create(layer="new", code="N", name="New", outline=square(5.0, 43.3))
    Stamp.touch()
    assert locate.find_zones(*IN_AUBANE) == {}
    seconds = locate.time.monotonic() + 61
    monkeypatch.setattr(locate.time, "monotonic", lambda: seconds)
    assert locate.find_zones(*IN_AUBANE) == {"new": "N"}


def test_an_unchanged_ground_is_not_read_again(town, monkeypatch):
    before = locate.ground()
    seconds = locate.time.monotonic() + 61
    monkeypatch.setattr(locate.time, "monotonic", lambda: seconds)
    assert locate.ground() is before


def test_threads_share_one_ground(town):
    here = locate.ground()
    seen = []
    threads = [threading.Thread(target=lambda: seen.append((locate.ground() is here, locate.find_commune(*IN_AUBANE))))
               for _ in range(8)]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [(True, "13901")] * 8
