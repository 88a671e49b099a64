"""Print runs: thousands of papers in one file, in the order of their postcodes, made by whichever workers are free.

    order_run(papers waiting) -> PrintRun with its chunks        one transaction
    work(seconds) -> chunks done                                 each worker, each round; a chunk is one transaction
    finish                                                       the chunks' files joined, once all are done

A chunk of `CHUNK` papers is set by Typst in one compilation; its file tells where each paper begins, so each is cut out again and kept
as sent, with its own digest. A worker killed in the middle of a chunk leaves it as it was: the next one does it anew.
"""

import io
import logging
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context

import pikepdf
from django.db import connection, transaction
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.people.models import Officer
from oppidum.publishing.cutting import set_and_cut
from oppidum.publishing.keeping import keep, path_of, remove, store
from oppidum.publishing.models import Paper, PrintChunk, PrintRun
from oppidum.publishing.typesetting import Typeset

log = logging.getLogger(__name__)

CHUNK = 100
ATTEMPTS = 3
LONGEST_RUN = 10_000
WRITERS = max(2, os.cpu_count() or 2)
# Chunks claimed for each process at a time: while one is written down the next is being set.
AHEAD = 3
# Processes cost half a second to start: worth it for more chunks than these.
FEW = 2


class NothingToPrint(Refusal):
    """No paper waits under what was asked for."""

    code = "nothing-to-print"
    status = 409
    default = _("No letter is waiting for this print run.")


def order_run(label: str, officer: Officer | None, service: str = "", letter: str = "", most: int | None = None) -> PrintRun:
    """Put the papers that wait (of one letter of a service, or all) on a run of `most` at most, by postcode. Raises `NothingToPrint`."""
    with transaction.atomic():
        run = PrintRun.objects.create(label=label, ordered_by=officer, ordered_at=clock.now(), papers_count=0)
        with connection.cursor() as cursor:
            cursor.execute(
                """
                with waiting as (
                    select id from publishing_paper
                    where fate = 'waiting' and run_id is null and (%(letter)s = '' or letter = %(letter)s)
                        and (%(service)s = '' or case_id in (select id from cases_case where service = %(service)s))
                    order by id limit %(most)s for update skip locked
                ), placed as (
                    select id, row_number() over (order by p.postcode, p.recipient, p.id) - 1 as position
                    from publishing_paper p join waiting using (id)
                )
                update publishing_paper p set run_id = %(run)s, position = placed.position from placed where p.id = placed.id
                """,
                {"service": service, "letter": letter, "most": most or LONGEST_RUN, "run": run.pk},
            )
            count = cursor.rowcount
        if not count:
            raise NothingToPrint()
        PrintRun.objects.filter(pk=run.pk).update(papers_count=count)
        PrintChunk.objects.bulk_create(
            PrintChunk(run=run, first=first, count=min(CHUNK, count - first)) for first in range(0, count, CHUNK)
        )
    run.refresh_from_db()
    return run


def order_runs(label: str, officer: Officer | None, service: str = "", letter: str = "") -> list[PrintRun]:
    """As many runs as what waits needs, `LONGEST_RUN` papers each. Raises `NothingToPrint`."""
    runs = [order_run(label, officer, service, letter)]
    while runs[-1].papers_count == LONGEST_RUN:
        try:
            runs.append(order_run(f"{label} ({len(runs) + 1})", officer, service, letter))
        except NothingToPrint:
            break
    return runs


def work(seconds: float = 20) -> int:
    """Do chunks until none is left or time is over; returns how many papers were printed. Any number of workers may do so at once."""
    until, printed = time.monotonic() + seconds, 0
    with ExitStack() as stack:
        many = PrintChunk.objects.filter(done_at=None, attempts__lt=ATTEMPTS).count() > FEW
        side_by_side = stack.enter_context(ProcessPoolExecutor(WRITERS, get_context("spawn"))).map if many else map
        while time.monotonic() < until and (done := _do_chunks(AHEAD * WRITERS if many else 1, side_by_side)) is not None:
            printed += done
    for run in PrintRun.objects.filter(printed_at=None, papers_done=F("papers_count"), error=""):
        finish(run)
    return printed


def _do_chunks(most: int, side_by_side: Callable) -> int | None:
    """Claim some chunks, set them side by side, and write each down while the next is set; how many papers, None if none is left."""
    with transaction.atomic():
        chunks = list(
            PrintChunk.objects.filter(done_at=None, attempts__lt=ATTEMPTS)
            .order_by("run_id", "first")
            .select_for_update(skip_locked=True)[:most]
        )
        if not chunks:
            return None
        batches = [_papers_of(chunk) for chunk in chunks]
        results = side_by_side(set_and_cut, [[(p.data, p.subject, p.language) for p in batch] for batch in batches])
        return sum(_settle(c, b, r) for c, b, r in zip(chunks, batches, results, strict=True))


def _papers_of(chunk: PrintChunk) -> list[Paper]:
    return list(
        Paper.objects.filter(run_id=chunk.run_id, position__gte=chunk.first, position__lt=chunk.first + chunk.count).order_by(
            "position"
        )
    )


def _settle(chunk: PrintChunk, papers: Sequence[Paper], result: tuple[Typeset, list[bytes]] | Exception) -> int:
    """Write down what became of a chunk: its file, its papers' own files, how far the run is."""
    now = clock.now()
    PrintRun.objects.filter(pk=chunk.run_id, started_at=None).update(started_at=now)
    if isinstance(result, Exception):
        log.error("print run %s, from %s: %r", chunk.run_id, chunk.first, result)
        PrintChunk.objects.filter(pk=chunk.pk).update(attempts=F("attempts") + 1)
        PrintRun.objects.filter(pk=chunk.run_id).update(error=str(result)[:2000])
        return 0
    done, cuts = result
    for paper, content in zip(papers, cuts, strict=True):
        paper.file, paper.sha256 = keep(paper.case_id, paper.key, content)
    for n, paper in enumerate(papers):
        paper.pages, paper.data, paper.fate = done.span(n)[1], None, Paper.Fate.PRINTED
    Paper.objects.bulk_update(papers, ["file", "sha256", "pages", "data", "fate"])
    name = f"runs/{chunk.run_id}/{chunk.first:06d}.pdf"
    store(name, done.pdf)
    PrintChunk.objects.filter(pk=chunk.pk).update(file=name, pages=done.pages, done_at=now)
    PrintRun.objects.filter(pk=chunk.run_id).update(papers_done=F("papers_done") + len(papers), pages=F("pages") + done.pages)
    return len(papers)


def finish(run: PrintRun) -> None:
    """Join the chunks of a run that is done into one file for the printer; the chunks' own files go."""
    with transaction.atomic():
        locked = PrintRun.objects.select_for_update(skip_locked=True).filter(pk=run.pk, printed_at=None).first()
        if locked is None:
            return
        chunks = list(locked.chunks.order_by("first"))
        name = f"runs/{run.pk}.pdf"
        store(name, _joined([chunk.file for chunk in chunks], locked.label))
        PrintRun.objects.filter(pk=run.pk).update(file=name, printed_at=clock.now())
    for chunk in chunks:
        remove(chunk.file)


def _joined(files: Sequence[str], title: str) -> bytes:
    with pikepdf.new() as whole:
        for name in files:
            with pikepdf.open(path_of(name)) as part:
                whole.pages.extend(part.pages)
        whole.docinfo["/Title"] = title
        out = io.BytesIO()
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def try_again(run: PrintRun) -> None:
    """Give the failed chunks of a run a new start, once the cause is mended."""
    with transaction.atomic():
        PrintChunk.objects.filter(run=run, done_at=None).update(attempts=0)
        PrintRun.objects.filter(pk=run.pk).update(error="")


def mark_posted(run: PrintRun) -> int:
    """The run was handed to the post: its papers are posted, and the joined file, with everybody's letters, goes."""
    with transaction.atomic():
        now = clock.now()
        count = Paper.objects.filter(run=run, fate=Paper.Fate.PRINTED).update(fate=Paper.Fate.POSTED, sent_at=now)
        PrintRun.objects.filter(pk=run.pk).update(posted_on=clock.today(), file="")
    remove(run.file)
    return count


def mark_returned(paper: Paper) -> None:
    """The post brought the letter back (NPAI): shown on the case, so that somebody looks for the right address."""
    Paper.objects.filter(pk=paper.pk, fate=Paper.Fate.POSTED).update(fate=Paper.Fate.RETURNED)


@dataclass(frozen=True)
class Waiting:
    """How many papers of a letter wait for a print run; `kind` as letters declare it."""

    service: str
    letter: str
    kind: str
    count: int


def waiting() -> list[Waiting]:
    """What waits for a print run, by service and letter."""
    found = Paper.objects.filter(fate=Paper.Fate.WAITING, run=None).values_list("case__service", "letter", "kind")
    return [Waiting(*row) for row in found.annotate(n=Count("pk")).order_by("case__service", "letter")]
