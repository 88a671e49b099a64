"""The journal: what happened to a case, in order, for ever. The database refuses to change or remove an entry."""

from django.db import models


class Entry(models.Model):
    """One entry (ligne de journal). `valid_at` is when it counts, `recorded_at` when it was written.

    Partitioned by month of `recorded_at`; the key (case, seq) is unique because `seq` is the case's version, taken under lock.
    `data` never holds personal data: words between persons stand in `Message`, under the same (case, seq).
    """

    pk = models.CompositePrimaryKey("case_id", "seq", "recorded_at")
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    recorded_at = models.DateTimeField()
    valid_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=40)
    from_step = models.CharField(max_length=40, null=True)
    to_step = models.CharField(max_length=40)
    data = models.JSONField(default=dict)

    class Meta:
        managed = False
        db_table = "cases_journal"

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.action}"


class Correction(models.Model):
    """Rectification: an answer that may name somebody, before and after an officer corrected it (null: no answer).

    The journal says which and why; this goes with the personal data."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    seq = models.IntegerField()
    name = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq", "name"], name="corrected_once_an_entry")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.seq} {self.name}"


class Message(models.Model):
    """Words written on a case: to the resident, from the resident, or an internal note. Removed when retention ends."""

    NOTE, TO_RESIDENT, FROM_RESIDENT = "note", "to_resident", "from_resident"

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="messages")
    seq = models.IntegerField()
    kind = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="one_message_per_entry")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.kind}"
