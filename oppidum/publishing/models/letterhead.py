"""What stands on every paper of the authority: its address, its president, the courts that its decisions go to."""

from django.db import models


class Letterhead(models.Model):
    """En-tête: one row an authority. `address` and `court` may have several lines; `town` is where papers are dated.

    `court` is the administrative court of the seat with its address, `court_link` where it is seized online (Télérecours citoyens).
    """

    authority = models.OneToOneField("territory.Intercommunality", models.CASCADE, primary_key=True, related_name="letterhead")
    address = models.TextField(blank=True)
    town = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True)
    president = models.CharField(max_length=120)
    quality = models.CharField(max_length=120)
    court = models.TextField()
    court_link = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.authority_id}, {self.town}"


class Correspondent(models.Model):
    """Correspondant: an administration that copies are sent to (CAF, MSA, tax office, prefect), by the code letters name it with."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200)
    address = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
