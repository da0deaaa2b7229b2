"""Words that were mistyped, and the known word that is meant."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Letters from which on one slip, or two, still leave no doubt what was meant.
_ONE_SLIP: Final = 5
_TWO_SLIPS: Final = 8


class Speller:
    """The known words, found again from nearly the same letters."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(known)):
            if word.isalpha() and len(word) >= _ONE_SLIP - 1:
                self._by_letter[word[0]].append(word)
        self.near = lru_cache(2_048)(self._near)

    def meant(self, word: str) -> str | None:
        """The one known word that is nearest; None if none is, or several are."""
        found = self.near(word)
        return found[0] if len(found) == 1 else None

    def _near(self, word: str) -> tuple[str, ...]:
        """The known words that are nearest, by name; none beyond two slips.

        The first letter must be right: there people slip least.
        """
        allowed = 0 if len(word) < _ONE_SLIP else 1 if len(word) < _TWO_SLIPS else 2
        best: list[str] = []
        for known in self._by_letter.get(word[:1], ()) if allowed else ():
            if abs(len(known) - len(word)) > allowed:
                continue
            slips = distance(word, known, allowed)
            if slips < allowed:
                allowed, best = slips, [known]
            elif slips == allowed:
                best.append(known)
        return tuple(best)


def distance(one: str, other: str, most: int) -> int:
    """The slips between two words: letters lost, added, changed or swapped.

    Args:
        one: a word.
        other: another.
        most: where counting may stop.

    Returns:
        The number of slips; ``most + 1`` for any number above ``most``.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, rival in enumerate(other, 1):
            slips = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != rival))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == rival:
                slips = min(slips, earlier[j - 2] + 1)
            row.append(slips)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
