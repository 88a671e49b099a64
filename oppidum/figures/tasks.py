"""What the worker does for figures: snapshots, computations and the lake at night, the running year every ten minutes."""

from oppidum.cases.tasks import every
from oppidum.figures import computations, snapshots
from oppidum.figures.declared import requesting
from oppidum.figures.lake.writing import write_lake


@every("0 5 * * 1-5")
def remind_of_figures() -> int:
    """Departments that owe figures, once an interval, on working days' mornings."""
    return requesting.remind()


@every("3-53/10 * * * *")
def count_the_running_year() -> int:
    """So that a page of all figures is one read."""
    return computations.recompute_running()


@every("35 1 * * *")
def keep_stocks() -> int:
    """The stocks of the day that is over: after the sweep of 00:05, which ends what ended at midnight."""
    return snapshots.snap_missing()


@every("15 3 * * *")
def recount_closed_years() -> int:
    """What was entered late, or declared since, changes a closed year: old and new are kept."""
    return computations.recompute_closed()


@every("45 3 * * *")
def fill_the_lake() -> int:
    """Closed months as files; those that a late entry reached again. Returns how many rows were written."""
    return write_lake().rows
