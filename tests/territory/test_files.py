"""Street files and zone files, good and bad: all of a file's good rows are loaded, or nothing and a reason."""

import gzip
import json

import pytest

from oppidum.territory import locate
from oppidum.territory.gazetteer import search_places
from oppidum.territory.models import Stamp, Street, Zone

from .console import refusal, territory

PLAIN = """nom_voie,code_postal,code_insee_commune,lon,lat
Rue des Lilas,13910,13901,5.05,43.35
Rue des Mimosas,13920,13902,5.15,43.35
"""
BAN = """id;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat
13901_1_1;1;;Rue des Lilas;13910;13901;Aubane;0;0;5.050;43.350
13901_1_2;3;;Rue des Lilas;13910;13901;Aubane;0;0;5.052;43.350
13901_1_3;5;bis;Rue des Lilas;13910;13901;Aubane;0;0;5.053;43.350
13055_2_1;1;;Rue d'ailleurs;13001;13055;Ailleurs;0;0;5.380;43.290
"""


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def _write(content, name="streets.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


def names_in(commune: str) -> list[str]:
    return list(Street.objects.filter(commune=commune).values_list("name", flat=True))


def test_a_towns_own_list_replaces_the_streets_of_its_communes(town, write):
    assert "2 streets in 2 communes, from 2 rows" in territory("streets", write(PLAIN))
    assert names_in("13901") == ["Rue des Lilas"]
    assert len(names_in("13903")) == 2
    assert search_places("mimosa")[0].label == "Rue des Mimosas, 13920 Bellefont"


def test_loading_a_file_twice_changes_nothing(town, write):
    path = write(PLAIN)
    territory("streets", path)
    territory("streets", path)
    assert names_in("13901") == ["Rue des Lilas"]


def test_the_address_base_gives_a_street_a_point_on_itself(town, write):
    said = territory("streets", write(BAN))
    assert "1 streets in 1 communes, from 4 rows" in said
    assert "1 rows lie outside the territory" in said
    street = Street.objects.get(commune="13901")
    assert (street.place.x, street.place.y) == (5.052, 43.35)


def test_arrondissements_given_as_communes_become_zones_of_theirs(town, write):
    territory("streets", write("nom,citycode,lon,lat\nRue Basse,C1,5.22,43.35\n"))
    street = Street.objects.get(commune="13903")
    assert (street.name, street.zone_code) == ("Rue Basse", "C1")


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        gzip.compress(PLAIN.encode()),
        PLAIN.replace("nom_voie", "Voie").replace("lon,lat", "Longitude,Latitude"),
        PLAIN.replace(",", ";").replace("5.05", "5,05").replace("43.35", "43,35"),
    ],
    ids=["semicolon", "tab", "byte order mark", "windows lines", "gzip", "other names", "decimal comma"],
)
def test_the_dialects_of_csv(town, write, content):
    assert "2 streets in 2 communes" in territory("streets", write(content))


def test_windows_letters_are_read(town, write):
    territory("streets", write(PLAIN.replace("Lilas", "Œillets à Noël").encode("cp1252")))
    assert names_in("13901") == ["Rue des Œillets à Noël"]


def test_without_a_commune_the_point_tells(town, write):
    territory("streets", write("nom,lon,lat\nRue Neuve,5.15,43.35\nRue de Paris,2.35,48.85\n"))
    assert names_in("13902") == ["Rue Neuve"]


def test_bad_rows_are_listed_with_line_and_reason_and_the_others_loaded(town, write):
    rows = [
        "Rue Une,13910,13901,5.05,43.35",
        ",13910,13901,5.05,43.35",
        "Rue Deux,13910,13901,,43.35",
        "Rue Trois,13910,13901,est,43.35",
        "Rue Quatre,13910,13901,43.35,5.05",
        "Rue Cinq,ABC,13901,5.05,43.35",
        "Rue Six,13910,13901,nan,43.35",
        *(f"Rue {n} Bis,13910,13901,5.05,43.35" for n in range(10)),
    ]
    said = territory("streets", write("nom_voie,code_postal,code_insee,lon,lat\n" + "\n".join(rows)))
    assert "11 streets in 1 communes, from 17 rows" in said
    for told in ("6 rows", "line 3: no street name", "line 4: no longitude", "line 5: the longitude 'est'",
                 "line 6: the point 43.35, 5.05 is far", "line 7: the postcode 'ABC'", "line 8: the longitude 'nan'"):  # fmt: skip
        assert told in said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "has no column for"),
        ("nom_voie,lon,lat\n", "no street of this territory"),
        ("nom_voie,code_insee,lon,lat\nRue Basse,75056,2.35,48.85\n", "no street of this territory"),
        (PLAIN + ",,13901,5,43\n,,13901,5,43\n,,13901,5,43\n", "3 of 5 rows can't be used, nothing was loaded"),
        (b"PK\x03\x04etc", "zip archive"),
        (b"\x1f\x8b\x08\x00broken", "streets.csv"),
        (bytes(range(256)) * 10, "streets.csv"),
    ],
)
def test_a_wrong_file_changes_nothing_and_says_why(town, write, content, reason):
    before, version = names_in("13901"), Stamp.objects.get().version
    assert reason in refusal("streets", write(content))
    assert names_in("13901") == before
    assert Stamp.objects.get().version == version


def test_a_file_that_is_not_there(town, tmp_path):
    assert "There is no file" in refusal("streets", tmp_path / "none.csv")


def test_streets_before_any_territory_say_what_comes_first(db, write):
    assert "oppidum territory load SIREN" in refusal("streets", write(PLAIN))


def feature(code="N", west=5.02, south=43.32, size=0.02, **properties) -> dict:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"code": code, "nom": f"Quartier {code}", **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features, **more) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def test_zones_are_loaded_from_geojson(town, write):
    path = write(collection(feature("N"), feature("S", west=5.15)), "zones.geojson")
    assert "2 zones in the layer quarters" in territory("zones", "quarters", path)
    assert locate.find_zones(5.03, 43.33) == {"quarters": "N"}
    assert Zone.objects.get(code="S").commune_id == "13902"
    assert search_places("quartier n")[0].kind == "zone"


def test_zones_that_a_new_file_leaves_out_are_removed(town, write):
    territory("zones", "quarters", write(collection(feature("N"), feature("S")), "one.json"))
    territory("zones", "quarters", write(collection(feature("S")), "two.json"))
    assert list(Zone.objects.filter(layer="quarters").values_list("code", flat=True)) == ["S"]
    assert Zone.objects.filter(layer="arrondissements").count() == 2


def test_a_zone_over_several_communes_belongs_to_none(town, write):
    territory("zones", "low-emission", write(collection(feature("Z", west=5.09)), "zfe.json"))
    assert Zone.objects.get(code="Z").commune is None
    assert locate.find_zones(5.105, 43.33) == {"low-emission": "Z"}


def test_a_crossed_polygon_is_mended(town, write):
    bow = feature("B")
    bow["geometry"]["coordinates"] = [[[5.02, 43.32], [5.04, 43.34], [5.04, 43.32], [5.02, 43.34], [5.02, 43.32]]]
    territory("zones", "quarters", write(collection(bow), "bow.json"))
    assert Zone.objects.get(code="B").outline.valid


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is not GeoJSON"),
        ("[]", "is not a GeoJSON FeatureCollection"),
        (collection(), "is not a GeoJSON FeatureCollection"),
        (collection({"type": "Feature", "properties": {}, "geometry": None}), "no code, id or name"),
        (collection({"type": "Feature", "properties": {"nom": "x"}, "geometry": None}), "not a polygon"),
        (collection({"type": "Feature", "properties": {"nom": "x"}, "geometry": {"type": "Point", "coordinates": [5, 43]}}),
         "not a polygon"),
        (collection({"type": "Feature", "properties": {"nom": "x"}, "geometry": {"type": "Polygon", "coordinates": "x"}}),
         "not a geometry"),
        (collection(feature("N"), feature("N")), "feature 2: the code N is used twice"),
        (collection(feature("N", west=890_000, south=6_240_000)), "coordinates are not degrees"),
        (collection(feature(), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}), "another reference system"),
        ("[" * 100_000, "is not GeoJSON"),
    ],
)  # fmt: skip
def test_wrong_zones_change_nothing_and_say_why(town, write, content, reason):
    assert reason in refusal("zones", "quarters", write(content, "zones.json"))
    assert Zone.objects.count() == 2


def test_a_layer_has_a_plain_name(town, write):
    assert "small letters" in refusal("zones", "Mes Quartiers!", write(collection(feature()), "zones.json"))
