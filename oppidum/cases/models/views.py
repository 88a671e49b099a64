"""Saved views: filters of the inbox that an officer keeps under a name."""

from django.db import models


class SavedView(models.Model):
    """Vue enregistrée: `query` is the inbox's own query string."""

    officer = models.ForeignKey("people.Officer", models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "name"], name="one_view_per_name")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
