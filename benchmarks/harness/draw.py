"""Choices that a seed decides, the same on every machine and every Python."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from random import Random
from typing import Final

_WORDS: Final = (
    "mediation",
    "offenders",
    "victims",
    "apology",
    "repair",
    "harm",
    "anger",
    "contact",
    "prison",
    "court",
    "youth",
    "police",
    "reconviction",
    "agreement",
    "meeting",
    "letter",
    "fear",
    "trust",
    "school",
    "family",
)


class Draw:
    """Choices by a seed; only ``Random.random`` is used, which never changes."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  not for secrets
        self._skews: dict[int, list[float]] = {}

    def below(self, end: int) -> int:
        """A whole number from 0, each as likely as the next."""
        return int(self._random.random() * end)

    def skewed(self, end: int) -> int:
        """A whole number from 0, the n-th with a weight of 1/n."""
        if end not in self._skews:
            weights = accumulate(1 / rank for rank in range(1, end + 1))
            self._skews[end] = list(weights)
        sums = self._skews[end]
        return min(bisect(sums, self._random.random() * sums[-1]), end - 1)

    def word(self) -> str:
        """One of the words, the first far more often than the last."""
        return _WORDS[self.skewed(len(_WORDS))]
