"""The words and numbers of a text, cut down to what they have in common."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE: Final = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)(?::1\b)?(?:\s?(?:%|per\s?cents?\b))?"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)"
)
_DOUBLED: Final = re.compile(r"([bdgklmnprtz])\1$")
_ENDINGS: Final = ("ing", "ed", "ly", "es", "s")
# A stem shorter than this is no longer the word it came from.
_SHORTEST: Final = 3

# Words that people put round a question whatever it is about.
FILLERS: Final = frozenset(
    files("vomkg.wording").joinpath("fillers.txt").read_text("utf-8").split()
)
_TO_TWELVE: Final = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_COUNTED: Final = {word: number for number, word in enumerate(_TO_TWELVE, 1)} | {
    "a": 1,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "couple": 2,
}
_UNITS: Final = {"month": 1, "year": 12}
MONTHS: Final = "~months"


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, number or length of time of a text.

    Attributes:
        text: as it was typed, in lower case.
        key: what it is compared by.
        number: its value, if it is a number; the months of a length of time.
    """

    text: str
    key: str
    number: float | None = None

    @property
    def is_filler(self) -> bool:
        """Whether it says nothing of what a question is about."""
        return self.number is None and (self.text in FILLERS or self.text in _COUNTED)


def pieces(text: str) -> list[Piece]:
    """The words and numbers of a text, in order; marks and blanks are left out."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").lower()
    found = []
    for match in _PIECE.finditer(plain):
        word = match["word"]
        if word is not None:
            word = word.removesuffix("'s")
            found.append(Piece(word, stem(word)))
        else:
            number = float(match["number"].replace(",", "."))
            found.append(Piece(match[0].strip(), f"{number:g}", number))
    return found


def stem(word: str) -> str:
    """The word without the ending of its number, tense or manner."""
    if len(word) <= _SHORTEST or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return _rooted(word[:-3] + "y")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            root = word.removesuffix(ending)
            return _rooted(_DOUBLED.sub(r"\1", root) if ending != "s" else root)
    return _rooted(word)


def _rooted(word: str) -> str:
    if len(word) <= _SHORTEST:
        return word
    return (
        word[:-1]
        if word.endswith("e")
        else word[:-1] + "i"
        if word[-1] == "y"
        else word
    )


def joined(found: list[Piece]) -> list[Piece]:
    """The same with each length of time as one piece that counts months."""
    result: list[Piece] = []
    index = 0
    while index < len(found):
        length, months = _months(found[index : index + 6])
        if length:
            text = " ".join(piece.text for piece in found[index : index + length])
            result.append(Piece(text, MONTHS, months))
            index += length
        else:
            result.append(found[index])
            index += 1
    return result


def _months(ahead: list[Piece]) -> tuple[int, float]:
    """How many pieces are a length of time, and its months; 0 pieces for none."""
    words = [piece.text for piece in ahead]
    if words[:2] == ["half", "a"] and _unit(ahead, 2):
        return 3, _unit(ahead, 2) / 2
    first = ahead[0].number if ahead[0].number is not None else _COUNTED.get(words[0])
    if first is None:
        return 0, 0
    if words[1:4] == ["and", "a", "half"] and _unit(ahead, 4):
        return 5, (first + 0.5) * _unit(ahead, 4)
    for place in (1, 2, 3):
        if _unit(ahead, place) and all(
            word in {"couple", "of", "and", "half", "full"} for word in words[1:place]
        ):
            whole = 2 if "couple" in words[1:place] else first
            half = 0.5 if "half" in words[1:place] else 0
            return place + 1, (whole + half) * _unit(ahead, place)
    return 0, 0


def _unit(ahead: list[Piece], place: int) -> int:
    return (
        _UNITS.get(ahead[place].key.replace("yeari", "year"), 0)
        if place < len(ahead)
        else 0
    )


def placed(text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Where each word and number of a text stands, and the keys it goes by.

    Places count characters of the text as it is given.
    """
    for match in _PIECE.finditer(text):
        yield *match.span(), frozenset(piece.key for piece in pieces(match[0]))
