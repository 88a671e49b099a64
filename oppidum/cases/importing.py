"""Filing the rows of a spreadsheet as cases of a service: the same questions, the same checks, the same door as the page.

    columns     applicant.kind  applicant.name  contact.email  kind  day  lines.0.what  lines.0.amount  ...
    our own     key (the row's name in the system that it comes from: imported again it is the same case), filed_on, lon, lat, address

Nothing is filed as long as one row has a fault; every fault is told by row and column. A line of the file is a row: the header is row 1.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.declaration import Number, Service, Text, clean_form
from oppidum.cases.declaration.fields import columns_of, nest_row, unknown_columns
from oppidum.cases.declaration.fields.days import read_day
from oppidum.cases.filing import file_cases
from oppidum.cases.intake import prepare_case
from oppidum.cases.new_case import NewCase
from oppidum.cases.rules.standing import SYSTEM
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm, Refusal
from oppidum.territory.locate import find_commune

OWN = ("key", "filed_on")
PLACED = {"lon": Number("lon", required=True), "lat": Number("lat", required=True), "address": Text("address")}
REPORTED = ("category", "words", *PLACED)
LONGEST_CELL = 100_000


@dataclass(frozen=True)
class RowFault:
    """What is wrong in a row: the column, what stood there, and what to do."""

    row: int
    column: str
    value: str
    says: str

    def __str__(self) -> str:
        shown = f" “{self.value[:60]}”" if self.value else ""
        return _("row %(row)d, %(column)s%(value)s: %(says)s") % {
            "row": self.row,
            "column": self.column or "–",
            "value": shown,
            "says": self.says,
        }


@dataclass
class Imported:
    """What an import came to: rows read, faults, and, when there were none and it was no rehearsal, the codes of new cases."""

    rows: int = 0
    faults: list[RowFault] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    known: int = 0


def import_file(service: type[Service], path: Path, *, dry_run: bool = False, now: datetime | None = None) -> Imported:
    """File each row of a CSV file as a case. Rows that were imported before (same `key`, else same content) are found, not filed."""
    now = now or clock.now()
    header, rows = read_table(path)
    done = Imported(faults=list(_faults_of_header(service, header)))
    cases: list[NewCase] = []
    numbers: list[int] = []
    for number, row in rows if not done.faults else ():
        done.rows += 1
        try:
            cases.append(_prepare(service, row, now))
            numbers.append(number)
        except Refusal as refusal:
            wrong = refusal.errors if isinstance(refusal, InvalidForm) else [refusal]
            done.faults += [_fault(number, row, one) for one in wrong]
    if done.faults or dry_run:
        return done
    for number, filed in zip(numbers, file_cases(cases, now), strict=True):
        if filed.refusal:  # What a booking refuses is known only when it is taken; the other rows stand.
            done.faults.append(RowFault(number, filed.refusal.field or "", "", str(filed.refusal)))
            continue
        done.codes += [filed.code] if filed.is_new else []
        done.known += not filed.is_new
    return done


def read_table(path: Path) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    """The header and the numbered rows of a CSV file, whichever sign parts its columns; UTF-8, or what Excel writes in France."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    sign = max(";,\t|", key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    header = [name.strip() for name in next(table, [])]
    return header, (
        (n, dict(zip(header, row, strict=False))) for n, row in enumerate(table, start=2) if any(cell.strip() for cell in row)
    )


def columns_for(service: type[Service], rows: int = 3) -> list[str]:
    """The header of a spreadsheet for this service, with `rows` of each list."""
    if not service.categories:
        return [*OWN, *columns_of(service.form, rows)]
    questions = {name: one for category in service.categories.values() for name, one in category.questions.items()}
    return [*OWN, *REPORTED, *columns_of(questions, rows)]


def _faults_of_header(service: type[Service], header: list[str]) -> Iterator[RowFault]:
    if not any(header):
        yield RowFault(1, "", "", _("The file is empty: its first row names the columns."))
        return
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield RowFault(1, name, "", _("This column stands twice: keep one."))
    if service.categories:
        known = set(columns_for(service, 1))
        unknown = [name for name in header if name and name.replace("-", ".") not in known]
    else:
        unknown = [fault.field or "" for fault in unknown_columns(service.form, [name for name in header if name not in OWN])]
    for name in unknown:
        yield RowFault(1, name, "", _("No question of this service reads this column: correct its name, or take it out."))


def _prepare(service: type[Service], row: Mapping[str, str], now: datetime) -> NewCase:
    """The case in a row. Raises `InvalidForm`."""
    filed_at = _filed_at(row.get("filed_on") or "", now)
    key = (row.get("key") or "").strip() or hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()[:32]
    known: dict[str, Any] = {"channel": "import", "actor": SYSTEM, "filed_at": filed_at, "key": f"import:{service.code}:{key}"[:60]}
    if not service.categories:
        return prepare_case(service, nest_row(service.form, row), filed_at, **known)
    place = clean_form(PLACED, row, clock.local_day(now))
    commune = find_commune(place["lon"], place["lat"])
    if commune is None:
        raise InvalidForm(
            [Invalid(_("This place is outside our territory. If it is a mistake, correct the address."), field="lon")]
        )
    questions = service.categories[row["category"]].questions if row.get("category") in service.categories else {}
    raw = {"category": row.get("category", ""), "words": row.get("words", ""), **nest_row(questions, row)}
    return prepare_case(service, raw, filed_at, **known, commune=commune, **place)


def _filed_at(text: str, now: datetime) -> datetime:
    """Noon of the day on which it was received; now when the file doesn't say."""
    if not text.strip():
        return now
    try:
        day = read_day(text)
        if day > clock.local_day(now):
            raise Invalid(_("This day is still to come."))
    except Invalid as fault:
        fault.field = "filed_on"
        raise InvalidForm([fault]) from None
    return min(now, datetime.combine(day, time(12), tzinfo=clock.PARIS))


def _fault(number: int, row: Mapping[str, str], fault: Refusal) -> RowFault:
    column = (fault.field or "").replace("-", ".")
    value = next((row[name] for name in row if name.replace("-", ".") == column), "")
    return RowFault(number, column, value, str(fault))
