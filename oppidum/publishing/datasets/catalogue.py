"""All declared datasets: those of the services, and those that rooms add (`declare_datasets`, from their `AppConfig.ready`)."""

from functools import lru_cache

from oppidum.cases.declaration import DefinitionError, catalogue
from oppidum.core.errors import NotFound
from oppidum.publishing.datasets.checks import check_dataset
from oppidum.publishing.datasets.declaration import Dataset

_OF_ROOMS: dict[str, Dataset] = {}


def declare_datasets(*datasets: Dataset) -> None:
    """Add what belongs to no service."""
    _OF_ROOMS.update({dataset.name: dataset for dataset in datasets})
    all_datasets.cache_clear()


@lru_cache(maxsize=1)
def all_datasets() -> dict[str, Dataset]:
    """Every dataset by name, checked. Raises `DefinitionError` with one sentence a fault."""
    found: dict[str, Dataset] = {}
    faults = []
    for owner, dataset in [*(("", one) for one in _OF_ROOMS.values()), *_of_services()]:
        if dataset.name in found:
            faults.append(f"{owner or 'datasets'}: dataset '{dataset.name}' is declared twice; give it another name")
        found[dataset.name] = dataset
        faults += check_dataset(dataset)
    if faults:
        raise DefinitionError("\n".join(faults))
    return dict(sorted(found.items(), key=lambda item: (item[1].lists_others, item[0])))


def get_dataset(name: str) -> Dataset:
    """The dataset of that name; raises `NotFound`."""
    try:
        return all_datasets()[name]
    except KeyError:
        raise NotFound(dataset=name) from None


def _of_services() -> list[tuple[str, Dataset]]:
    return [(service.code, dataset) for service in catalogue().values() for dataset in service.datasets]
