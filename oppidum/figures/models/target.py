"""Where a key figure is to be in a given year, as the authority has told."""

from django.db import models


class Target(models.Model):
    """Objectif: `reached` is the key figure that says where one stands, `aim` the one that says where one wants to be, in `year`."""

    aim = models.OneToOneField("figures.KeyFigure", models.CASCADE, related_name="+")
    reached = models.ForeignKey("figures.KeyFigure", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(year__range=(1990, 2200)), name="target_year_is_one"),
            models.CheckConstraint(condition=~models.Q(aim=models.F("reached")), name="target_is_another_figure"),
        ]

    def __str__(self) -> str:
        return f"{self.aim} ({self.year})"
