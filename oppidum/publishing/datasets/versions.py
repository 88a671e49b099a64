"""Looking up versions and runs: a catalogue of any size costs a few queries."""

from collections.abc import Iterable

from oppidum.core.errors import NotFound
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.models import DatasetRun, DatasetVersion


def latest_versions(names: Iterable[str] | None = None) -> dict[str, DatasetVersion]:
    """The last version of each declared dataset (or of those named) that has one, by name. One query."""
    wanted = set(all_datasets()) if names is None else set(names) & set(all_datasets())
    found = DatasetVersion.objects.filter(dataset__in=wanted).order_by("dataset", "-number").distinct("dataset")
    return {version.dataset: version for version in found}


def get_version(name: str, number: int | None = None) -> DatasetVersion:
    """A version of a declared dataset, by default the last. Raises `NotFound`."""
    found = DatasetVersion.objects.filter(dataset=name if name in all_datasets() else "").order_by("-number")
    version = (found if number is None else found.filter(number=number)).first()
    if version is None:
        raise NotFound(dataset=name)
    return version


def list_versions(name: str) -> list[DatasetVersion]:
    """All versions of a dataset, newest first."""
    return list(DatasetVersion.objects.filter(dataset=name).order_by("-number"))


def latest_runs() -> dict[str, DatasetRun]:
    """The last run of each dataset that is over, by name. One query."""
    done = DatasetRun.objects.exclude(outcome=DatasetRun.Outcome.ASKED).select_related("by", "version")
    return {run.dataset: run for run in done.order_by("dataset", "-at", "-pk").distinct("dataset")}
