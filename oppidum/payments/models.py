"""What is owed on a case and what became of it. Amounts are integer cents; nothing here names a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Charge(models.Model):
    """Créance: a fee made due by an act of a case. `lines` and `sources` are the bill as it was said, in every language, and never change.

    `balance_cents` is what is left to pay: the sum of its movements (below zero: to be refunded). `offered`: the instalments that the
    bill allows, as (ISO day, cents); `instalments` are those in force. `act` is the number of the journal entry that charged; `period`
    (a year, say) is charged once. `disputed_on`: since when the debt is contested; nobody is reminded of it meanwhile.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="charges")
    act = models.IntegerField()
    fee = models.CharField(max_length=60)
    period = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=20, unique=True)
    lines = models.JSONField()
    sources = models.JSONField(default=list)
    exempt = models.JSONField(default=dict)
    total_cents = models.BigIntegerField()
    balance_cents = models.BigIntegerField()
    offered = models.JSONField(default=list)
    account = models.CharField(max_length=40, blank=True)
    charged_on = models.DateField()
    due_on = models.DateField()
    created_at = models.DateTimeField()
    disputed_on = models.DateField(null=True)
    disputed_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "act", "fee"], name="one_charge_per_act"),
            models.UniqueConstraint(fields=["case", "fee", "period"], name="one_charge_per_period", condition=~models.Q(period="")),
        ]
        indexes = [models.Index(fields=["due_on"], name="charge_open", condition=models.Q(balance_cents__gt=0))]

    def __str__(self) -> str:
        return self.reference


class Instalment(models.Model):
    """Échéance: a part of a charge and the day until which it is to be paid. Together they are the charge's total."""

    charge = models.ForeignKey(Charge, models.CASCADE, related_name="instalments")
    number = models.SmallIntegerField()
    due_on = models.DateField()
    amount_cents = models.BigIntegerField()

    class Meta:
        ordering = ["charge", "number"]
        constraints = [models.UniqueConstraint(fields=["charge", "number"], name="one_instalment_per_number")]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.number}"


class Payment(models.Model):
    """Paiement: an attempt to pay, and what its provider said of it. `token` is ours, in addresses; `operation` the provider's.

    started -> paid, refused, abandoned; `differs`: the provider confirmed another amount or reference, and somebody must look.
    A payment at the counter is paid at once. `receipt` is the receipt's number, without gaps in a year.
    """

    class State(models.TextChoices):
        STARTED = "started", _("begun")
        PAID = "paid", _("paid")
        REFUSED = "refused", _("refused by the bank")
        ABANDONED = "abandoned", _("abandoned")
        DIFFERS = "differs", _("doesn't match: to be looked at")

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=20)
    token = models.CharField(max_length=43, unique=True)
    operation = models.CharField(max_length=80, null=True)
    amount_cents = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.STARTED)
    means = models.CharField(max_length=20, blank=True)
    authorisation = models.CharField(max_length=40, blank=True)
    receipt = models.CharField(max_length=20, null=True, unique=True)
    started_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    paid_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "operation"], name="one_payment_per_operation"),
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="payment_of_something"),
        ]
        indexes = [models.Index(fields=["started_at"], name="payment_waiting", condition=models.Q(state="started"))]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.amount_cents} {self.state}"

    @property
    def reference(self) -> str:
        """What the provider and the accountant know it by: letters and digits, one for each attempt."""
        return f"{self.charge.reference}P{self.pk}"


class Movement(models.Model):
    """Écriture: a line of a charge's account; never changed, never deleted (the database refuses). They sum to the balance.

    `key` makes a repetition impossible: a confirmation that comes twice is one movement.
    """

    class Kind(models.TextChoices):
        CHARGE = "charge", _("Amount due")
        PAYMENT = "payment", _("Payment")
        WAIVER = "waiver", _("Reduction or exemption granted")
        REFUND = "refund", _("Refund")

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount_cents = models.BigIntegerField()
    key = models.CharField(max_length=80, unique=True)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="movements")
    reason = models.CharField(max_length=300, blank=True)
    officer = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    valid_on = models.DateField(db_index=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key


class Reminder(models.Model):
    """Relance: a step taken for a charge that is late, once. `pay_by` and `late_cents` are what the letter said."""

    class Stage(models.TextChoices):
        FIRST = "first", _("Reminder")
        FORMAL = "formal", _("Formal notice")

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="reminders")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    sent_on = models.DateField()
    pay_by = models.DateField()
    late_cents = models.BigIntegerField()
    ordered_by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["charge", "stage"], name="one_reminder_per_stage")]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.stage}"


class Simulated(models.Model):
    """An operation of the simulated provider, which keeps its own books as a real one would. Never used in production."""

    operation = models.CharField(max_length=40, primary_key=True)
    amount_cents = models.BigIntegerField()
    reference = models.CharField(max_length=30)
    returns_to = models.CharField(max_length=300)
    notifies = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default="started")

    def __str__(self) -> str:
        return self.operation
