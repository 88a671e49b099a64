"""Fees (redevances, tarifs) and grants (subventions), declared: what is to be paid, line by line, under which conditions and when.

    fees = (
        Fee("yearly", _("Yearly fee"), lines=(
            FeeLine(_("Collection"), each="bins", quantity=answer("litres_a_year"), unit=_("litres"), price="litre", by=(answer("stream"),)),
            Reduction(_("Association: half price"), percent=50, when=answer("kind").is_("association")),
            Exemption(_("Schools pay nothing"), when=answer("kind").is_("school"), source="délibération..."),
        ), ceiling=100_000, instalments=Instalments(shares=(40, 30, 30), months=(0, 3, 6), over=30_000), on_paid="settle"),
    )

What a line may name, an expression of the language or a plain value: wherever `Value` stands. Amounts are cents. `billing.py` computes;
`docs/reference/fees.md` tells the rules with numbers.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any

from oppidum.cases.declaration.money_moves import MONEY_ACTIONS
from oppidum.cases.declaration.prorata import Prorata, Value, prorata_faults
from oppidum.cases.declaration.tariffs import tariff_faults


@dataclass(frozen=True)
class FeeLine:
    """A line of the bill: `amount`, or `quantity` x price. The price is a tariff's name, looked up by `by`, or cents.

    `each`: the name of an answer that repeats (`Items`): one line for each row, whose own answers are known to the expressions;
    `named` says what tells the rows apart. `when`: else the line isn't there.
    """

    label: Any
    _: KW_ONLY
    amount: Value = None
    quantity: Value = 1
    unit: Any = ""
    price: Any = None
    by: tuple[Value, ...] = ()
    each: str = ""
    named: Value = None
    when: Any = None
    prorata: Prorata | None = None


@dataclass(frozen=True)
class Reduction:
    """Less to pay: `percent` of what the lines above come to, or `amount`; never more than what is left.

    What makes dearer is a `Surcharge`. `prorata` is of the amount.
    """

    label: Any
    _: KW_ONLY
    percent: Value = None
    amount: Value = None
    when: Any = None
    prorata: Prorata | None = None
    source: str = ""


@dataclass(frozen=True)
class Surcharge:
    """More to pay: `percent` of what the lines above come to, or `amount`. A surcharge on nothing due is nothing."""

    label: Any
    _: KW_ONLY
    percent: Value = None
    amount: Value = None
    when: Any = None
    prorata: Prorata | None = None
    source: str = ""


@dataclass(frozen=True)
class Exemption:
    """Nothing to pay (exonération), and why; what stands above is taken off in full, so that the bill shows what was waived."""

    label: Any
    _: KW_ONLY
    when: Any
    source: str


@dataclass(frozen=True)
class Rounding:
    """How the total ends: a multiple of `step` cents, `way` "nearest" (half up), "down" or "up". Each line is to the nearest cent."""

    step: int = 1
    way: str = "nearest"


@dataclass(frozen=True)
class Instalments:
    """Payment in parts (échéances), offered when the total is at least `over` cents: `shares` weigh the parts, `months` after the bill
    each is due, or fixed `days` of the year ("10-01").

    A plan that was agreed (`agreed=True`, a loan) is in force from the charge, and nothing else is offered; the entry `charged` tells them (`due_parts`).
    `every_month`: so many equal parts, one a month, the first a month after the bill and `grace` months: both as the case says.
    """

    shares: tuple[int, ...] = ()
    _: KW_ONLY
    months: tuple[int, ...] = ()
    days: tuple[str, ...] = ()
    over: int = 0
    every_month: Value = None
    grace: Value = 0
    agreed: bool = False


@dataclass(frozen=True)
class Fee:
    """What an action that `charges=` it, or the filing itself, makes due.

    `ceiling` and `floor` bound the total (cents; the floor holds only where something is due). Below `waived_under` nothing is asked: the authority collects no
    debt under 15 euros (CGCT, art. D1611-1). `due_days` after the charge it is late. `on_paid`: the action that the engine takes as
    "system" once all is paid, `on_nothing` when nothing is to pay. `account`: where the accountant books it. `period` names what is
    charged once only on a case, the year of a yearly fee; a second charge of the same period makes nothing. `replaces`: a fee that was
    charged before; this one is what remains due of it, and the rest is taken off (and refunded, where it was paid). It never adds. `day`: whose tariff
    counts, that of the charge if none is given; of a year, its first day. `at_filing`: due with the request itself. `foretold`: shown to the applicant before sending.
    """

    name: str
    label: Any
    _: KW_ONLY
    lines: tuple[Any, ...]
    ceiling: Value = None
    floor: Value = None
    waived_under: int = 0
    rounding: Rounding = Rounding()
    instalments: Instalments | None = None
    due_days: int = 30
    on_paid: str = ""
    on_nothing: str = ""
    account: str = ""
    day: Value = None
    period: Value = None
    replaces: str = ""
    at_filing: bool = False
    foretold: bool = True


@dataclass(frozen=True)
class GrantPart:
    """A payment of a grant: `percent` of what is granted, once `when` holds (none: at once)."""

    label: Any
    percent: int
    _: KW_ONLY
    when: Any = None


@dataclass(frozen=True)
class Grant:
    """An aid paid by the authority: `percent` of `base`, within `ceiling` and `least`, in `parts` whose percentages make 100."""

    name: str
    label: Any
    _: KW_ONLY
    base: Value
    percent: Value = 100
    ceiling: Value = None
    least: int = 0
    when: Any = None
    parts: tuple[GrantPart, ...] = (GrantPart("", 100),)


def fee_faults(service: Any) -> Iterable[str]:
    """What is wrong with a service's tariffs, fees and grants, as sentences: at start, before anybody pays."""
    tariffs, actions = getattr(service, "tariffs", {}), service.flow.actions
    for name, tariff in tariffs.items():
        yield from tariff_faults(name, tariff)
    fees = getattr(service, "fees", ())
    if fees and (missing := [name for name in MONEY_ACTIONS if name not in actions]):
        yield f"it has fees, and its flow lacks {', '.join(missing)}: give the flow always=money_moves()"
    for fee in fees:
        where = f"fee '{fee.name}'"
        for line in fee.lines:
            yield from prorata_faults(service, f"{where}, '{line.label}'", getattr(line, "prorata", None))
            if isinstance(line, FeeLine):
                yield from _line_faults(where, line, tariffs)
            elif not isinstance(line, Exemption) and (line.percent is None) == (line.amount is None):
                yield f"{where}, '{line.label}': give percent= or amount=, one of them"
        for attribute in ("on_paid", "on_nothing"):
            action = getattr(fee, attribute)
            if action and (action not in actions or "system" not in actions[action].by):
                yield f"{where}: {attribute}='{action}' is no action that \"system\" may take: offer it in the flow"
        yield from _instalment_faults(where, fee.instalments)
    if len(at_once := [fee.name for fee in fees if fee.at_filing]) > 1:
        yield f"{', '.join(at_once)}: one fee is due at filing; give it the lines of the others"
    names = {fee.name for fee in fees}
    for fee in fees:
        if fee.replaces and fee.replaces not in names:
            yield f"fee '{fee.name}': replaces='{fee.replaces}' is no fee of the service"
    for action in actions.values():
        if getattr(action, "charges", "") and action.charges not in names:
            yield f"action '{action.name}': charges='{action.charges}' is no fee of the service"
    for grant in getattr(service, "grants", ()):
        if sum(part.percent for part in grant.parts) != 100:
            yield f"grant '{grant.name}': its parts make {sum(p.percent for p in grant.parts)} %, not 100"


def _line_faults(where: str, line: FeeLine, tariffs: Any) -> Iterable[str]:
    if (line.amount is None) == (line.price is None):
        yield f"{where}, '{line.label}': give amount= or price=, one of them"
    if isinstance(line.price, str):
        if line.price not in tariffs:
            yield f"{where}, '{line.label}': price='{line.price}' is no tariff of the service"
        elif line.by and len(line.by) != len(tariffs[line.price].by):
            yield f"{where}, '{line.label}': tariff '{line.price}' is read by {', '.join(tariffs[line.price].by)}: give as many in by="


def _instalment_faults(where: str, plan: Instalments | None) -> Iterable[str]:
    if plan is None:
        return
    if plan.every_month is not None:
        if plan.shares or plan.months or plan.days:
            yield f"{where}: instalments every month are equal, and need no shares=, months= or days="
        return
    dates = plan.months or plan.days
    if not dates or len(plan.shares) != len(dates) or (plan.months and plan.days):
        yield f"{where}: instalments need one date for each share: months= or days="
    if any(share <= 0 for share in plan.shares):
        yield f"{where}: an instalment's share is a whole number above 0"
