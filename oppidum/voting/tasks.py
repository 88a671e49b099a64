"""What the worker does for votes (see `cases/tasks.py`)."""

from oppidum.cases.tasks import every
from oppidum.voting import counting


@every("6-56/10 * * * *")
def count_votes() -> int:
    """A vote is counted a few minutes after the hour at which its close was recorded."""
    return counting.count_closed()


@every("40 2 * * *")
def forget_voters() -> int:
    """Who voted is forgotten in time."""
    return counting.forget_voters()
