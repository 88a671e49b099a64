"""Who decides together: bodies, councillors, and their mandates in a body."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Secretariat(models.Model):
    """Secrétariat général: how the authority names itself to the prefect and in open data. One row.

    `siret`: fourteen digits of its seat. `prefecture`: as the national format writes it ("PREF013").
    """

    siret = models.CharField(max_length=14)
    prefecture = models.CharField(max_length=12)

    def __str__(self) -> str:
        return f"{self.siret} {self.prefecture}"

    @property
    def department(self) -> str:
        """Three characters: "013", "02A"."""
        return self.prefecture.removeprefix("S").removeprefix("PREF").removeprefix("GAR")[:3]


class Body(models.Model):
    """Instance: a council, bureau, committee or jury; or an authority that decides alone, the president by delegation.

    `code` is what a flow names: by="body:CODE". `series`: of its acts; blank where it only gives opinions. `own_clear_days`: the notice of
    a committee's own rules. `needs_quorum` false for a working committee. `seats` is the legal number of members.
    """

    class Kind(models.TextChoices):
        COUNCIL = "council", _("council")
        BUREAU = "bureau", _("bureau")
        COMMITTEE = "committee", _("committee")
        JURY = "jury", _("jury")
        AUTHORITY = "authority", _("authority that decides alone")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    seats = models.PositiveSmallIntegerField(default=1)
    series = models.CharField(max_length=20, blank=True)
    own_clear_days = models.PositiveSmallIntegerField(null=True, blank=True)
    needs_quorum = models.BooleanField(default=True)
    is_public = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank", "name"]
        verbose_name = _("body")
        verbose_name_plural = _("bodies")

    def __str__(self) -> str:
        return self.name

    @property
    def sits(self) -> bool:
        """Whether it decides in sittings; else its acts are signed one after the other."""
        return self.kind != self.Kind.AUTHORITY


class Councillor(models.Model):
    """Élu (or another person who sits): the name stands in minutes and votes, which are public for ever."""

    code = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=10, blank=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    group = models.CharField(max_length=80, blank=True)
    commune = models.ForeignKey("territory.Commune", models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)
    born_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["last_name", "first_name"]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def listed_name(self) -> str:
        """As the roll call and the lists name a person: last name first."""
        return f"{self.last_name} {self.first_name}"


class MemberQuerySet(models.QuerySet):
    def in_office(self, day: date) -> "MemberQuerySet":
        """The members whose mandate runs on `day`, in the order of the roll."""
        running = Q(until=None) | Q(until__gte=day)
        return self.filter(running, since__lte=day).select_related("councillor").order_by("rank", "councillor__last_name", "pk")


class Member(models.Model):
    """Mandat: somebody's seat in a body, from a day to a day. `quality` is how an act names the office ("Présidente")."""

    class Role(models.TextChoices):
        PRESIDENT = "president", _("president")
        VICE_PRESIDENT = "vice-president", _("vice-president")
        MEMBER = "member", _("member")

    body = models.ForeignKey(Body, models.CASCADE, related_name="members")
    councillor = models.ForeignKey(Councillor, models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.MEMBER)
    quality = models.CharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "councillor", "since"], name="one_mandate_at_a_time")]

    def __str__(self) -> str:
        return str(self.councillor)
