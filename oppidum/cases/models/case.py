"""A case (dossier) in two tables: what was filed never changes, where it stands changes often and carries no index on what changes."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField

from oppidum.people.models import Officer


class Definition(models.Model):
    """A version of a service's declaration, named by its content and kept as long as a case refers to it."""

    version = models.CharField(max_length=12, primary_key=True)
    service = models.CharField(max_length=60)
    body = models.JSONField()
    first_used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.service} {self.version}"


def services_for_communes() -> list[str]:
    """The services of which a commune sees the cases on its ground, whoever holds them."""
    from oppidum.cases.declaration import catalogue  # services import the engine's models

    return sorted(service.code for service in catalogue().values() if service.for_communes)


class CaseQuerySet(models.QuerySet):
    """Cases in an officer's or the public's words. There is no other way to a case than one of the first two."""

    def visible_to(self, officer: Officer) -> "CaseQuerySet":
        """The cases that this officer's role, teams and communes allow; nobody anonymous sees any."""
        if not getattr(officer, "is_authenticated", False):
            return self.none()
        sight = officer.sight()
        found = self
        if sight.teams is not None:
            found = found.filter(live__team__in=sight.teams)
        if sight.communes is not None:
            found = found.filter(commune__in=sight.communes)
        if sight.own is not None:
            found = found.filter(models.Q(service__in=services_for_communes()) | models.Q(live__team__in=sight.own))
        return found

    def public(self) -> "CaseQuerySet":
        """What everybody may know of: without persons, and without words or photos where they were hidden."""
        return self.select_related("live")


class Case(models.Model):
    """Dossier, as filed. Personal data stands apart, in `Party` and `Message`; `words` and photos may be hidden from the public.

    Not every service has a place or a commune. `answers` are those of the form, as filed, by the names of its fields.
    """

    code = models.CharField(max_length=11, unique=True)
    service = models.CharField(max_length=60)
    definition = models.CharField(max_length=12)
    channel = models.CharField(max_length=20)
    commune = models.ForeignKey("territory.Commune", models.PROTECT, null=True, db_index=False)
    place = models.PointField(srid=4326, null=True)
    address = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    filed_category = models.CharField(max_length=80)
    filed_at = models.DateTimeField(db_index=True)
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=80, null=True, unique=True)
    search = SearchVectorField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["search"], name="case_search"), models.Index(fields=["service"], name="case_service")]

    def __str__(self) -> str:
        return self.code


class Live(models.Model):
    """Where a case stands: the fold of its journal, rewritten by the engine alone (see `rules/standing.py` for the meaning).

    Team and officer carry neither index nor constraint: an update touches this table only, in place.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, db_constraint=False, related_name="live")
    service = models.CharField(max_length=60)
    definition = models.CharField(max_length=12)
    commune = models.CharField(max_length=5, blank=True)
    category = models.CharField(max_length=80, blank=True)
    step = models.CharField(max_length=40)
    back_to = models.CharField(max_length=40, null=True)
    team = models.ForeignKey("people.Team", models.DO_NOTHING, null=True, db_index=False, db_constraint=False, related_name="+")
    officer = models.ForeignKey(
        "people.Officer", models.DO_NOTHING, null=True, db_index=False, db_constraint=False, related_name="+"
    )
    version = models.IntegerField()
    filed_on = models.DateField()
    clock_from = models.DateField()
    promise = models.SmallIntegerField()
    paused_on = models.DateField(null=True)
    paused_days = models.SmallIntegerField(default=0)
    step_since = models.DateField()
    due_on = models.DateField(null=True)
    wakes_on = models.DateField(null=True)
    silence_on = models.DateField(null=True)
    forgotten_on = models.DateField(null=True)
    followers = models.IntegerField(default=0)
    contactable = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    rests = models.BooleanField(default=False, db_default=False)
    is_public = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    facts = models.JSONField(default=dict, db_default={})
    clocks = models.JSONField(default=dict, db_default={})

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"


class Link(models.Model):
    """Lien: `case` is tied to `other`: "part" of it (a sub-case), "split" from it, "follows" it (a renewal), or simply "related".

    Written by the engine with the entry (case, seq) that made it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, models.CASCADE, related_name="linked_by")
    kind = models.CharField(max_length=20)
    seq = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "other", "kind"], name="linked_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"


class Series(models.Model):
    """Série: the last number given in a series and year. Locked by who takes numbers, so that none is lost or given twice."""

    series = models.CharField(max_length=40)
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_counter_a_year")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"
