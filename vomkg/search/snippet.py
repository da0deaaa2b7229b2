"""The part of a text that holds the words, and the words marked in it.

Parts are plain text: whoever shows them escapes each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from vomkg.wording.words import placed

if TYPE_CHECKING:
    from collections.abc import Sequence

# Characters that a snippet has at most, but for the marks of what is left out.
LENGTH: Final = 180
_BEFORE: Final = 50
_LEFT_OUT: Final = "…"


class Part(NamedTuple):
    """A piece of a text, and whether it is a word that was searched for."""

    text: str
    is_match: bool


def marked(text: str, keys: frozenset[str]) -> tuple[Part, ...]:
    """The whole text in parts, each word with one of these keys marked."""
    parts = []
    end = 0
    for start, stop, found in placed(text):
        if not found.isdisjoint(keys):
            if start > end:
                parts.append(Part(text[end:start], is_match=False))
            parts.append(Part(text[start:stop], is_match=True))
            end = stop
    if end < len(text):
        parts.append(Part(text[end:], is_match=False))
    return tuple(parts)


def snippet(texts: Sequence[str], keys: frozenset[str]) -> tuple[Part, ...]:
    """The part of the text that holds most of the words; of equal ones the first.

    Args:
        texts: to choose from.
        keys: of the words.

    Returns:
        Nothing if there is no text.
    """
    if not texts:
        return ()
    best = max(texts, key=lambda text: len(_keys(text) & keys))
    return marked(_cut(best, keys), keys)


def _keys(text: str) -> frozenset[str]:
    return frozenset[str]().union(*(found for _, _, found in placed(text)))


def _cut(text: str, keys: frozenset[str]) -> str:
    """The text about the first of the words, cut between words."""
    plain = " ".join(text.split())
    if len(plain) <= LENGTH:
        return plain
    first = next((s for s, _, found in placed(plain) if not found.isdisjoint(keys)), 0)
    start = min(max(first - _BEFORE, 0), len(plain) - LENGTH)
    end = start + LENGTH
    if start:
        start = plain.find(" ", start, first) + 1 or start
    if end < len(plain):
        end = max(plain.rfind(" ", start, end), first + 1)
    before = f"{_LEFT_OUT} " if start else ""
    return before + plain[start:end] + (f" {_LEFT_OUT}" if end < len(plain) else "")
