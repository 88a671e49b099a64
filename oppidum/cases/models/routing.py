"""The authority's own routing rules, written at the desk, tried on the past, then switched on."""

from django.db import models


class RoutingRule(models.Model):
    """Règle d'affectation: where `condition` holds, the case goes to `team`, with this priority and promise; each may be left out.

    `condition` is an expression as plain data; null: always. A rule works from `active_from` until `active_until`. `tried`: what it would
    have changed on the cases of the year before, when it was last tried. Rules that worked are kept: the journal names them.
    """

    service = models.CharField(max_length=60)
    rank = models.IntegerField(default=100)
    says = models.CharField(max_length=200)
    condition = models.JSONField(null=True)
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    priority = models.CharField(max_length=10, blank=True)
    promise = models.SmallIntegerField(null=True)
    active_from = models.DateTimeField(null=True)
    active_until = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    tried = models.JSONField(default=dict)
    created_by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["service", "rank"], name="routing_rules")]

    def __str__(self) -> str:
        return f"{self.service}: {self.says}"

    @property
    def is_active(self) -> bool:
        return self.active_from is not None and self.active_until is None
