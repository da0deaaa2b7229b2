"""Labels of blank nodes that a second reading of the same file gives again."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Quad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_LENGTH = 6  # bytes; 2**48 marks are enough for the files of one reading


def mark_of(text: str) -> str:
    """A short mark of a text; different texts have different ones."""
    return blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=_LENGTH
    ).hexdigest()


class Labels:
    """Gives the blank nodes of files their labels, in the order they are met.

    A label is made of the file's text and the node's number in it. So labels of
    two files differ, and a place looked up later is that of the same node.
    """

    def __init__(self) -> None:
        self._same: Counter[str] = Counter()
        self._known: dict[str, str] = {}
        self._mark = ""

    def begin(self, text: str) -> None:
        """Begin another file."""
        mark = mark_of(text)
        self._same[mark] += 1
        self._mark = f"b{mark}x{self._same[mark]}n"
        self._known = {}

    def of(self, name: str) -> str:
        """The label of a blank node that the parser calls by a name."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = f"{self._mark}{len(self._known) + 1}"
        return found

    def quads(self, quads: Iterable[Quad], text: Callable[[], str]) -> list[Quad]:
        """The quads of another file, its blank nodes by their labels.

        Args:
            quads: what a parser gave, blank nodes named at random.
            text: gives the file's text, if a blank node needs it.
        """
        found = list(quads)
        if not any(_is_blank(quad) for quad in found):
            return found
        self.begin(text())
        return [self._labelled(quad) for quad in found]

    def _labelled(self, quad: Quad) -> Quad:
        if not _is_blank(quad):
            return quad
        subject, predicate, value = (
            BlankNode(self.of(term.value)) if isinstance(term, BlankNode) else term
            for term in quad.triple
        )
        return Quad(subject, predicate, value, quad.graph_name)  # type: ignore[arg-type]  # each term of the kind it was


def _is_blank(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)
