"""How near two names are in spelling."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    T = TypeVar("T")

SLIPS: Final = 2  # letters by which a slip of the pen differs from what was meant
_CLOSELY: Final = 12  # of many names, those whose distance is measured
_KEPT: Final = 1 << 14  # pairs and names of which the result is remembered


@lru_cache(_KEPT)
def distance(one: str, other: str, limit: int | None = None) -> int:
    """Letters to add, drop, change, or swap with their neighbour, to get the other.

    Above the limit, if there is one, any number above it may be given.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, right in enumerate(other, 1):
            # So far from the diagonal there is already too much to add or drop.
            if limit is not None and abs(i - j) > limit:
                row.append(limit + 1)
                continue
            cost = min(
                before[j] + 1, row[j - 1] + 1, before[j - 1] + int(left != right)
            )
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        # A swap may reach one row back.
        if limit is not None and min(*row, *before) > limit:
            return limit + 1
    return row[-1]


def nearest(word: str, known: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """What is known, the nearest in spelling first, then by name.

    Among many names, those that share few pairs of letters with the word follow in
    the order of how many they share.
    """
    pairs = _pairs(word)

    def unlike(item: T) -> tuple[float, str, str]:
        others = _pairs(name(item))
        shared = len(pairs & others) / (len(pairs | others) or 1)
        return -shared, name(item), str(item)

    ordered = sorted(known, key=unlike)
    close, rest = ordered[:_CLOSELY], ordered[_CLOSELY:]
    close.sort(key=lambda item: (distance(word, name(item)), name(item), str(item)))
    return close + rest


def meant(word: str, known: Iterable[T], name: Callable[[T], str]) -> T | None:
    """The one known name that differs by a slip of the pen; None if several do.

    A slip is at most two letters, and fewer than half of the word.
    """
    close = [
        (far, item)
        for item in known
        if abs(len(name(item)) - len(word)) <= SLIPS
        and (far := distance(word, name(item), SLIPS)) <= SLIPS
        and 2 * far < len(word)
    ]
    return close[0][1] if len(close) == 1 else None


@lru_cache(_KEPT)
def _pairs(word: str) -> frozenset[str]:
    """The pairs of neighbouring letters, with the first and the last letter."""
    padded = f"^{word.lower()}$"
    return frozenset(padded[i : i + 2] for i in range(len(padded) - 1))
