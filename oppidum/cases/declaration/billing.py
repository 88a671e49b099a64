"""Computing what is due: from a fee's declaration and what is known, to a bill that explains itself. Pure: no clock, no database.

In this order: lines, then reductions, surcharges and exemptions as they are declared, rounding, ceiling, floor, the small sum that isn't asked for. Every step
that changes the total is a line, so that the lines always sum to the total. `docs/reference/fees.md` tells it with numbers.

Reckoned once, a bill is put into words in as many languages as one likes: its lines hold how to say them, not what was said.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oppidum.cases.declaration.expressions.reading import rows_known
from oppidum.cases.declaration.fees import Exemption, Fee, FeeLine, Grant, Instalments, Reduction, Surcharge
from oppidum.cases.declaration.prorata import WHOLE, Share, as_day, share_of, value_of
from oppidum.cases.declaration.tariff_file import with_own
from oppidum.cases.declaration.tariffs import Tariff, tariffs_known
from oppidum.core.calendar import add_months
from oppidum.core.money import exact, rounded, say_money, say_quantity, share_out

NOTHING = Fraction(0)
Words = Callable[[], str]  # what is said in the language in force when it is called


@dataclass(frozen=True)
class BillLine:
    """A line: what for, how it was reckoned in words, and cents (negative: taken off)."""

    label: str
    says: str
    amount_cents: int


@dataclass(frozen=True)
class Instalment:
    """A part of the total, and the day until which it is paid."""

    due_on: date
    amount_cents: int


@dataclass(frozen=True)
class Bill:
    """What is due for a fee. `sources`: the deliberations whose prices were used; `exempt`: why nothing is to pay, if so."""

    fee: str
    lines: tuple[BillLine, ...]
    total_cents: int
    day: date
    period: str = ""
    instalments: tuple[Instalment, ...] = ()
    sources: tuple[str, ...] = ()
    exempt: str = ""


@dataclass(frozen=True)
class AwardPart:
    """A payment of a grant: due now (`is_due`) or once its condition holds."""

    label: str
    amount_cents: int
    is_due: bool


@dataclass(frozen=True)
class Award:
    """What a grant comes to, how it was reckoned, and its payments, which sum to it."""

    grant: str
    total_cents: int
    says: str
    parts: tuple[AwardPart, ...]


@dataclass(frozen=True)
class Reckoned:
    """A bill before it is put into words: `lines` as (label, words, cents), whose sum is the total."""

    fee: str
    lines: tuple[tuple[Words, Words, int], ...]
    total_cents: int
    day: date
    period: str
    instalments: tuple[Instalment, ...]
    sources: tuple[str, ...]
    exempt: Any

    def said(self) -> Bill:
        """The bill in the language in force."""
        lines = tuple(BillLine(label(), says(), cents) for label, says, cents in self.lines)
        return Bill(self.fee, lines, self.total_cents, self.day, self.period, self.instalments, self.sources, str(self.exempt))


def compute_fee(service: Any, fee_name: str, known: Mapping[str, Any]) -> Bill:
    """The bill of a fee in the language in force, as `reckon_fee` reckons it."""
    return reckon_fee(service, fee_name, known).said()


def reckon_fee(service: Any, fee_name: str, known: Mapping[str, Any]) -> Reckoned:
    """What a fee comes to. `known`: answers and facts by name, and "today", the day of the charge. Raises `NoPrice`, `LookupError`."""
    fee = next((f for f in service.fees if f.name == fee_name), None)
    if fee is None:
        raise LookupError(f"{service.code}: no fee '{fee_name}'")
    today = as_day(known["today"])
    tariffs, day = tariffs_of(service), as_day(value_of(fee.day, known)) or today
    reckoning = _Reckoning(tariffs, {**known, **tariffs_known(tariffs, day)}, day, service.form)
    for line in fee.lines:
        _STEPS[type(line)](reckoning, line)
    _bound(reckoning, fee)
    total = reckoning.total
    instalments = _instalments(fee.instalments, total, today, known)
    period = value_of(fee.period, known)
    return Reckoned(
        fee.name,
        tuple(reckoning.lines),
        total,
        today,
        "" if period is None else str(period),
        instalments,
        tuple(reckoning.sources),
        reckoning.exempt,
    )


def foretell_fees(service: Any, known: Mapping[str, Any], day: date) -> list[tuple[Fee, Bill]]:
    """What a request made today will cost, as far as its answers tell: for the applicant, before sending. Of a yearly fee, this year's.

    Left out: what isn't foretold, what depends on something not known yet, what comes to nothing without being an exemption.
    """
    given = {"year": day.year, **known, "today": day.isoformat(), "filed_on": day.isoformat()}
    found = []
    for fee in service.fees:
        if not fee.foretold or fee.replaces:
            continue
        try:
            bill = compute_fee(service, fee.name, given)
        except LookupError:
            continue
        if bill.total_cents or bill.exempt:
            found.append((fee, bill))
    return found


def compute_grant(service: Any, grant_name: str, known: Mapping[str, Any]) -> Award:
    """What a grant comes to: `percent` of `base`, rounded down to the cent, at most `ceiling`; nothing under `least`."""
    grant: Grant | None = next((g for g in service.grants if g.name == grant_name), None)
    if grant is None:
        raise LookupError(f"{service.code}: no grant '{grant_name}'")
    base, percent = _amount(grant.base, known), exact(value_of(grant.percent, known) or 0)
    total = rounded(base * percent / 100, 1, "down") if _holds(grant.when, known) else 0
    says = _("%(percent)s %% of %(base)s = %(amount)s") % {
        "percent": say_quantity(percent), "base": say_money(rounded(base)), "amount": say_money(total),
    }  # fmt: skip
    ceiling = value_of(grant.ceiling, known)
    if ceiling is not None and total > ceiling:
        total = int(ceiling)
        says += _(", brought down to the ceiling of %(ceiling)s") % {"ceiling": say_money(total)}
    if total < grant.least:
        total = 0
    amounts = share_out(total, [part.percent for part in grant.parts])
    parts = [AwardPart(str(part.label), cents, _holds(part.when, known)) for part, cents in zip(grant.parts, amounts, strict=True)]
    return Award(grant.name, total, says, tuple(parts))


@dataclass
class _Reckoning:
    """The bill as it grows; `total` is what its lines come to."""

    tariffs: Mapping[str, Tariff]
    known: Mapping[str, Any]
    day: date
    form: Mapping[str, Any]
    lines: list[tuple[Words, Words, int]] = field(default_factory=list)
    total: int = 0
    sources: list[str] = field(default_factory=list)
    exempt: Any = ""

    def add(self, label: Words, says: Words, cents: int) -> None:
        self.lines.append((label, says, cents))
        self.total += cents

    def price(self, line: FeeLine, known: Mapping[str, Any]) -> tuple[int, int]:
        """Cents, and for how many units."""
        if not isinstance(line.price, str):
            return rounded(_amount(line.price, known)), 1
        tariff = self.tariffs[line.price]
        keys = [value_of(key, known) for key in line.by] if line.by else [known.get(name) for name in tariff.by]
        price = tariff.price_on(self.day, *keys)
        source = str(tariff.version_on(self.day).source)
        if source not in self.sources:
            self.sources.append(source)
        return price, tariff.per


def _line(reckoning: _Reckoning, line: FeeLine) -> None:
    each = rows_known(reckoning.known, reckoning.known.get(line.each) or ()) if line.each else (reckoning.known,)
    for known in each:
        if not _holds(line.when, known):
            continue
        share = WHOLE if line.prorata is None else share_of(line.prorata, known)
        if share.part == 0:
            continue
        if line.price is None:
            full = _amount(line.amount, known)
            cents, says = rounded(full * share.part / share.whole), partial(say_money, rounded(full))
        else:
            price, per = reckoning.price(line, known)
            quantity = exact(value_of(line.quantity, known) or 0)
            cents = rounded(quantity * price * share.part / (per * share.whole))
            is_single = quantity == per == 1 and not line.unit
            says = partial(say_money, price) if is_single else partial(_say_product, quantity, line.unit, price, per)
        if cents < 0:
            raise ValueError(f"{line.label}: a line is not negative; declare a Reduction")
        # A plain amount needs no words: it stands in the next column.
        is_plain = share.part == share.whole and (line.price is None or is_single)
        label = partial(_label_of_row, reckoning.form, line, known) if line.named is not None else partial(str, line.label)
        reckoning.add(label, str if is_plain else partial(_say_result, says, share, cents), cents)


def _label_of_row(form: Mapping[str, Any], line: FeeLine, known: Mapping[str, Any]) -> str:
    name = _name_of_row(form, line, known)
    return f"{line.label} ({name})" if name else str(line.label)


def _name_of_row(form: Mapping[str, Any], line: FeeLine, known: Mapping[str, Any]) -> str:
    """What tells a row apart, shown as its question shows it."""
    found = value_of(line.named, known)
    if found is None:
        return ""
    question = getattr(form.get(line.each), "fields", {}).get(getattr(line.named, "name", ""))
    return str(found) if question is None else question.show(found)


def _say_product(quantity: Fraction, unit: Any, price: int, per: int) -> str:
    counted = f"{say_quantity(quantity)} {unit}".rstrip()
    if per == 1:
        return _("%(quantity)s × %(price)s") % {"quantity": counted, "price": say_money(price)}
    units = f"{say_quantity(per)} {unit}".rstrip()
    return _("%(quantity)s × %(price)s for %(units)s") % {"quantity": counted, "price": say_money(price), "units": units}


_PARTS = {
    "days": gettext_lazy("%(part)d days of %(whole)d"),
    "months": gettext_lazy("%(part)d months of %(whole)d"),
    "lessons": gettext_lazy("%(part)d of %(whole)d lessons"),
}


def _say_result(reckoned: Words, share: Share, cents: int) -> str:
    says = reckoned()
    if share.part != share.whole:
        says += " × " + str(_PARTS[share.by]) % {"part": share.part, "whole": share.whole}
    return _("%(reckoning)s = %(amount)s") % {"reckoning": says, "amount": say_money(cents)}


def _changed_by(reckoning: _Reckoning, line: Reduction | Surcharge) -> tuple[int, Words]:
    """What a reduction or surcharge comes to, above 0, and its words."""
    if line.percent is None:
        share = WHOLE if line.prorata is None else share_of(line.prorata, reckoning.known)
        full = _amount(line.amount, reckoning.known)
        cents = rounded(full * share.part / share.whole)
        return cents, str if share.part == share.whole else partial(_say_result, partial(say_money, rounded(full)), share, cents)
    percent = exact(value_of(line.percent, reckoning.known) or 0)
    cents = rounded(reckoning.total * percent / 100)
    return cents, partial(_say_percent, percent, reckoning.total, cents)


def _say_percent(percent: Fraction, base: int, cents: int) -> str:
    return _("%(percent)s %% of %(base)s = %(amount)s") % {
        "percent": say_quantity(percent), "base": say_money(base), "amount": say_money(cents),
    }  # fmt: skip


def _reduce(reckoning: _Reckoning, line: Reduction) -> None:
    if _holds(line.when, reckoning.known) and reckoning.total:
        cents, says = _changed_by(reckoning, line)
        if cents > 0:
            reckoning.add(partial(str, line.label), says, -min(cents, reckoning.total))


def _surcharge(reckoning: _Reckoning, line: Surcharge) -> None:
    if _holds(line.when, reckoning.known) and reckoning.total:
        cents, says = _changed_by(reckoning, line)
        if cents > 0:
            reckoning.add(partial(str, line.label), says, cents)


def _exempt(reckoning: _Reckoning, line: Exemption) -> None:
    if _holds(line.when, reckoning.known) and not reckoning.exempt:
        reckoning.exempt = line.label
        reckoning.add(partial(str, line.label), partial(str, line.source), -reckoning.total)


_ROUNDING = {
    "nearest": gettext_lazy("to the nearest %(step)s"),
    "down": gettext_lazy("down to a multiple of %(step)s"),
    "up": gettext_lazy("up to a multiple of %(step)s"),
}


def _bound(reckoning: _Reckoning, fee: Fee) -> None:
    """Rounding, ceiling, floor and the sum too small to be asked for, each a line where it changes something."""
    difference = rounded(reckoning.total, fee.rounding.step, fee.rounding.way) - reckoning.total
    if difference:
        says = partial(_say_with, _ROUNDING[fee.rounding.way], "step", fee.rounding.step)
        reckoning.add(partial(str, gettext_lazy("Rounding")), says, difference)
    ceiling, floor = value_of(fee.ceiling, reckoning.known), value_of(fee.floor, reckoning.known)
    if ceiling is not None and reckoning.total > ceiling:
        says = partial(_say_with, gettext_lazy("at most %(amount)s"), "amount", int(ceiling))
        reckoning.add(partial(str, gettext_lazy("Ceiling")), says, int(ceiling) - reckoning.total)
    if floor is not None and 0 < reckoning.total < floor:
        says = partial(_say_with, gettext_lazy("at least %(amount)s"), "amount", int(floor))
        reckoning.add(partial(str, gettext_lazy("Least amount")), says, int(floor) - reckoning.total)
    if 0 < reckoning.total < fee.waived_under:
        says = partial(_say_with, gettext_lazy("under %(amount)s nothing is asked for"), "amount", fee.waived_under)
        reckoning.add(partial(str, gettext_lazy("Small amount")), says, -reckoning.total)


def _say_with(sentence: Any, name: str, cents: int) -> str:
    return str(sentence) % {name: say_money(cents)}


_STEPS = {FeeLine: _line, Reduction: _reduce, Surcharge: _surcharge, Exemption: _exempt}


def _instalments(plan: Instalments | None, total: int, today: date, known: Mapping[str, Any]) -> tuple[Instalment, ...]:
    if plan is None or total == 0 or total < plan.over:
        return ()
    if plan.every_month is not None:
        count, grace = int(value_of(plan.every_month, known) or 1), int(value_of(plan.grace, known) or 0)
        plan = replace(plan, shares=(1,) * count, months=tuple(range(grace + 1, grace + 1 + count)))
    amounts = share_out(total, plan.shares)
    return tuple(Instalment(*each) for each in zip(_due_days(plan, today), amounts, strict=True))


def _due_days(plan: Instalments, today: date) -> Iterator[date]:
    if plan.months:
        yield from (add_months(today, count) for count in plan.months)
        return
    before = today
    for text in plan.days:  # the next such day, in order: an instalment is never due before the one that precedes it
        month, day = map(int, text.split("-"))
        due = date(before.year, month, day)
        before = due if due >= before else date(before.year + 1, month, day)
        yield before


def tariffs_of(service: Any) -> Mapping[str, Tariff]:
    """The service's tariffs, with the authority's own versions where it has set some."""
    return with_own(service.tariffs, service.code)


def _holds(condition: Any, known: Mapping[str, Any]) -> bool:
    return condition is None or bool(condition.holds(known))


def _amount(what: Any, known: Mapping[str, Any]) -> Fraction:
    value = value_of(what, known)
    return NOTHING if value is None else exact(value)
