"""What is on an agenda, and how it was voted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppidum.bodies.models.body import Member
from oppidum.bodies.models.sitting import Sitting
from oppidum.bodies.rules.votes import Tally


class Item(models.Model):
    """Point de l'ordre du jour: a case of any service that waits for the body, or a free item.

    `note` is the explanatory note (note de synthèse), `decision` the operative part (dispositif). `if_carried`, `if_rejected`,
    `if_adjourned`: the actions of the case's flow that follow; blank: none. `answers`: to what those actions demand. `opinion`: the
    opinion that the case asked for, and then the three are its answers.
    `needs_president_out`: the president leaves for this vote (the accounts: CGCT, art. L2121-14).
    """

    class Kind(models.TextChoices):
        VOTE = "vote", pgettext_lazy("agenda item", "for a vote")
        NOMINATION = "nomination", pgettext_lazy("agenda item", "nomination")
        INFORMATION = "information", pgettext_lazy("agenda item", "for information")
        MINUTES = "minutes", pgettext_lazy("agenda item", "minutes to be settled")

    class Outcome(models.TextChoices):
        CARRIED = "carried", pgettext_lazy("agenda item", "adopted")
        REJECTED = "rejected", pgettext_lazy("agenda item", "rejected")
        ADJOURNED = "adjourned", pgettext_lazy("agenda item", "adjourned")
        WITHDRAWN = "withdrawn", pgettext_lazy("agenda item", "withdrawn")
        NOTED = "noted", pgettext_lazy("agenda item", "taken note of")

    class Ballot(models.TextChoices):
        HANDS = "hands", _("show of hands")
        RECORDED = "recorded", _("recorded vote")
        SECRET = "secret", _("secret ballot")

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="items")
    rank = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.VOTE)
    title = models.CharField(max_length=500)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    minutes_of = models.ForeignKey(Sitting, models.PROTECT, null=True, blank=True, related_name="+")
    rapporteur = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    matter = models.CharField(max_length=5, blank=True)
    series = models.CharField(max_length=20, blank=True)
    is_individual = models.BooleanField(default=False)
    needs_sending = models.BooleanField(default=True)
    budget_year = models.CharField(max_length=9, blank=True)
    budget_name = models.CharField(max_length=120, blank=True)
    if_carried = models.CharField(max_length=40, blank=True)
    if_rejected = models.CharField(max_length=40, blank=True)
    if_adjourned = models.CharField(max_length=40, blank=True)
    opinion = models.CharField(max_length=40, blank=True)
    answers = models.JSONField(default=dict)
    needs_president_out = models.BooleanField(default=False)
    candidates = models.JSONField(default=list)
    rounds = models.JSONField(default=list)

    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    ballot = models.CharField(max_length=20, choices=Ballot.choices, default=Ballot.HANDS)
    in_office = models.PositiveSmallIntegerField(default=0)
    present = models.PositiveSmallIntegerField(default=0)
    quorum_needed = models.PositiveSmallIntegerField(default=0)
    votes_for = models.PositiveSmallIntegerField(default=0)
    against = models.PositiveSmallIntegerField(default=0)
    abstained = models.PositiveSmallIntegerField(default=0)
    took_no_part = models.PositiveSmallIntegerField(default=0)
    by_casting_vote = models.BooleanField(default=False)
    debate = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(outcome=""), name="a_case_waits_on_one_agenda"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.title}"

    @property
    def tally(self) -> Tally:
        return Tally(self.votes_for, self.against, self.abstained, self.took_no_part)

    @property
    def is_voted(self) -> bool:
        return self.kind in (self.Kind.VOTE, self.Kind.NOMINATION, self.Kind.MINUTES)


class StepOut(models.Model):
    """Déport: a member who takes no part in an item, declared. With an interest of his own he isn't counted for the quorum either."""

    class Reason(models.TextChoices):
        INTEREST = "interest", _("has an interest in the matter")
        ACCOUNTS = "accounts", _("president, for the vote on the accounts")
        AWAY = "away", _("out of the room")

    item = models.ForeignKey(Item, models.CASCADE, related_name="step_outs")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices, default=Reason.INTEREST)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="one_step_out_a_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.reason}"


class Vote(models.Model):
    """Vote of a member on an item, cast by himself or by who holds his proxy. A secret ballot leaves none: only its count."""

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("vote", "for")
        AGAINST = "against", pgettext_lazy("vote", "against")
        ABSTAIN = "abstain", pgettext_lazy("vote", "abstains")
        NONE = "none", pgettext_lazy("vote", "takes no part")

    item = models.ForeignKey(Item, models.CASCADE, related_name="votes")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    cast_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="one_vote_a_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.choice}"
