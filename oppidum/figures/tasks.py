"""What the worker does for figures at night."""

from oppidum.cases.tasks import every
from oppidum.figures.declared import requesting


@every("0 5 * * 1-5")
def remind_of_figures() -> int:
    """Departments that owe figures, once an interval, on working days' mornings."""
    return requesting.remind()
