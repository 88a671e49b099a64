"""Who works for the authority: directorates (directions), teams (équipes), their remits, officers (agents) and roles."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Directorate(models.Model):
    """Direction: a department of the administration; owns services and figures."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """Équipe: those who do a kind of work somewhere. It belongs to a directorate, or to a commune that keeps that task."""

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    directorate = models.ForeignKey(Directorate, models.PROTECT, null=True, blank=True, related_name="teams")
    commune = models.ForeignKey("territory.Commune", models.PROTECT, null=True, blank=True, related_name="teams")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Remit(models.Model):
    """Périmètre: what a team is in charge of, categories x communes. `category` is "group.name", "group" or "*" (all);
    no commune means everywhere. The most particular remit wins (see `remits.py`)."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="remits")
    service = models.CharField(max_length=60)
    category = models.CharField(max_length=80)
    commune = models.ForeignKey("territory.Commune", models.CASCADE, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "category", "commune"], nulls_distinct=False, name="one_team_per_remit")
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.category} @ {self.commune_id or '*'}"


class Reach(models.TextChoices):
    """How far an officer sees."""

    TEAM = "team", _("own teams")
    DIRECTORATE = "directorate", _("own directorate")
    COMMUNES = "communes", _("own communes, whatever the team")
    ALL = "all", _("everything")


class Right(models.TextChoices):
    """What a role may do. Actions of a flow name them in `by=`."""

    ACT = "act", _("act on cases")
    ASSIGN = "assign", _("qualify, assign and move cases")
    INTAKE = "intake", _("take calls, file for residents")
    NOTE = "note", _("write internal notes")
    PERSONS = "persons", _("see residents' contact details")
    FIGURES = "figures", _("see internal figures")
    PRIVACY = "privacy", _("look up a person in every service, answer rights requests, keep the register of processings")
    REPORT = "report", _("own the activity report: request, lock and reopen key figures")
    MONEY = "money", _("book payments, reductions and refunds")
    SITTINGS = "sittings", _("prepare and hold sittings, have acts signed")
    SETUP = "setup", _("change teams, remits and officers")
    CORRECT_CLOSED = "correct_closed", _("correct the answers of closed cases")
    PRINT = "print", _("print letters and hand them to the post")
    ASK = "ask", _("ask the metropolis in the name of a commune, book its training sessions")
    SPACE = "space", _("keep a commune's space: its officers, its colours and texts")


# What a commune's administrator may give: nothing that reaches beyond the commune.
COMMUNE_RIGHTS = frozenset({Right.ACT, Right.ASSIGN, Right.NOTE, Right.PERSONS, Right.ASK, Right.SPACE})
# What flows call the commune itself, where it decides on its ground: of its officers those do who act on cases.
AS_COMMUNE = "commune"
# What a commune's officer keeps on a case that another's team holds: to ask, to answer what was asked, to decide what is the commune's.
ABROAD = frozenset({Right.ASK.value, AS_COMMUNE})


class Role(models.Model):
    """Rôle: a set of rights and a reach. One `of_communes` is for the officers of communes: their own administrators give it."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    reach = models.CharField(max_length=20, choices=Reach.choices, default=Reach.TEAM)
    rights = ArrayField(models.CharField(max_length=20, choices=Right.choices), default=list)
    of_communes = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(of_communes=False)
                | models.Q(reach=Reach.COMMUNES, rights__contained_by=sorted(right.value for right in COMMUNE_RIGHTS)),
                name="a_role_of_communes_stays_there",
            )
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Sight:
    """What an officer may see, as plain values: None means no limit in that direction. All limits hold together.

    `own`: of a commune's officer, the commune's own teams. What other teams hold is seen where its service is for communes
    (`Service.for_communes`).
    """

    teams: frozenset[int] | None
    communes: frozenset[str] | None
    own: frozenset[int] | None = None


class Officer(AbstractUser):
    """Agent: somebody with an account at the desk. Rights come from the role alone; `communes` empty means all."""

    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True)
    teams = models.ManyToManyField(Team, blank=True, related_name="officers")
    communes = models.ManyToManyField("territory.Commune", blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, default="fr")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def rights(self) -> frozenset[str]:
        """The rights that hold everywhere in sight. A commune's officer sees persons case by case alone: see `rights_over`."""
        given = self._given()
        return given - {Right.PERSONS.value} if self.is_of_commune else given

    def _given(self) -> frozenset[str]:
        if self.is_superuser:
            return frozenset(Right.values)
        if not self.role or not self.is_active:
            return frozenset()
        return frozenset(self.role.rights) | ({AS_COMMUNE} if self.role.of_communes and Right.ACT in self.role.rights else set())

    def may(self, right: str) -> bool:
        return right in self.rights

    @property
    def is_of_commune(self) -> bool:
        """Whether it is an officer of communes, and no one of the authority's own."""
        return bool(self.role and self.role.of_communes and not self.is_superuser)

    def rights_over(self, team: int | None, persons: bool = False) -> frozenset[str]:
        """The rights on a case that `team` holds. A commune's officer has those of the role on what the commune's own teams hold;
        elsewhere the officer asks, and sees persons where the service opens them to communes (`persons`)."""
        own = self.sight().own
        if own is None or team in own:
            return self._given()
        return self._given() & (ABROAD | {Right.PERSONS.value} if persons else ABROAD)

    def sight(self) -> Sight:
        """The limits of what this officer sees, read once per request (two queries at most)."""
        if not hasattr(self, "_sight"):
            self._sight = self._find_sight()
        return self._sight

    def _find_sight(self) -> Sight:
        if self.is_superuser:
            return Sight(None, None)
        if not self.role or not self.is_active:
            return Sight(frozenset(), frozenset())
        communes = frozenset(self.communes.values_list("pk", flat=True)) or None
        match self.role.reach:
            case Reach.ALL:
                return Sight(None, communes)
            case Reach.COMMUNES:
                found = communes or frozenset()
                own = Team.objects.filter(commune__in=found).values_list("pk", flat=True) if self.is_of_commune else None
                return Sight(None, found, None if own is None else frozenset(own))
            case Reach.DIRECTORATE:
                teams = Team.objects.filter(directorate__teams__officers=self)
            case _:
                teams = self.teams.all()
        return Sight(frozenset(teams.values_list("pk", flat=True)), communes)


class Resident(models.Model):
    """Usager: what somebody who proved an e-mail address wants of us. Kept only for who saved a preference or came with an account of
    theirs elsewhere (`Identity`); who only opens links has no such row. `email` is written in small letters.

    `ways`: by which way each kind of notice is told, "mail", "sms", "both" or "none" (cases/texting/choices.py); as usual where unsaid."""

    email = models.CharField(max_length=254, unique=True)
    language = models.CharField(max_length=5, default="fr")
    ways = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.email


class Identity(models.Model):
    """An account of a resident elsewhere (FranceConnect, ProConnect): who vouches, and the name by which they know the person there."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="identities")
    provider = models.CharField(max_length=40)
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "subject"], name="one_resident_per_identity")]

    def __str__(self) -> str:
        return f"{self.provider}: {self.subject}"
