"""What was computed, kept: the stocks of each day, and the figures of each year with what they were before a correction."""

from django.db import models


class Snapshot(models.Model):
    """Relevé quotidien: a stock at the end of a day, with its parts ({"commune": {"13055": 12}}), as it was known at `taken_at`.

    Never rewritten: an entry that is written later changes the journal's past, not what the authority knew that day.
    """

    figure = models.CharField(max_length=80)
    day = models.DateField()
    value = models.BigIntegerField()
    parts = models.JSONField(default=dict)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "figure"], name="one_snapshot_a_day")]

    def __str__(self) -> str:
        return f"{self.figure} {self.day}: {self.value}"


class Computation(models.Model):
    """Calcul: a figure of a year as it was computed at `computed_at`, and why; `checked_at` is the last time that gave the same.

    One of a figure and year `is_current`; the earlier ones stay, so that a correction shows old and new. `months` stands apart from the
    other splits: a page of all figures reads it alone. `records`: of a sum or a quantile, how many records are behind each month. `before` is the value of the same days of the year before, where that was
    recorded. While its year runs, a computation is rewritten in place.
    """

    figure = models.CharField(max_length=80)
    year = models.IntegerField()
    value = models.FloatField(null=True)
    months = models.JSONField(default=dict)
    splits = models.JSONField(default=dict)
    records = models.JSONField(default=dict, db_default={})
    before = models.FloatField(null=True)
    why = models.CharField(max_length=300, blank=True)
    computed_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "figure"], name="one_current_computation", condition=models.Q(is_current=True)),
        ]
        indexes = [models.Index(fields=["figure", "year", "-id"], name="computation_history")]

    def __str__(self) -> str:
        return f"{self.figure} {self.year}: {self.value}"
