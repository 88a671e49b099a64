"""What open data lets figures count: datasets that are new, and how often they are downloaded. No reader stands behind a download."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Condition, Count, Expression, Source

_OWNER = "support"

VERSIONS = Source(
    "versions of datasets",
    _("versions of datasets published"),
    rows="publishing_datasetversion v",
    at="v.at",
    key="v.id",
    splits={"dataset": "v.dataset"},
    record={"at": "v.at", "dataset": "v.dataset"},
    dated=_("the day on which it was published"),
)
DOWNLOADS = Source(
    "downloads",
    _("downloads of datasets, a record a day and format"),
    rows="publishing_datasetuse u",
    at="(u.day::timestamp at time zone 'Europe/Paris')",
    key="u.id",
    splits={"dataset": "u.dataset", "format": "u.format"},
    record={"at": "(u.day::timestamp at time zone 'Europe/Paris')", "dataset": "u.dataset", "format": "u.format"},
    dated=_("the day of the download"),
)
DOWNLOADED = Expression("u.count", "amount", "1")


def first_versions() -> Condition:
    """The versions with which a dataset began."""
    return Condition("v.number = 1", {}, lambda: str(_("first versions")), ("first_versions",))


FIGURES = (
    Count("datasets-new", _("New datasets published"), states="open-data-new-datasets", unit=_("datasets"), owner=_OWNER, counts=VERSIONS, where=first_versions(),
          splits=("month", "dataset"), method=_("Each dataset counts once, on the day of its first version.")),
    Count("datasets-versions", _("Versions of datasets published"), unit=_("versions"), owner=_OWNER, counts=VERSIONS,
          splits=("month", "dataset"), method=_("Each version counts once; a publication in which nothing changed makes none.")),
    Count("datasets-downloads", _("Downloads of open data"), unit=_("downloads"), owner=_OWNER, counts=DOWNLOADS, adds=DOWNLOADED,
          splits=("month", "dataset", "format"), method=_("Downloads and visits to datasets held elsewhere; programs that say they are robots don’t count.")),
)  # fmt: skip
