"""The law of assemblies as data: each delay, share and amount with its article and the day from which it holds.

The rules of communes apply to intercommunalities (CGCT, art. L5211-1).
"""

from datetime import date
from fractions import Fraction
from typing import Any

from oppidum.cases.declaration import Dated, Since, dated

CGCT = "1996-02-24"  # the code général des collectivités territoriales enters into force


def _since(day: str, value: Any, source: str, *, verified: bool = True) -> Dated:
    return dated(Since(day, value, source=source, verified=verified))


RULES: dict[str, Dated] = {
    # Clear days between the sending of the convening letter and the sitting; in urgency never fewer than the second.
    "notice_clear_days": _since(CGCT, 5, "CGCT, art. L2121-12"),
    "urgent_clear_days": _since(CGCT, 1, "CGCT, art. L2121-12"),
    # Without quorum: the next sitting is this many days later at least, and needs none.
    "second_convening_days": _since(CGCT, 3, "CGCT, art. L2121-17"),
    # More than this share of the members in office must be present. Proxies don't count.
    "quorum_share": _since(CGCT, Fraction(1, 2), "CGCT, art. L2121-17"),
    # Whether a member with an interest of his own counts among the members in office for that item.
    "interested_counted": _since(CGCT, False, "CGCT, art. L2131-11, L1111-6", verified=False),
    "proxy_sittings": _since(CGCT, 3, "CGCT, art. L2121-20"),
    "proxies_held": _since(CGCT, 1, "CGCT, art. L2121-20"),
    # Of the members present, who may ask for a recorded vote, or for a secret one.
    "recorded_share": _since(CGCT, Fraction(1, 4), "CGCT, art. L2121-21"),
    "secret_share": _since(CGCT, Fraction(1, 3), "CGCT, art. L2121-21"),
    # Nominations: rounds that need an absolute majority, before the relative one.
    "absolute_rounds": _since(CGCT, 2, "CGCT, art. L2121-21"),
    "list_days": _since("2022-07-01", 7, "CGCT, art. L2121-25"),
    "minutes_days": _since("2022-07-01", 7, "CGCT, art. L2121-15"),
    "sending_days": _since(CGCT, 15, "CGCT, art. L2131-1"),
    "deferral_months": _since(CGCT, 2, "CGCT, art. L2131-6"),
    "published_months": _since("2022-07-01", 2, "CGCT, art. R2131-1"),
    "appeal_months": _since("2001-01-01", 2, "CJA, art. R421-1"),
}


def find_rule(name: str, day: date) -> Since | None:
    """The value in force on `day` with its article, or None before there was one."""
    return RULES[name].find(day)


def rule(name: str, day: date) -> Any:
    """The value of a rule on `day`. Raises `LookupError` for a day before the rule."""
    found = find_rule(name, day)
    if found is None:
        raise LookupError(f"no rule '{name}' on {day}")
    return found.value
