"""What is odd about a value, in words, before it is kept: pure. A warning stops nobody; it asks to look twice."""

from decimal import Decimal

from django.utils.translation import gettext as _

from oppidum.core.numbers import say_number
from oppidum.figures.wording import say_value

# Half as much again, or a third less, is worth a look; ten times is rather another unit.
LEAP_UP, LEAP_DOWN = Decimal("1.5"), Decimal("0.67")
_WHOLE = ("count", "persons", "inhabitants", "households", "dwellings", "visitors", "jobs", "points-de-charge", "rank", "places")


def warn(value: Decimal, unit: str, kind: str, last: tuple[int, Decimal] | None) -> list[str]:
    """Each thing that looks odd about `value`, compared with the last one told before, (year, value), if there is one."""
    found = []
    if unit == "%" and kind != "change" and not 0 <= value <= 100:
        found.append(_("A share lies between 0 and 100 per cent."))
    if value < 0 and kind != "change":
        found.append(_("The value is negative: is it a change?"))
    if unit in _WHOLE and value != int(value):
        found.append(_("This counts whole things, and the value isn't whole."))
    if last is not None:
        found += _compare(value, unit, kind, *last)
    return found


def _compare(value: Decimal, unit: str, kind: str, year: int, before: Decimal) -> list[str]:
    said = {"before": say_value(before, unit), "year": year}
    if value == before:
        if kind in ("flow", "amount"):
            return [_("It is exactly the value of %(year)d (%(before)s): has it been counted anew?") % said]
        return []
    if not before or (value < 0) != (before < 0):
        return [_("In %(year)d it was %(before)s.") % said] if before else []
    times = value / before
    for power in (1000, 100, 10):
        if Decimal("0.8") <= times / power <= Decimal("1.25") or Decimal("0.8") <= times * power <= Decimal("1.25"):
            said["power"] = say_number(power)
            return [_("It is about %(power)s times more or less than in %(year)d (%(before)s): is it in the right unit?") % said]
    if times >= LEAP_UP or times <= LEAP_DOWN:
        said["change"] = say_number(round(100 * (times - 1), 1))
        return [_("It has moved by %(change)s%% since %(year)d (%(before)s).") % said]
    return []
