"""API keys: what a partner's program shows to be let in. Only a hash is kept, so a stolen database opens nothing."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ApiKey(models.Model):
    """Clé d'accès of a program. `hash` is the SHA-256 of a random token of 256 bits: no salt or slow hash is needed for such."""

    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12, unique=True)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    limit_per_minute = models.PositiveIntegerField(default=600)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
