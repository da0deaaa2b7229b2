"""Which blank nodes of two readings of the same text are the same.

Two parsers label blank nodes as they like, in an order of their own. What the text
says of a node tells it from others: here each node is described by its triples,
those by the descriptions of their nodes, and so on for a few steps; nodes described
alike on both sides are paired, and from each pair their neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import BNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]
    # Direction and predicate of an edge.
    Edge = tuple[int, Node]

# Nodes that differ only further away are told apart from pair to pair.
_STEPS: Final = 6


def aligned(theirs: Iterable[Triple], ours: Iterable[Triple]) -> Mapping[BNode, BNode]:
    """Their blank nodes with ours; takes time in proportion to the triples.

    Nodes of which the text says the same are paired in the order they are met; a
    node without like on the other side is left out.
    """
    left, right = _Side(theirs), _Side(ours)
    pairs = _Pairs(left, right)
    classes = right.classes()
    # The classes of one go first: what they lead to is sure.
    for colour, nodes in sorted(left.classes().items(), key=lambda item: len(item[1])):
        others = iter(classes.get(colour, ()))
        for node in nodes:
            if node not in pairs.found:
                other = next((y for y in others if y not in pairs.taken), None)
                if other is not None:
                    pairs.join(node, other)
    return pairs.found


class _Side:
    """The blank nodes of one reading and what surrounds them."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.edges: dict[BNode, list[tuple[Edge, Node]]] = {}
        for s, p, o in triples:
            if isinstance(s, BNode):
                self.edges.setdefault(s, []).append(((0, p), o))
            if isinstance(o, BNode):
                self.edges.setdefault(o, []).append(((1, p), s))
        self.colours: dict[Node, int] = dict.fromkeys(self.edges, 0)
        for _ in range(_STEPS):
            self.colours = {node: self._described(node) for node in self.edges}

    def classes(self) -> dict[int, list[BNode]]:
        """The nodes by their description, in the order they were met."""
        found: dict[int, list[BNode]] = {}
        for node in self.edges:
            found.setdefault(self.colours[node], []).append(node)
        return found

    def neighbours(self, node: BNode) -> dict[tuple[Edge, int], list[BNode]]:
        """The blank nodes next to a node, by the edge to them and what they are."""
        found: dict[tuple[Edge, int], list[BNode]] = {}
        for edge, other in self.edges[node]:
            if isinstance(other, BNode):
                found.setdefault((edge, self.colours[other]), []).append(other)
        return found

    def _described(self, node: BNode) -> int:
        said = [
            hash((edge, self.colours[other] if isinstance(other, BNode) else other))
            for edge, other in self.edges[node]
        ]
        return hash((self.colours[node], *sorted(said)))


class _Pairs:
    """The pairs found so far."""

    def __init__(self, left: _Side, right: _Side) -> None:
        self.found: dict[BNode, BNode] = {}
        self.taken: set[BNode] = set()
        self._left, self._right = left, right

    def join(self, node: BNode, other: BNode) -> None:
        """Pair two nodes, and what is next to them."""
        waiting = [(node, other)]
        while waiting:
            x, y = waiting.pop()
            if x in self.found or y in self.taken:
                continue
            self.found[x] = y
            self.taken.add(y)
            around = self._right.neighbours(y)
            for key, nodes in self._left.neighbours(x).items():
                free = [
                    other for other in around.get(key, ()) if other not in self.taken
                ]
                waiting.extend(
                    zip([n for n in nodes if n not in self.found], free, strict=False)
                )
