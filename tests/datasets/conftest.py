"""A dataset of the town that tests declare themselves, and the folder that its files go to."""

import pytest
from django.utils.translation import gettext_lazy as _

from oppidum.publishing.datasets import catalogue
from oppidum.publishing.datasets.declaration import DAILY, GOVERNMENT, Column, Dataset, Query

TREES = Dataset(
    "trees",
    _("Trees"),
    says=_("Trees"),
    owner="support",
    theme=GOVERNMENT,
    frequency=DAILY,
    source=Query("select * from (values ('a', 'plane', 12), ('b', 'pine', 9)) as t (id, kind, height_m)"),
    columns=(
        Column("id", _("Number"), required=True, unique=True),
        Column("kind", _("Kind"), enum=("plane", "pine")),
        Column("height_m", _("Height"), "integer", minimum=0),
    ),
    key=("id",),
)


@pytest.fixture
def media(settings, tmp_path):
    """Files of datasets go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "datasets"


@pytest.fixture
def declared(monkeypatch):
    """Declare datasets for one test: `declared(TREES)`; declared again, it takes the place of the one before."""

    def declare(*datasets):
        for one in datasets:
            monkeypatch.setitem(catalogue._OF_ROOMS, one.name, one)
        catalogue.all_datasets.cache_clear()
        return datasets[0]

    yield declare
    monkeypatch.undo()
    catalogue.all_datasets.cache_clear()
