"""Writing charges down: whole batches in one statement, with the instalment and the first movement of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from oppidum.cases.declaration import Bill, Fee
from oppidum.cases.declaration.billing import Instalment as Part
from oppidum.cases.models import Effect
from oppidum.cases.numbering import take_numbers
from oppidum.cases.rules.standing import Standing
from oppidum.cases.writing import as_json, spread
from oppidum.core import clock
from oppidum.core.sql import plain_array, server_cursor, text_array
from oppidum.core.watching import is_watched, tell
from oppidum.payments.models import Charge, Instalment, Movement
from oppidum.payments.watching import MOVEMENTS, Moved

CHARGE_TYPES = {
    "case_id": "bigint",
    "act": "int",
    "fee": "text",
    "period": "text",
    "reference": "text",
    "lines": "jsonb",
    "sources": "jsonb",
    "exempt": "jsonb",
    "total_cents": "bigint",
    "balance_cents": "bigint",
    "offered": "jsonb",
    "account": "text",
    "charged_on": "date",
    "due_on": "date",
}
_NUMBERS = ("case_id", "act", "total_cents", "balance_cents", "charged_on", "due_on")
_DOCUMENTS = ("lines", "sources", "exempt", "offered")
_NAMES = ", ".join(CHARGE_TYPES)
_INSERT = f"""
    with charge as (
        insert into payments_charge ({_NAMES}, created_at, disputed_why)
        select {_NAMES}, %s, '' from unnest({spread(CHARGE_TYPES, CHARGE_TYPES)}) as new({_NAMES})
        returning id, reference, total_cents, charged_on, due_on, created_at
    ), instalment as (
        insert into payments_instalment (charge_id, number, due_on, amount_cents)
        select id, 1, due_on, total_cents from charge where total_cents <> 0
    ), movement as (
        insert into payments_movement (charge_id, kind, amount_cents, key, reason, valid_on, recorded_at)
        select id, 'charge', total_cents, 'charge:' || reference, '', charged_on, created_at from charge
    )
    select reference, id from charge
"""


@dataclass(frozen=True)
class Owed:
    """A bill on its way to the books, in each language."""

    effect: Effect
    fee: Fee
    bills: Mapping[str, Bill]
    standing: Standing

    @property
    def bill(self) -> Bill:
        return self.bills[settings.LANGUAGE_CODE]


def write_charges(owed: Sequence[Owed]) -> list[Charge]:
    """The charges of these bills, each due in one part or in those that were agreed, with the first movement of its account."""
    year, now = clock.today().year, clock.now()
    first = take_numbers("charge", year, len(owed))
    charges = [_charge_of(each, f"{year}C{first + n:07d}", now) for n, each in enumerate(owed)]
    with server_cursor() as cursor:
        ids = dict(cursor.execute(_INSERT, [now, *(_column(charges, name) for name in CHARGE_TYPES)]).fetchall())
    for charge in charges:
        charge.pk, charge._state.adding = ids[charge.reference], False
    _put_in_parts([(charge, each.bill.instalments) for charge, each in zip(charges, owed, strict=True) if is_agreed(each)])
    if is_watched(MOVEMENTS):
        tell(MOVEMENTS, [Moved(c.case_id, c.fee, str(Movement.Kind.CHARGE), c.total_cents, c.charged_on) for c in charges])
    return charges


def is_agreed(owed: Owed) -> bool:
    """Whether its parts are in force, and not only offered."""
    return bool(owed.fee.instalments and owed.fee.instalments.agreed and owed.bill.instalments)


def _put_in_parts(agreed: Sequence[tuple[Charge, Sequence[Part]]]) -> None:
    Instalment.objects.filter(charge__in=[charge.pk for charge, _parts in agreed]).delete()
    Instalment.objects.bulk_create(
        Instalment(charge=charge, number=n, due_on=part.due_on, amount_cents=part.amount_cents)
        for charge, parts in agreed
        for n, part in enumerate(parts, start=1)
    )


def _column(charges: Sequence[Charge], name: str) -> str:
    values = [getattr(charge, name) for charge in charges]
    if name in _NUMBERS:
        return plain_array(values)
    return text_array([as_json(value) for value in values] if name in _DOCUMENTS else values)


def _charge_of(owed: Owed, reference: str, now) -> Charge:
    bill = owed.bill
    return Charge(
        case_id=owed.effect.case_id,
        act=owed.effect.seq,
        fee=owed.fee.name,
        period=bill.period[:40],
        reference=reference,
        lines=[
            {
                "amount_cents": line.amount_cents,
                "words": {code: [b.lines[n].label, b.lines[n].says] for code, b in owed.bills.items()},
            }
            for n, line in enumerate(bill.lines)
        ],
        sources=list(bill.sources),
        exempt={code: b.exempt for code, b in owed.bills.items()} if bill.exempt else {},
        total_cents=bill.total_cents,
        balance_cents=bill.total_cents,
        offered=[] if is_agreed(owed) else [[part.due_on.isoformat(), part.amount_cents] for part in bill.instalments],
        account=owed.fee.account,
        charged_on=bill.day,
        due_on=bill.instalments[-1].due_on if is_agreed(owed) else bill.day + timedelta(days=owed.fee.due_days),
        created_at=now,
    )
