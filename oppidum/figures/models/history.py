"""Who did what to a key figure's value, when and why. The database refuses to change or delete a line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from oppidum.figures.models.key_figure import KeyFigure


class Change(models.Model):
    """One line. `before` and `after` hold what of the entry differs; a line without a figure is about the whole year."""

    class Action(models.TextChoices):
        IMPORTED = "imported", _("read from a file")
        REQUESTED = "requested", _("requested")
        REMINDED = "reminded", _("reminded")
        ENTERED = "entered", _("entered")
        CORRECTED = "corrected", _("corrected")
        VALIDATED = "validated", _("validated")
        REFUSED = "refused", _("sent back")
        LOCKED = "locked", _("locked")
        REOPENED = "reopened", _("reopened")

    figure = models.ForeignKey(KeyFigure, models.PROTECT, null=True, blank=True, related_name="changes")
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Officer", models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField(max_length=10, choices=Action.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["figure", "year"], name="changes_of_a_figure")]

    def __str__(self) -> str:
        return f"{self.year} {self.figure_id} {self.action}"
