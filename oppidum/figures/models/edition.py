"""The edition of a year: when its figures are due, and whether they may still change."""

from django.db import models


class Edition(models.Model):
    """Its row is the lock that every change of the year's entries takes first."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    due_on = models.DateField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return str(self.year)
