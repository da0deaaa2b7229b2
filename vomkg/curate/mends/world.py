"""What a mend may draw on: the graph, its shapes, their names and their places."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rdflib import OWL, RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from vomkg.curate.mends.spots import Spots
from vomkg.curate.names import BLANK
from vomkg.graph.turtle import TurtleWriter
from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Node

    from vomkg.curate.names import Names

SHOWN: Final = 8  # values that a sentence lists before it counts the others


class World:
    """The graph that was judged, and what it was judged by; nothing is changed.

    Args:
        data: the data with the ontology, as it was judged.
        shapes: the shapes.
        names: labels for messages.
        prefixes: the prefix list.
        texts: the text of each file of the data, by the name that reports use.
    """

    def __init__(
        self,
        data: Graph,
        shapes: Graph,
        names: Names,
        prefixes: Mapping[str, str],
        texts: Mapping[str, str],
    ) -> None:
        self.data = data
        self.shapes = shapes
        self.names = names
        self.prefixes = prefixes
        self.texts = texts
        self._writer = TurtleWriter(Graph(bind_namespaces="none"), prefixes)
        self._members: dict[Node, list[Node]] = {}
        self._locals: dict[Node, str] = {}
        self._lists: dict[Node, list[Node]] = {}
        self._uses: dict[Node | None, Counter[Node]] = {}

    @cached_property
    def spots(self) -> Spots:
        """Where each triple stands in the files."""
        return Spots(self.texts)

    @cached_property
    def known(self) -> set[Node]:
        """Every IRI that the graph says something about."""
        return {node for node in self.data.subjects() if isinstance(node, URIRef)}

    @cached_property
    def properties(self) -> set[Node]:
        """The properties that the ontology declares or that a shape's path names."""
        kinds = (
            OWL.ObjectProperty,
            OWL.DatatypeProperty,
            OWL.AnnotationProperty,
            RDF.Property,
        )
        declared = {p for kind in kinds for p in self.data.subjects(RDF.type, kind)}
        paths = self.shapes.objects(predicate=SH.path)
        return declared | {path for path in paths if isinstance(path, URIRef)}

    def turtle(self, node: Node | None) -> str:
        """The term as it is written in our files; ``…`` for none."""
        if node is None:
            return "…"
        return "[]" if isinstance(node, BNode) else self._writer.term(node)

    def name(self, node: Node) -> str:
        """Label and short form of an IRI; a literal as in Turtle."""
        if isinstance(node, URIRef):
            return self.names.both(str(node))
        return BLANK if isinstance(node, BNode) else self.turtle(node)

    def local(self, node: Node) -> str:
        """The part of an IRI behind its namespace, which is what people misspell."""
        if node not in self._locals:
            text = str(node)
            short = self.names.short(text)
            bare = text.removeprefix(BASE)
            self._locals[node] = bare if short == text else short.partition(":")[2]
        return self._locals[node]

    def items(self, head: Node) -> list[Node]:
        """The members of an RDF list."""
        if head not in self._lists:
            self._lists[head] = list(Collection(self.shapes, head))
        return self._lists[head]

    def members(self, kind: Node) -> list[Node]:
        """The instances of a class and of those below it, by name."""
        if kind not in self._members:
            below = self.data.transitive_subjects(RDFS.subClassOf, kind)
            found = {node for c in below for node in self.data.subjects(RDF.type, c)}
            named = [node for node in found if isinstance(node, URIRef)]
            self._members[kind] = [*sorted(named)]
        return self._members[kind]

    def uses(self, p: Node | None) -> Counter[Node]:
        """How often each thing is a value of a property."""
        if p not in self._uses:
            found = () if p is None else self.data.objects(predicate=p)
            self._uses[p] = Counter(found)
        return self._uses[p]

    def is_a(self, node: Node, kind: Node) -> bool:
        """Whether the node is an instance of the class (SHACL, section 1.1)."""
        above = (
            up
            for c in self.data.objects(node, RDF.type)
            for up in self.data.transitive_objects(c, RDFS.subClassOf)
        )
        return kind in above

    def listed(self, nodes: Iterable[Node]) -> str:
        """The nodes in words: the first few, and how many there are besides."""
        every = list(nodes)
        rest = len(every) - SHOWN
        told = ", ".join(self.name(node) for node in every[:SHOWN])
        return f"{told} and {rest} more" if rest > 0 else told


def node_of(value: str | None, kind: str | None) -> Node | None:
    """The term that a result names by its text and kind."""
    if value is None or kind is None:
        return None
    if kind == "iri":
        return URIRef(value)
    if kind == "blank":
        return BNode(value.removeprefix("_:"))
    if kind.startswith("@"):
        return Literal(value, lang=kind[1:])
    datatype = None if kind == str(XSD.string) else URIRef(kind)
    return Literal(value, datatype=datatype, normalize=False)
