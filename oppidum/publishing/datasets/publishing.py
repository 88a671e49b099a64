"""The one way a dataset is published: written aside, checked, compared, and put in its place as a new version, or refused.

A refusal changes nothing but the list of runs: the version before stays. What didn't change makes no new version.
"""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

from django.db import connection, transaction

from oppidum.core import clock
from oppidum.core.watching import tell
from oppidum.people.models import Officer
from oppidum.publishing.datasets.anonymity import Check
from oppidum.publishing.datasets.catalogue import all_datasets, get_dataset
from oppidum.publishing.datasets.comparing import compare
from oppidum.publishing.datasets.declaration import Dataset, Tally
from oppidum.publishing.datasets.extent import bounds_of, extent_of
from oppidum.publishing.datasets.pictures import draw_charts, redraw_charts
from oppidum.publishing.datasets.reading import read_rows
from oppidum.publishing.datasets.refusals import NotPublished, WrongCells
from oppidum.publishing.datasets.schema import table_schema
from oppidum.publishing.datasets.storing import aside, describe, file_of, folder_of, put
from oppidum.publishing.datasets.validating import find_faults
from oppidum.publishing.datasets.writing import read_csv, write_csv, write_geojson, write_parquet
from oppidum.publishing.models import DatasetRun, DatasetVersion
from oppidum.publishing.watching import VERSIONS

log = logging.getLogger(__name__)
Outcome = DatasetRun.Outcome
NO_ROWS = [{"code": "no-rows"}]
_LOCK = 0x0DA7A


def publish(name: str, by: Officer | None = None) -> DatasetRun:
    """Publish a dataset now; the run says what became of it. Raises `NotFound` for a name that nobody declared."""
    dataset, began = get_dataset(name), time.monotonic()
    with _alone(name):
        run = DatasetRun(dataset=name, at=clock.now(), by=by)
        try:
            _publish(dataset, run)
        except NotPublished as refusal:
            run.outcome, run.faults, run.faults_count = Outcome.REFUSED, refusal.faults, refusal.count
        except Exception as wrong:  # whatever one dataset meets, the others go on
            log.exception("dataset %s could not be published", name)
            run.outcome, run.faults = Outcome.FAILED, [{"code": "failed", "detail": f"{type(wrong).__name__}: {wrong}"[:300]}]
        run.seconds = time.monotonic() - began
        return _keep(run)


def _keep(run: DatasetRun) -> DatasetRun:
    """Record a run; what finds no row again and again is told once, with the last time."""
    last = DatasetRun.objects.filter(dataset=run.dataset).exclude(outcome=Outcome.ASKED).order_by("-at", "-pk").first()
    if run.faults == NO_ROWS and last is not None and last.faults == NO_ROWS and last.by_id == run.by_id:
        run.pk = last.pk
    run.save()
    return run


def publish_all() -> list[DatasetRun]:
    """Publish every dataset, one after the other."""
    return [publish(name) for name in all_datasets()]


def _publish(dataset: Dataset, run: DatasetRun) -> None:
    last = DatasetVersion.objects.filter(dataset=dataset.name).order_by("-number").first()
    with aside(dataset.name) as draft:
        table = draft / f"{dataset.name}.csv"
        rows, told = _write_table(dataset, draft, table)
        if not rows:
            raise NotPublished(NO_ROWS)
        schema = table_schema(dataset)
        if faults := find_faults(table, schema):
            raise WrongCells(faults)
        same = last and describe(table)["sha256"] == last.files["csv"]["sha256"]
        if same and last.schema == schema and _is_whole(last):
            redraw_charts(dataset, table, folder_of(dataset.name, last.number))
            run.outcome, run.version = Outcome.UNCHANGED, last
            return
        changes = compare(file_of(dataset.name, last.number, "csv"), table, dataset.key) if last and _is_whole(last) else None
        files = _write_others(dataset, draft, table, schema)
        run.outcome, run.version = Outcome.PUBLISHED, _record(dataset, draft, rows, files, schema, changes, told, last)


def _write_table(dataset: Dataset, draft: Path, table: Path) -> tuple[int, dict[str, Any]]:
    """The CSV, after the k-anonymity check where one is asked for; gives the number of rows and what the check tells."""
    if dataset.anonymity is None:
        return write_csv(table, dataset.names, read_rows(dataset)), {}
    sums = tuple(dataset.source.adds) if isinstance(dataset.source, Tally) else ()
    check, raw = Check(dataset.anonymity, dataset.names, sums), draft / "raw.csv"

    def counted() -> Iterator[tuple[str, ...]]:
        for row in read_rows(dataset):
            check.count(row)
            yield row

    try:
        write_csv(raw, dataset.names, counted())
        check.decide()
        return write_csv(table, dataset.names, check.keep(read_csv(raw))), check.told().as_data()
    finally:
        raw.unlink(missing_ok=True)


def _write_others(dataset: Dataset, draft: Path, table: Path, schema: dict[str, Any]) -> dict[str, Any]:
    """The other formats, the schema and the charts; gives bytes and digest of each format."""
    if dataset.geometry:
        write_geojson(draft / f"{dataset.name}.geojson", dataset, read_csv(table))
    write_parquet(draft / f"{dataset.name}.parquet", dataset, table)
    (draft / "schema.json").write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draw_charts(dataset, table, draft)
    return {suffix: describe(draft / f"{dataset.name}.{suffix}") for suffix in dataset.formats}


def _record(dataset, draft, rows, files, schema, changes, told, last) -> DatasetVersion:
    number = last.number + 1 if last else 1
    first, until = extent_of(dataset, draft / f"{dataset.name}.csv")
    version = DatasetVersion(
        dataset=dataset.name,
        number=number,
        at=clock.now(),
        rows=rows,
        files=files,
        schema=schema,
        changes=changes.as_data() if changes else {},
        anonymity=told,
        covers_from=first,
        covers_to=until,
        bounds=bounds_of(dataset, draft / f"{dataset.name}.csv"),
    )
    put(draft, dataset.name, number)
    with transaction.atomic():
        version.save(force_insert=True)
        tell(VERSIONS, [version])
    return version


def _is_whole(version: DatasetVersion) -> bool:
    """Whether the files of a version are there."""
    return all(file_of(version.dataset, version.number, suffix).exists() for suffix in version.files)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One publication of a dataset at a time: the second waits, and finds nothing changed."""
    key = crc32(name.encode()) - 2**31
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s, %s)", [_LOCK, key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, %s)", [_LOCK, key])
