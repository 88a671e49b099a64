"""Values with their units, as a reader says them in French or English.

    say_value(Decimal("1200000"), "EUR")  ->  "1,2 million d’euros"    "€1.2 million"
    say_value(Decimal("12"), "%")         ->  "12 %"                   "12%"
    say_value(Decimal("1234.5"), "t")     ->  "1 234,5 t"              "1,234.5 t"

A unit is a code ("t", "EUR", "visitors"); one that isn't listed here is shown as it is written. "count" has no word: the figure's
name says what is counted. Nothing is ever rounded: a value is told in millions only where that loses no digit.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import gettext, ngettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.core.numbers import NO_BREAK, in_french, say_number

NONE = "—"
# Signs that are the same in both languages, written after the number.
SIGNS = {
    "%": "%", "EUR": "€", "t": "t", "kg": "kg", "km": "km", "m": "m", "km2": "km²", "ha": "ha", "m2": "m²", "m3": "m³", "kWh": "kWh",
    "MWh": "MWh", "GWh": "GWh", "TWh": "TWh", "MW": "MW", "kW": "kW", "tCO2e": "t CO₂e", "ktCO2e": "kt CO₂e", "l": "l", "min": "min",
    "dB": "dB", "°C": "°C", "µg/m3": "µg/m³",
}  # fmt: skip
NAMED = {
    "persons": ngettext_lazy("%(value)s person", "%(value)s persons", "n"),
    "visitors": ngettext_lazy("%(value)s visitor", "%(value)s visitors", "n"),
    "visits": ngettext_lazy("%(value)s visit", "%(value)s visits", "n"),
    "places": ngettext_lazy("%(value)s place", "%(value)s places", "n"),
    "years": ngettext_lazy("%(value)s year", "%(value)s years", "n"),
    "months": ngettext_lazy("%(value)s month", "%(value)s months", "n"),
    "days": ngettext_lazy("%(value)s day", "%(value)s days", "n"),
    "half-days": ngettext_lazy("%(value)s half-day", "%(value)s half-days", "n"),
    "hours": ngettext_lazy("%(value)s hour", "%(value)s hours", "n"),
    "inhabitants": ngettext_lazy("%(value)s inhabitant", "%(value)s inhabitants", "n"),
    "population-equivalent": ngettext_lazy("%(value)s population equivalent", "%(value)s population equivalents", "n"),
    "households": ngettext_lazy("%(value)s household", "%(value)s households", "n"),
    "dwellings": ngettext_lazy("%(value)s dwelling", "%(value)s dwellings", "n"),
    "points-de-charge": ngettext_lazy("%(value)s charging point", "%(value)s charging points", "n"),
    "jobs": ngettext_lazy("%(value)s job", "%(value)s jobs", "n"),
    "trips": ngettext_lazy("%(value)s trip", "%(value)s trips", "n"),
    "count/day": ngettext_lazy("%(value)s a day", "%(value)s a day", "n"),
    "count/month": ngettext_lazy("%(value)s a month", "%(value)s a month", "n"),
    "m2/year": ngettext_lazy("%(value)s m² a year", "%(value)s m² a year", "n"),
    "tCO2e/inhabitant": ngettext_lazy("%(value)s t CO₂e per inhabitant", "%(value)s t CO₂e per inhabitant", "n"),
}
BARE = ("", "count", "ratio")
LABELS = {
    "count": pgettext_lazy("unit", "number"),
    "ratio": pgettext_lazy("unit", "ratio"),
    "rank": pgettext_lazy("unit", "rank"),
    "EUR": pgettext_lazy("unit", "euros"),
    "t": pgettext_lazy("unit", "tonnes"),
    "ha": pgettext_lazy("unit", "hectares"),
}
# What is typed in a larger or smaller unit is kept in the figure's own.
MULTIPLES: dict[str, dict[str, Decimal]] = {
    "EUR": {"kEUR": Decimal(1000), "MEUR": Decimal(1_000_000)},
    "t": {"kg": Decimal("0.001"), "kt": Decimal(1000)},
    "kg": {"t": Decimal(1000)},
    "km": {"m": Decimal("0.001")},
    "m": {"km": Decimal(1000)},
    "ha": {"m2": Decimal("0.0001"), "km2": Decimal(100)},
    "km2": {"ha": Decimal("0.01")},
    "m2": {"ha": Decimal(10_000)},
    "m3": {"l": Decimal("0.001")},
    "MWh": {"kWh": Decimal("0.001"), "GWh": Decimal(1000)},
    "GWh": {"MWh": Decimal("0.001"), "TWh": Decimal(1000)},
    "tCO2e": {"ktCO2e": Decimal(1000)},
}


def is_known_unit(unit: str) -> bool:
    """Whether there are words for a unit's code."""
    return unit in BARE or unit in SIGNS or unit in NAMED or unit == "rank"


def say_value(value: Decimal | float | int | None, unit: str = "count") -> str:
    """A value with its unit in the reader's language; "—" for none. A unit that we don't know stands as it is written."""
    if value is None:
        return NONE
    value = plain(value)
    if unit == "EUR":
        return _say_euros(value)
    if unit == "rank" and value == int(value):
        return _say_rank(int(value))
    if unit in NAMED:
        return NAMED[unit] % {"n": _plural_of(value), "value": say_number(value)}
    shown = say_number(value)
    if unit in BARE:
        return shown
    return f"{shown}{'' if unit == '%' and not in_french() else NO_BREAK}{SIGNS.get(unit, unit)}"


def say_qualified(value: Decimal | float | int | None, unit: str, precision: str) -> str:
    """The same, and how exact it is: "environ 120", "au moins 120"."""
    told = say_value(value, unit)
    if value is None or precision == "exact":
        return told
    return (gettext("about %(value)s") if precision == "about" else gettext("at least %(value)s")) % {"value": told}


def say_unit(unit: str) -> str:
    """A unit alone, as a column's head: "personnes", "km²", "nombre"."""
    if unit in NAMED:
        return (NAMED[unit] % {"n": 2, "value": ""}).strip()
    return str(LABELS.get(unit) or SIGNS.get(unit) or unit)


def say_change(value: Decimal, before: Decimal, unit: str) -> str:
    """How a value moved: "+12,5 %", for a share "−3 points"; "" where there is nothing to compare with."""
    if unit == "%":
        points = plain(value) - plain(before)
        return ngettext("%(change)s point", "%(change)s points", int(abs(points))) % {"change": signed(points)}
    if not before:
        return ""
    percent = round(100 * (plain(value) - plain(before)) / abs(plain(before)), 1)
    return f"{signed(percent)}{NO_BREAK if in_french() else ''}%"


def signed(number: Decimal) -> str:
    """+3, −3, ±0."""
    return ("+" if number > 0 else "±" if number == 0 else "") + say_number(number)


def say_period(period: str, year: int) -> str:
    """A period's code in words: "2023", "au 31 décembre 2023", "2018 à 2023", "objectif 2035"; another text as it stands."""
    head, _dash, rest = period.partition("-")
    if period.startswith("as-of-"):
        return gettext("on %(day)s") % {"day": _say_iso(period[6:])}
    if period.startswith("target-") and period[7:].isdigit():
        return gettext("target for %(year)s") % {"year": period[7:]}
    if period.startswith("since-") and period[6:].isdigit():
        return gettext("since %(year)s") % {"year": period[6:]}
    if len(period) == 9 and head.isdigit() and rest.isdigit():
        return gettext("%(first)s to %(last)s") % {"first": head, "last": rest}
    said = _PERIODS.get(period)
    return str(said) % {"year": year} if said else period


_PERIODS = {
    "planned": _("planned, as of %(year)s"),
    "per-year": _("each year, as of %(year)s"),
    "unspecified": _("report of %(year)s"),
    "since-launch": _("since the beginning, as of %(year)s"),
    "one-year": _("over one year, as of %(year)s"),
    "three-years": _("over three years, as of %(year)s"),
    "four-years": _("over four years, as of %(year)s"),
    "next-three-years": _("over the next three years, as of %(year)s"),
    "three-years-from-2022": _("over three years from 2022"),
    "within-3-years": _("within three years, as of %(year)s"),
    "last-10-years": _("over the last ten years, as of %(year)s"),
    "since-start-of-mandate": _("since the beginning of the term, as of %(year)s"),
    "until-2023": _("until 2023"),
    "from-2023-04": _("from April 2023"),
    "from-end-2023": _("from the end of 2023"),
    "per-year-since-2017": _("each year since 2017"),
    "2022-vs-2021": _("2022 compared with 2021"),
}


def say_day(day: date) -> str:
    """1 March 2027 -> "1er mars 2027"; the year is always told."""
    number = "1er" if in_french() and day.day == 1 else str(day.day)
    return NO_BREAK.join((number, str(MONTHS[day.month]), str(day.year)))


def _say_iso(text: str) -> str:
    try:
        return say_day(date.fromisoformat(text))
    except ValueError:
        return text


def plain(value: Decimal | float | int) -> Decimal:
    """Without the zeros that a column of the database adds: 12.000000 -> 12."""
    exact = Decimal(str(value)).normalize()
    return exact.quantize(Decimal(1)) if exact.as_tuple().exponent > 0 else exact


def _plural_of(value: Decimal) -> int:
    """The number that chooses the form: in French 1,5 is singular, in English everything but one is plural."""
    if in_french():
        return int(abs(value))
    return 1 if abs(value) == 1 else 2


_WORDS: tuple[tuple[Decimal, Callable[[int], str]], ...] = (
    (Decimal(1_000_000_000), lambda n: ngettext("€%(value)s billion", "€%(value)s billion", n)),
    (Decimal(1_000_000), lambda n: ngettext("€%(value)s million", "€%(value)s million", n)),
)


def _say_euros(value: Decimal) -> str:
    for size, words in _WORDS:
        part = plain(value / size)
        if abs(value) >= size and part == round(part, 2):
            return words(_plural_of(part)) % {"value": say_number(part)}
    shown = say_number(value, 2 if value != int(value) else 0)
    return f"{shown}{NO_BREAK}€" if in_french() else f"€{shown}".replace("€\u2212", "\u2212€")


def _say_rank(value: int) -> str:
    if in_french():
        return "1er" if value == 1 else f"{value}e"
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"
