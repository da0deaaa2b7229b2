"""Which triples go into a reasoner, and which of the new ones are worth keeping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, URIRef

from vomkg.graph.alignment import without_mappings
from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.graph import _TripleType

_SILENT = frozenset((OWL.imports, SH.declare))
_LANGUAGE = (str(RDF), str(RDFS), str(OWL))
_HIERARCHY = frozenset((RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass))


def axioms(graph: Graph) -> Graph:
    """A copy without mappings, the list of prefixes and imports.

    A reasoner would fetch what is imported, and nothing here opens a connection.
    """
    declarations = set(graph.subjects(RDF.type, SH.PrefixDeclaration))
    copy = Graph()
    for s, p, o in without_mappings(graph):
        if p not in _SILENT and s not in declarations:
            copy.add((s, p, o))
    return copy


def ours(triples: Iterable[_TripleType], asserted: Graph) -> Graph:
    """The triples about our own terms that are neither asserted nor trivial.

    Dropped as trivial: what is said of any thing (``owl:Thing``, being the same as
    oneself, being below oneself), anonymous classes, and the bookkeeping of RDF,
    RDFS and OWL beside the hierarchies of classes and properties.
    """
    kept = Graph()
    for s, p, o in triples:
        if (
            isinstance(s, URIRef)
            and s.startswith(BASE)
            and not isinstance(o, BNode)
            and _says_something(s, p, o)
            and (s, p, o) not in asserted
        ):
            kept.add((s, p, o))
    return kept


def _says_something(s: URIRef, p: object, o: object) -> bool:
    if s == o:
        return not str(p).startswith(_LANGUAGE)
    if p == RDF.type or p in _HIERARCHY:
        return isinstance(o, URIRef) and not str(o).startswith(_LANGUAGE)
    if p == OWL.sameAs:
        return not isinstance(o, Literal)
    return not str(p).startswith(_LANGUAGE)
