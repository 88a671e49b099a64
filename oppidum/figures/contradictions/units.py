"""Units as a report writes them, each with its dimension and its weight in the dimension's base unit."""

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Unit:
    """`symbol` as shown; `dimension` says what it may be compared with; `factor` turns a value into the base unit."""

    symbol: str
    dimension: str
    factor: Decimal = Decimal(1)
    pattern: str = ""


COUNT = Unit("", "count")
PERCENT = Unit("%", "percent", pattern=r"%|pour cent\b|p\. 100\b")

_END = r"(?![\w²³’'])"
UNITS = (
    PERCENT,
    Unit("€", "money", pattern=rf"€(?!/)|euros?{_END}|EUR{_END}"),
    Unit("km/h", "speed", pattern=r"km/h"),
    Unit("km²", "area", Decimal(1_000_000), rf"km ?[2²]|kilomètres? carrés?{_END}"),
    Unit("m²", "area", Decimal(1), rf"m ?[2²]{_END}|mètres? carrés?{_END}"),
    Unit("ha", "area", Decimal(10_000), rf"ha{_END}|hectares?{_END}"),
    Unit("m³", "volume", Decimal(1), rf"m ?[3³]{_END}|mètres? cubes?{_END}"),
    Unit("l", "volume", Decimal("0.001"), rf"litres?{_END}"),
    Unit("km", "length", Decimal(1000), rf"km{_END}|kilomètres?{_END}"),
    Unit("cm", "length", Decimal("0.01"), rf"cm{_END}|centimètres?{_END}"),
    Unit("mm", "length", Decimal("0.001"), rf"mm{_END}|millimètres?{_END}"),
    Unit("m", "length", Decimal(1), rf"m{_END}|ml{_END}|mètres? linéaires?{_END}|mètres?{_END}"),
    Unit("t", "mass", Decimal(1000), rf"t{_END}|tonnes?{_END}"),
    Unit("kg", "mass", Decimal(1), rf"kg{_END}|kilos?{_END}|kilogrammes?{_END}"),
    Unit("g", "mass", Decimal("0.001"), rf"g{_END}|grammes?{_END}"),
    Unit("TWh", "energy", Decimal(1_000_000), r"TWh\b"),
    Unit("GWh", "energy", Decimal(1000), r"GWh\b"),
    Unit("MWh", "energy", Decimal(1), r"MWh\b"),
    Unit("kWh", "energy", Decimal("0.001"), r"kWh\b"),
    Unit("MW", "power", Decimal(1000), r"MW(?:c)?\b"),
    Unit("kW", "power", Decimal(1), r"kW(?:c)?\b"),
    Unit("°C", "temperature", pattern=r"° ?C\b|degrés?\b"),
    Unit("ans", "years", pattern=rf"ans?{_END}|années?{_END}"),
    Unit("mois", "months", pattern=rf"mois{_END}"),
    Unit("semaines", "weeks", pattern=rf"semaines?{_END}"),
    Unit("jours", "days", pattern=rf"jours?{_END}(?!-)"),
    Unit("heures", "hours", pattern=rf"heures?{_END}|h{_END}"),
    Unit("minutes", "minutes", pattern=rf"minutes?{_END}|min{_END}"),
)
UNIT = re.compile("|".join(f"(?P<u{place}>{unit.pattern})" for place, unit in enumerate(UNITS)))
TIME = frozenset(("years", "months", "weeks", "days", "hours", "minutes"))


def match_unit(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit written at `at`, and where it ends."""
    if found := UNIT.match(text, at):
        return UNITS[int(found.lastgroup[1:])], found.end()
    return None
