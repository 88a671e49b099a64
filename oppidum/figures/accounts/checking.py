"""What in accounts can't be: what goes into a site and doesn't come out, areas that don't add up, budgets out of balance. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from oppidum.figures.accounts.kinds import TOTAL, Line
from oppidum.figures.models.account import AccountKind
from oppidum.figures.wording import say_value


@dataclass(frozen=True)
class Tolerance:
    """How far sums may lie apart: a share of the larger one, or so much of the unit, whichever is more.

    A weighbridge of class III may err by 0.1 per cent (directive 2014/31/EU, annex I); moisture lost and stocks told late make up more."""

    share: Decimal = Decimal("0.02")
    tonnes: Decimal = Decimal(1)
    hectares: Decimal = Decimal("0.5")
    euros: Decimal = Decimal("0.01")


TOLERANCE = Tolerance()


@dataclass(frozen=True)
class Imbalance:
    """Two sums that should be equal: of what, which, and how far apart."""

    kind: str
    where: str
    says: str
    first: Decimal
    second: Decimal

    @property
    def difference(self) -> Decimal:
        return self.first - self.second


def check(kind: str, lines: Iterable[Line]) -> list[Imbalance]:
    """All that doesn't balance in lines of one kind."""
    return _CHECKS[kind](list(lines)) if kind in _CHECKS else []


def _apart(first: Decimal, second: Decimal, share: Decimal, least: Decimal) -> bool:
    return abs(first - second) > max(share * max(abs(first), abs(second)), least)


def _check_waste(lines: list[Line]) -> list[Imbalance]:
    """Each site and year: what came in equals what went out and what the stock grew by."""
    sums: dict[tuple[str, int], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        sums[line.dimensions["site"], line.year][line.dimensions["way"]] += line.quantity
    found = []
    for (site, year), ways in sorted(sums.items()):
        # A site of which one side alone is weighed (a collection point) has no balance to check.
        if "in" not in ways or "out" not in ways:
            continue
        entered, left = ways["in"], ways["out"] + ways["stock"]
        if _apart(entered, left, TOLERANCE.share, TOLERANCE.tonnes):
            words = {"site": site, "year": year, "in": say_value(entered, "t"), "out": say_value(left, "t")}
            says = _("%(site)s, %(year)d: %(in)s came in, %(out)s went out or stayed") % words
            found.append(Imbalance("mass-balance", f"{site} {year}", says, entered, left))
    return found


def _check_land_use(lines: list[Line]) -> list[Imbalance]:
    """Each class: the changes from it sum to its area at the first date, those to it to its area at the last."""
    stated: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    summed: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        period = f"{line.dimensions['first_year']}-{line.year}" + (f" {line.commune}" if line.commune else "")
        before, after = line.dimensions["from"], line.dimensions["to"]
        if after == TOTAL:
            stated[period, "from", before] += line.quantity
        elif before == TOTAL:
            stated[period, "to", after] += line.quantity
        else:
            summed[period, "from", before] += line.quantity
            summed[period, "to", after] += line.quantity
    found = []
    for (period, side, land), area in sorted(stated.items()):
        total = summed[period, side, land]
        if _apart(area, total, Decimal(0), TOLERANCE.hectares):
            words = {"land": land, "period": period, "area": say_value(area, "ha"), "total": say_value(total, "ha")}
            says = (
                _("%(land)s, %(period)s: %(area)s at the first date, but the changes from it sum to %(total)s")
                if side == "from"
                else _("%(land)s, %(period)s: %(area)s at the last date, but the changes to it sum to %(total)s")
            )
            found.append(Imbalance("land-use-matrix", f"{land} {period}", says % words, area, total))
    return found


def _check_budget(lines: list[Line]) -> list[Imbalance]:
    """A voted budget has as much income as spending in each section (CGCT, art. L1612-4); orders balance in every step."""
    sums: dict[tuple[str, str, int, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        told = line.dimensions
        if told["step"] == "budget primitif":
            sums[told["siret"], told["step"], line.year, told["section"]][told["side"]] += line.quantity
        if told["movement"] == "ordre":
            sums[told["siret"], told["step"], line.year, "ordre"][told["side"]] += line.quantity
    found = []
    for (siret, step, year, part), sides in sorted(sums.items()):
        income, spending = sides["recette"], sides["dépense"]
        if _apart(income, spending, Decimal(0), TOLERANCE.euros):
            words = {"step": step, "year": year, "part": part, "siret": siret, "income": say_value(income, "EUR"),
                     "spending": say_value(spending, "EUR")}  # fmt: skip
            says = _("%(siret)s, %(step)s %(year)d, %(part)s: income %(income)s, spending %(spending)s") % words
            found.append(Imbalance("budget-balance", f"{siret} {step} {year} {part}", says, income, spending))
    return found


_CHECKS: Mapping[str, Callable[[list[Line]], list[Imbalance]]] = {
    AccountKind.WASTE: _check_waste,
    AccountKind.LAND_USE: _check_land_use,
    AccountKind.BUDGET: _check_budget,
}
