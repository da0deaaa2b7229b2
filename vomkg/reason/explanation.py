"""Which axiom a new triple rests on, where one step shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib.graph import _TripleType
    from rdflib.term import Node

    Step = Callable[[Node, Node, Node, Graph], str | None]


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of reasoning.

    Attributes:
        form: the kind of axiom, such as ``defined class`` or ``inverse``.
        words: the step in words; terms stand in it as ``<IRI>``.
    """

    form: str
    words: str

    def __str__(self) -> str:
        return self.words


def explain(triple: _TripleType, graph: Graph) -> Reason:
    """The last step to a triple, looked for in the graph with its new triples.

    It is a step that suffices, not a full proof: its own premises may be inferred.
    Where no single step shows the triple, the form is ``several axioms``.
    """
    s, p, o = triple
    for form, step in _TYPE_STEPS if p == RDF.type else _LINK_STEPS:
        words = step(s, p, o, graph)
        if words:
            return Reason(form, words)
    return Reason("several axioms", "it follows from several axioms together")


def _defined(s: Node, _: Node, kind: Node, graph: Graph) -> str | None:
    for definition in graph.objects(kind, OWL.equivalentClass):
        if (definition, OWL.oneOf, None) in graph:
            return f"it is listed as one of the members of <{kind}>"
        if isinstance(definition, BNode):
            said = graph.value(kind, SKOS.definition)
            tail = f", which reads: {said}" if said else ""
            return f"it meets the definition of <{kind}>{tail}"
    return None


def _superclass(s: Node, _: Node, kind: Node, graph: Graph) -> str | None:
    for below in _named(set(graph.objects(s, RDF.type)) - {kind}):
        # A defined class may rest on the very type that is to be explained.
        defined = (below, OWL.equivalentClass, None) in graph
        if not defined and kind in graph.transitive_objects(below, RDFS.subClassOf):
            return f"each <{below}> is one"
    return None


def _domain(s: Node, _: Node, kind: Node, graph: Graph) -> str | None:
    for p in _named(graph.subjects(RDFS.domain, kind)):
        if (s, p, None) in graph:
            return f"only one can have <{p}>"
    return None


def _range(s: Node, _: Node, kind: Node, graph: Graph) -> str | None:
    for p in _named(graph.subjects(RDFS.range, kind)):
        for subject in _named(graph.subjects(p, s)):
            return f"it is the <{p}> of <{subject}>"
    return None


def _inverse(s: Node, p: Node, o: Node, graph: Graph) -> str | None:
    pairs = {*graph.objects(p, OWL.inverseOf), *graph.subjects(OWL.inverseOf, p)}
    for q in _named(pairs):
        if (o, q, s) in graph:
            return f"<{p}> is the inverse of <{q}>"
    return None


def _symmetric(s: Node, p: Node, o: Node, graph: Graph) -> str | None:
    if (p, RDF.type, OWL.SymmetricProperty) in graph and (o, p, s) in graph:
        return f"<{p}> holds both ways"
    return None


def _subproperty(s: Node, p: Node, o: Node, graph: Graph) -> str | None:
    for q in _named(graph.subjects(RDFS.subPropertyOf, p)):
        if q != p and (s, q, o) in graph:
            return f"<{q}> is a kind of <{p}>"
    return None


def _chain(s: Node, p: Node, o: Node, graph: Graph) -> str | None:
    for chain in graph.objects(p, OWL.propertyChainAxiom):
        links = list(graph.items(chain))
        reached = {s}
        for q in links:
            reached = {end for start in reached for end in graph.objects(start, q)}
        if o in reached:
            return f"<{p}> runs over " + ", then ".join(f"<{q}>" for q in links)
    return None


def _transitive(s: Node, p: Node, o: Node, graph: Graph) -> str | None:
    if (p, RDF.type, OWL.TransitiveProperty) in graph:
        for middle in _named(set(graph.objects(s, p)) - {s, o}):
            if (middle, p, o) in graph:
                return f"<{p}> carries on over <{middle}>"
    return None


def _hierarchy(s: Node, p: Node, o: Node, graph: Graph) -> str | None:
    if p not in (RDFS.subClassOf, RDFS.subPropertyOf):
        return None
    for middle in _named(set(graph.objects(s, p)) - {s, o}):
        if (middle, p, o) in graph:
            return f"it stands below <{middle}>, and that below <{o}>"
    return f"the definition of <{s}> demands it"


def _named(terms: Iterable[Node]) -> list[URIRef]:
    """The IRIs among the terms, sorted, so that an explanation is always the same."""
    return sorted(term for term in terms if isinstance(term, URIRef))


_TYPE_STEPS: tuple[tuple[str, Step], ...] = (
    ("defined class", _defined),
    ("superclass", _superclass),
    ("domain", _domain),
    ("range", _range),
)
_LINK_STEPS: tuple[tuple[str, Step], ...] = (
    ("hierarchy", _hierarchy),
    ("inverse", _inverse),
    ("symmetric", _symmetric),
    ("sub-property", _subproperty),
    ("chain", _chain),
    ("transitive", _transitive),
)
