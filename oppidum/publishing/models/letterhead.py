"""What stands on every paper of the authority, or of a commune in whose name it writes: address, who heads it, the courts its decisions go to."""

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


class TownHall(models.Model):
    """Mairie: what papers in a commune's name bear. Address and telephone stand with the commune itself.

    `quality` stands above the mayor's name. `court`: where the land lies under another administrative court than the authority's seat (CJA,
    art. R312-7); blank: the same. `power`: the deliberation by which the commune gave the authority the power to decide on building
    rights (code de l'urbanisme, art. L422-3), as an order has regard to it; blank: the mayor decides (art. L422-1).
    """

    commune = models.OneToOneField("territory.Commune", models.CASCADE, primary_key=True, related_name="town_hall")
    mayor = models.CharField(max_length=120)
    quality = models.CharField(max_length=120)
    court = models.TextField(blank=True)
    power = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["commune__name"]

    def __str__(self) -> str:
        return f"{self.commune_id}, {self.mayor}"


class Correspondent(models.Model):
    """Correspondant: an administration that copies are sent to (CAF, MSA, tax office, prefect), by the code letters name it with."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200)
    address = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
