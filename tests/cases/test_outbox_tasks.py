"""What the worker does without being asked."""

from datetime import UTC, datetime, timedelta

import pytest
from croniter import croniter
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app

from oppidum.cases import tasks
from oppidum.cases.models import Mail, Photo
from oppidum.core import clock
from tests.cases.leaving import ZOE, report

NAMES = [
    "cases.deliver_outbox",
    "cases.drop_forgotten_drafts",
    "cases.drop_forgotten_photos",
    "cases.drop_forgotten_requests",
    "cases.forget_jobs",
    "cases.forget_persons",
    "cases.make_coming_slots",
    "cases.prepare_months",
    "cases.remind_of_bookings",
    "cases.send_mails",
    "cases.sweep",
    "cases.sweep_offers",
]


def test_every_task_waits_in_the_queue_once_at_most():
    periodic = {p.task.name: p for p in app.periodic_registry.periodic_tasks.values()}
    assert set(NAMES) <= set(periodic)
    assert all(one.task.queueing_lock == name for name, one in periodic.items() if not name.startswith("procrastinate."))


@pytest.mark.parametrize("day", [datetime(2027, 1, 15, tzinfo=UTC), datetime(2027, 7, 15, tzinfo=UTC)])
def test_the_sweep_comes_five_minutes_after_midnight_in_summer_and_in_winter(day):
    [cron] = [p.cron for p in app.periodic_registry.periodic_tasks.values() if p.task.name == "cases.sweep"]
    runs = croniter(cron, day)
    local = [runs.get_next(datetime).astimezone(clock.PARIS) for _ in range(24 * 4)]  # each quarter of an hour, for clocks in hours
    assert (0, 5) in {(at.hour, at.minute) for at in local}


def test_a_filing_becomes_a_mail_that_left(people):
    report(ZOE)
    tasks.deliver_outbox()
    tasks.send_mails()
    assert Mail.objects.get().fate == "sent"


def test_the_journal_has_its_partitions_before_the_months_begin(db, moved):
    with moved(2031, 11, 20, 9):
        tasks.prepare_months()
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('cases_journal_2031_11'), to_regclass('cases_journal_2032_01')")
        assert None not in cursor.fetchone()


def test_a_photo_whose_form_was_never_sent_goes_with_its_draft_and_its_files(
    people, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    filed = report(ZOE)
    for token, days, case in (("old", 15, None), ("young", 13, None), ("kept", 99, filed.case_id)):
        default_storage.save(f"{token}.jpg", ContentFile(b"x"))
        Photo.objects.create(
            token=token,
            case_id=case,
            file=f"{token}.jpg",
            thumbnail=f"{token}-small.jpg",
            width=1,
            height=1,
            uploaded_at=clock.now() - timedelta(days=days),
        )
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.drop_forgotten_photos() == 1
    assert set(Photo.objects.values_list("token", flat=True)) == {"young", "kept"}
    assert {p.name for p in tmp_path.iterdir()} == {"young.jpg", "kept.jpg"}


def test_jobs_of_dead_workers_are_forgotten_and_waiting_ones_are_not(db):
    with connection.cursor() as cursor:
        cursor.execute("""
            insert into procrastinate_jobs (queue_name, task_name, args, status) values
            ('default', 'left-by-a-dead-worker', '{}', 'doing'), ('default', 'waiting', '{}', 'todo')
        """)
        tasks.forget_jobs()
        cursor.execute("select task_name from procrastinate_jobs")
        assert cursor.fetchall() == [("waiting",)]


def test_no_migration_is_missing(db):
    call_command("makemigrations", "cases", "--check", "--dry-run", verbosity=0)
