"""Sittings, and who was there."""

from django.db import models
from django.utils.translation import pgettext_lazy

from oppidum.bodies.models.body import Body, Member
from oppidum.core.clock import local_day


class Sitting(models.Model):
    """Séance. `follows`: the sitting without quorum after which this one is convened again, and needs none.

    `urgency`: why the notice is shorter than five clear days; the body rules on it at the opening (`urgency_accepted`).
    `list_on`, `minutes_settled_on`, `minutes_online_on`: when the list was posted, the minutes settled by the next sitting, and put online.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("sitting", "in preparation")
        CONVENED = "convened", pgettext_lazy("sitting", "convened")
        OPEN = "open", pgettext_lazy("sitting", "sitting")
        CLOSED = "closed", pgettext_lazy("sitting", "closed, acts to be made")
        CONCLUDED = "concluded", pgettext_lazy("sitting", "concluded")
        NO_QUORUM = "no-quorum", pgettext_lazy("sitting", "without quorum")
        CANCELLED = "cancelled", pgettext_lazy("sitting", "cancelled")

    body = models.ForeignKey(Body, models.PROTECT, related_name="sittings")
    code = models.SlugField(max_length=60, unique=True)
    at = models.DateTimeField()
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PREPARED)
    urgency = models.TextField(blank=True)
    urgency_accepted = models.BooleanField(null=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    convened_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    president = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    secretary = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    list_on = models.DateField(null=True)
    minutes_settled_on = models.DateField(null=True)
    minutes_online_on = models.DateField(null=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.body}, {self.on:%d/%m/%Y}"

    @property
    def on(self):
        """The day of the sitting, where the authority is."""
        return local_day(self.at)

    @property
    def is_being_prepared(self) -> bool:
        return self.state in (self.State.PREPARED, self.State.CONVENED)


class Attendance(models.Model):
    """Présence: of a member in a sitting, from an item to an item (by rank). `holder` votes for the member while he isn't there."""

    class State(models.TextChoices):
        PRESENT = "present", pgettext_lazy("attendance", "present")
        REPRESENTED = "represented", pgettext_lazy("attendance", "represented")
        EXCUSED = "excused", pgettext_lazy("attendance", "excused")
        ABSENT = "absent", pgettext_lazy("attendance", "absent")

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices)
    holder = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    is_ill = models.BooleanField(default=False)
    from_rank = models.PositiveSmallIntegerField(default=0)
    until_rank = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "member"], name="one_attendance_a_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.state}"

    def is_present_at(self, rank: int) -> bool:
        """Whether the member is in the room at the item of that rank."""
        if self.state != self.State.PRESENT or rank < self.from_rank:
            return False
        return self.until_rank is None or rank <= self.until_rank
