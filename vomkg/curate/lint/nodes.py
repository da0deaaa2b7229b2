"""The nodes of a shapes graph: which are shapes, and what they are called."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from rdflib import RDF, URIRef
from rdflib.term import BNode

from vomkg.namespaces import OWL, RDFS, SH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph
    from rdflib.term import Node

TARGETS: Final = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
# Parameters whose value is a shape, and those whose value is a list of shapes.
TO_SHAPE: Final = ("node", "not", "property", "qualifiedValueShape")
TO_SHAPES: Final = ("and", "or", "xone")
# Every parameter of SHACL Core and SHACL-SPARQL: what has one is a shape (§2).
PARAMETERS: Final = frozenset(
    {
        *TO_SHAPE,
        *TO_SHAPES,
        *("class", "datatype", "nodeKind", "minCount", "maxCount", "pattern", "flags"),
        *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive", "closed"),
        *("minLength", "maxLength", "languageIn", "uniqueLang", "equals", "disjoint"),
        *("lessThan", "lessThanOrEquals", "qualifiedValueShapesDisjoint", "hasValue"),
        *("qualifiedMinCount", "qualifiedMaxCount", "ignoredProperties", "in"),
        "sparql",
    }
)
_TYPES: Final = (URIRef(SH + "NodeShape"), URIRef(SH + "PropertyShape"))
_CLASSES: Final = (URIRef(RDFS + "Class"), URIRef(OWL + "Class"))


class View:
    """A shapes graph, read once into tables.

    Attributes:
        graph: the graph itself.
        triples: its triples, in no order.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._values: dict[Node, dict[str, list[Node]]] = {}
        self._others: dict[Node, dict[Node, list[Node]]] = {}
        self._items: dict[Node, list[Node] | None] = {}
        self.triples = list(graph)
        for s, p, o in self.triples:
            text = str(p)
            if text.startswith(SH):
                local = text[len(SH) :]
                self._values.setdefault(s, {}).setdefault(local, []).append(o)
            else:
                self._others.setdefault(s, {}).setdefault(p, []).append(o)

    def values(self, node: Node, parameter: str) -> list[Node]:
        """The values of a property of SHACL, named without its ``sh:``."""
        return self._values.get(node, {}).get(parameter, [])

    def said(self, node: Node) -> dict[str, list[Node]]:
        """All that is said of a node by properties of SHACL."""
        return self._values.get(node, {})

    def others(self, node: Node, p: Node) -> list[Node]:
        """The values of any other property."""
        return self._others.get(node, {}).get(p, [])

    def properties(self, node: Node) -> set[str]:
        """Every property of a node: local names of SHACL's, IRIs of others."""
        return {*self._values.get(node, {}), *map(str, self._others.get(node, {}))}

    def subjects(self, parameter: str) -> list[Node]:
        """The nodes with that property of SHACL."""
        return [s for s, said in self._values.items() if parameter in said]

    @cached_property
    def shapes(self) -> list[Node]:
        """Every shape (SHACL §2), those with IRIs first, each in order of its name."""
        found = {
            node
            for node, said in self._values.items()
            if not PARAMETERS.isdisjoint(said) or not set(TARGETS).isdisjoint(said)
        }
        for node, said in self._others.items():
            if any(kind in _TYPES for kind in said.get(RDF.type, ())):
                found.add(node)
        found |= {to for node in list(self._values) for _, to in self.links(node)}
        kept = (node for node in found if isinstance(node, (URIRef, BNode)))
        return sorted(kept, key=lambda node: (isinstance(node, BNode), str(node)))

    def links(self, node: Node) -> Iterator[tuple[str, Node]]:
        """The shapes that a shape refers to, each with the parameter."""
        said = self._values.get(node, {})
        for parameter in TO_SHAPE:
            for value in said.get(parameter, ()):
                yield parameter, value
        for parameter in TO_SHAPES:
            for head in said.get(parameter, ()):
                for value in self.items(head) or ():
                    yield parameter, value

    def items(self, head: Node) -> list[Node] | None:
        """The members of a list; None if it is not well-formed."""
        if head not in self._items:
            self._items[head] = self._read_items(head)
        return self._items[head]

    def _read_items(self, head: Node) -> list[Node] | None:
        found: list[Node] = []
        seen: set[Node] = set()
        while head != RDF.nil:
            first, rest = self.others(head, RDF.first), self.others(head, RDF.rest)
            if head in seen or len(first) != 1 or len(rest) != 1:
                return None
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return None if RDF.first in self._others.get(head, {}) else found

    def is_property(self, shape: Node) -> bool:
        """Whether it is a property shape: it has a path."""
        return "path" in self.said(shape)

    def is_typed(self, shape: Node, kind: str | None = None) -> bool:
        """Whether it says that it is a shape, or one of that kind."""
        types = self.others(shape, RDF.type)
        return any(t in types for t in _TYPES if kind is None or t == URIRef(SH + kind))

    def is_class(self, node: Node) -> bool:
        """Whether a shape is a class too, and so its own target (SHACL §2.1.3.3)."""
        return any(kind in _CLASSES for kind in self.others(node, RDF.type))

    def is_off(self, shape: Node) -> bool:
        """Whether a shape is switched off."""
        return any(
            str(value) in {"true", "1"} for value in self.values(shape, "deactivated")
        )

    @cached_property
    def targeted(self) -> list[Node]:
        """The shapes with a target of their own."""
        return [
            shape
            for shape in self.shapes
            if not set(TARGETS).isdisjoint(self.said(shape)) or self.is_class(shape)
        ]

    @cached_property
    def live(self) -> set[Node]:
        """The shapes that are used: targeted, or referred to by one that is used."""
        return self._reached(self.targeted, None)

    @cached_property
    def reporting(self) -> set[Node]:
        """The shapes whose results reach the report under their own name."""
        return self._reached(self.targeted, "property")

    def _reached(self, start: Iterable[Node], by: str | None) -> set[Node]:
        found: set[Node] = set()
        waiting = list(start)
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += [to for how, to in self.links(node) if by in (None, how)]
        return found


def named(node: Node, shapes: Graph) -> str:
    """The IRI of a shape, or of the nearest named one that it is part of."""
    for level in around(node, shapes):
        iris = sorted(term for term in level if isinstance(term, URIRef))
        if iris:
            return str(iris[0])
    return f"_:{node}"


def around(node: Node, shapes: Graph) -> Iterator[set[Node]]:
    """The node itself, then what refers to it, then what refers to that, and so on."""
    seen: set[Node] = set()
    level = {node}
    while level:
        yield level
        seen |= level
        level = {s for term in level for s in shapes.subjects(object=term)} - seen
