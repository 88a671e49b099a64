"""Quorum and proxies (quorum, pouvoirs): who counts as present, and who may vote for somebody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from oppidum.bodies.law import rule


@dataclass(frozen=True)
class Quorum:
    """`present` of `in_office` members; `needed` is the least that suffices."""

    in_office: int
    present: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.present >= self.needed


def quorum(in_office: int, present: int, day: date, *, needs_none: bool = False) -> Quorum:
    """More than half of the members in office: 51 of 100, 51 of 101. `needs_none`: convened again after a failure.

    Who steps out for an interest of his own is left out of both numbers by the caller (CGCT, art. L2131-11).
    """
    share = rule("quorum_share", day)
    needed = 1 if needs_none else in_office * share.numerator // share.denominator + 1
    return Quorum(in_office, present, needed)


def voters(present: Iterable[int], proxies: Mapping[int, int], out: Iterable[int] = ()) -> dict[int, int]:
    """Who votes, as member -> who casts that vote: those present for themselves, and those they represent.

    `proxies`: giver -> holder. A proxy falls when its giver is there, or its holder isn't; who steps out neither votes nor is voted for.
    """
    stepped_out = set(out)
    here = set(present) - stepped_out
    casting = {member: member for member in here}
    for giver, holder in proxies.items():
        if giver not in here and giver not in stepped_out and holder in here:
            casting[giver] = holder
    return casting


def proxy_faults(proxies: Mapping[int, int], day: date) -> dict[int, str]:
    """What is wrong with proxies, by giver: "self", "chain" (the holder is himself represented) or "many" (he holds more than the law allows)."""
    most = rule("proxies_held", day)
    held: dict[int, int] = {}
    faults: dict[int, str] = {}
    for giver, holder in proxies.items():
        held[holder] = held.get(holder, 0) + 1
        if giver == holder:
            faults[giver] = "self"
        elif holder in proxies:
            faults[giver] = "chain"
        elif held[holder] > most:
            faults[giver] = "many"
    return faults


def is_proxy_worn_out(earlier_in_a_row: int, day: date, *, is_ill: bool = False) -> bool:
    """Whether the proxy would be used for more sittings in a row than allowed; a proved illness lifts the limit."""
    return not is_ill and earlier_in_a_row >= rule("proxy_sittings", day)
