"""A town known by heart: three square communes side by side, two zones, six streets.

    5.00        5.10          5.20          5.30
43.40 +-----------+-------------+------+------+
      |  Aubane   |  Bellefont  | Cas- | tel- |
      |  13901    |  13902      | mer  |      |
      |  10 000   |  20 000     | East is C2  |      West: C1 (Vieille-Ville), East: C2 (Rivage), cut at 5.25
43.30 +-----------+-------------+------+------+      Castelmer 13903, 70 000
                                                     Dorgues 13999, to the north, is a neighbour
"""

from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from oppidum.territory import locate, place_names
from oppidum.territory.models import Commune, Intercommunality, Stamp, Street, Zone

SIREN = "200099999"
# A point well inside each commune, (lon, lat).
IN_AUBANE, IN_BELLEFONT, IN_CASTELMER = (5.05, 43.35), (5.15, 43.35), (5.22, 43.35)
# In the neighbouring commune of Dorgues, and far from everything.
IN_DORGUES, FAR_AWAY = (5.15, 43.45), (2.35, 48.85)

_COMMUNES = (
    ("13901", "Aubane", 10_000, 5.0, "13910", "04 42 00 00 01"),
    ("13902", "Bellefont", 20_000, 5.1, "13920", "04 42 00 00 02"),
    ("13903", "Castelmer", 70_000, 5.2, "13930", "04 42 00 00 03"),
)
_STREETS = (
    ("Rue de la République", "13901", "13910", "", 5.05, 43.35),
    ("Chemin des Pins", "13901", "13910", "", 5.03, 43.33),
    ("Avenue Jean Jaurès", "13902", "13920", "", 5.15, 43.35),
    ("Place de l'Église", "13902", "13920", "", 5.16, 43.36),
    ("Boulevard de la Mer", "13903", "13930", "C2", 5.28, 43.32),
    ("Cours Mirabeau", "13903", "13930", "C1", 5.22, 43.35),
)


def square(west: float, south: float, width: float = 0.1, height: float = 0.1) -> MultiPolygon:
    """A rectangle of ground whose south-west corner is given."""
    # Rounded, so that 5.1 + 0.1 is 5.2 and neighbours share their border to the last bit.
    north_east = round(west + width, 6), round(south + height, 6)
    return MultiPolygon(Polygon.from_bbox((west, south, *north_east)), srid=4326)


def load_town() -> Intercommunality:
    """Build the town in the database and make this process see it."""
    town = Intercommunality.objects.create(
        siren=SIREN,
        name="Métropole de Castelmer",
        kind=Intercommunality.Kind.METROPOLIS,
        population=100_000,
        area_km2=270.0,
    )
    Commune.objects.bulk_create(
        [
            Commune(
                code=code,
                name=name,
                intercommunality=town,
                population=population,
                area_km2=90.0,
                outline=square(west, 43.3),
                centre=Point(west + 0.05, 43.35, srid=4326),
                postcodes=[postcode],
                hall_name=f"Mairie de {name}",
                hall_address=f"1 place de la Mairie\n{postcode} {name}",
                hall_phone=phone,
                hall_hours=[{"from": 1, "to": 5, "hours": [["08:30", "12:00"], ["13:30", "17:00"]]}],
            )
            for code, name, population, west, postcode, phone in _COMMUNES
        ]
        + [
            Commune(
                code="13999",
                name="Dorgues",
                population=5_000,
                outline=square(5.0, 43.4, width=0.3),
                centre=Point(5.15, 43.45, srid=4326),
                hall_name="Mairie de Dorgues",
                hall_phone="04 42 00 00 99",
            )
        ]
    )
    Zone.objects.bulk_create(
        Zone(
            layer="arrondissements",
            code=code,
            name=name,
            commune_id="13903",
            population=35_000,
            postcodes=[],
            outline=square(west, 43.3, width=0.05),
        )
        for code, name, west in (("C1", "Vieille-Ville", 5.2), ("C2", "Rivage", 5.25))
    )
    Street.objects.bulk_create(
        Street(name=name, commune_id=code, postcode=postcode, zone_code=zone, place=Point(lon, lat, srid=4326))
        for name, code, postcode, zone, lon, lat in _STREETS
    )
    place_names.index()
    Stamp.touch()
    locate.forget()
    return town
