"""Words cut into lines that fit a width, without a font at hand.

A letter is taken to be as wide as in DejaVu Sans, the widest of the fonts that our
pages name, so that in any of them the lines stay within.
"""

from __future__ import annotations

import re
from typing import Final

_CUT: Final = "…"
# A line may end between words, and behind a hyphen within one.
_BREAK: Final = re.compile(r" |(?<=\w-)(?=\w)")
# Widths in ems.
_NARROW: Final = dict.fromkeys("ijl'|!.,:;’ ()[]/-ftI\"", 0.4)
_WIDE: Final = dict.fromkeys("mwMW@%—…", 1.0)
_LEAST: Final = min(_NARROW.values())
_CAPITAL: Final = 0.76
_DIGIT: Final = 0.64
_OTHER: Final = 0.62
# From here on scripts have letters as wide as they are high.
_SQUARE: Final = 0x2E80


def width(text: str, size: float) -> float:
    """The most that a text is wide in letters of that size, in the same unit."""
    return size * sum(map(_ems, text))


def wrapped(text: str, most: float, size: float, lines: int) -> list[str]:
    """The text in so many lines at most; what finds no room is cut off with a mark.

    Args:
        text: words.
        most: width of a line.
        size: of the letters, in the same unit.
        lines: how many there may be.
    """
    found: list[str] = []
    line = ""
    for word in _BREAK.split(" ".join(text.split())):
        longer = line + word if line.endswith("-") else f"{line} {word}".strip()
        if width(longer, size) <= most or not line:
            line = longer
            continue
        found.append(line)
        line = word
    found.append(line)
    kept = [_cut(one, most, size) for one in found[:lines]]
    if len(found) > lines:
        kept[-1] = _cut(f"{kept[-1]} {_CUT}", most, size)
    return kept


def _cut(line: str, most: float, size: float) -> str:
    if width(line, size) <= most:
        return line
    # More letters than the narrowest of them would fit are not looked at one by one.
    fitting = int(most / (size * _LEAST)) + 1
    plain = line.removesuffix(_CUT)[:fitting].rstrip()
    while plain and width(plain + _CUT, size) > most:
        plain = plain[:-1].rstrip()
    return plain + _CUT


def _ems(letter: str) -> float:
    if ord(letter) >= _SQUARE:
        return 1.0
    if letter in _NARROW:
        return _NARROW[letter]
    if letter in _WIDE:
        return _WIDE[letter]
    if letter.isdigit():
        return _DIGIT
    return _CAPITAL if letter.isupper() else _OTHER
