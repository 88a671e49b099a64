"""The activity report (rapport d'activité): the edition of a year, its chapters' texts with their history, highlights, files."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("fr", _("French")), ("en", _("English"))]


class ReportEdition(models.Model):
    """Édition: the report of a year. A published one is open to everybody and its texts don't change any more."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    compared_with = models.PositiveSmallIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class TextState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report text", "draft")
    SUBMITTED = "submitted", pgettext_lazy("report text", "waits for approval")
    APPROVED = "approved", pgettext_lazy("report text", "approved")


class ReportText(models.Model):
    """Texte d'un chapitre: Markdown of a chapter in a language, as it stands. `number` rises with every change: who saves says which
    one they read, so that nobody's words are written over unseen. Approved by a second person, as the database demands."""

    edition = models.ForeignKey(ReportEdition, models.PROTECT, related_name="texts")
    chapter = models.SlugField(max_length=80)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=TextState.choices, default=TextState.DRAFT)
    number = models.PositiveIntegerField(default=1)
    author = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    approver = models.ForeignKey("people.Officer", models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "chapter", "language"], name="one_text_a_chapter"),
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("author")), name="report_text_approved_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=~Q(state=TextState.APPROVED) | Q(approver__isnull=False), name="report_text_approved_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.chapter} ({self.language})"


class ReportTextChange(models.Model):
    """What was done to a text, by whom, and the words as they then were."""

    class Action(models.TextChoices):
        SAVED = "saved", pgettext_lazy("report text", "saved")
        SUBMITTED = "submitted", pgettext_lazy("report text", "submitted")
        APPROVED = "approved", pgettext_lazy("report text", "approved")
        SENT_BACK = "sent-back", pgettext_lazy("report text", "sent back")

    text = models.ForeignKey(ReportText, models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=Action.choices)
    body = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="report_text_changes_in_order")]

    def __str__(self) -> str:
        return f"{self.text_id} {self.number} {self.action}"


class ReportHighlight(models.Model):
    """Temps fort: something that happened on a day, told in the report of its year."""

    on = models.DateField(db_index=True)
    title_fr = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    directorate = models.CharField(max_length=60, blank=True)
    project = models.CharField(max_length=200, blank=True)
    address = models.URLField(blank=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.title}"

    @property
    def title(self) -> str:
        """In the reader's language; French where no English was given."""
        return self.title_en if self.title_en and not (get_language() or "fr").startswith("fr") else self.title_fr


class ReportFile(models.Model):
    """The PDF of an edition in a language, made ahead and kept. `made_from` tells the facts and texts it was made from."""

    edition = models.ForeignKey(ReportEdition, models.CASCADE, related_name="files")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    made_from = models.CharField(max_length=64, blank=True)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    charts = models.PositiveSmallIntegerField()
    maps = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "language"], name="one_report_file_a_language")]

    def __str__(self) -> str:
        return self.file
