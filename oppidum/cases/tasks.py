"""What the worker does without being asked (`oppidum procrastinate worker`). Times are UTC; a sixth field counts seconds.

Each task does what is to do, from the database, however often it is called and however long nobody called: a job that a
killed worker took with it is missed by nobody. A queueing lock keeps jobs of one task from piling up.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app

from oppidum.bookings import calendars
from oppidum.cases import drafts, outbox, resting, sweeping
from oppidum.cases.booking import times as booking_times
from oppidum.cases.files import attachments, photos, scanning
from oppidum.cases.lists import uploads
from oppidum.cases.mailing import post_box, sending
from oppidum.cases.persons import retaining
from oppidum.cases.texting import sending as texts
from oppidum.cases.writing import ensure_months
from oppidum.core import clock
from oppidum.core.calendar import add_months

log = logging.getLogger(__name__)

JOB_KEPT = timedelta(days=7)


def every(cron: str) -> Callable:
    """A task at the times of `cron`, waiting in the queue once at most."""

    def declare(function: Callable[[], object]) -> Callable:
        name = f"{function.__module__.split('.')[1]}.{function.__name__}"

        def run(timestamp: int) -> None:
            if done := function():
                log.info("%s: %s", name, done)

        app.periodic(cron=cron)(app.task(run, name=name, queueing_lock=name))
        return function

    return declare


@every("* * * * * */5")
def deliver_outbox() -> int:
    """Mails are written for what happened, a few seconds after it."""
    return outbox.deliver(5000)


@every("* * * * * 2-59/5")
def send_mails() -> int:
    """Mails of dead senders get their fate; those that are due leave."""
    if lost := sending.recover():
        log.warning("%d mails: unknown whether they left, because their sender was stopped", lost)
    return sending.send_queued()


@every("* * * * * 3-59/5")
def send_texts() -> int:
    """The same for text messages, by day."""
    if lost := texts.recover():
        log.warning("%d text messages: unknown whether they left, because their sender was stopped", lost)
    return texts.send_queued()


@every("* * * * * 4-59/10")
def examine_files() -> int:
    """Files that came in are examined within seconds, outside of any request; those that could not be wait for their next turn."""
    return scanning.scan_waiting()


@every("* * * * * 1-59/5")
def file_lists() -> int:
    """Lists sent at the desk are checked and filed, a few seconds at a time so that a worker told to stop does so soon."""
    return uploads.work(seconds=8)


@every("* * * * * 7-59/30")
def read_mail() -> int:
    """What came back about mails, where it comes into a folder."""
    return post_box.read_maildir(Path(settings.MAILDIR)) if settings.MAILDIR else 0


@every("5-50/15 * * * *")
def sweep() -> int:
    """Every quarter of an hour from five past, so also at 00:05 where the authority is, in summer and in winter; clocks in hours fall by day."""
    return sweeping.sweep()


@every("1-56/5 * * * *")
def sweep_offers() -> int:
    """Offers lapse a few minutes after their time at the latest, and what is free is offered to who waits."""
    return booking_times.sweep_offers()


@every("0 8,16 * * *")
def remind_of_bookings() -> int:
    """The day before, in the morning, and in the afternoon those who booked since."""
    return booking_times.remind()


@every("15 1 * * *")
def make_coming_slots() -> int:
    """The slots of the days that come into reach."""
    return calendars.make_coming_slots()


@every("20 1 * * *")
def prepare_months() -> None:
    """The journal's partitions for this month and the next two: no filing at midnight waits for one."""
    today = clock.now().date()
    ensure_months({add_months(today, n) for n in range(3)})


@every("40 1 * * *")
def drop_forgotten_photos() -> int:
    """Pictures whose form was never sent."""
    return photos.drop_abandoned(clock.now())


@every("43 1 * * *")
def drop_old_lists() -> int:
    """The files of lists, with the persons in them, after their days."""
    return uploads.forget_old(clock.now())


@every("45 1 * * *")
def drop_forgotten_requests() -> int:
    """Requests that were begun and never sent, after the day that their author was told, with their files."""
    return drafts.drop_over(clock.today()) + attachments.drop_abandoned(clock.now())


@every("50 1 * * *")
def drop_forgotten_drafts() -> None:
    """Sessions that are over, with the forms begun in them."""
    call_command("clearsessions")


@every("55 1 * * *")
def settle_rest() -> int:
    """Cases rest where today's declarations say so, also those that were filed before a declaration said it."""
    return resting.settle()


@every("10 2 * * *")
def forget_persons() -> int:
    """Personal data that may no longer be kept."""
    return retaining.forget_persons()


@every("30 * * * *")
def forget_jobs() -> int:
    """Failed jobs after a week, and those that a killed worker left behind: their tasks have long run again."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            delete from procrastinate_jobs job
            where (status = 'doing' and not exists (
                    select 1 from procrastinate_workers w
                    where w.id = job.worker_id and w.last_heartbeat > now() - interval '5 minutes'))
                or (status in ('failed', 'aborted', 'cancelled') and not exists (
                    select 1 from procrastinate_events e where e.job_id = job.id and e.at > now() - %s))
            """,
            [JOB_KEPT],
        )
        return cursor.rowcount
