"""From points to communes and zones on the real ground, held against PostGIS."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppidum.core.sql import rows
from oppidum.territory import locate


@pytest.mark.parametrize(
    ("lon", "lat", "commune"),
    [
        (5.3698, 43.2951, "13055"),  # the Vieux-Port, on the water
        (5.4474, 43.5263, "13001"),  # cours Mirabeau
        (5.5036, 43.6944, "84089"),  # Pertuis, in the Vaucluse
        (5.7078, 43.3853, "83120"),  # Saint-Zacharie, in the Var
        (5.0533, 43.4053, "13056"),  # Martigues
        (4.6278, 43.6767, None),  # Arles
        (2.3522, 48.8566, None),  # Paris
    ],
)
def test_known_places_lie_in_their_commune(metropolis, lon, lat, commune):
    assert locate.find_commune(lon, lat) == commune
    assert locate.locate([lon], [lat]).tolist() == [commune or ""]


def test_the_vieux_port_lies_in_the_first_or_second_arrondissement(metropolis):
    assert locate.find_zones(5.3698, 43.2951)["arrondissements"] in ("13201", "13202")


def test_a_place_in_arles_is_told_with_its_town_hall(metropolis):
    neighbour = locate.find_outside(4.6278, 43.6767)
    assert neighbour.name == "Arles"
    assert neighbour.hall_phone == "04 90 49 36 36"


def test_each_town_hall_of_the_metropolis_lies_in_its_commune(metropolis):
    halls = rows("select code, st_x(centre), st_y(centre) from territory_commune where intercommunality_id is not null")
    codes, lons, lats = zip(*halls, strict=True)
    assert locate.locate(lons, lats).tolist() == list(codes)


def test_a_million_points_are_located_as_one_by_one(metropolis):
    random = np.random.default_rng(13)
    west, south, east, north = locate.ground().frame()
    lons, lats = random.uniform(west - 0.1, east + 0.1, 1_000_000), random.uniform(south - 0.1, north + 0.1, 1_000_000)
    codes = locate.locate(lons, lats)
    assert codes.shape == (1_000_000,)
    for number in range(0, 1_000_000, 499):
        assert (locate.find_commune(lons[number], lats[number]) or "") == codes[number]


def test_every_arrondissement_point_of_marseille_has_a_zone(metropolis):
    random = np.random.default_rng(14)
    lons, lats = random.uniform(5.2, 5.6, 3000), random.uniform(43.16, 43.4, 3000)
    in_marseille = locate.locate(lons, lats) == "13055"
    assert in_marseille.sum() > 500
    for lon, lat in zip(lons[in_marseille], lats[in_marseille], strict=True):
        assert locate.find_zones(lon, lat)["arrondissements"].startswith("132")


_CONTAINS = """
    select i, coalesce(array_agg(code order by code) filter (where code is not null), '{}')
    from unnest(%s::float8[], %s::float8[]) with ordinality as p (lon, lat, i)
    left join territory_commune on intercommunality_id is not null
        and st_contains(outline, st_setsrid(st_makepoint(lon, lat), 4326))
    group by i order by i
"""


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1), spread=st.sampled_from([1.0, 0.01, 0.0005]))
def test_points_are_located_as_postgis_would(metropolis, seed, spread):
    """Spread 1 scatters points over the frame; small ones crowd them around corners of the outlines."""
    here, random = locate.ground(), np.random.default_rng(seed)
    west, south, east, north = here.frame()
    if spread == 1.0:
        lons, lats = random.uniform(west, east, 200), random.uniform(south, north, 200)
    else:
        corner = rows(
            """select st_x(d.geom), st_y(d.geom) from territory_commune, st_dumppoints(outline) as d
                         where intercommunality_id is not null order by md5(st_astext(d.geom) || %s) limit 1""",
            [str(seed)],
        )[0]
        lons, lats = random.normal(corner[0], spread, 200), random.normal(corner[1], spread, 200)
    ours = locate.locate(lons, lats).tolist()
    for code, (_, theirs) in zip(ours, rows(_CONTAINS, [lons.tolist(), lats.tolist()]), strict=True):
        # Where PostGIS finds nothing we may still name the nearest commune, within the shore's width.
        assert code in theirs if theirs else True
        assert not theirs or code == theirs[0]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1))
def test_a_point_of_no_commune_belongs_to_the_nearest_within_300_metres(metropolis, seed):
    random = np.random.default_rng(seed)
    lons, lats = random.uniform(4.8, 5.7, 60), random.uniform(43.15, 43.4, 60)
    nearest = rows("""
        select near.code, near.member, near.metres
        from unnest(%s::float8[], %s::float8[]) with ordinality as p (lon, lat, i) cross join lateral (
            select code, intercommunality_id is not null as member,
                st_distance(outline::geography, st_setsrid(st_makepoint(lon, lat), 4326)::geography) as metres
            from territory_commune where outline && st_expand(st_setsrid(st_makepoint(lon, lat), 4326), 0.02)
            union all select '', false, 1e9
            order by metres, code limit 1
        ) as near order by i
    """, [lons.tolist(), lats.tolist()])  # fmt: skip
    for ours, (code, member, metres) in zip(locate.locate(lons, lats), nearest, strict=True):
        if abs(metres - 300) > 3:
            assert ours == (code if member and metres < 300 else "")
