"""Persons on a case, and their pictures: everything personal, apart from the facts, so that it can be removed without them."""

from django.db import models
from django.db.models.functions import Lower


class Party(models.Model):
    """Partie: the author of a case, a fellow who asks together with them, or somebody who follows it. Reached again by e-mail or telephone (E.164)."""

    AUTHOR, FELLOW, FOLLOWER = "author", "fellow", "follower"

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, default=AUTHOR)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, default="fr")
    notify = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(Lower("email"), name="party_email", condition=~models.Q(email="")),
            models.Index(fields=["phone"], name="party_phone", condition=~models.Q(phone="")),
        ]
        constraints = [
            models.UniqueConstraint("case", Lower("email"), name="one_party_per_email", condition=~models.Q(email="")),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.case_id}"


class Photo(models.Model):
    """A picture, re-encoded and without metadata. Until its form is sent it belongs to nobody and is found by `token`."""

    token = models.CharField(max_length=43, unique=True)
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="photos")
    seq = models.IntegerField(null=True)
    file = models.CharField(max_length=200)
    thumbnail = models.CharField(max_length=200)
    width = models.IntegerField()
    height = models.IntegerField()
    uploaded_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.file
