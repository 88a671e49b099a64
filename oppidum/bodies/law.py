"""The law of assemblies as data: each delay, share and amount with its article and the day from which it holds.

The rules of communes apply to intercommunalities (CGCT, art. L5211-1). `verified` false: not yet read at the source.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Since:
    """A value in force from `day` on, until the next one; `source` is the article."""

    day: date
    value: Any
    source: str
    verified: bool = True


OLD = date(1996, 2, 24)  # the code général des collectivités territoriales enters into force

RULES: dict[str, tuple[Since, ...]] = {
    # Clear days between the sending of the convening letter and the sitting; in urgency never fewer than the second.
    "notice_clear_days": (Since(OLD, 5, "CGCT, art. L2121-12"),),
    "urgent_clear_days": (Since(OLD, 1, "CGCT, art. L2121-12"),),
    # Without quorum: the next sitting is this many days later at least, and needs none.
    "second_convening_days": (Since(OLD, 3, "CGCT, art. L2121-17"),),
    # More than this share of the members in office must be present. Proxies don't count.
    "quorum_share": (Since(OLD, Fraction(1, 2), "CGCT, art. L2121-17"),),
    "proxy_sittings": (Since(OLD, 3, "CGCT, art. L2121-20"),),
    "proxies_held": (Since(OLD, 1, "CGCT, art. L2121-20"),),
    # Of the members present, who may ask for a recorded vote, or for a secret one.
    "recorded_share": (Since(OLD, Fraction(1, 4), "CGCT, art. L2121-21"),),
    "secret_share": (Since(OLD, Fraction(1, 3), "CGCT, art. L2121-21"),),
    # Nominations: rounds that need an absolute majority, before the relative one.
    "absolute_rounds": (Since(OLD, 2, "CGCT, art. L2121-21"),),
    "list_days": (Since(date(2022, 7, 1), 7, "CGCT, art. L2121-25"),),
    "minutes_days": (Since(date(2022, 7, 1), 7, "CGCT, art. L2121-15"),),
    "sending_days": (Since(OLD, 15, "CGCT, art. L2131-1"),),
    "deferral_months": (Since(OLD, 2, "CGCT, art. L2131-6"),),
    "published_months": (Since(date(2022, 7, 1), 2, "CGCT, art. R2131-1"),),
    "appeal_months": (Since(date(2001, 1, 1), 2, "CJA, art. R421-1"),),
}


def find_rule(name: str, day: date) -> Since | None:
    """The value in force on `day`, or None before there was one."""
    return next((one for one in reversed(RULES[name]) if one.day <= day), None)


def rule(name: str, day: date) -> Any:
    """The value of a rule on `day`. Raises `LookupError` for a day before the rule."""
    found = find_rule(name, day)
    if found is None:
        raise LookupError(f"no rule '{name}' on {day}")
    return found.value
