"""Who signs: signature delegations of the president or of a mayor, and the days on which their holders are away."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class SigningPost(models.Model):
    """Poste: what whoever holds it signs. The directory says who that is: officers of a `role`, in a `team` or in a team of a `directorate`,
    each where it is named. `quality` stands above the name; the rest as in `SignatureDelegation`.
    """

    code = models.SlugField(max_length=80, unique=True)
    quality = models.CharField(max_length=160)
    role = models.ForeignKey("people.Role", models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    directorate = models.ForeignKey("people.Directorate", models.PROTECT, null=True, blank=True, related_name="+")
    function = models.CharField(max_length=60)
    services = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    ceiling_cents = models.BigIntegerField(null=True, blank=True)
    matters = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["function", "rank", "code"]
        constraints = [
            # A post without any of them would give the signature to everybody.
            models.CheckConstraint(
                condition=models.Q(role__isnull=False) | models.Q(team__isnull=False) | models.Q(directorate__isnull=False),
                name="a_post_is_somebodys",
            )
        ]

    def __str__(self) -> str:
        return self.quality


class SignatureDelegation(models.Model):
    """Délégation de signature (CGCT, art. L5211-9): by an order of the president, to an officer, within a scope; or, where `commune` is named,
    by one of its mayor, to an officer of the commune (CGCT, art. L2122-19) or of the shared service that examines (code de l'urbanisme, art. L423-1).

    `function` is what letters name in `signed_by=`; `services` and `kinds` (of letters, or the series of acts) empty: all; `matters` (of acts, where
    `function` is "acts") empty: all; `ceiling_cents` none: no ceiling. It serves from `starts_on`, and never before the day after its publication; `rank` 1 signs first, 2 when the
    first is away. It ends with `ends_on`, when revoked, or with the mandate.
    """

    order_number = models.CharField(max_length=60)
    order_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="delegations")
    quality = models.CharField(max_length=160)
    function = models.CharField(max_length=60)
    services = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    ceiling_cents = models.BigIntegerField(null=True, blank=True)
    matters = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    commune = models.ForeignKey("territory.Commune", models.PROTECT, null=True, blank=True, related_name="+")
    # The case of the order, and the post that it was drafted for, where it came from the directory.
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="delegation")
    post = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["function", "rank", "pk"]

    def __str__(self) -> str:
        return f"{self.order_number}: {self.quality}"


class Absence(models.Model):
    """Absence ou empêchement: days on which an officer doesn't sign; the next rank does."""

    officer = models.ForeignKey("people.Officer", models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_in_order")]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.starts_on} - {self.ends_on}"
