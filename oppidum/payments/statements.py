"""Reading the books: the account of a case, what is late, what the accountant reconciles. Set-based; nothing here changes anything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import get_language

from oppidum.core import clock
from oppidum.core.sql import server_cursor
from oppidum.payments.accounts import find_fee, service_of
from oppidum.payments.models import Charge, Movement, Payment


@dataclass(frozen=True)
class Part:
    """An instalment as it stands: what is left of it, and whether its day is over."""

    number: int
    due_on: date
    amount_cents: int
    left_cents: int
    is_late: bool


@dataclass(frozen=True)
class ChargeStatement:
    """A charge with everything that a page shows of it."""

    charge: Charge
    label: str
    lines: list[tuple[str, str, int]]
    exempt: str
    parts: list[Part]
    movements: list[Movement]
    payments: list[Payment]

    @property
    def next_part(self) -> Part | None:
        return next((part for part in self.parts if part.left_cents), None)

    @property
    def state(self) -> str:
        """nothing, paid, refundable, late or due."""
        if self.charge.balance_cents < 0:
            return "refundable"
        if self.charge.balance_cents == 0:
            return "paid" if self.charge.total_cents else "nothing"
        return "late" if any(part.is_late for part in self.parts) else "due"

    @property
    def may_choose_plan(self) -> bool:
        return len(self.charge.offered) > 1 and self.charge.balance_cents == self.charge.total_cents > 0

    @property
    def by_instalments(self) -> bool:
        return len(self.parts) > 1


@dataclass(frozen=True)
class Statement:
    """The account of a case: its charges, and what they come to together."""

    charges: list[ChargeStatement]

    @property
    def due_cents(self) -> int:
        return sum(c.charge.balance_cents for c in self.charges if c.charge.balance_cents > 0)

    @property
    def refundable_cents(self) -> int:
        return -sum(c.charge.balance_cents for c in self.charges if c.charge.balance_cents < 0)

    @property
    def paid_cents(self) -> int:
        return -sum(m.amount_cents for c in self.charges for m in c.movements if m.kind == Movement.Kind.PAYMENT)


def statement_of(case_id: int) -> Statement:
    """The account of a case, in five queries at most, in the current language."""
    shown = Payment.objects.exclude(state=Payment.State.STARTED, operation=None)
    charges = (
        Charge.objects.filter(case=case_id)
        .select_related("case")
        .prefetch_related("instalments", "reminders", "movements__officer", Prefetch("payments", shown, to_attr="shown_payments"))
    )
    return Statement([_state(charge) for charge in charges])


def _state(charge: Charge) -> ChargeStatement:
    language = get_language() or "fr"
    fee = find_fee(service_of(charge.case), charge.fee)
    lines = [(*_words(line["words"], language), line["amount_cents"]) for line in charge.lines]
    return ChargeStatement(
        charge,
        str(fee.label) if fee else charge.fee,
        lines,
        _words(charge.exempt, language) if charge.exempt else "",
        parts_left(
            [(i.number, i.due_on, i.amount_cents) for i in charge.instalments.all()],
            charge.total_cents - charge.balance_cents,
            clock.today(),
        ),
        list(charge.movements.all()),
        charge.shown_payments,
    )


def _words(by_language: dict, language: str):
    return by_language.get(language) or next(iter(by_language.values()))


def parts_left(instalments: Sequence[tuple[int, date, int]], settled_cents: int, today: date) -> list[Part]:
    """What is left of each instalment when `settled_cents` were paid or waived: the first are settled first. An instalment is late on
    the day after its own."""
    parts = []
    for number, due_on, cents in instalments:
        left = max(0, cents - max(0, settled_cents))
        settled_cents -= cents - left
        parts.append(Part(number, due_on, cents, left, bool(left) and due_on < today))
    return parts


# Each instalment with what was due up to it: late is what of that isn't settled, on the day after.
_LATE = """
    select c.id, c.reference, c.fee, k.code, k.service, k.commune_id, c.account, c.total_cents, c.balance_cents,
           min(i.due_on) as since, least(c.balance_cents, max(i.due_until) - (c.total_cents - c.balance_cents)) as late_cents,
           c.disputed_on is not null, coalesce((select r.stage from payments_reminder r where r.charge_id = c.id order by r.id desc limit 1), ''),
           (select max(r.sent_on) from payments_reminder r where r.charge_id = c.id)
    from payments_charge c join cases_case k on k.id = c.case_id
    join (select charge_id, due_on, (sum(amount_cents) over (partition by charge_id order by number))::bigint as due_until
          from payments_instalment) i on i.charge_id = c.id
    where c.balance_cents > 0 and i.due_on < %s and i.due_until > c.total_cents - c.balance_cents
    group by c.id, k.code, k.service, k.commune_id order by since, c.id limit %s
"""


@dataclass(frozen=True)
class Late:
    """A charge of which an instalment's day is over: `since` its oldest, `late_cents` what of it should have been paid by now; `stage`
    is the last reminder ("first", "formal" or blank), of the day `reminded_on`."""

    charge_id: int
    reference: str
    fee: str
    code: str
    service: str
    commune: str | None
    account: str
    total_cents: int
    balance_cents: int
    since: date
    late_cents: int
    is_disputed: bool
    stage: str
    reminded_on: date | None


def late_charges(today: date, limit: int = 100_000) -> list[Late]:
    """What should have been paid before `today`, the oldest first."""
    with server_cursor() as cursor:
        return [Late(*row) for row in cursor.execute(_LATE, [today, limit]).fetchall()]


_MOVED = """
    select m.valid_on, m.recorded_at, m.kind, c.reference, k.code, k.service, c.fee, c.account, m.amount_cents,
           coalesce(p.provider, ''), coalesce(p.operation, ''), coalesce(p.authorisation, ''), coalesce(p.means, ''), coalesce(p.receipt, ''), m.reason
    from payments_movement m join payments_charge c on c.id = m.charge_id join cases_case k on k.id = c.case_id
    left join payments_payment p on p.id = m.payment_id
    where m.valid_on >= %s and m.valid_on <= %s order by m.valid_on, m.id
"""


def movements_between(first: date, last: date) -> Iterator[tuple]:
    """Every movement of these days, for the accountant: streamed, in order of day."""
    with server_cursor() as cursor:
        yield from cursor.execute(_MOVED, [first, last])


def refundable() -> list[Charge]:
    """Charges of which more was paid than was due."""
    return list(Charge.objects.filter(balance_cents__lt=0).select_related("case").order_by("pk"))


_REFUNDS = """
    select c.reference, k.code, k.service, c.fee, c.account, -c.balance_cents, '', null::date,
           coalesce((select string_agg(distinct p.provider || ' ' || coalesce(nullif(p.operation, ''), p.means), ', ')
                     from payments_payment p where p.charge_id = c.id and p.state = 'paid'), ''), k.id
    from payments_charge c join cases_case k on k.id = c.case_id where c.balance_cents < 0
    union all
    select c.reference, k.code, k.service, c.fee, c.account, m.amount_cents, m.reason, m.valid_on,
           coalesce((select string_agg(distinct p.provider || ' ' || coalesce(nullif(p.operation, ''), p.means), ', ')
                     from payments_payment p where p.charge_id = c.id and p.state = 'paid'), ''), k.id
    from payments_movement m join payments_charge c on c.id = m.charge_id join cases_case k on k.id = c.case_id
    where m.kind = 'refund' and m.valid_on >= %s and m.valid_on <= %s
    order by 1, 8
"""


def refunds_between(first: date, last: date) -> Iterator[tuple]:
    """(reference, code, service, fee, account, cents, reason, ordered on, how it was paid, case id): what was paid too much and waits for an
    order (no day), and the refunds ordered in these days. No bank details: none are kept here."""
    with server_cursor() as cursor:
        yield from cursor.execute(_REFUNDS, [first, last])


def differing() -> list[Payment]:
    """Payments that the provider confirmed with another amount or reference: nobody but a person decides."""
    return list(Payment.objects.filter(state=Payment.State.DIFFERS).select_related("charge__case").order_by("pk"))


def unbalanced() -> list[str]:
    """References of charges whose kept balance is not the sum of their movements: always empty, checked at night."""
    with server_cursor() as cursor:
        rows = cursor.execute(
            """select c.reference from payments_charge c left join payments_movement m on m.charge_id = c.id
               group by c.id having c.balance_cents <> coalesce(sum(m.amount_cents), 0) order by c.id"""
        ).fetchall()
    return [reference for (reference,) in rows]
