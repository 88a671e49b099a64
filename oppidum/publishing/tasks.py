"""What the worker does for papers without being asked."""

from oppidum.cases.tasks import every
from oppidum.publishing import printing


@every("* * * * * */5")
def print_runs() -> int:
    """Print runs go on, chunk by chunk, a few seconds at a time so that a worker told to stop does so soon."""
    return printing.work(seconds=20)
