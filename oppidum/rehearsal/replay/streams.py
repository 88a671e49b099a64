"""Chance that can be drawn again: a small generator for each case and turn, named by what it is for.

Nothing is drawn from a generator that others draw from too. So a change somewhere (a crew more, a rule) leaves the chances of
everything else as they were: common random numbers, which let two runs be compared case by case.
"""

from random import Random
from zlib import crc32

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def stream(seed: int, name: str, *numbers: int) -> Random:
    """The generator of that name and those numbers under a seed: the same each time it is asked for."""
    mixed = _mix(seed * _GOLDEN + crc32(name.encode()))
    for number in numbers:
        mixed = _mix(mixed ^ (number * _GOLDEN & _MASK))
    return Random(mixed)


def _mix(value: int) -> int:
    """A bijection of 64 bits after which neighbours have nothing in common (the finaliser of SplitMix64, Steele et al. 2014)."""
    value &= _MASK
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & _MASK
    return value ^ (value >> 31)
