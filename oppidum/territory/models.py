"""The ground: an intercommunality (EPCI), its communes and their neighbours, named zones, streets, and an index of names.

Geometry is kept in EPSG:4326; areas are measured in EPSG:2154 when they are loaded.
"""

from uuid import uuid4

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from oppidum.territory import hours, names


class Intercommunality(models.Model):
    """The authority itself (EPCI à fiscalité propre), named by its SIREN. An installation has one."""

    class Kind(models.TextChoices):
        COMMUNITY_OF_COMMUNES = "community_of_communes", _("Community of communes")
        AGGLOMERATION_COMMUNITY = "agglomeration_community", _("Agglomeration community")
        URBAN_COMMUNITY = "urban_community", _("Urban community")
        METROPOLIS = "metropolis", _("Metropolis")

    siren = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    population = models.PositiveIntegerField(default=0)
    area_km2 = models.FloatField(default=0)

    def __str__(self) -> str:
        return self.name


class CommuneQuerySet(models.QuerySet):
    def members(self):
        """The communes of the authority, without the neighbours that are loaded beside them."""
        return self.filter(intercommunality__isnull=False)

    def neighbours(self):
        """The communes around, known only to tell a resident whom to call."""
        return self.filter(intercommunality__isnull=True)


class Commune(models.Model):
    """A commune by its INSEE code, with its town hall (mairie). `name` has its article: "La Ciotat"."""

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=200)
    intercommunality = models.ForeignKey(
        Intercommunality, null=True, blank=True, on_delete=models.SET_NULL, related_name="communes"
    )
    population = models.PositiveIntegerField(default=0)
    area_km2 = models.FloatField(default=0)
    outline = models.MultiPolygonField(srid=4326, null=True, blank=True)
    centre = models.PointField(srid=4326, null=True, blank=True, spatial_index=False)
    postcodes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    hall_name = models.CharField(max_length=250, blank=True)
    hall_address = models.TextField(blank=True)
    hall_phone = models.CharField(max_length=30, blank=True)
    hall_email = models.CharField(max_length=254, blank=True)
    hall_website = models.CharField(max_length=500, blank=True)
    hall_hours = models.JSONField(default=list, blank=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def at_name(self) -> str:
        """The name after the French "à": "au Rove", "à Arles"."""
        return names.at_name(self.name)

    def of_name(self) -> str:
        """The name after the French "de": "du Rove", "d'Arles"."""
        return names.of_name(self.name)

    def hall_hours_in_words(self) -> list[tuple[str, str]]:
        """The town hall's opening hours, a line for each run of days, in the reader's language."""
        return hours.in_words(self.hall_hours)


class Zone(models.Model):
    """A named part of the ground in a layer ("arrondissements", "low-emission-zone"); `code` is unique in its layer."""

    ARRONDISSEMENTS = "arrondissements"

    layer = models.SlugField(max_length=60)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    commune = models.ForeignKey(Commune, null=True, blank=True, on_delete=models.CASCADE, related_name="zones")
    population = models.PositiveIntegerField(default=0)
    postcodes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    outline = models.MultiPolygonField(srid=4326)

    class Meta:
        ordering = ["layer", "code"]
        constraints = [models.UniqueConstraint(fields=["layer", "code"], name="zone_once_in_its_layer")]

    def __str__(self) -> str:
        return self.name


class Street(models.Model):
    """A street or named place (voie, lieu-dit), with a point on it. Kept as its file spells it."""

    name = models.CharField(max_length=200)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="streets")
    postcode = models.CharField(max_length=5, blank=True)
    zone_code = models.CharField(max_length=60, blank=True)
    place = models.PointField(srid=4326, spatial_index=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PlaceName(models.Model):
    """One line of the gazetteer (toponyme), derived from communes, zones and streets by `place_names.index()`.

    `own` holds the words of the name itself, `words` these and the commune's and postcode's; `plain` is the name's words in
    order, for a street followed by "|" and its commune's. `size` counts its own words. See `gazetteer.py`.
    """

    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    commune = models.ForeignKey(Commune, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    postcode = models.CharField(max_length=5, blank=True)
    place = models.PointField(srid=4326, spatial_index=False)
    plain = models.TextField()
    own = SearchVectorField()
    words = SearchVectorField()
    size = models.PositiveSmallIntegerField()
    weight = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [GinIndex(fields=["own", "words"], name="place_name_words", fastupdate=False)]

    def __str__(self) -> str:
        return self.name


class Word(models.Model):
    """A word that some place name uses, and how many do: what a mistyped word is compared with."""

    word = models.CharField(max_length=60, primary_key=True, db_collation="C")
    uses = models.PositiveIntegerField()

    class Meta:
        indexes = [GinIndex(OpClass(F("word"), name="gin_trgm_ops"), name="word_trigrams", fastupdate=False)]

    def __str__(self) -> str:
        return self.word


class Stamp(models.Model):
    """The version of the territory: one row, changed by whatever changes the ground, so that processes reload it."""

    ONLY = 1

    version = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.version

    @classmethod
    def touch(cls) -> None:
        """Say that the territory has changed. A random version, so that a rolled-back one is never met again."""
        cls.objects.update_or_create(pk=cls.ONLY, defaults={"version": uuid4().hex})
