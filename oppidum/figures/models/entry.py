"""A declared value: asked of a department, entered, validated by a second person, locked with its year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oppidum.figures.models.key_figure import KeyFigure


class State(models.TextChoices):
    """Where a declared value stands."""

    REQUESTED = "requested", _("requested")
    ENTERED = "entered", _("entered")
    VALIDATED = "validated", _("validated")
    LOCKED = "locked", _("locked")


class Precision(models.TextChoices):
    EXACT = "exact", _("exact")
    ABOUT = "about", _("about")
    AT_LEAST = "at-least", _("at least")


# So far, a value may still be refused or mended; afterwards the figure is told.
TOLD = (State.VALIDATED, State.LOCKED)


class Entry(models.Model):
    """The value of a key figure in the edition of a year. One is current; a value that was told and then corrected stays,
    superseded by the next. The database refuses a validation by the person who entered, and any change of a locked value."""

    figure = models.ForeignKey(KeyFigure, models.PROTECT, related_name="entries")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    is_current = models.BooleanField(default=True)
    superseded_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="supersedes")

    value = models.DecimalField(max_digits=30, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=40)
    period = models.CharField(max_length=60, blank=True)
    precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.EXACT)
    note = models.TextField(blank=True)
    evidence = models.ForeignKey("cases.Attachment", models.PROTECT, null=True, blank=True, related_name="+")
    is_evidence_public = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    line = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)

    requested_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    validated_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, blank=True, related_name="+")
    validated_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["figure", "year"], condition=Q(is_current=True), name="one_current_entry"),
            models.CheckConstraint(
                condition=Q(validated_by=None) | Q(entered_by=None) | ~Q(validated_by=F("entered_by")),
                name="validated_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state=State.REQUESTED) | Q(value__isnull=False), name="an_entered_figure_has_a_value"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.REQUESTED, State.ENTERED]) | Q(validated_at__isnull=False),
                name="validated_at_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(is_current=True, superseded_by=None) | Q(is_current=False), name="current_or_superseded"
            ),
        ]
        indexes = [models.Index(fields=["year", "figure"], condition=Q(is_current=True), name="current_entries_of_a_year")]

    def __str__(self) -> str:
        return f"{self.figure_id} {self.year}: {self.value} {self.unit} ({self.state})"

    @property
    def is_validated(self) -> bool:
        return self.state in TOLD
