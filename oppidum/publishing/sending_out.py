"""Acts leave the house: each gets its file, goes to the prefect, and is put online. A worker's task, and a button for a few."""

from collections.abc import Sequence

from django.db.models import QuerySet

from oppidum.bodies.models import Act
from oppidum.bodies.queueing import mark_published, mark_sent, waiting_to_be_sent
from oppidum.publishing.actes import Outbox
from oppidum.publishing.record_paper import make_files

AT_ONCE = 50


def without_file() -> QuerySet[Act]:
    """Acts that have not yet their file, oldest first."""
    return Act.objects.filter(file=None).select_related("body", "item").order_by("pk")


def send_out(outbox: Outbox | None = None, limit: int = AT_ONCE) -> int:
    """Make files, send what is queued, publish what concerns everybody; returns how many acts moved. Repeated, it goes on."""
    fresh = list(without_file()[:limit])
    make_files(fresh)
    sent = _send(outbox or Outbox(), limit)
    online = list(Act.objects.filter(published_on=None, is_individual=False).exclude(file=None).order_by("pk")[:limit])
    mark_published(online)
    return len({act.pk for act in (*fresh, *sent, *online)})


def _send(outbox: Outbox, limit: int) -> Sequence[Act]:
    waiting = list(
        waiting_to_be_sent()
        .exclude(act__file=None)
        .select_related("act__file", "act__body")
        .prefetch_related("act__annexes")[:limit]
    )
    for one in waiting:
        outbox.put(one)
    mark_sent(waiting)
    return [one.act for one in waiting]
