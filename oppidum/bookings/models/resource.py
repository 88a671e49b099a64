"""What can be booked: resources (a truck of a sector, a berth of a harbour), when they are open, what they hold."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext_lazy as _

from oppidum.people.models import Officer


class Site(models.Model):
    """Lieu: what several resources share: a harbour, a centre."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    commune = models.ForeignKey("territory.Commune", models.PROTECT, null=True, blank=True, related_name="+")
    place = models.PointField(srid=4326, null=True, blank=True, spatial_index=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ResourceQuerySet(models.QuerySet):
    def visible_to(self, officer: Officer) -> "ResourceQuerySet":
        """Those of the teams that this officer sees; nobody anonymous sees any."""
        if not getattr(officer, "is_authenticated", False):
            return self.none()
        sight = officer.sight()
        teams = sight.teams if sight.own is None else sight.own
        return self if teams is None else self.filter(team__in=teams)


class Resource(models.Model):
    """Ressource. Booked by slots of its opening hours, each with a `capacity` in `unit`, or by nights, one party at a time.

    `serves`: whom it is for, as communes ("13001") and zones ("arrondissements/13201"); empty is everybody. `limits`: the
    largest that fits, by measure ({"length_m": 12}). `model`: which of several alike things it holds ("worm"), where requests name one.
    """

    class By(models.TextChoices):
        SLOTS = "slots", _("by slots")
        NIGHTS = "nights", _("by nights")

    code = models.SlugField(max_length=60, unique=True)
    kind = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    by = models.CharField(max_length=10, choices=By.choices, default=By.SLOTS)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="resources")
    model = models.SlugField(max_length=60, blank=True, db_index=False)
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    serves = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    capacity = models.DecimalField(max_digits=10, decimal_places=3, default=1)
    unit = models.CharField(max_length=20, blank=True)
    limits = models.JSONField(default=dict, blank=True)
    closed_on_holidays = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["kind", "site"], name="resource_kind")]

    def __str__(self) -> str:
        return self.name


class Opening(models.Model):
    """Horaire: weekly hours on an ISO weekday (1 is Monday), cut in slots of `minutes` (0: one slot). No capacity: the resource's."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=0)
    capacity = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__gte=1, weekday__lte=7), name="opening_on_a_weekday"),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="opening_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}: {self.weekday} {self.starts}-{self.ends}"


class Exceptional(models.Model):
    """Exception datée: from `first_day` to `last_day` the resource is closed, or open at other hours instead of the weekly ones."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="exceptions")
    first_day = models.DateField()
    last_day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    capacity = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="exception_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}: {self.first_day} to {self.last_day} {self.reason}"
