"""Okapi BM25 (Robertson and Zaragoza 2009): how much a word in a text tells."""

from __future__ import annotations

from math import log
from typing import Final

# How soon a repeated word stops to count, and how far long texts are held back.
_SATURATION: Final = 1.2
_LENGTH: Final = 0.4


def rarity(texts: int, holding: float) -> float:
    """How much a word tells apart texts of which so many hold it; above 0."""
    return log(1 + (texts - holding + 0.5) / (holding + 0.5))


def slack(length: float, mean: float) -> float:
    """What holds back the words of a text of that length.

    Args:
        length: of the text, in words.
        mean: length of all texts; more than 0.
    """
    return _SATURATION * (1 - _LENGTH + _LENGTH * length / mean)


def saturated(count: float, held_back: float) -> float:
    """What a word counts that stands so often in a text; from 0 to below 1.

    Args:
        count: how often it stands there.
        held_back: the :func:`slack` of the text.
    """
    return count / (count + held_back) if count else 0.0
