"""What businesses that are rehearsed ask for. Activity report 2023, lines 1454 and 1616: 84 files of 725,000 EUR and 826 jobs before the
committee, 736 aids of 2.6 million to shops and craft."""

from collections.abc import Mapping
from random import Random
from typing import Any

# A project asks for so many times what a shop does: 725,000 / 84 against 2,600,000 / 736.
TIMES = 2.45
# Costs are at least so many times the aid (an assumption).
LEAST_COSTS = 2


def fitting_sums(answers: dict[str, Any]) -> dict[str, Any]:
    """A shop's aid makes no job; a project's is larger, and hasn't begun; the costs carry what is asked for. Amounts in cents."""
    is_shop = answers["kind"] == "shop"
    requested = answers["requested"] if is_shop else round(answers["requested"] * TIMES)
    first, *others = answers["costs"]
    carrying = [first | {"amount": max(first["amount"], LEAST_COSTS * requested)}, *others]
    agreed = answers | {"requested": requested, "costs": carrying}
    return agreed | ({"jobs_planned": 0} if is_shop else {"has_begun": False})


def agreeing_sums(action: str, said: dict[str, Any], known: Mapping[str, Any], rng: Random) -> dict[str, Any]:
    """What is asked for is proposed, and what is proposed is granted."""
    agreed = {"proposed": known.get("requested"), "granted": known.get("proposed")}
    return said | {name: cents for name, cents in agreed.items() if name in said and cents}
