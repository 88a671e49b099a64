"""The style guide is open to the tests of the design system."""

import pytest


@pytest.fixture
def styleguide(settings):
    """The style guide's address, open to anyone."""
    settings.STYLEGUIDE = True
    return "/styleguide/"
