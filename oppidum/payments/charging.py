"""From the act that charges a fee to what is owed: the outbox effect `charge`, carried out for whole batches.

The bill is reckoned with the answers of the case and the tariff of the day of the act, and kept as it was said. An effect that is
carried out twice makes one charge: the case, the act and the fee name it.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import override

from oppidum.cases.acting import act
from oppidum.cases.declaration import Bill, Fee, Service, compute_fee
from oppidum.cases.models import Case, Effect, Entry
from oppidum.cases.numbering import take_numbers
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import SYSTEM, Command, Standing
from oppidum.core import clock
from oppidum.payments.accounts import find_fee, service_of, told
from oppidum.payments.correcting import waive
from oppidum.payments.models import Charge, Instalment, Movement

log = logging.getLogger(__name__)

LANGUAGES = [code for code, _ in settings.LANGUAGES]


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


def make_charges(effects: Sequence[Effect]) -> None:
    """Write the charges of these effects, and the entries of the journal that tell them."""
    known = set(Charge.objects.filter(case__in=[e.case_id for e in effects]).values_list("case_id", "act", "fee"))
    reckoned = _reckon([e for e in effects if (e.case_id, e.seq, e.payload["fee"]) not in known])
    for each in reckoned:
        if each.fee.replaces:
            _take_off(each)
    if owed := _once_a_period([each for each in reckoned if not each.fee.replaces]):
        _book(owed)


def _take_off(owed: Owed) -> None:
    """Of the last charge of the fee that is replaced, all but what the new bill says; once, whoever carries the effect out again."""
    old = Charge.objects.filter(case=owed.effect.case_id, fee=owed.fee.replaces).order_by("pk").last()
    if old is None:
        return
    waived = -sum(old.movements.filter(kind=Movement.Kind.WAIVER).values_list("amount_cents", flat=True))
    if (off := old.total_cents - waived - owed.bill.total_cents) > 0:
        waive(old.pk, off, str(owed.fee.label), f"{owed.effect.case_id}:{owed.effect.seq}")


def _book(owed: Sequence[Owed]) -> None:
    charges = write_charges(owed)
    act(
        (c.case_id, Command("charged", SYSTEM, told(c, c.total_cents, pay_by=c.due_on.isoformat(), bill=bill_lines(c))))
        for c in charges
    )
    nothing = [
        (c.case_id, Command(o.fee.on_nothing, SYSTEM, {"reference": c.reference}))
        for c, o in zip(charges, owed, strict=True)
        if c.total_cents == 0 and o.fee.on_nothing
    ]
    if nothing:
        act(nothing)


def known_of(
    service: type[Service], standing: Standing, answers: Mapping[str, Any], given: Mapping[str, Any], day: date
) -> dict[str, Any]:
    """What a fee may read: the answers (private ones too: they set prices), facts and rules, what the act itself gave, and its day."""
    return {**answers, **service.known(standing, day), "filed_on": standing.filed_on.isoformat(), **given}


def bill_lines(charge: Charge) -> list[dict[str, Any]]:
    """The bill as a letter prints it."""
    told_in = settings.LANGUAGE_CODE
    return [
        {"label": line["words"][told_in][0], "says": line["words"][told_in][1], "amount_cents": line["amount_cents"]}
        for line in charge.lines
    ]


def _once_a_period(owed: Sequence[Owed]) -> list[Owed]:
    """Without what was charged already for its period."""
    dated = [o for o in owed if o.bill.period]
    seen = set(
        Charge.objects.filter(case__in=[o.effect.case_id for o in dated]).exclude(period="").values_list("case_id", "fee", "period")
        if dated
        else ()
    )
    kept = []
    for each in owed:
        key = (each.effect.case_id, each.fee.name, each.bill.period)
        if each.bill.period and key in seen:
            log.info("case %s: '%s' of %s is charged already", *key)
            continue
        seen.add(key)
        kept.append(each)
    return kept


def _reckon(effects: Sequence[Effect]) -> list[Owed]:
    ids = [e.case_id for e in effects]
    standings = read_standings(ids)
    cases = {c.pk: c for c in Case.objects.filter(pk__in=ids).only("service", "definition", "answers")}
    entries = Entry.objects.filter(case_id__in=ids, seq__in={e.seq for e in effects})
    acts = {
        (case, seq): (clock.local_day(at), data)
        for case, seq, at, data in entries.values_list("case_id", "seq", "valid_at", "data")
    }
    owed = []
    for effect in effects:
        case, standing = cases[effect.case_id], standings[effect.case_id]
        service = service_of(case)
        day, given = acts[effect.case_id, effect.seq]
        known = known_of(service, standing, case.answers, given, day)
        bills = {}
        for language in LANGUAGES:
            with override(language):
                bills[language] = compute_fee(service, effect.payload["fee"], known)
        owed.append(Owed(effect, find_fee(service, effect.payload["fee"]), bills, standing))
    return owed


def write_charges(owed: Sequence[Owed]) -> list[Charge]:
    """The charges of these bills, each due in one part, with the first movement of its account."""
    year, now = clock.today().year, clock.now()
    first = take_numbers("charge", year, len(owed))
    charges = Charge.objects.bulk_create(_charge_of(each, f"{year}C{first + n:07d}", now) for n, each in enumerate(owed))
    Instalment.objects.bulk_create(
        Instalment(charge=c, number=1, due_on=c.due_on, amount_cents=c.total_cents) for c in charges if c.total_cents
    )
    Movement.objects.bulk_create(
        Movement(
            charge=c,
            kind=Movement.Kind.CHARGE,
            amount_cents=c.total_cents,
            key=f"charge:{c.reference}",
            valid_on=c.charged_on,
            recorded_at=now,
        )
        for c in charges
    )
    return charges


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
        offered=[[part.due_on.isoformat(), part.amount_cents] for part in bill.instalments],
        account=owed.fee.account,
        charged_on=bill.day,
        due_on=bill.day + timedelta(days=owed.fee.due_days),
        created_at=now,
    )
