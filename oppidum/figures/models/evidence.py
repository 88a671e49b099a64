"""The paper behind a declared value."""

from django.db import models


class Evidence(models.Model):
    """A file as it came, stored under the hash of its content; `is_public` lets everybody have it on the figure's page."""

    token = models.CharField(max_length=60, unique=True)
    file = models.CharField(max_length=200, db_index=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, blank=True, related_name="+")
    is_public = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
