"""What a text asks for, in notions: things of the lexicon, stems and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vomkg.ask.lexicon import Lexicon
from vomkg.wording.spelling import Speller
from vomkg.wording.words import FILLERS, MONTHS, Piece, joined, pieces, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NUMBER: Final = "~number"
_OTHER_MONTHS: Final = "~months:other"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was understood.

    Attributes:
        notions: what it is about, in order.
        unknown: words and numbers that mean nothing here, as they were typed.
        corrected: mistyped words with the words that they were read as.
        months: the lengths of time that it names.
    """

    notions: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    months: tuple[float, ...] = ()


class Reader:
    """Reads texts by a lexicon and the words of the questions."""

    def __init__(
        self,
        lexicon: Sequence[tuple[str, str]],
        texts: Iterable[str],
        numbers: Iterable[float] = (),
        months: Iterable[float] = (),
    ) -> None:
        """A reader that knows these words.

        Args:
            lexicon: things with a label each.
            texts: whose words are known too.
            numbers: the numbers that the sources report.
            months: the lengths of time for which a number is reported.
        """
        self._lexicon = Lexicon(lexicon)
        self._numbers = frozenset(numbers)
        self._months = frozenset(months)
        known = {piece.text for text in texts for piece in pieces(text)}
        known |= self._lexicon.words
        self._stems = {stem(word) for word in known}
        labels = {piece.text for _, text in lexicon for piece in pieces(text)}
        self._spelt = {stem(word) for word in labels} | self._stems
        self._speller = Speller(known | labels | FILLERS)

    def read(self, text: str) -> Reading:
        """What the text asks for; nothing, if it has no word in it."""
        corrected: dict[str, str] = {}
        found = joined([self._respelt(piece, corrected) for piece in pieces(text)])
        typed = {meant: word for word, meant in corrected.items()}
        notions: list[str] = []
        unknown: dict[str, None] = {}
        index = 0
        while index < len(found):
            length, thing = self._lexicon.match(found, index)
            piece = found[index]
            if length:
                notions.append(thing)
            elif piece.key == MONTHS or piece.number in self._numbers:
                notions += self._of_number(piece)
            elif piece.key in self._stems and not piece.is_filler:
                notions.append(piece.key)
            elif not piece.is_filler:
                unknown[typed.get(piece.text, piece.text)] = None
            index += length or 1
        return Reading(
            notions=tuple(dict.fromkeys(notions)),
            unknown=tuple(unknown),
            corrected=tuple(c for c in corrected.items() if c[0] not in unknown),
            months=tuple(
                p.number for p in found if p.key == MONTHS and p.number is not None
            ),
        )

    def notions(self, text: str) -> frozenset[str]:
        """The notions of a phrasing or label of ours."""
        return frozenset(self.read(text).notions)

    def _of_number(self, piece: Piece) -> list[str]:
        if piece.key != MONTHS:
            return [NUMBER, f"#{piece.key}"]
        known = f"{MONTHS}:{piece.number:g}"
        return [MONTHS, known if piece.number in self._months else _OTHER_MONTHS]

    def _respelt(self, piece: Piece, corrected: dict[str, str]) -> Piece:
        """The piece, or the known word that was meant by it."""
        if piece.number is not None or piece.is_filler or piece.key in self._spelt:
            return piece
        meant = self._speller.meant(piece.text)
        if meant is None:
            return piece
        corrected[piece.text] = meant
        return Piece(meant, stem(meant))
