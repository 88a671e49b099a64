"""The town's open data, published: its communes, zones, and trees of its own."""

import pytest

from oppidum.publishing.datasets.publishing import publish
from tests.datasets.conftest import TREES, declared, media  # noqa: F401


@pytest.fixture
def published(people, media, declared):  # noqa: F811
    """Communes and outlines of the town, its directory, and two trees."""
    declared(TREES)
    runs = {name: publish(name) for name in ("communes", "commune-outlines", "directory", "trees")}
    assert {run.outcome for run in runs.values()} == {"published"}, [run.faults for run in runs.values()]
    return runs
