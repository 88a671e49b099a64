"""Acts: what was decided, numbered without gaps, sent to the prefect, published."""

from datetime import date

from django.db import models
from django.utils.translation import pgettext_lazy

from oppidum.bodies.models.body import Body
from oppidum.bodies.models.item import Item
from oppidum.bodies.rules import acts as rules


class Series(models.TextChoices):
    """The series of acts, each numbered apart, from 1 every year; the value is also the series' name for `take_numbers`."""

    DELIBERATION = "deliberation", pgettext_lazy("act", "Deliberation")
    DECISION = "decision", pgettext_lazy("act", "Decision")
    ORDER = "order", pgettext_lazy("act", "Order")


LETTERS = {Series.DELIBERATION: "DEL", Series.DECISION: "DEC", Series.ORDER: "ARR"}


class Act(models.Model):
    """Acte: délibération, décision, arrêté. Written once; then only its dates fill in.

    `code` is what the act is cited by: DEL-2027-0012. `is_individual`: notified to a person rather than published to all.
    `needs_sending`: one of CGCT, art. L2131-2. `signed_by` and `quality` are those at signature; `recorded_by` is the officer who had the
    acts of a sitting made, or the signature book signed.
    """

    series = models.CharField(max_length=20, choices=Series.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=30, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="acts")
    item = models.OneToOneField(Item, models.PROTECT, null=True, related_name="act")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    matter = models.CharField(max_length=5, blank=True)
    budget_year = models.CharField(max_length=9, blank=True)
    budget_name = models.CharField(max_length=120, blank=True)
    is_individual = models.BooleanField(default=False)
    needs_sending = models.BooleanField(default=True)
    decided_on = models.DateField()
    signed_on = models.DateField()
    signed_by = models.CharField(max_length=160)
    quality = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey("people.Officer", models.SET_NULL, null=True, db_index=False, related_name="+")
    sent_on = models.DateField(null=True)
    received_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=80, blank=True)
    published_on = models.DateField(null=True)
    notified_on = models.DateField(null=True)
    enforceable_on = models.DateField(null=True)

    class Meta:
        ordering = ["-decided_on", "series", "-number"]
        constraints = [models.UniqueConstraint(fields=["series", "year", "number"], name="a_number_is_given_once")]
        indexes = [
            models.Index(fields=["decided_on", "series"], name="act_by_day"),
            models.Index(fields=["published_on"], name="act_published"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def dates(self) -> rules.ActDates:
        return rules.ActDates(self.signed_on, self.needs_sending, self.sent_on, self.published_on, self.notified_on)

    @property
    def send_by(self) -> date | None:
        return rules.send_by(self.dates, individual=self.is_individual)

    @property
    def deferral_until(self) -> date | None:
        return rules.deferral_until(self.dates)

    @property
    def appeal_until(self) -> date | None:
        return rules.appeal_until(self.dates)


def act_code(series: str, year: int, number: int) -> str:
    """How an act is cited: series, year, number of four digits."""
    return f"{LETTERS[Series(series)]}-{year}-{number:04}"


class ActFile(models.Model):
    """The act as it was put online: the bytes can't change without their print (SHA-256) telling so (CGCT, art. R2131-1).

    With annexes, `pdf` has their pages behind the act's, and `alone` is the act without them, which goes to the prefect beside them.
    """

    act = models.OneToOneField(Act, models.CASCADE, primary_key=True, related_name="file")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    alone = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"{self.act_id} {self.sha256[:12]}"


class ActAnnex(models.Model):
    """Annexe: a paper that is part of the act, kept with it as it came. `pages`: how many of it stand in the act's file; none: it is a file
    of its own. `sha256` is printed in the act."""

    act = models.ForeignKey(Act, models.CASCADE, related_name="annexes")
    rank = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["act", "rank"]
        constraints = [models.UniqueConstraint(fields=["act", "rank"], name="one_annex_per_rank")]

    def __str__(self) -> str:
        return f"{self.act_id} {self.rank} {self.name}"


class Transmission(models.Model):
    """Télétransmission: one sending of an act to the prefect (contrôle de légalité), and its receipt.

    queued -> sent -> received or refused. `reference` is the identifier that the receipt names.
    """

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("act", "waiting to be sent")
        SENT = "sent", pgettext_lazy("act", "sent, receipt awaited")
        RECEIVED = "received", pgettext_lazy("act", "received by the prefect")
        REFUSED = "refused", pgettext_lazy("act", "refused by the platform")

    act = models.ForeignKey(Act, models.PROTECT, related_name="transmissions")
    reference = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["queued_at"], name="transmission_open", condition=models.Q(state__in=["queued", "sent"]))]

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"
