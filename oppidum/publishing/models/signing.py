"""Who signs: signature delegations of the president, and the days on which their holders are away."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class SignatureDelegation(models.Model):
    """Délégation de signature (CGCT, art. L5211-9): by an order of the president, to an officer, within a scope.

    `function` is what letters name in `signed_by=`; `services` and `kinds` (of letters, or the series of acts) empty: all; `matters` (of acts, where
    `function` is "acts") empty: all; `ceiling_cents` none: no ceiling. It serves from `starts_on`, and never before the day after its publication; `rank` 1 signs first, 2 when the
    first is away. It ends with `ends_on`, when revoked, or with the mandate.
    """

    order_number = models.CharField(max_length=60)
    order_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="delegations")
    quality = models.CharField(max_length=160)
    function = models.CharField(max_length=60)
    services = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    ceiling_cents = models.BigIntegerField(null=True, blank=True)
    matters = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["function", "rank", "pk"]

    def __str__(self) -> str:
        return f"{self.order_number}: {self.quality}"


class Absence(models.Model):
    """Absence ou empêchement: days on which an officer doesn't sign; the next rank does."""

    officer = models.ForeignKey("people.Officer", models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_in_order")]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.starts_on} - {self.ends_on}"
