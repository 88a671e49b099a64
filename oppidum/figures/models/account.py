"""Accounts from files: weighings of waste, energy used, changes of land use, budgets. Lines that figures sum."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from oppidum.figures.models.key_figure import KeyFigure


class AccountKind(models.TextChoices):
    """What a file of accounts holds."""

    WASTE = "waste", _("weighings of waste")
    ENERGY = "energy", _("energy used, by sector")
    FACTORS = "factors", _("emission factors, dated")
    LAND_USE = "land-use", _("changes of land use")
    BUDGET = "budget", _("budgets and accounts")


class AccountFile(models.Model):
    """A file as it was read. A later one of the same kind and name takes its place; the earlier one stays, no longer current."""

    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    name = models.CharField(max_length=200)
    mark = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"], condition=models.Q(is_current=True), name="one_current_file_of_accounts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class AccountLine(models.Model):
    """One row of a file. `month` is null for a whole year, `commune` for the whole territory; `begins_on` is the first day of either; `dimensions` are the kind's own
    (site, flow, way; sector, energy; account, section...). `unit` is the kind's: what was typed in another is kept in it."""

    file = models.ForeignKey(AccountFile, models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(null=True)
    begins_on = models.GeneratedField(
        expression=Func(F("year"), Coalesce(F("month"), 1), 1, function="make_date"),
        output_field=models.DateField(),
        db_persist=True,
    )
    commune = models.ForeignKey("territory.Commune", models.PROTECT, null=True, related_name="+")
    dimensions = models.JSONField(default=dict)
    quantity = models.DecimalField(max_digits=26, decimal_places=6)
    unit = models.CharField(max_length=40)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "year"], name="accounts_of_a_year"),
            GinIndex(fields=["dimensions"], name="accounts_by_dimension", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.quantity} {self.unit}"


class AccountTie(models.Model):
    """Where a key figure stands in the accounts: it is the sum of the lines of a kind whose dimensions are these."""

    figure = models.OneToOneField(KeyFigure, models.CASCADE, related_name="tie")
    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    dimensions = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.figure_id}: {self.kind} {self.dimensions}"
