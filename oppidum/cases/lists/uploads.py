"""A list sent at the desk: kept, checked, confirmed, filed in pieces by the worker, forgotten.

    receive(file) -> ListUpload     its kind, letters and header are looked at, and it is stored                checking
    work(seconds) -> rows done      each worker, each round; a piece of rows is one transaction                 checked, and nothing is filed
    confirm                         an officer has seen what would be filed                                     filing
    work                            as before; the rows that were in order become cases                         done

A piece and how far the list is are written in one transaction: a worker killed in the middle of it leaves the list as it was, and the next one
goes on there. The file is deleted once all its rows are filed; with faults left, or unconfirmed, after `KEPT_DAYS`.
"""

import hashlib
import logging
import os
import secrets
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from oppidum.cases.declaration import Service, catalogue
from oppidum.cases.files.attachments import clean_name
from oppidum.cases.filing import file_cases
from oppidum.cases.lists.columns import faults_of_header
from oppidum.cases.lists.reading import ListRefused, Row, RowFault, Table, read_table
from oppidum.cases.lists.rows import Keys, Read, find_filed, read_rows
from oppidum.cases.models import ListFault, ListUpload
from oppidum.cases.preparing import actor_of
from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.people.models import Officer

log = logging.getLogger(__name__)

PIECE = 1000
LARGEST_MB = 50
MOST_ROWS = 300_000
KEPT_DAYS = 7
ATTEMPTS = 3
Stage = ListUpload.Stage
AT_WORK = (Stage.CHECKING, Stage.FILING)


class NotThere(Refusal):
    """The list is at another stage than what was asked needs."""

    code = "list-at-another-stage"
    status = 409
    default = gettext_lazy("This list has moved on meanwhile: look at its page again.")


def receive(file: BinaryIO, name: str, service: type[Service], officer: Officer, language: str) -> ListUpload:
    """Look at a file and keep it to be checked; nothing is filed. Raises `ListRefused`."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if not size:
        raise ListRefused(_("This file is empty. Fill in the empty list, and choose it again."))
    if size > LARGEST_MB * 1024 * 1024:
        raise ListRefused(
            _("This file is too large: at most %(size)d MB. Cut it in two, each with the header.") % {"size": LARGEST_MB}
        )
    content = file.read()
    table = read_table(content)
    _refuse_wrong(service, table)
    now = clock.now()
    return ListUpload.objects.create(
        service=service.code,
        officer=officer,
        language=language,
        name=clean_name(name),
        sha256=hashlib.sha256(content).hexdigest(),
        size=size,
        encoding=table.encoding,
        file=_store(content),
        rows=len(table.rows),
        uploaded_at=now,
        kept_until=clock.local_day(now) + timedelta(days=KEPT_DAYS),
    )


def _refuse_wrong(service: type[Service], table: Table) -> None:
    if wrong := [f"“{column}”: {says}" if column else says for column, says in faults_of_header(service, table.header)]:
        raise ListRefused(_("The header, the first row, isn’t that of this service’s list.") + " " + " ".join(wrong[:10]))
    if not table.rows:
        raise ListRefused(_("There is no row below the header: nothing to file."))
    if len(table.rows) > MOST_ROWS:
        raise ListRefused(_("This list has more than %(most)d rows: cut it, each part with the header.") % {"most": MOST_ROWS})


def confirm(pk: int) -> None:
    """File the rows that are in order. Raises `NotThere` when that was asked before, or there is nothing to file."""
    fresh = {"stage": Stage.FILING, "reached": 0, "attempts": 0, "confirmed_at": clock.now()}
    if not ListUpload.objects.filter(pk=pk, stage=Stage.CHECKED, ready__gt=0).update(**fresh):
        raise NotThere()


def give_up(pk: int) -> None:
    """Delete an unconfirmed list. Raises `NotThere` once it is being filed."""
    with transaction.atomic():
        upload = ListUpload.objects.select_for_update().filter(pk=pk, stage__in=(Stage.CHECKING, Stage.CHECKED)).first()
        if upload is None:
            raise NotThere()
        ListUpload.objects.filter(pk=pk).update(stage=Stage.DROPPED, finished_at=clock.now())
        forget(upload)


def try_again(pk: int) -> None:
    """Go on with a list that has stopped, once the cause is mended."""
    ListUpload.objects.filter(pk=pk).update(attempts=0, error="")


def work(seconds: float = 8) -> int:
    """Check and file what waits until nothing is left or time is over; returns how many rows were done. Any number of workers may do so at once."""
    until, done = time.monotonic() + seconds, 0
    for pk in list(ListUpload.objects.filter(stage__in=AT_WORK, error="").order_by("pk").values_list("pk", flat=True)):
        done += work_on(pk, until - time.monotonic())
    return done


def work_on(pk: int, seconds: float) -> int:
    """Go on with one list, a piece at least while there is time; returns how many rows were done."""
    until, done, table = time.monotonic() + seconds, 0, None
    try:
        while time.monotonic() < until:
            table = table or _Open(ListUpload.objects.get(pk=pk))
            if not (count := _do_piece(pk, table)):
                break
            done += count
    except Exception as error:
        log.exception("list %s", pk)
        _note_failure(pk, error)
    return done


def open_table(upload: ListUpload) -> Table:
    """The rows of a list whose file is still there."""
    return read_table((Path(settings.MEDIA_ROOT) / upload.file).read_bytes())


def read_first(upload: ListUpload, count: int) -> list[Read]:
    """The first rows as they are understood."""
    opened = _Open(upload)
    return read_rows(opened.service, opened.table.rows[:count], opened.keys, clock.now())


def forget(upload: ListUpload) -> None:
    """Delete the file of a list and what was said of its rows, in the caller's transaction; the file goes when that is committed."""
    ListFault.objects.filter(upload=upload).delete()
    ListUpload.objects.filter(pk=upload.pk).update(file="")
    if upload.file:
        path = Path(settings.MEDIA_ROOT) / upload.file
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def forget_old(now: datetime) -> int:
    """Delete the files whose time is over; lists that nobody confirmed are given up. Returns how many."""
    over = ListUpload.objects.filter(kept_until__lt=clock.local_day(now)).exclude(file="").exclude(stage=Stage.FILING, error="")
    with transaction.atomic():
        found = list(over.select_for_update(skip_locked=True))
        for upload in found:
            forget(upload)
        left = [one.pk for one in found if one.stage != Stage.DONE]
        ListUpload.objects.filter(pk__in=left).update(stage=Stage.DROPPED, finished_at=now)
    return len(found)


class _Open:
    """A list that is being worked on: its table, read once for many pieces."""

    def __init__(self, upload: ListUpload):
        self.service = catalogue()[upload.service]
        self.table = open_table(upload)
        self.keys = Keys(self.table.rows)


def _do_piece(pk: int, opened: _Open) -> int:
    """The next rows of a list, and how far it is, in one transaction; how many rows, 0 when none is left or another worker is at it."""
    with transaction.atomic():
        waiting = ListUpload.objects.select_for_update(skip_locked=True, of=("self",)).select_related("officer__role")
        upload = waiting.filter(pk=pk, stage__in=AT_WORK, error="").first()
        if upload is None:
            return 0
        rows = opened.table.rows[upload.reached : upload.reached + PIECE]
        with override(upload.language):
            (_check if upload.stage == Stage.CHECKING else _file)(upload, opened, rows)
        upload.reached += len(rows)
        upload.attempts = 0
        if upload.reached >= upload.rows:
            _end_stage(upload)
        upload.save()
        return len(rows)


def _check(upload: ListUpload, opened: _Open, rows: Sequence[Row]) -> None:
    """Count what a piece would come to."""
    read = read_rows(opened.service, rows, opened.keys, clock.now(), actor_of(upload.officer))
    _keep_faults(upload, [fault for one in read for fault in one.faults])
    good = [one.case.key for one in read if one.case]
    known = len(find_filed(good))
    upload.refused += len(read) - len(good)
    upload.known += known
    upload.ready += len(good) - known


def _file(upload: ListUpload, opened: _Open, rows: Sequence[Row]) -> None:
    """File what of a piece was in order when it was checked, and still is."""
    faulty = {row.number for row in rows} & set(upload.faults.values_list("row", flat=True)) if upload.refused else set()
    now, actor = clock.now(), actor_of(upload.officer)
    # Whoever gives no language of their own is written to in the installation's, not in the officer's; faults are the officer's to read.
    with override(settings.LANGUAGE_CODE):
        read = read_rows(opened.service, [row for row in rows if row.number not in faulty], opened.keys, now, actor)
        good = [one for one in read if one.case]
        came = file_cases([one.case for one in good if one.case], now)
    wrong = [one for one in read if one.faults]
    said = read_rows(opened.service, [one.row for one in wrong], opened.keys, now, actor)
    faults = [fault for one, again in zip(wrong, said, strict=True) for fault in again.faults or one.faults]
    upload.refused += len(wrong)
    for one, filed in zip(good, came, strict=True):
        if filed.refusal:  # What a booking refuses is known only when it is taken.
            faults.append(RowFault(one.row.number, filed.refusal.field or "", "", str(filed.refusal)))
        upload.refused += bool(filed.refusal)
        upload.filed += filed.is_new
        upload.found += not filed.is_new and not filed.refusal
    _keep_faults(upload, faults)


def _end_stage(upload: ListUpload) -> None:
    now = clock.now()
    if upload.stage == Stage.CHECKING:
        upload.stage = Stage.CHECKED
        return
    upload.stage, upload.finished_at = Stage.DONE, now
    upload.kept_until = clock.local_day(now) + timedelta(days=KEPT_DAYS)
    if not upload.refused:
        forget(upload)
        upload.file = ""


def _keep_faults(upload: ListUpload, faults: Sequence[RowFault]) -> None:
    ListFault.objects.bulk_create(
        [
            ListFault(
                upload=upload,
                row=one.row,
                column=one.column.replace("\x00", "")[:200],
                value=one.value.replace("\x00", "")[:100],
                says=one.says.replace("\x00", ""),
            )
            for one in faults
        ],
        batch_size=2000,
    )


def _note_failure(pk: int, error: Exception) -> None:
    """What failed is tried again, and stops after `ATTEMPTS`: somebody has to look."""
    ListUpload.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
    ListUpload.objects.filter(pk=pk, attempts__gte=ATTEMPTS).update(error=f"{type(error).__name__}: {error}"[:2000])


def _store(content: bytes) -> str:
    """Write the file where nobody but the installation reads it; whole or not at all."""
    name = f"lists/{secrets.token_urlsafe(24)}.csv"
    target = Path(settings.MEDIA_ROOT) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    with draft.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.chmod(0o640)
    os.replace(draft, target)
    return name
