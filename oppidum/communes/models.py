"""A commune's space: the look of its residents' pages, documents shared with it, and who changed what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """Habillage: the colour and texts of a commune on its residents' pages. A colour is "#rrggbb" and was checked (`looks.py`); blank: the house's."""

    commune = models.OneToOneField("territory.Commune", models.CASCADE, primary_key=True, related_name="look")
    colour = models.CharField(max_length=7, blank=True)
    welcome = models.CharField(max_length=300, blank=True)
    news = models.CharField(max_length=600, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.commune_id)


class Document(models.Model):
    """A document that the authority shares with one commune, or with all of them."""

    commune = models.ForeignKey("territory.Commune", models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200)
    attachment = models.OneToOneField("cases.Attachment", models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-shared_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Change(models.Model):
    """What was changed in a commune's space, by whom: kept in order, never rewritten."""

    class What(models.TextChoices):
        INVITED = "invited", _("invited")
        ROLE = "role", _("given another role")
        ENDED = "ended", _("account ended")
        OPENED = "opened", _("account opened again")
        LOOK = "look", _("colours and texts changed")

    commune = models.ForeignKey("territory.Commune", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    officer = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.what}"
