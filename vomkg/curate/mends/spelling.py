"""How near two names are in spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    T = TypeVar("T")

SLIPS: Final = 2  # letters by which a slip of the pen differs from what was meant


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change, or swap with their neighbour, to get the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, right in enumerate(other, 1):
            cost = min(
                before[j] + 1, row[j - 1] + 1, before[j - 1] + int(left != right)
            )
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(word: str, known: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """What is known, the nearest in spelling first, then by name."""
    return sorted(
        known, key=lambda item: (distance(word, name(item)), name(item), str(item))
    )


def meant(word: str, known: Iterable[T], name: Callable[[T], str]) -> T | None:
    """The one known name that differs by a slip of the pen; None if several do.

    A slip is at most two letters, and fewer than half of the word.
    """
    close = [
        (far, item)
        for item in known
        if abs(len(name(item)) - len(word)) <= SLIPS
        and (far := distance(word, name(item))) <= SLIPS
        and 2 * far < len(word)
    ]
    return close[0][1] if len(close) == 1 else None
