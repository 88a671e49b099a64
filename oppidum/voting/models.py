"""Who voted, and what was voted: two tables with nothing between them, neither a key nor a time."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Turnout(models.Model):
    """Émargement: this voter has voted. `voter` is a keyed print of the proven address, another one for each vote: it names nobody, and tells
    nothing without the key of the house. `commune` is where they say they live. No time: it would lead to the ballot."""

    id = models.UUIDField(primary_key=True)
    vote = models.ForeignKey("cases.Case", models.CASCADE, related_name="turnout")
    voter = models.CharField(max_length=64)
    commune = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "voter"], name="one_vote_per_voter")]

    def __str__(self) -> str:
        return f"{self.vote_id}: somebody voted"


class Ballot(models.Model):
    """Bulletin: `choices` are public ids of projects, `receipt` what the voter's code leads to (see `recount.py`). The key is drawn by chance."""

    id = models.UUIDField(primary_key=True)
    vote = models.ForeignKey("cases.Case", models.CASCADE, related_name="ballots")
    receipt = models.CharField(max_length=32)
    choices = ArrayField(models.CharField(max_length=13))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "receipt"], name="one_ballot_per_receipt")]

    def __str__(self) -> str:
        return self.receipt
