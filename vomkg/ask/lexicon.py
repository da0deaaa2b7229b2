"""The lexicon: which words stand for which thing of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.wording.words import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vomkg.wording.words import Piece

_END: Final = ""


class Lexicon:
    """Labels by their words; the longest that fits is taken.

    Attributes:
        words: every word that is a label by itself.
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """The lexicon of these labels.

        Args:
            entries: things with a label each; of two things with the same label
                the first is taken.
        """
        self._tree: dict[str, object] = {}
        self.words: set[str] = set()
        for thing, label in entries:
            found = pieces(label)
            node = self._tree
            for piece in found:
                node = node.setdefault(piece.key, {})  # type: ignore[assignment]  # inner nodes are dictionaries
            if found:
                node.setdefault(_END, thing)
            if len(found) == 1:
                self.words.add(found[0].text)

    def match(self, found: Sequence[Piece], start: int) -> tuple[int, str]:
        """How many pieces from there on are a label, and whose; 0 if none are."""
        node = self._tree
        best = (0, "")
        for length, piece in enumerate(found[start:], 1):
            following = node.get(piece.key)
            if not isinstance(following, dict):
                break
            node = following
            if isinstance(thing := node.get(_END), str):
                best = (length, thing)
        return best
