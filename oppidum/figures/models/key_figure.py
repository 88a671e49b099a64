"""A key figure (chiffre clé): what the authority states every year, whether a service computes it or a department declares it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from oppidum.core.numbers import in_french


class KeyFigure(models.Model):
    """One line of the activity report's figures. `directorate` is the code of the directorate that answers for it; `owner`, if any,
    the team that enters it. `rank` keeps the order of the file that it came from."""

    class Kind(models.TextChoices):
        FLOW = "flow", _("what happened in the period")
        STOCK = "stock", _("what there was at a date")
        AMOUNT = "amount", _("money of the period")
        RATE = "rate", _("a share or a ratio")
        CHANGE = "change", _("a change between two periods")
        TARGET = "target", _("a target or a forecast")

    name = models.SlugField(max_length=80, unique=True)
    directorate = models.CharField(max_length=60, db_index=True)
    theme = models.CharField(max_length=60)
    label_fr = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    method = models.TextField(blank=True)
    owner = models.ForeignKey("people.Team", models.SET_NULL, null=True, blank=True, related_name="+")
    rank = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the reader's language; French where no English was given."""
        return self.label_fr if in_french() else self.label_en or self.label_fr
