"""A row of a list as a case: the same questions, the same checks, the same places as on the page; all its faults at once."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.declaration import Service, clean_form
from oppidum.cases.declaration.fields import nest_row
from oppidum.cases.declaration.fields.days import read_day
from oppidum.cases.intake import prepare_case
from oppidum.cases.lists.columns import PLACED
from oppidum.cases.lists.reading import TO_MEND, Row, RowFault
from oppidum.cases.new_case import NewCase
from oppidum.cases.rules.standing import SYSTEM, Actor
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm, Refusal
from oppidum.core.memory import no_cycle_collection
from oppidum.core.sql import rows as sql_rows
from oppidum.core.sql import text_array
from oppidum.territory.locate import find_commune

LONGEST_KEY = 60


@dataclass(frozen=True)
class Read:
    """A row that was read: the case that it is, or its faults."""

    row: Row
    case: NewCase | None
    faults: tuple[RowFault, ...] = ()


class Keys:
    """The keys that stand in a list, each with the first row that has it: a second one would be lost."""

    def __init__(self, rows: Sequence[Row]):
        self._first: dict[str, int] = {}
        for row in rows:
            if key := _key(row):
                self._first.setdefault(key, row.number)

    def taken_by(self, row: Row) -> int | None:
        """The number of the earlier row with the same key, or None."""
        first = self._first.get(_key(row), row.number)
        return first if first != row.number else None


def read_rows(service: type[Service], rows: Sequence[Row], keys: Keys, now: datetime, actor: Actor = SYSTEM) -> list[Read]:
    """Each row as the case that it is, filed by `actor`, or with what is wrong in it."""
    with no_cycle_collection():
        return [_read(service, row, keys, now, actor) for row in rows]


def find_filed(keys: Sequence[str | None]) -> set[str]:
    """Those of the keys under which something was filed before."""
    found = sql_rows("select key from cases_case where key = any(%s::text::text[])", [text_array([key for key in keys if key])])
    return {key for (key,) in found}


def _read(service: type[Service], row: Row, keys: Keys, now: datetime, actor: Actor) -> Read:
    faults = list(_faults_of_row(row, keys))
    try:
        case = _prepare(service, row.cells, now, actor)
    except Refusal as refusal:
        wrong = refusal.errors if isinstance(refusal, InvalidForm) else [refusal]
        faults += [_fault(row, one) for one in wrong]
    return Read(row, None, tuple(faults)) if faults else Read(row, case)


def _faults_of_row(row: Row, keys: Keys) -> Iterator[RowFault]:
    if row.beyond:
        says = _(
            "This row has more cells than the header has columns: put a cell that holds the dividing sign between quotation marks."
        )
        yield RowFault(row.number, "", row.beyond[0], says)
    if first := keys.taken_by(row):
        yield RowFault(row.number, "key", _key(row), _("Row %(row)d has the same key: give each row its own.") % {"row": first})


def _prepare(service: type[Service], cells: Mapping[str, str], now: datetime, actor: Actor) -> NewCase:
    """The case in a row. Raises `InvalidForm`."""
    filed_at = _filed_at(cells.get("filed_on") or "", now)
    known: dict[str, Any] = {"channel": "import", "actor": actor, "filed_at": filed_at, "key": key_of(service, cells)}
    if not service.categories:
        return prepare_case(service, nest_row(service.form, cells), filed_at, **known)
    place = clean_form(PLACED, cells, clock.local_day(now))
    commune = find_commune(place["lon"], place["lat"])
    if commune is None:
        raise InvalidForm(
            [Invalid(_("This place is outside our territory. If it is a mistake, correct the address."), field="lon")]
        )
    questions = service.categories[cells["category"]].questions if cells.get("category") in service.categories else {}
    raw = {"category": cells.get("category", ""), "words": cells.get("words", ""), **nest_row(questions, cells)}
    return prepare_case(service, raw, filed_at, **known, commune=commune, **place)


def key_of(service: type[Service], cells: Mapping[str, str]) -> str:
    """The key of a row's filing: of its own key, or of all that it says. One that is too long is told by its digest, never cut."""
    own = (cells.get("key") or "").strip()
    content = sorted((name, value) for name, value in cells.items() if name != TO_MEND)
    key = f"import:{service.code}:{own or hashlib.sha256(repr(content).encode()).hexdigest()[:32]}"
    if own and len(key) > LONGEST_KEY:
        return f"import:{hashlib.sha256(key.encode()).hexdigest()[:48]}"
    return key[:LONGEST_KEY]


def _key(row: Row) -> str:
    return (row.cells.get("key") or "").strip()


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


def _fault(row: Row, fault: Refusal) -> RowFault:
    column = (fault.field or "").replace("-", ".")
    value = next((row.cells[name] for name in row.cells if name.replace("-", ".") == column), "")
    return RowFault(row.number, column, value, str(fault))
