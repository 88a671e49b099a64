"""What the regulations' tests do between two facts."""

from oppidum.cases import outbox
from oppidum.cases.filing import Filed
from oppidum.cases.models import Live


def deliver() -> None:
    """The worker does all that waits: mails, letters, what other rooms do."""
    while outbox.deliver():
        pass


def step_of(filed: Filed) -> str:
    """Where the case stands."""
    return Live.objects.get(case_id=filed.case_id).step
