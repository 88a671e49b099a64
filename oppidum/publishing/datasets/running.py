"""When datasets are published without anybody's hand: each night those whose time has come, within seconds what was asked for or is new."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import connection

from oppidum.core import clock
from oppidum.people.models import Officer
from oppidum.publishing.datasets.catalogue import all_datasets, get_dataset
from oppidum.publishing.datasets.declaration import Dataset
from oppidum.publishing.datasets.publishing import NO_ROWS, publish
from oppidum.publishing.datasets.versions import latest_runs
from oppidum.publishing.models import DatasetRun

Outcome = DatasetRun.Outcome
_ROUND = 0x0DA7A5E7  # the advisory lock of a round
EMPTY_AGAIN = timedelta(minutes=2)  # What had no row yet is looked at again.


def ask(name: str, by: Officer) -> None:
    """Have a dataset published by the worker; asked twice is asked once."""
    get_dataset(name)
    if not DatasetRun.objects.filter(dataset=name, outcome=Outcome.ASKED).exists():
        DatasetRun.objects.create(dataset=name, at=clock.now(), by=by)


def publish_due() -> int:
    """The night's round: every dataset whose last publication is as old as its frequency. Returns how many new versions there are."""
    runs, today = latest_runs(), clock.today()
    due = [name for name, dataset in all_datasets().items() if is_due(dataset, runs.get(name), today)]
    return _publish(due)


def is_due(dataset: Dataset, last: DatasetRun | None, today: date) -> bool:
    """Whether its time has come; what was refused is tried again every night."""
    if last is None or last.outcome not in (Outcome.PUBLISHED, Outcome.UNCHANGED):
        return True
    return (today - clock.local_day(last.at)).days >= dataset.frequency.days


def publish_waiting(seconds: float = 8) -> int:
    """What officers asked for, what was never published, and what had no row the last time; for some seconds, the rest later."""
    with _only_one() as is_mine:
        return _publish_waiting(seconds) if is_mine else 0


@contextmanager
def _only_one() -> Iterator[bool]:
    """Whether nobody else is at it: the worker may begin a second round before the first is over."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [_ROUND])
        is_mine = cursor.fetchone()[0]
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [_ROUND])


def _publish_waiting(seconds: float) -> int:
    until, runs, now = time.monotonic() + seconds, latest_runs(), clock.now()
    asked = dict(DatasetRun.objects.filter(outcome=Outcome.ASKED).order_by("pk").values_list("dataset", "pk"))
    new = [name for name in all_datasets() if name not in asked and _wants(runs.get(name), now)]
    count = 0
    for name in [*asked, *new]:
        if time.monotonic() > until:
            break
        by = DatasetRun.objects.select_related("by").get(pk=asked[name]).by if name in asked else None
        # The run that was asked for makes place for the one that was done.
        DatasetRun.objects.filter(dataset=name, outcome=Outcome.ASKED).delete()
        count += _publish([name], by)
    return count


def _wants(last: DatasetRun | None, now: datetime) -> bool:
    if last is None:
        return True
    return last.faults == NO_ROWS and now - last.at > EMPTY_AGAIN


def _publish(names: Iterable[str], by: Officer | None = None) -> int:
    known = [name for name in names if name in all_datasets()]
    return sum(publish(name, by).outcome == Outcome.PUBLISHED for name in known)
