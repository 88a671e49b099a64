"""A contradiction that a person has looked at and lets stand, with the reason."""

from django.db import models


class AcceptedFinding(models.Model):
    """Kept by the finding's fingerprint, which stays when lines move and changes with the values. `by` is empty for the command line."""

    fingerprint = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=20)
    values = models.JSONField(default=list)
    why = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Officer", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint}"
