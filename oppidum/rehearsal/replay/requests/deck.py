"""Chances dealt like cards: each share is met to a case or two, and no order can be guessed.

A deck holds one card for each twentieth of the unit interval, shuffled; the next deck is shifted by the golden ratio, so that shares
smaller than a card are met too (low discrepancy: a Weyl sequence over shuffled strata).
"""

from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Any

from oppidum.rehearsal.replay.streams import stream

SIZE = 20
_GOLDEN = 0.6180339887498949
_NORMAL = NormalDist()


class Decks:
    """A deck for each question that chance decides, by name."""

    def __init__(self, seed: int):
        self._seed = seed
        self._dealt: dict[str, int] = {}
        self._cards: dict[str, list[float]] = {}

    def deal(self, key: str) -> float:
        """The next card of that deck: a number from 0 to 1."""
        count = self._dealt.get(key, 0)
        self._dealt[key] = count + 1
        deck, place = divmod(count, SIZE)
        if not place or key not in self._cards:
            rng = stream(self._seed, f"deck {key}", deck)
            shift = (stream(self._seed, f"deck {key}").random() + deck * _GOLDEN) % 1
            cards = [(n + shift) / SIZE for n in range(SIZE)]
            rng.shuffle(cards)
            self._cards[key] = cards
        return self._cards[key][place]

    def choose(self, key: str, weights: Sequence[float]) -> int:
        """Which of these weights the next card falls on."""
        left = self.deal(key) * sum(weights)
        for place, weight in enumerate(weights):
            if left < weight:
                return place
            left -= weight
        return len(weights) - 1

    def pick(self, key: str, shares: Mapping[Any, float]) -> Any:
        """One of the answers, by their shares."""
        return list(shares)[self.choose(key, list(shares.values()))]

    def typical(self, key: str, median: float, factor: float) -> float:
        """A log-normal quantity around `median`; two thirds of them lie within the factor."""
        card = min(max(self.deal(key), 1e-6), 1 - 1e-6)
        return median * factor ** _NORMAL.inv_cdf(card)
