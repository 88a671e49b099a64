"""Published datasets: their versions, what became of each run, and how often they are downloaded. No person stands here but who asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class DatasetVersion(models.Model):
    """Version d'un jeu de données. Never altered nor removed: the database refuses it.

    `files`: format -> bytes and sha256; `changes`: rows added, removed, changed against the version before; `anonymity`: what the
    k-anonymity check found and did; `covers_*` and `bounds` (west, south, east, north): what its rows cover.
    """

    dataset = models.SlugField(max_length=80, db_index=False)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    rows = models.PositiveBigIntegerField()
    files = models.JSONField()
    schema = models.JSONField()
    changes = models.JSONField(default=dict)
    anonymity = models.JSONField(default=dict)
    covers_from = models.DateField(null=True)
    covers_to = models.DateField(null=True)
    bounds = ArrayField(models.FloatField(), default=list)

    class Meta:
        ordering = ["dataset", "-number"]
        constraints = [models.UniqueConstraint(fields=["dataset", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.number}"


class DatasetRun(models.Model):
    """Publication demandée ou faite: what was asked, when, by whom (nobody: the night), and what became of it."""

    class Outcome(models.TextChoices):
        ASKED = "asked", _("asked for")
        PUBLISHED = "published", _("published")
        UNCHANGED = "unchanged", _("unchanged")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    dataset = models.SlugField(max_length=80, db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Officer", models.SET_NULL, null=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.ASKED)
    version = models.ForeignKey(DatasetVersion, models.PROTECT, null=True, related_name="runs", db_index=False)
    faults = models.JSONField(default=list)
    faults_count = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        indexes = [models.Index(fields=["dataset", "-at"], name="dataset_runs")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.outcome}"


class DatasetUse(models.Model):
    """Téléchargements d'un jour, by format ("link": a visit to a dataset held elsewhere). No address, no reader: a count."""

    dataset = models.SlugField(max_length=80, db_index=False)
    day = models.DateField()
    format = models.CharField(max_length=12)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "day", "format"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.day} {self.count}"


class OutsideDataset(models.Model):
    """Jeu de données tenu ailleurs: an entry of a catalogue that was imported; it leads to `address`.

    `theme` is a code of the EU's themes, `source` the catalogue's name, `identifier` its own there.
    """

    name = models.SlugField(max_length=80, unique=True)
    source = models.CharField(max_length=80)
    identifier = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    says = models.TextField(blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    theme = models.CharField(max_length=4, blank=True)
    keywords = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    formats = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    frequency = models.CharField(max_length=40, blank=True)
    address = models.URLField(max_length=1000)
    modified_on = models.DateField(null=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["source", "identifier"], name="one_entry_of_a_catalogue")]

    def __str__(self) -> str:
        return self.title
