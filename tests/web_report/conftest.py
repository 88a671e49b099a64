"""The town's report in the making, and those who write it."""

import pytest

from oppidum.publishing.report import workflow
from tests.publishing.report_of_town import YEAR, declare, writers


@pytest.fixture
def officers(people, settings, tmp_path):
    """The figures of two years, an edition begun, its writers."""
    settings.MEDIA_ROOT = tmp_path
    found = writers()
    declare((found.nour, found.owen))
    declare((found.nour, found.owen), YEAR - 1, factor=2)
    workflow.open_edition(YEAR)
    return found


@pytest.fixture
def published(officers):
    """The edition open to everybody."""
    workflow.submit_all(YEAR, "fr", officers.nour)
    workflow.approve_all(YEAR, "fr", officers.owen)
    workflow.publish(YEAR, officers.owen)
    return officers
