"""How surely two sides differ, from a few paired runs. Pure; chance is a seeded generator.

Both sides of a seed live the same arrivals and chances, so that what is left between them is the change, and what is left between seeds is
small. Means: Student's t on the differences of the pairs (Student, Biometrika 6, 1908; common random numbers: Law, Simulation Modeling and
Analysis, 5th ed., 11.2). Quantiles of waits: the percentile bootstrap over seeds (Efron and Tibshirani, 1993, ch. 13), as a quantile's
differences are not normal. With few seeds a bootstrap is a little too sure of itself; the reports say how many seeds they had.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, stdev

import numpy as np

CONFIDENCE = 0.95
RESAMPLES = 4000
# Quantiles of Student's t at 97.5 % for 1 to 30 degrees of freedom (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2).
T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
Histogram = Mapping[int, float]


@dataclass(frozen=True)
class Difference:
    """Changed minus base: its mean and the ends of its 95 % interval, None where fewer than two runs give none.

    `runs`: pairs of runs. `same`: in every pair it was nothing at all.
    """

    mean: float
    low: float | None
    high: float | None
    runs: int
    same: bool = False

    @property
    def is_told(self) -> bool:
        """Whether the runs could tell a difference: the interval leaves out zero."""
        return not self.same and self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def t_975(degrees: int) -> float:
    """The 97.5 % quantile of Student's t; beyond the table by its expansion about the normal one (Abramowitz and Stegun, 26.7.5)."""
    if degrees < 1:
        raise ValueError("one run alone has no spread")
    if degrees <= len(T_975):
        return T_975[degrees - 1]
    z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)


def paired(base: Sequence[float], changed: Sequence[float]) -> Difference:
    """The mean of the pairs' differences, with its interval. Raises `ValueError` for sides of different lengths or none."""
    differences = [after - before for before, after in zip(base, changed, strict=True)]
    if not differences:
        raise ValueError("no pair of runs to compare")
    mean, same = fmean(differences), not any(differences)
    if len(differences) == 1:
        return Difference(mean, None, None, 1, same)
    half = half_width(differences)
    return Difference(mean, mean - half, mean + half, len(differences), same)


def half_width(values: Sequence[float]) -> float:
    """Half of the 95 % interval of their mean; 0 for one value, of which nothing is known."""
    return t_975(len(values) - 1) * stdev(values) / sqrt(len(values)) if len(values) > 1 else 0.0


def quantile(histogram: Histogram, share: float) -> float | None:
    """The least value that at least `share` of the counts don't exceed; None of nothing."""
    total = sum(histogram.values())
    if not total:
        return None
    reached = 0.0
    for value in sorted(histogram):
        reached += histogram[value]
        if reached >= share * total - 1e-9:
            return value
    return max(histogram)


def mean_of(histogram: Histogram) -> float | None:
    total = sum(histogram.values())
    return sum(value * count for value, count in histogram.items()) / total if total else None


def paired_quantile(base: Sequence[Histogram], changed: Sequence[Histogram], share: float, seed: int = 1) -> Difference | None:
    """The difference of the pooled runs' quantiles, its interval by drawing pairs of runs anew. None where a side has no counts."""
    before, after = (quantile(pooled(side), share) for side in (base, changed))
    if before is None or after is None:
        return None
    same = all(dict(one) == dict(other) for one, other in zip(base, changed, strict=True))
    if len(base) < 2:
        return Difference(after - before, None, None, len(base), same)
    # How often each pair is drawn; the same draw serves both sides, so that pairs stay pairs.
    drawn = np.random.default_rng(seed).multinomial(len(base), [1 / len(base)] * len(base), size=RESAMPLES)
    differences = _quantiles(drawn, changed, share) - _quantiles(drawn, base, share)
    low, high = np.percentile(differences, [50 * (1 - CONFIDENCE), 50 * (1 + CONFIDENCE)])
    return Difference(after - before, float(low), float(high), len(base), same)


def pooled(histograms: Sequence[Histogram]) -> dict[int, float]:
    found: dict[int, float] = {}
    for one in histograms:
        for value, count in one.items():
            found[value] = found.get(value, 0) + count
    return found


def _quantiles(drawn: np.ndarray, histograms: Sequence[Histogram], share: float) -> np.ndarray:
    """The quantile of each draw, at once for all."""
    values = np.array(sorted({value for one in histograms for value in one}), dtype=float)
    counts = np.array([[one.get(int(value), 0.0) for value in values] for one in histograms])
    reached = np.cumsum(drawn @ counts, axis=1)
    return values[np.argmax(reached >= share * reached[:, -1:] - 1e-9, axis=1)]
