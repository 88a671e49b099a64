"""The command line, as a test speaks it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def territory(*arguments) -> str:
    """What `oppidum territory ...` prints."""
    said = StringIO()
    call_command("territory", *map(str, arguments), stdout=said)
    return said.getvalue()


def refusal(*arguments) -> str:
    with pytest.raises(CommandError) as refused:
        territory(*arguments)
    return str(refused.value)
