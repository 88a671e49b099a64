"""What a mail and a text message have in common: whom they are for, when they leave, what came of it, who settled what went wrong."""

from django.db import models


class Leaving(models.Model):
    """Something that leaves for a party, once by its `key`.

    `sender` is who is sending it, or was (see `mailing/sending.py`). `settled_how`: an officer reached the person another way.
    """

    party = models.ForeignKey("cases.Party", models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=5)
    key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    sender = models.IntegerField(null=True)
    delivery_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_how = models.CharField(max_length=10, blank=True, default="")
    settled_by = models.ForeignKey("people.Officer", models.SET_NULL, null=True, db_index=False, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key
