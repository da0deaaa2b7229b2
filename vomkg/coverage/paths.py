"""The triples that a SHACL property path walks over (SHACL §2.3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, SH, URIRef
from rdflib.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib import Graph
    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]
    Walk = Callable[[set[Node]], set[Node]]


class Walker:
    """Follows paths through data and keeps the triples that it went over.

    Args:
        data: what is walked through.
        shapes: the graph in which the paths are written.
    """

    def __init__(self, data: Graph, shapes: Graph) -> None:
        self.trodden: set[Triple] = set()
        self._data = data
        self._shapes = shapes

    def walk(self, path: Node, start: set[Node]) -> set[Node]:
        """The value nodes of a path from any of the nodes."""
        if isinstance(path, URIRef):
            return self._step(path, start)
        shapes = self._shapes
        if (inner := shapes.value(path, SH.inversePath)) is not None:
            return self._back(inner, start)
        if (choices := shapes.value(path, SH.alternativePath)) is not None:
            ends = (self.walk(one, start) for one in Collection(shapes, choices))
            return set().union(*ends)
        if (inner := shapes.value(path, SH.zeroOrMorePath)) is not None:
            return start | self._closure(inner, start)
        if (inner := shapes.value(path, SH.oneOrMorePath)) is not None:
            return self._closure(inner, start)
        if (inner := shapes.value(path, SH.zeroOrOnePath)) is not None:
            return start | self.walk(inner, start)
        if (path, RDF.first, None) in shapes:
            for part in Collection(shapes, path):
                start = self.walk(part, start)
            return start
        return set()

    def _step(self, predicate: URIRef, start: set[Node]) -> set[Node]:
        ends = set()
        for node in start:
            for end in self._data.objects(node, predicate):
                self.trodden.add((node, predicate, end))
                ends.add(end)
        return ends

    def _back(self, path: Node, start: set[Node]) -> set[Node]:
        """The nodes from which a path leads to any of these."""
        if isinstance(path, URIRef):
            ends = set()
            for node in start:
                for origin in self._data.subjects(path, node):
                    self.trodden.add((origin, path, node))
                    ends.add(origin)
            return ends
        # The inverse of a path of several steps: try every node that could begin it.
        found = set()
        for origin in set(self._data.subjects()):
            other = Walker(self._data, self._shapes)
            if other.walk(path, {origin}) & start:
                found.add(origin)
                self.trodden |= other.trodden
        return found

    def _closure(self, path: Node, start: set[Node]) -> set[Node]:
        reached: set[Node] = set()
        edge = start
        while edge:
            edge = self.walk(path, edge) - reached
            reached |= edge
        return reached
