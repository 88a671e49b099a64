"""Whether two different values look like one that was altered: close, a digit apart, two digits swapped, or a power of ten apart."""

from decimal import Decimal

CLOSE = Decimal("1.5")


def digits_of(value: Decimal) -> str:
    """The digits that count: no sign, no decimal point, no trailing zeros."""
    return format(abs(value).normalize(), "f").replace(".", "").strip("0") or "0"


def is_digit_apart(one: Decimal, other: Decimal) -> bool:
    """One digit differs, or two neighbours are swapped, in numbers of the same length."""
    first, second = (format(abs(v), "f").split(".")[0] for v in (one, other))
    if len(first) != len(second) or len(first) < 2:
        return False
    apart = [place for place in range(len(first)) if first[place] != second[place]]
    if len(apart) == 1:
        return True
    swapped = len(apart) == 2 and apart[1] - apart[0] == 1
    return swapped and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]


def is_power_apart(one: Decimal, other: Decimal) -> bool:
    """The same digits at another magnitude: km for m, millions for milliards."""
    return bool(one and other) and one != other and digits_of(one) == digits_of(other)


def nearness(one: Decimal, other: Decimal) -> float:
    """From 0 (unlike) to 1 (nearly the same): how probable it is that one was meant for the other."""
    if not one or not other or (one > 0) != (other > 0):
        return 0.0
    ratio = max(one / other, other / one)
    long = min(len(digits_of(one)), len(digits_of(other))) >= 3
    score = 0.6 if max(one, other) <= 12 and abs(one - other) <= 2 else 0.0
    if ratio <= CLOSE:
        score = 0.5 if ratio > Decimal("1.15") else 0.7
    if is_digit_apart(one, other):
        score = max(score, 0.9 if long else 0.6)
    if is_power_apart(one, other):
        score = max(score, 0.9 if len(digits_of(one)) >= 2 else 0.5)
    if long and ratio <= Decimal("1.02"):
        score = 1.0
    return score
