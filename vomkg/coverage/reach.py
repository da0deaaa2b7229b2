"""Which nodes the shapes judge, and which triples they look at.

A triple counts as looked at if a property shape walks over it from a node that the
shape judges, or if it gives the class by which a shape found its nodes. Closed
shapes (``sh:closed``) do not count, for they only say which properties there may
be; nor does what a SPARQL constraint reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SH, BNode, URIRef
from rdflib.collection import Collection

from vomkg.coverage.paths import Walker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from vomkg.coverage.paths import Triple

_SAME_FOCUS: Final = (SH.node, SH.property, SH["not"])
_LISTS: Final = (SH["and"], SH["or"], SH.xone)


@dataclass(frozen=True, slots=True)
class Reach:
    """What the shapes look at.

    Attributes:
        triples: how many triples the data has.
        nodes: how many subjects it has.
        unseen: the triples that no shape looks at, sorted.
        unjudged: the subjects that no shape but one for everything judges, sorted.
        idle: shapes with a target that judge no node, sorted.
    """

    triples: int
    nodes: int
    unseen: tuple[Triple, ...]
    unjudged: tuple[Node, ...]
    idle: tuple[str, ...]


def reach(data: Graph, shapes: Graph, ontology: Graph) -> Reach:
    """What of the data the shapes look at; the ontology gives the classes."""
    known = data + ontology
    walker = Walker(known, shapes)
    judged: set[Node] = set()
    idle = []
    done: set[tuple[Node, frozenset[Node]]] = set()
    for shape in _targeting(shapes):
        focus = set()
        for nodes, seen, own in _targets(shape, known, shapes):
            focus |= nodes
            walker.trodden |= seen
            judged |= nodes if own else set()
        if not focus and isinstance(shape, URIRef):
            idle.append(str(shape))
        _descend(shape, focus, walker, shapes, done)
    subjects = set(data.subjects())
    return Reach(
        len(data),
        len(subjects),
        tuple(sorted(set(data) - walker.trodden, key=_order)),
        tuple(sorted(subjects - judged, key=str)),
        tuple(sorted(idle)),
    )


def _targeting(shapes: Graph) -> list[Node]:
    found: set[Node] = set()
    for p in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf):
        found |= set(shapes.subjects(p))
    return sorted(found, key=str)


def _targets(
    shape: Node, known: Graph, shapes: Graph
) -> Iterator[tuple[set[Node], set[Triple], bool]]:
    """Nodes of each target, the triples that made them one, and whether it is its own.

    A target by ``rdf:type`` alone is for everything, so it is nobody's own.
    """
    for kind in shapes.objects(shape, SH.targetClass):
        below = set(known.transitive_subjects(RDFS.subClassOf, kind))
        typed: set[Triple] = {
            (s, RDF.type, k)
            for k in below
            if k is not None
            for s in known.subjects(RDF.type, k)
        }
        yield {s for s, _, _ in typed}, typed, True
    yield set(shapes.objects(shape, SH.targetNode)), set(), True
    for p in shapes.objects(shape, SH.targetSubjectsOf):
        yield set(known.subjects(p)), set(), p != RDF.type
    for p in shapes.objects(shape, SH.targetObjectsOf):
        yield set(known.objects(predicate=p)), set(), True


def _descend(
    shape: Node,
    focus: set[Node],
    walker: Walker,
    shapes: Graph,
    done: set[tuple[Node, frozenset[Node]]],
) -> None:
    """Follow a shape and those that it is made of."""
    mark = (shape, frozenset(focus))
    if not focus or mark in done:
        return
    done.add(mark)
    path = shapes.value(shape, SH.path)
    values = focus if path is None else walker.walk(path, focus)
    for p in (SH.lessThan, SH.lessThanOrEquals, SH.equals, SH.disjoint):
        for other in shapes.objects(shape, p):
            walker.walk(other, focus)
    for inner in _inner(shape, shapes):
        _descend(inner, values, walker, shapes, done)


def _inner(shape: Node, shapes: Graph) -> Iterator[Node]:
    for p in (*_SAME_FOCUS, SH.qualifiedValueShape):
        yield from shapes.objects(shape, p)
    for p in _LISTS:
        for head in shapes.objects(shape, p):
            yield from Collection(shapes, head)


def _order(triple: Triple) -> tuple[str, ...]:
    return tuple(term.n3() for term in triple if not isinstance(term, BNode))
