"""Paying: an attempt begins, its provider is asked what became of it, and what it confirms is booked once.

Paid is what the provider said when we asked, never what a browser or a notification claimed. The charge's row is locked while
anything is booked; the movement's key makes the same confirmation, come twice, one payment.
"""

import logging
import re
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from oppidum.cases.acting import act
from oppidum.cases.numbering import take_numbers
from oppidum.cases.rules.standing import SYSTEM, Command
from oppidum.core import clock
from oppidum.payments.accounts import move, settle, told
from oppidum.payments.errors import AmountWrong, BeingPrepared, NothingDue, PlanClosed, ProviderSilent
from oppidum.payments.models import Charge, Instalment, Movement, Payment
from oppidum.payments.providers import Answer, Order, provider_named, the_provider

log = logging.getLogger(__name__)

# A page of payment stays open that long (PayFiP: fifteen minutes); a click on "pay" meanwhile leads back to it.
PAGE_OPEN = timedelta(minutes=15)
# How long we go on asking after an operation that nobody has told us of.
ASKED_FOR = timedelta(days=7)
MEANS_AT_COUNTER = ("cash", "cheque", "card", "transfer")


def begin_payment(charge_id: int, amount_cents: int, email: str, about: str, address: Callable[[str, str], str]) -> str:
    """Begin to pay `amount_cents` of a charge; returns the address of the provider's page.

    `address(kind, token)` makes our absolute addresses ("back", "notify"). An attempt that is still open for that amount is taken up again, so
    that impatience pays nothing twice. Raises `NothingDue`, `AmountWrong`, `NoProvider`, `ProviderSilent`.
    """
    provider = the_provider()
    for waiting in Payment.objects.filter(charge=charge_id, state=Payment.State.STARTED):
        ask_about(waiting.pk)
    with transaction.atomic():
        charge = Charge.objects.select_for_update().get(pk=charge_id)
        _check_amount(charge, amount_cents)
        if (open_one := _find_open(charge, amount_cents, provider.name)) is not None:
            return provider.address_of(open_one.operation)
        payment = charge.payments.create(
            provider=provider.name, token=secrets.token_urlsafe(24), amount_cents=amount_cents, started_at=clock.now()
        )
    order = Order(
        payment.reference,
        amount_cents,
        about,
        email,
        charge.charged_on.year,
        address("back", payment.token),
        address("notify", payment.token),
    )
    try:
        started = provider.start(order)
    except Exception:
        Payment.objects.filter(pk=payment.pk).update(state=Payment.State.ABANDONED, answered_at=clock.now())
        raise
    Payment.objects.filter(pk=payment.pk).update(operation=started.operation)
    return started.address


def _find_open(charge: Charge, amount_cents: int, provider: str) -> Payment | None:
    """The attempt for the same amount whose page is still open. One that is being prepared this moment (a double click) is refused."""
    open_ones = charge.payments.filter(state=Payment.State.STARTED, provider=provider, amount_cents=amount_cents)
    found = open_ones.filter(started_at__gt=clock.now() - PAGE_OPEN).last()
    if found is not None and found.operation is None:
        raise BeingPrepared
    return found


def _check_amount(charge: Charge, amount_cents: int) -> None:
    if charge.balance_cents <= 0:
        raise NothingDue
    if not 0 < amount_cents <= charge.balance_cents:
        raise AmountWrong


def ask_about(payment_id: int) -> Payment:
    """Ask the provider, book what it says; as often as one likes. A provider that is silent changes nothing."""
    payment = Payment.objects.select_related("charge").get(pk=payment_id)
    if payment.operation is None or payment.state == Payment.State.PAID:
        return payment
    try:
        answer = provider_named(payment.provider).ask(payment.operation)
    except ProviderSilent as silent:
        log.warning("payment %s: the provider is silent (%s)", payment.pk, silent.details)
        Payment.objects.filter(pk=payment.pk).update(asked_at=clock.now())
        return payment
    return book(payment.pk, answer)


def book(payment_id: int, answer: Answer) -> Payment:
    """Write down what the provider said. A payment once booked stays: a later answer adds nothing."""
    with transaction.atomic():
        payment = Payment.objects.select_for_update().get(pk=payment_id)
        charge = Charge.objects.select_for_update().get(pk=payment.charge_id)
        payment.charge = charge
        payment.asked_at = clock.now()
        if payment.state == Payment.State.PAID or answer.state == "started":
            payment.save(update_fields=["asked_at"])
            return payment
        payment.state = answer.state if answer.state != "paid" or _matches(payment, answer) else Payment.State.DIFFERS
        payment.answered_at = clock.now()
        payment.means, payment.authorisation = answer.means, answer.authorisation
        if payment.state == Payment.State.PAID:
            _book_paid(charge, payment, answer.paid_on or clock.today())
        elif payment.state == Payment.State.DIFFERS:
            log.error("payment %s: the provider confirmed %s cents for %s", payment.pk, answer.amount_cents, answer.reference)
        payment.save()
        return payment


def _matches(payment: Payment, answer: Answer) -> bool:
    plain = lambda text: re.sub(r"[^A-Za-z0-9]", "", text).lstrip("0")  # noqa: E731
    return answer.amount_cents == payment.amount_cents and plain(answer.reference or "") == plain(payment.reference)


def _book_paid(charge: Charge, payment: Payment, day) -> None:
    """Receipt, movement, journal, and the action that the fee takes once all is paid. Under the charge's lock."""
    year = clock.today().year
    payment.paid_on = day
    payment.receipt = f"{year}R{take_numbers('receipt', year, 1):07d}"
    move(charge, Movement.Kind.PAYMENT, -payment.amount_cents, f"payment:{payment.pk}", payment=payment, valid_on=day)
    act(
        [
            (
                charge.case_id,
                Command("paid", SYSTEM, told(charge, payment.amount_cents, receipt=payment.receipt, means=payment.means)),
            )
        ]
    )
    settle(charge)


def take_at_counter(charge_id: int, amount_cents: int, means: str, key: str, officer, day=None) -> Payment:
    """A payment in cash, by cheque, card or transfer that an officer enters. `key` makes a form sent twice one payment."""
    with transaction.atomic():
        charge = Charge.objects.select_for_update().get(pk=charge_id)
        token = f"counter:{key}"[:43]
        if done := Payment.objects.filter(token=token).first():
            return done
        _check_amount(charge, amount_cents)
        if means not in MEANS_AT_COUNTER:
            raise AmountWrong(field="means")
        now = clock.now()
        payment = charge.payments.create(
            provider="counter",
            token=token,
            amount_cents=amount_cents,
            state=Payment.State.PAID,
            means=means,
            started_at=now,
            answered_at=now,
        )
        _book_paid(charge, payment, day or clock.today())
        payment.save()
    return payment


def choose_plan(charge_id: int, by_instalments: bool) -> None:
    """Pay in the parts that the bill offers, or at once; before the first payment. Raises `PlanClosed`."""
    with transaction.atomic():
        charge = Charge.objects.select_for_update().get(pk=charge_id)
        if charge.balance_cents != charge.total_cents or not charge.offered:
            raise PlanClosed
        parts = charge.offered if by_instalments else [[charge.due_on.isoformat(), charge.total_cents]]
        charge.instalments.all().delete()
        Instalment.objects.bulk_create(
            Instalment(charge=charge, number=n, due_on=day, amount_cents=cents) for n, (day, cents) in enumerate(parts, start=1)
        )


def ask_about_waiting(limit: int = 200) -> int:
    """Ask after the attempts that nobody told us of: a payer who closed the page has paid all the same. Returns how many were asked."""
    now = clock.now()
    lost = Payment.objects.filter(state=Payment.State.STARTED, started_at__lt=now - ASKED_FOR)
    lost.update(state=Payment.State.ABANDONED, answered_at=now)
    never_begun = Payment.objects.filter(state=Payment.State.STARTED, operation=None, started_at__lt=now - PAGE_OPEN)
    never_begun.update(state=Payment.State.ABANDONED, answered_at=now)
    waiting = Payment.objects.filter(
        state=Payment.State.STARTED, operation__isnull=False, started_at__lt=now - timedelta(minutes=2)
    )
    asked = list(waiting.order_by("asked_at").values_list("pk", flat=True)[:limit])
    for pk in asked:
        ask_about(pk)
    return len(asked)
