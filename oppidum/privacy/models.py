"""Who looked a person up and why; what was proposed for destruction and with whose visa."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why an officer may look a person up across services."""

    REQUEST = "request", _("a request about their rights")
    BREACH = "breach", _("a data breach that concerns them")
    COURT = "court", _("an order of a court or of an authority entitled to it")
    MISTAKE = "mistake", _("a mistake of ours to mend")


class Identity(models.TextChoices):
    """How it was made sure that the person is who they say (GDPR, art. 12(6)): no more than is needed, and no copy kept."""

    NONE = "none", _("not checked yet")
    MAILBOX = "mailbox", _("they answered from the mailbox that we know")
    PAPER = "paper", _("an identity paper was seen, no copy kept")
    KNOWN = "known", _("known to us in person, or represented by somebody with proof")
    NEEDLESS = "needless", _("not needed: nothing is handed out")


class Lookup(models.Model):
    """Recherche d'une personne. `sought` (who was looked for) is blanked after a year; the line itself stays."""

    at = models.DateTimeField(db_index=True)
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    request = models.CharField(max_length=11, blank=True)
    words = models.CharField(max_length=300)
    identity = models.CharField(max_length=10, choices=Identity.choices)
    sought = models.JSONField(default=dict)
    found = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.officer_id} {self.at} {self.reason}"


class Access(models.Model):
    """Journal des accès: what was done with what a look-up found. The database refuses to change or remove a line."""

    lookup = models.ForeignKey(Lookup, models.PROTECT, related_name="accesses")
    at = models.DateTimeField()
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    did = models.CharField(max_length=20)
    cases = ArrayField(models.BigIntegerField(), default=list)
    details = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.did} {self.at}"


class DestructionList(models.Model):
    """Bordereau d'élimination (C. patr., art. L212-2, R212-14): proposed, given the archives' visa, carried out, kept."""

    number = models.CharField(max_length=20, unique=True)
    service = models.CharField(max_length=60)
    outcome = models.CharField(max_length=40)
    reason = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    visa_at = models.DateTimeField(null=True)
    visa_by = models.CharField(max_length=200, blank=True)
    visa_reference = models.CharField(max_length=100, blank=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]

    def __str__(self) -> str:
        return self.number


class ListedCase(models.Model):
    """A line of a list: what the file was, without a name. `fate` tells what became of it; the line is kept for ever."""

    class Fate(models.TextChoices):
        PROPOSED = "proposed", _("proposed for destruction")
        ARCHIVED = "archived", _("kept by the archives")
        DESTROYED = "destroyed", _("destroyed")
        HELD = "held", _("not destroyed: it must be kept")

    list = models.ForeignKey(DestructionList, models.PROTECT, related_name="cases")
    case_id = models.BigIntegerField(db_index=True)
    code = models.CharField(max_length=11)
    commune = models.CharField(max_length=5, blank=True)
    category = models.CharField(max_length=80, blank=True)
    filed_on = models.DateField()
    ended_on = models.DateField()
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.PROPOSED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "case_id"], name="one_line_per_case")]

    def __str__(self) -> str:
        return f"{self.code} {self.fate}"
